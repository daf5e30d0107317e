"""What an engine does for the store. `store.file.engine` and `store.server.engine` are the two."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import peewee

from store.throttle import Tries

_Result = TypeVar("_Result")
# How what is not released opens from a backup: by the printed code; for two facilitators together.
Ways = frozenset[Literal["code", "two"]]


@dataclass(frozen=True)
class Place:
    """Where the rows are.

    Attributes:
        folder: The data folder: local keys lie there, and the rows unless there is a url.
        url: Of a server, or empty.
        allowed: Settings of the server that would tell a time or an order, allowed by name.
    """

    folder: Path
    url: str = field(default="", repr=False)  # it may hold a password
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a look at every byte found.

    Attributes:
        damaged: Rows per table that are not what was written.
        is_structure_sound: Whether the engine finds no fault in its own pages.
    """

    damaged: dict[str, int] = field(default_factory=dict)
    is_structure_sound: bool = True

    @property
    def is_healthy(self) -> bool:
        """Say whether nothing is damaged."""
        return self.is_structure_sound and not any(self.damaged.values())


class Engine(Protocol):
    """One of the two."""

    FAULTS: tuple[type[Exception], ...]  # what its driver raises

    def attach(self, place: Place) -> peewee.Database:
        """Open it; what it holds is as old as it is."""

    def detach(self) -> None:
        """Let go of it."""

    def upgrade(self) -> None:
        """Bring its tables to the newest schema; belongs inside `to_write`."""

    def meaning(self, error: BaseException) -> Exception:
        """Return our error for the driver's, which could quote a statement."""

    def to_read(self) -> AbstractContextManager[None]:
        """Begin a transaction that sees one state throughout."""

    def to_write(self) -> AbstractContextManager[None]:
        """Begin a transaction that writes alone."""

    def to_add(self) -> AbstractContextManager[None]:
        """Begin a transaction that adds rows of its own; others may do the same meanwhile."""

    def add(self, statement: str, values: Sequence[object]) -> bool:
        """Do as in `to_add` by the statement of `adding`; tells whether it put a row in."""

    def may_take(self, table: str, key: bytes) -> bool:
        """Lock a row until the transaction ends; False where somebody else has it."""

    def shared(self, tries: Tries) -> Tries:
        """Return what counts guesses, in all processes that share this store."""

    def with_room(self, act: Callable[[], _Result]) -> _Result:
        """Do something that removes, also on a full disk."""

    def keep_room(self) -> None:
        """Set aside what `with_room` needs."""

    def write_anew(self) -> None:
        """Write all rows anew, so that their places tell nothing of how they came."""

    def is_tidy(self) -> bool:
        """Say whether nobody, in any process, wrote since `tidied`."""

    def is_small(self) -> bool:
        """Say whether writing everything anew takes no time to speak of."""

    def is_time_to_tidy(self) -> bool:
        """Say whether everything may be written anew."""

    def tidied(self) -> None:
        """Remember that places tell nothing now."""

    def salvaged(self, table: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Read a table past the engine, where it cannot read it any more."""

    def damage(self) -> Report:
        """Look at every byte."""

    def back_up(self, target: Path) -> Ways:
        """Write a checked copy to a file, the same for all engines."""

    def restore(self, source: Path, place: Place) -> None:
        """Put a copy where no store is yet."""

    def exists(self, place: Place) -> bool:
        """Say whether there may be a store, without opening it."""

    def concessions(self) -> list[str]:
        """Say what the operator has accepted, and what each costs."""

    def serve_alone(self) -> None:
        """Let no second kiosk serve, where the engine is for one only; until the process ends."""
