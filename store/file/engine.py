"""SQLite as the store's engine: one file, for one machine, and the default forever."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from store.file import backup, check, database, pages, reserve, salvage, schema
from store.file.database import FAULTS, attach, meaning, serve_alone, to_read, to_write
from store.file.move import put_into, remove_left, taken_from
from store.file.pages import is_small, is_tidy, is_time_to_tidy, tidied
from store.file.pages import vacuum as write_anew
from store.file.reserve import with_room
from store.rows import database as rows
from store.rows.engine import Place, Report, Ways
from store.throttle import Tries

__all__ = [
    "FAULTS",
    "add",
    "attach",
    "back_up",
    "concessions",
    "damage",
    "detach",
    "exists",
    "is_small",
    "is_tidy",
    "is_time_to_tidy",
    "keep_room",
    "may_take",
    "meaning",
    "put_into",
    "remove_left",
    "restore",
    "salvaged",
    "serve_alone",
    "shared",
    "taken_from",
    "tidied",
    "to_add",
    "to_read",
    "to_write",
    "upgrade",
    "with_room",
    "write_anew",
]


def detach() -> None:
    """Let go of the file."""
    database.detach()
    pages.forget()


def upgrade() -> None:
    """Bring the tables to the newest schema."""
    schema.upgrade()


def concessions() -> list[str]:
    """A file has no settings of its own."""
    return []


def keep_room() -> None:
    """Set room aside for a full disk."""
    reserve.fill()


def add(statement: str, values: Sequence[object]) -> bool:
    """Add a row, alone as everybody here."""
    with to_add():
        return rows.run(statement, *values) == 1


def to_add() -> AbstractContextManager[None]:
    """SQLite knows one writer at a time."""
    return database.to_write()


def may_take(_table: str, _key: bytes) -> bool:
    """Whoever writes here is alone."""
    return True


def shared(tries: Tries) -> Tries:
    """One kiosk serves a folder, so its own memory counts all guesses."""
    return tries


def salvaged(table: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Read the pages one by one, where they do not hang together any more."""
    return salvage.rows(pages.raw(), table, tuple(columns))


def damage() -> Report:
    """Look at every byte; a gigabyte takes some seconds."""
    return check.damage()


def back_up(target: Path) -> Ways:
    """Write a checked copy."""
    return backup.backup(target)


def restore(source: Path, place: Place) -> None:
    """Put a copy into an empty data folder."""
    backup.restore(source, place.folder)


def exists(place: Place) -> bool:
    """Say whether the folder has the file, or had it: then opening it says where it went."""
    return any((place.folder / name).exists() for name in (database.FILE, database.MOVED))
