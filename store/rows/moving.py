"""What an engine does beside: hold a store that is moved from one place to another."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from store.rows.engine import Engine, Place
from store.rows.shelf import Shelf


@dataclass(frozen=True)
class Old:
    """A store that is moved away.

    Attributes:
        shelf: Its rows.
        leave: Lets nobody open it any more.
    """

    shelf: Shelf
    leave: Callable[[], None]


class Movable(Engine, Protocol):
    """An engine whose rows can be moved into another one."""

    def taken_from(self, place: Place) -> AbstractContextManager[Old]:
        """Hold a store that is to be moved away, alone."""

    def put_into(self, place: Place) -> AbstractContextManager[Shelf]:
        """Hold a place that a store is moved to, alone; ended well, it opens from then on."""

    def remove_left(self, place: Place) -> None:
        """Remove what a move left behind."""
