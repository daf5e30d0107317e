"""Copies of what a server holds: files like those that SQLite's store writes, to either engine."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from store import errors
from store.file import backup as of_files
from store.rows import database
from store.rows.engine import Place
from store.rows.models import TABLES
from store.rows.moving import Old
from store.rows.shelf import Shelf, copy
from store.server import connections, guard, schema

MARK = "%s"


def rows(table_name: str) -> Iterator[dict[str, Any]]:
    """Read a table of the open store, in the order of its keys."""
    table = next(each for each in TABLES if each._meta.table_name == table_name)  # noqa: SLF001
    return Shelf(database.db.connection().execute, MARK).rows(table)


def restore(source: Path, place: Place) -> None:
    """Put a copy on a server that has no store yet.

    Raises:
        AlreadyExistsError: It has one; nothing was changed.
        BusyError: Somebody has it open there.
        DamagedError: The file is no healthy backup; nothing was changed.
    """
    place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.folder / "kiosk.restoring"
    with put_into(place) as shelf, of_files.checked_copy(source, fresh) as file:
        shelf.clear()
        if not copy(Shelf(file.execute, "?"), shelf):
            raise errors.DamagedError("The copy on the server is not what was in the file.")


@contextlib.contextmanager
def put_into(place: Place) -> Iterator[Shelf]:
    """Hold a server's empty store alone; it is one that opens only once this ends well.

    Raises:
        AlreadyExistsError: It is not empty.
        BusyError: Somebody has it open there.
    """
    try:
        with connections.alone(place.url) as connection:
            guard.check(connection, place.allowed)
            schema.begin_move(connection)
            yield Shelf(connection.execute, MARK)
            schema.end_move(connection)
    except psycopg.Error as error:
        raise connections.meaning(error) from None


@contextlib.contextmanager
def taken_from(place: Place) -> Iterator[Old]:
    """Hold the store on a server alone; it is marked when it is left."""
    try:
        with connections.alone(place.url) as connection:
            schema.need_newest(connection)
            shelf = Shelf(connection.execute, MARK)
            yield Old(shelf, lambda: schema.leave(connection))
    except psycopg.Error as error:
        raise connections.meaning(error) from None


def remove_left(place: Place) -> None:
    """Remove the tables that a move left behind."""
    try:
        with connections.alone(place.url) as connection:
            schema.remove_left(connection)
    except psycopg.Error as error:
        raise connections.meaning(error) from None
