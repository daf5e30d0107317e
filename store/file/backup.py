"""A copy that can be carried away: sealed like the original, clean of remnants, checked.

Row by row, in the order of the keys: no deleted bytes, no trace of an order. What is released in it
opens with a facilitator's passphrase, on any machine; what is not, with the recovery code or for
two facilitators together (`store.seals.held`). A backup keeps what it has: purging a gathering here
does not reach into copies elsewhere.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store import errors
from store.file import check, database, folder_lock, salvage, schema
from store.machine import disk, folder_rights
from store.rows import database as rows
from store.rows import migrations
from store.rows.engine import Ways
from store.rows.models import TABLES, digest_of
from store.rows.shelf import Shelf
from store.seals import held
from store.status import State

_BLOCK = 4096  # bytes; a sector of today's disks, and a page of ours


def backup(target: Path | str) -> Ways:
    """Write a checked copy of the open rows, of either engine: see `store.backup`."""
    path = Path(target)
    disk.new_file(path)
    try:
        with rows.reading():
            hold = held.begin()
            _copy(path, hold)
        disk.sync(path)
        verify(path)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    return hold.ways if hold else frozenset()


def _copy(path: Path, hold: held.Hold | None) -> None:
    """Insert every row into a new file, in the order of the keys: no deleted bytes come along.

    What is held never lies in the new file as it was, not even for a moment.
    """
    with (
        database.reporting(),
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode = memory")  # cut off, it is thrown away as a whole
        connection.execute("BEGIN IMMEDIATE")
        schema.upgrade(lambda statement: connection.execute(statement).fetchall())
        source = Shelf(rows.db.execute_sql, rows.db.param)
        for table in TABLES:
            name, columns = table._meta.table_name, tuple(table._meta.fields)  # noqa: SLF001
            places = ", ".join("?" * len(columns))
            statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
            for row in source.rows(table):
                changed = hold.changes(name, row) if hold else {}
                kept = _changed(name, row, changed) if changed else row
                connection.execute(statement, tuple(kept.values()))
        for name, content in (hold.values if hold else {}).items():
            put(connection, "meta", {"name": name, "content": content})
        connection.execute("COMMIT")


def _changed(table: str, row: dict[str, Any], changed: dict[str, object]) -> dict[str, Any]:
    plain = {name: value for name, value in row.items() if name != "digest"}
    if row["digest"] != digest_of(table, plain):
        return row  # damaged, and to be found so
    return {**row, **changed, "digest": digest_of(table, {**plain, **changed})}


def restore(source: Path | str, data_dir: Path | str) -> None:
    """Put a backup into an empty data folder; the store must not be open there.

    Raises:
        AlreadyExistsError: The folder has a database, or a journal of one; nothing is lost.
        BusyError: Somebody has the store open there.
        DamagedError: The file is no healthy backup; the folder stays as it is.
    """
    folder = Path(data_dir)
    goal = folder / database.FILE
    if goal.exists():
        raise errors.AlreadyExistsError("There is a database already; nothing was changed.")
    verify(Path(source))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder_rights.close(folder)
    with folder_lock.alone(folder):
        for left in journals(goal):
            raise errors.AlreadyExistsError(
                f"Move {left} to a safe place first: it belongs to another database, and SQLite "
                "would play it into the restored one."
            )
        _put(Path(source), goal)


def journals(path: Path) -> list[Path]:
    """Return what SQLite might play into a database; empty ones, as we leave them, do no harm."""
    beside = [path.with_name(path.name + end) for end in ("-journal", "-wal")]
    return [each for each in beside if each.exists() and each.stat().st_size]


def _put(source: Path, goal: Path) -> None:
    fresh = goal.with_suffix(".restoring")
    fresh.unlink(missing_ok=True)  # of a restore that a power cut ended: we are alone here
    disk.new_file(fresh)
    try:
        _write_checked(source, fresh)
        with disk.disk_errors():
            fresh.rename(goal)
            disk.sync_folder(goal.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


@contextlib.contextmanager
def checked_copy(source: Path, fresh: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy of a backup for another engine to read from; it goes when that is done.

    Raises:
        DamagedError: The file is no healthy backup.
    """
    fresh.unlink(missing_ok=True)  # of a restore that a power cut ended
    disk.new_file(fresh)
    try:
        _write_checked(source, fresh)
        with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
            yield connection
    finally:
        fresh.unlink(missing_ok=True)


