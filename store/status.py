"""Where an item and a gathering stand, and every way from there: nobody else decides it.

Whoever sets a status or a state asks `step` for it, so that a way which is not in the tables
cannot be gone: `head._replace(status=step(head.status, Status.SEALED))`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from store import errors


class Status(StrEnum):
    """Where an item stands."""

    WAITING = "waiting"  # sound that is not yet words
    SEALED = "sealed"
    SILENT = "silent"  # sealed, without content: a silence, a feeling, a memo without words
    RELEASED = "released"
    APPROVED = "approved"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"  # a status without a row: withdrawal leaves nothing
    FAILED = "failed"  # could not be transcribed


class State(StrEnum):
    """Where a gathering stands."""

    OPEN = "open"
    CLOSED = "closed"  # takes no more; stays sealed until k are kept and none waits for words
    RELEASED = "released"
    PACKED = "packed"  # at an outpost: closed for good, and carried home
    PURGED = "purged"  # the key is gone; the rows follow


OF_ITEMS: Mapping[str | None, frozenset[Status]] = {
    None: frozenset({Status.WAITING, Status.SEALED, Status.SILENT}),  # kept just now
    Status.WAITING: frozenset({Status.SEALED, Status.SILENT, Status.FAILED, Status.WITHDRAWN}),
    Status.SEALED: frozenset({Status.RELEASED, Status.WITHDRAWN}),
    Status.SILENT: frozenset({Status.RELEASED, Status.WITHDRAWN}),
    Status.FAILED: frozenset({Status.WAITING, Status.DISCARDED, Status.WITHDRAWN}),
    Status.RELEASED: frozenset({Status.APPROVED, Status.DISCARDED}),
    Status.APPROVED: frozenset({Status.RELEASED, Status.DISCARDED}),
    Status.DISCARDED: frozenset({Status.RELEASED}),  # undo, until the gathering is purged
    Status.WITHDRAWN: frozenset(),
}
AT_THE_DESK = frozenset({Status.RELEASED, Status.APPROVED, Status.DISCARDED})  # set by people

OF_GATHERINGS: Mapping[str | None, frozenset[State]] = {
    None: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.CLOSED, State.PURGED}),
    State.CLOSED: frozenset({State.RELEASED, State.PACKED, State.PURGED}),
    State.RELEASED: frozenset({State.PURGED}),
    State.PACKED: frozenset({State.PURGED}),
    State.PURGED: frozenset(),
}

_Place = TypeVar("_Place", bound=Status | State)


def may(present: str | None, wanted: Status | State) -> bool:
    """Say whether one follows on the other; None is what does not exist yet."""
    if isinstance(wanted, Status):
        return wanted in OF_ITEMS.get(present, ())
    return wanted in OF_GATHERINGS.get(present, ())


def step(present: str | None, wanted: _Place) -> _Place:
    """Return the wanted status or state, if it follows on the present one.

    Args:
        present: As it stands in the row; None where the row is just being made.
        wanted: What it becomes.

    Raises:
        WrongStateError: No way leads there.
    """
    if not may(present, wanted):
        noun = "An item" if isinstance(wanted, Status) else "A gathering"
        raise errors.WrongStateError(f"{noun} that is {present or 'new'} cannot become {wanted}.")
    return wanted
