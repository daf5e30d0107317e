"""Which gathering each tablet asks for: its own, if the operator gave it one, else the newest.

A gathering that is some tablet's own is asked nowhere else, and a tablet whose own one is not open
asks what all others ask. A host can have one, too, for all that are not named: of several hosts on
one store, each may stand at a place of its own, and then asks no other place's. Only the title of
the gathering reaches the application, no address; and it comes from the connection, never from what
a browser says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

import store
from kiosk.guard import is_same_machine
from kiosk.house import house
from kiosk.settings import EVERY, OWN_SCREEN, plain_address
from store.gatherings import Gathering

OWN_TITLE = "kiosk.own_title"  # set in the WSGI environment by the listener for the LAN


@dataclass(frozen=True)
class Asked:
    """Where the question of an open gathering is asked now.

    Attributes:
        at: Addresses of the tablets whose own it is, or `OWN_SCREEN`.
        elsewhere: Whether all that have none of their own ask it.
        meanwhile: Those who ask it until their own one opens, each with that one's title.
        instead: The gathering that all others ask, where this one is asked nowhere.
    """

    at: tuple[str, ...]
    elsewhere: bool
    meanwhile: tuple[tuple[str, str], ...]
    instead: Gathering | None


def asked_here() -> Gathering | None:
    """The gathering that the tablet of this request asks for; none is open for it: none."""
    if not store.keys.is_set_up():
        return None
    return _asked(_own_title_here(), store.gatherings.open_ones())


def title_of(address: str, tablets: Mapping[str, str]) -> str:
    """The title of the gathering that a tablet has of its own; empty: it has none."""
    return tablets.get(plain_address(address)) or tablets.get(EVERY, "")


def where(gathering: Gathering) -> Asked:
    """Say where an open gathering is asked, for the desk."""
    tablets = house().settings.tablets
    found = store.gatherings.open_ones()
    asked_at = {each: _asked(title, found) for each, title in tablets.items() if each != EVERY}
    common = _asked("", found)
    here = tuple(address for address, each in asked_at.items() if each and each.id == gathering.id)
    is_common = common is not None and common.id == gathering.id
    return Asked(
        at=() if is_common else here,
        elsewhere=is_common,
        meanwhile=tuple((each, tablets[each]) for each in here if is_common),
        instead=None if here or is_common else common,
    )


def _own_title_here() -> str:
    tablets = house().settings.tablets
    if is_same_machine():
        return title_of(OWN_SCREEN, tablets)
    told = request.environ.get(OWN_TITLE)
    return title_of(request.remote_addr or "", tablets) if told is None else str(told)


def _asked(own_title: str, found: Sequence[Gathering]) -> Gathering | None:
    """Of the open gatherings the newest with a title; else what all others here ask."""
    tablets = house().settings.tablets
    for title in filter(None, (own_title, tablets.get(EVERY))):
        if mine := [each for each in found if plain_title(each.title) == plain_title(title)]:
            return mine[0]
    taken = {plain_title(title) for title in tablets.values()}
    others = [each for each in found if plain_title(each.title) not in taken]
    return others[0] if others and EVERY not in tablets else None


def plain_title(title: str) -> str:
    """Return a title as it is compared, however somebody typed it."""
    return " ".join(title.split()).casefold()