def _write_checked(source: Path, fresh: Path) -> None:
    verify(source)
    with disk.disk_errors(), source.open("rb") as copied, fresh.open("wb") as into:
        while block := copied.read(1 << 20):
            into.write(block)
    verify(fresh)
    _mark_what_waits(fresh)
    disk.sync(fresh)


def _mark_what_waits(path: Path) -> None:
    """In a copy of an older version, too, what is not released is read with k new ones alone."""
    with (
        database.reporting(),
        contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection,
    ):
        for name in ("journal_mode = memory", "secure_delete = 1"):
            connection.execute(f"PRAGMA {name}")
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN IMMEDIATE")
        schema.upgrade(lambda statement: connection.execute(statement).fetchall())
        waits = "version = 0 AND gathering IN (SELECT id FROM gathering WHERE state IN (?, ?))"
        keys = connection.execute(
            f"SELECT gathering, id FROM item WHERE {waits}",  # noqa: S608 - both are ours
            (State.OPEN, State.CLOSED),
        ).fetchall()
        for key in keys:
            which = "WHERE gathering = ? AND id = ?"
            found = connection.execute(f"SELECT * FROM item {which}", tuple(key)).fetchone()  # noqa: S608
            row = _changed("item", dict(found), {"version": held.CARRIED})
            connection.execute(
                f"UPDATE item SET version = ?, digest = ? {which}",  # noqa: S608
                (row["version"], row["digest"], *key),
            )
        connection.execute("COMMIT")


def rebuild(source: Path | str, target: Path | str) -> int:
    """Make a new database from whatever rows of a damaged one are what was written.

    Args:
        source: A database that does not open any more; the store must not be open there.
        target: A file that does not exist yet; move it in the place of the other one.

    Returns:
        How many rows were saved.
    """
    disk.new_file(Path(target))
    data = _content(Path(source))
    saved = 0
    with (
        database.reporting(),
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode = memory")  # cut off, it is thrown away as a whole
        connection.execute("BEGIN IMMEDIATE")
        schema.upgrade(lambda statement: connection.execute(statement).fetchall())
        for table in (each._meta.table_name for each in TABLES):  # noqa: SLF001 - peewee's own door
            found = connection.execute(f"PRAGMA table_info({table})").fetchall()
            # A row is stored with its key first, then the other columns as they were declared.
            columns = [name for _, name, _, _, _, place in found if place]
            columns += [name for _, name, _, _, _, place in found if not place]
            for row in salvage.rows(data, table, tuple(columns)):
                saved += put(connection, table, row)
        connection.execute("COMMIT")
    disk.sync(Path(target))
    return saved


def put(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    """Insert a row with its digest; returns 0 where its key is taken."""
    values = {**row, "digest": digest_of(table, row)}
    names, places = ", ".join(values), ", ".join("?" * len(values))
    statement = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})"  # noqa: S608
    return connection.execute(statement, tuple(values.values())).rowcount


def _content(path: Path) -> bytes:
    """Read a file; what the disk does not give any more becomes zeros."""
    blocks = []
    with disk.disk_errors(), path.open("rb", buffering=0) as file:
        for at in range(0, path.stat().st_size, _BLOCK):
            file.seek(at)
            try:
                blocks.append(file.read(_BLOCK))
            except OSError:
                blocks.append(bytes(_BLOCK))
    return b"".join(blocks)


def verify(path: Path) -> None:
    """Refuse what is not a healthy database of ours.

    Raises:
        DamagedError: It is damaged, or something else.
        NewerDatabaseError: A newer version of this program wrote it.
    """
    try:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            (kind,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if kind != database.APPLICATION_ID:
                raise errors.DamagedError("This is no database of Release.")
            if version > migrations.newest():
                raise errors.NewerDatabaseError("A newer version of Release wrote this database.")
            report = check.look_at(connection)
    except sqlite3.DatabaseError:
        raise errors.DamagedError("The file cannot be read as a database.") from None
    if not report.is_healthy:
        raise errors.DamagedError("The file is damaged.")
