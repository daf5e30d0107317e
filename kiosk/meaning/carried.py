"""Themes from one gathering to the next: carried as a list, and compared where k allows it.

What is heard again, new, or not heard any more is said only of themes that reach k on the side
that is named; a number below k shows on no side, nor follows from two of them.
"""

from dataclasses import dataclass, replace

import store
from kiosk.desk.opened import Reading, opened
from kiosk.desk.session import DeskSession
from kiosk.meaning import kept
from kiosk.meaning.book import Book, add
from kiosk.meaning.cards import shown
from store.gatherings import Gathering
from store.seals.keys import MasterKey


@dataclass(frozen=True, slots=True)
class Compared:
    """Names of themes beside those of the gathering before."""

    before: Gathering
    again: list[str]
    new: list[str]
    gone: list[str]


def sources(gathering: Gathering) -> list[Gathering]:
    """Return the released gatherings before this one, the latest first."""
    others = [
        each
        for each in store.gatherings.everything()
        if each.state == "released" and each.id != gathering.id and each.opens <= gathering.opens
    ]
    return sorted(others, key=lambda each: (each.opens, each.title), reverse=True)


def with_carried(book: Book, source_id: str, master: MasterKey) -> Book:
    """Return a book with the themes of another gathering, without their cards."""
    for theme in kept.load(source_id, master).themes:
        if book.named(theme.name):
            continue
        book = add(book, theme.name)
        made = book.named(theme.name)
        if made:
            carried = replace(made, meaning=theme.meaning, colour=theme.colour, age=theme.age + 1)
            book = book.with_themes(carried)
    return book


def comparison(
    here: Reading, book: Book, gathering: Gathering, desk: DeskSession
) -> Compared | None:
    """Compare with the latest gathering before, where that has themes; else None."""
    for before in sources(gathering):
        old_book = kept.load(before.id, desk.master)
        if not old_book.themes:
            continue
        there = opened(desk, before.id)
        now = _heard(here, book, gathering.promise.threshold)
        old = _heard(there, old_book, before.promise.threshold)
        named = {name: words for name, (words, _is_heard) in (old | now).items()}
        heard = {name for name, (_words, is_heard) in now.items() if is_heard}
        was = {name for name, (_words, is_heard) in old.items() if is_heard}
        return Compared(
            before,
            again=sorted(named[name] for name in heard & was),
            new=sorted(named[name] for name in heard - was),
            gone=sorted(named[name] for name in was - heard),
        )
    return None


def _heard(here: Reading, book: Book, threshold: int) -> dict[str, tuple[str, bool]]:
    """Each theme by its folded name: how it is written, and whether k contributions hold it."""
    found = {}
    for theme in book.themes:
        items = {each.item.id for each in shown(here, theme.cards)}
        found[theme.name.casefold()] = (theme.name, len(items) >= threshold)
    return found
