"""PostgreSQL as the store's engine."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from store.file.backup import backup as back_up
from store.rows import database
from store.rows.engine import Place, Report
from store.rows.models import TABLES, digest_of
from store.server import copies, guard
from store.server.adding import add
from store.server.connections import (
    FAULTS,
    attach,
    detach,
    meaning,
    presence,
    to_add,
    to_read,
    to_write,
)
from store.server.copies import put_into, remove_left, restore, taken_from
from store.server.order import is_small, is_tidy, is_time_to_tidy, tidied, write_anew
from store.server.schema import upgrade
from store.server.slots import shared

_Result = TypeVar("_Result")


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


def concessions() -> list[str]:
    """Say what of the server's settings the operator has accepted, and what each costs."""
    with database.reporting():
        return guard.concessions(presence())


def may_take(table: str, key: bytes) -> bool:
    """Lock a row until the transaction ends; False where somebody else has it."""
    statement = f"SELECT 1 FROM {table} WHERE id = ? FOR UPDATE SKIP LOCKED"  # noqa: S608
    return bool(database.rows(statement, key))


def with_room(act: Callable[[], _Result]) -> _Result:
    """Room is the server's to keep: it has a log of its own size, and no file of ours."""
    return act()


def keep_room() -> None:
    """Nothing to set aside here."""


def salvaged(_table: str, _columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Nothing of a server can be read past it."""
    return iter(())


def damage() -> Report:
    """Look at every row."""
    damaged: dict[str, int] = {}
    with database.reading():
        for table in (each._meta.table_name for each in TABLES):  # noqa: SLF001 - peewee's own door
            for row in copies.rows(table):
                if row.pop("digest") != digest_of(table, row):
                    damaged[table] = damaged.get(table, 0) + 1
    return Report(damaged)


def exists(_place: Place) -> bool:
    """Only the server knows; to open it is to ask."""
    return True


def serve_alone() -> None:
    """Any number of kiosks serve one server's store."""
