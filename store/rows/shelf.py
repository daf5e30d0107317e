# ruff: noqa: S608 - the names in statements are our own tables and columns; values are bound
"""Rows as they lie, with their digests: read in the order of their keys, put in elsewhere."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import peewee

from store.rows.models import TABLES, Row, digest_of

_BATCH = 256  # rows of 33 kB at most
Progress = Callable[[int, int], None]  # rows done, rows in all
_Key = tuple[Any, ...]


class Shelf:
    """The tables behind a connection of either driver.

    Args:
        execute: Runs a statement, with values; each is a transaction unless one was begun.
        mark: How a statement marks a value.
    """

    def __init__(self, execute: Callable[..., Any], mark: str) -> None:
        self._execute, self._mark = execute, mark

    def count(self) -> int:
        """Return how many rows there are."""
        return sum(
            self._all(f"SELECT count(*) FROM {each._meta.table_name}")[0][0]  # noqa: SLF001
            for each in TABLES
        )

    def rows(self, table: type[Row], after: _Key | None = None) -> Iterator[dict[str, Any]]:
        """Read a table in the order of its keys."""
        key, columns = key_of(table), tuple(table._meta.fields)  # noqa: SLF001
        while True:
            found = self._all(
                f"SELECT {', '.join(columns)} FROM {table._meta.table_name}"  # noqa: SLF001
                + (f" WHERE ({', '.join(key)}) > ({self._marks(key)})" if after else "")
                + f" ORDER BY {', '.join(key)} LIMIT {_BATCH}",
                after or (),
            )
            for values in found:
                row = dict(zip(columns, values, strict=True))
                after = tuple(row[name] for name in key)
                yield row
            if len(found) < _BATCH:
                return

    def last(self, table: type[Row]) -> _Key | None:
        """Return the last key of a table."""
        key = key_of(table)
        found = self._all(
            f"SELECT {', '.join(key)} FROM {table._meta.table_name}"  # noqa: SLF001
            f" ORDER BY {', '.join(f'{each} DESC' for each in key)} LIMIT 1"
        )
        return tuple(found[0]) if found else None

    def put(self, table: type[Row], rows: Sequence[dict[str, Any]]) -> None:
        """Put rows in, all of them or none."""
        if not rows:
            return
        columns = tuple(table._meta.fields)  # noqa: SLF001
        places = ", ".join(f"({self._marks(columns)})" for _ in rows)
        self._execute(
            f"INSERT INTO {table._meta.table_name} ({', '.join(columns)}) VALUES {places}",  # noqa: SLF001
            [row[name] for row in rows for name in columns],
        )

    def clear(self) -> None:
        """Take all rows out."""
        for table in TABLES:
            self._execute(f"DELETE FROM {table._meta.table_name}")  # noqa: SLF001

    def digest(self) -> bytes:
        """Return what tells these rows from any others; a damaged row counts as it is."""
        total = hashlib.blake2b(digest_size=32)
        for table in TABLES:
            name = table._meta.table_name  # noqa: SLF001
            for row in self.rows(table):
                total.update(bytes(row.pop("digest")) + digest_of(name, row))
        return total.digest()

    def _all(self, statement: str, values: _Key = ()) -> list[Any]:
        found: list[Any] = self._execute(statement, values).fetchall()
        return found

    def _marks(self, names: Sequence[str]) -> str:
        return ", ".join(self._mark for _ in names)


def copy(source: Shelf, target: Shelf, progress: Progress = lambda _done, _all: None) -> bool:
    """Put all rows in that are not there yet; one that was cut off goes on where it was.

    Returns:
        Whether both hold the same now.
    """
    total, done = source.count(), target.count()
    for table in TABLES:
        rows = source.rows(table, target.last(table))
        while some := list(islice(rows, _BATCH)):
            target.put(table, some)
            done += len(some)
            progress(done, total)
    return source.digest() == target.digest()


def key_of(table: type[Row]) -> tuple[str, ...]:
    """Return the columns of a table's key."""
    primary = table._meta.primary_key  # noqa: SLF001 - peewee's own door
    if isinstance(primary, peewee.CompositeKey):
        return tuple(primary.field_names)
    return (str(getattr(primary, "name")),)  # noqa: B009
