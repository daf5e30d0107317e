"""The tables in PostgreSQL: SQLite's steps in its words, and nothing gathered about the rows.

Its own housekeeping is switched off for our tables: it would note when it came, and its statistics
would keep samples of ids that were taken back. `order.write_anew` cleans up instead.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import psycopg

from store import errors
from store.rows import database, migrations
from store.rows.models import TABLES
from store.server import adding

_WORDS = (
    (r"\s*WITHOUT ROWID", ""),
    (r"\bBLOB\b", "BYTEA"),
    (r"\bINTEGER\b", "BIGINT"),
    (r"\bTEXT\b", 'TEXT COLLATE "C"'),  # sorted by bytes, as in SQLite
)
_NOTE = "Release, schema "
_ANYTHING = (
    "SELECT EXISTS (SELECT FROM slot) OR EXISTS (SELECT FROM gathering)"
    " OR EXISTS (SELECT FROM item)"
)


_FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE starts_with(proname, 'release_add_')"
    " AND pg_function_is_visible(oid)"
)
_MOVING = "Release, being moved here, schema "
_MOVED = "Release, moved away"
_Execute = Callable[[str], Sequence[Sequence[Any]]]


def _execute(statement: str) -> Sequence[Sequence[Any]]:
    cursor = database.db.execute_sql(statement)
    return cursor.fetchall() if cursor.description else ()


def upgrade() -> None:
    """Bring the tables to the newest schema; belongs inside a transaction.

    Raises:
        NewerDatabaseError: The program is older than the database.
        BusyError: What it holds is not all there yet.
        DamagedError: The database belongs to another program.
    """
    noted = note(_execute)
    if noted is not None and not noted.startswith(_NOTE):
        _refuse(noted)
    _make(_execute, int((noted or _NOTE + "0").removeprefix(_NOTE)))
    if adding.NAME not in (name.partition("(")[0] for (name,) in _execute(_FUNCTIONS)):
        _execute(adding.MAKE)


def begin_move(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Make the tables that rows are going to be moved into; nobody opens them meanwhile.

    Raises:
        AlreadyExistsError: Something is kept there.
    """
    execute = _executing(connection)
    noted = note(execute)
    if noted is not None and noted.startswith(_MOVING):
        return
    if noted is not None and noted.startswith(_NOTE) and execute(_ANYTHING)[0][0]:
        raise errors.AlreadyExistsError("There is a store on this server; nothing was changed.")
    if noted is not None and not noted.startswith((_NOTE, _MOVED)):
        _refuse(noted)
    with connection.transaction():
        if noted is not None:
            _drop(execute)
        _make(execute, 0)
        execute(f"COMMENT ON TABLE meta IS '{_MOVING}{migrations.newest():d}'")


def end_move(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Let what was moved here be opened."""
    _executing(connection)(f"COMMENT ON TABLE meta IS '{_NOTE}{migrations.newest():d}'")


def need_newest(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Refuse to move what is not all there, or of another version.

    Raises:
        WrongStateError: Nothing is kept there, or nothing any more.
    """
    noted = note(_executing(connection))
    if noted is None:
        raise errors.WrongStateError("There is no store on this server; nothing was changed.")
    if not noted.startswith(_NOTE):
        _refuse(noted)
    if noted != f"{_NOTE}{migrations.newest():d}":
        raise errors.WrongStateError("Start this version of the kiosk there once before the move.")


def remove_left(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Drop the tables of a store that was moved away.

    Raises:
        WrongStateError: It was not.
    """
    execute = _executing(connection)
    if note(execute) != _MOVED:
        raise errors.WrongStateError("Nothing was moved away from there; nothing was changed.")
    with connection.transaction():
        _drop(execute)


def _drop(execute: _Execute) -> None:
    for table in TABLES:
        execute(f"DROP TABLE IF EXISTS {table._meta.table_name}")  # noqa: SLF001
    for (function,) in execute(_FUNCTIONS):
        execute(f"DROP FUNCTION {function}")


def leave(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Let nobody open what was moved away."""
    _executing(connection)(f"COMMENT ON TABLE meta IS '{_MOVED}'")


def _executing(connection: psycopg.Connection[tuple[Any, ...]]) -> _Execute:
    def execute(statement: str) -> Sequence[Sequence[Any]]:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else ()

    return execute


def note(execute: _Execute) -> str | None:
    """Return what the tables are, in a few words; None where there are none."""
    ((there, found),) = execute(
        "SELECT to_regclass('meta') IS NOT NULL, obj_description(to_regclass('meta'), 'pg_class')"
    )
    return str(found or "") if there else None


def _refuse(noted: str) -> NoReturn:
    if noted.startswith(_MOVING):
        raise errors.at_server(
            errors.BusyError("A move to this server was cut off. Run `kiosk move` again.")
        )
    if noted == _MOVED:
        raise errors.WrongStateError("What was kept on this server has been moved away.")
    raise errors.WrongStateError("This database belongs to another program.")


def _make(execute: _Execute, version: int) -> None:
    for _, statements in (steps := list(migrations.since(version))):
        for statement in filter(str.strip, statements):
            execute(in_its_words(statement))
    if steps:
        _settle(execute)
        execute(f"COMMENT ON TABLE meta IS '{_NOTE}{steps[-1][0]:d}'")


def in_its_words(statement: str) -> str:
    """Say a step's statement in PostgreSQL's words."""
    for pattern, word in _WORDS:
        statement = re.sub(pattern, word, statement)
    return statement


def _settle(execute: _Execute) -> None:
    for table in TABLES:
        name, fields = table._meta.table_name, table._meta.fields  # noqa: SLF001 - peewee's own door
        execute(
            f"ALTER TABLE {name} SET (autovacuum_enabled = off, toast.autovacuum_enabled = off)"
        )
        for column in fields:
            execute(f"ALTER TABLE {name} ALTER COLUMN {column} SET STATISTICS 0")
    for name in ("item", "piece"):  # sealed bytes are as short as they get
        execute(f"ALTER TABLE {name} ALTER COLUMN sealed SET STORAGE EXTERNAL")
    execute("CREATE UNIQUE INDEX IF NOT EXISTS item_id ON item (id)")
