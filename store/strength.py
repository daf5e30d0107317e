"""How much is taken out of what is said: the operator sets it, a gathering that collects keeps it.

As with name lists (0111): by what is gone from a note, a change in between would tell on which side
of it the note was left. So a change counts from the next gathering on.
"""

from store.rows import database, meta
from store.rows.models import GatheringRow
from store.status import State

_NOW = "strength"
_FROZEN = "strength of "  # and the gathering's id


def announce(wanted: str) -> None:
    """Say at start what the settings want; gatherings that collect keep what they had."""
    with database.writing():
        before = meta.read(_NOW)
        if before == wanted.encode():
            return
        if before is not None:
            waiting = GatheringRow.state.in_([State.OPEN, State.CLOSED])
            for row in GatheringRow.select().where(waiting):
                name = _FROZEN + bytes(row.id).hex()
                if meta.read(name) is None:
                    meta.write(name, before)
        meta.write(_NOW, wanted.encode())


def of(gathering_id: str) -> str | None:
    """Return what counts in a gathering; None where nothing was ever announced."""
    with database.reading():
        found = meta.read(_FROZEN + gathering_id) or meta.read(_NOW)
    return found.decode() if found else None


def hand_on(source: bytes, to: bytes) -> None:
    """Give a gathering the strength of the one that its recordings were said to."""
    found = meta.read(_FROZEN + source.hex())
    if found is not None:
        meta.write(_FROZEN + to.hex(), found)


def forget(owner: bytes) -> None:
    """Let go of what a purged gathering had."""
    meta.drop(_FROZEN + owner.hex())
