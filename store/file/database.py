"""One SQLite file, opened so that nothing but sealed rows ever reaches the disk.

The journal is a rollback journal that is cut to nothing at each commit: a write-ahead log would
keep every commit as a page image, in order. `secure_delete` overwrites what is deleted;
`temp_store` keeps VACUUM's copy in memory. Each of these is per connection, its default differs
between builds of SQLite, and SQLite ignores a setting it does not like, so each is read back.

Connections belong to threads. `connection()` opens one for the length of a request; without it
the first call of a thread opens one that stays until the thread closes it.
"""

import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee

from store import errors
from store.file import folder_lock, folder_rights
from store.throttle import Tries

FILE = "kiosk.db"
BUSY_SECONDS = 5  # then the caller is told to try again; a browser waits longer than this
APPLICATION_ID = (
    0x52656C31  # "Rel1", so that `file` and a restore can tell our database from others
)

PRAGMAS = {
    "journal_mode": "truncate",
    "synchronous": 3,  # EXTRA: the folder entry of the journal is synced too
    "secure_delete": 1,
    "temp_store": 2,  # memory
    "cell_size_check": 1,
    "trusted_schema": 0,
    "mmap_size": 0,
    "cache_size": -32768,  # KiB; a release rewrites many pages
    "fullfsync": 1,  # macOS: fsync alone leaves the bytes in the drive's cache
}


class _Database(peewee.SqliteDatabase):
    """A SQLite database that refuses to open with settings other than ours."""

    def _add_conn_hooks(self, conn: sqlite3.Connection) -> None:
        super()._add_conn_hooks(conn)  # type: ignore[misc]
        for name, wanted in PRAGMAS.items():
            row = conn.execute(f"PRAGMA {name}").fetchone()
            if row is None or row[0] != wanted:
                raise errors.UnsafeDatabaseError(f"SQLite did not accept {name} = {wanted}.")


db = _Database(None)
_writer = threading.Lock()  # threads queue here instead of sleeping in SQLite's busy handler
_folder: Path | None = None
_presence: int | None = None  # holds the data folder's lock for as long as the store is open
_constants: dict[str, bytes] = {}  # values that never change while a database is open
_tries = Tries()  # of the store that is open; `attach` makes it anew


def folder() -> Path:
    """Return the open data folder."""
    if _folder is None:
        raise errors.NotSetUpError("The store is not open.")
    return _folder


def path() -> Path:
    """Return the database file."""
    return folder() / FILE


def tries() -> Tries:
    """Return what counts guesses while this store is open."""
    return _tries


def attach(data_dir: Path, *, counting: Tries | None = None) -> None:
    """Point the store at a data folder, making folder and file readable by their owner only."""
    global _folder, _presence, _tries  # noqa: PLW0603 - one process serves one data folder
    detach()
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder_rights.close(data_dir)
        _presence = folder_lock.share(data_dir)
        if not (data_dir / FILE).exists():
            os.close(os.open(data_dir / FILE, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        detach()
        raise errors.ReadOnlyError(f"Cannot write in the data folder ({error.strerror}).") from None
    except errors.OpenFolderError:
        detach()
        raise
    sync_folder(data_dir)
    db.init(str(data_dir / FILE), pragmas=PRAGMAS, timeout=BUSY_SECONDS)
    _folder, _tries = data_dir, counting or Tries()
    _constants.clear()


def detach() -> None:
    """Close this thread's connection and forget the data folder."""
    global _folder, _presence  # noqa: PLW0603
    if _folder is not None and not db.is_closed():
        db.close()
    folder_lock.release(_presence)
    _folder = _presence = None


def sync_folder(data_dir: Path) -> None:
    """Bring new folder entries to the disk; Windows does this by itself."""
    if os.name == "nt":
        return
    handle = os.open(data_dir, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def connection() -> Iterator[None]:
    """Hold a connection for one request; the outermost of nested uses closes it."""
    with reporting():
        opened = db.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened and not db.is_closed():
            db.close()


@contextmanager
def reading() -> Iterator[None]:
    """See one state of the database throughout, with our errors instead of SQLite's."""
    with reporting():
        if db.in_transaction():
            yield
            return
        with db.atomic():
            yield


@contextmanager
def alone() -> Iterator[None]:
    """Keep this process's other threads from writing.

    Raises:
        BusyError: One of them wrote for longer than `BUSY_SECONDS`.
    """
    if not _writer.acquire(timeout=BUSY_SECONDS):
        raise errors.BusyError("The database is busy.")
    try:
        yield
    finally:
        _writer.release()


@contextmanager
def writing() -> Iterator[None]:
    """Write alone; on leaving, everything is on disk, or nothing is.

    Raises:
        BusyError: Somebody else wrote for longer than `BUSY_SECONDS`.
        FullError: The disk is full.
        ReadOnlyError: The file or folder cannot be written.
        DamagedError: SQLite cannot make sense of the file.
    """
    if db.in_transaction():
        with reporting():
            yield
        return
    with alone(), reporting(), db.atomic("IMMEDIATE"):
        yield


def constant(name: str, read: Callable[[str], bytes]) -> bytes:
    """Return a value that never changes, read once."""
    if name not in _constants:
        with reading():
            _constants[name] = read(name)
    return _constants[name]


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Read with a statement of our own making."""
    cursor = db.execute_sql(statement.replace("?", db.param), values)  # type: ignore[no-untyped-call]
    return list(cursor.fetchall())


def each(statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
    """Read one row after the other; belongs inside a transaction."""
    cursor = db.execute_sql(statement.replace("?", db.param), values)  # type: ignore[no-untyped-call]
    while row := cursor.fetchone():
        yield row


def run(statement: str, *values: object) -> int:
    """Change rows with a statement of our own making; returns how many."""
    cursor = db.execute_sql(statement.replace("?", db.param), values)  # type: ignore[no-untyped-call]
    return int(cursor.rowcount)


_MEANINGS: tuple[tuple[int, type[errors.StoreError], str], ...] = (
    (sqlite3.SQLITE_BUSY, errors.BusyError, "The database is busy."),
    (sqlite3.SQLITE_LOCKED, errors.BusyError, "The database is busy."),
    (sqlite3.SQLITE_FULL, errors.FullError, "The disk is full."),
    (sqlite3.SQLITE_READONLY, errors.ReadOnlyError, "The database cannot be written."),
    (sqlite3.SQLITE_CANTOPEN, errors.ReadOnlyError, "The database cannot be opened."),
    (sqlite3.SQLITE_PERM, errors.ReadOnlyError, "The database cannot be written."),
    (sqlite3.SQLITE_IOERR, errors.FullError, "The disk does not take the data."),
    (sqlite3.SQLITE_CORRUPT, errors.DamagedError, "The database is damaged."),
    (sqlite3.SQLITE_NOTADB, errors.DamagedError, "The database is damaged."),
)


@contextmanager
def reporting() -> Iterator[None]:
    """Raise our errors instead of SQLite's."""
    try:
        yield
    except (peewee.DatabaseError, sqlite3.DatabaseError) as error:
        raise _meaning(error) from None


def _meaning(error: BaseException) -> Exception:
    """Translate SQLite's result code; the original could quote a statement, so it is dropped."""
    code = _code(error)
    for primary, meaning, message in _MEANINGS:
        if code is not None and code & 0xFF == primary:
            return meaning(message)
    return errors.StoreError(f"The database refused ({type(error).__name__}, code {code}).")


def _code(error: BaseException) -> int | None:
    """Find the result code of what went wrong first.

    SQLite rolls a transaction back by itself when the disk is full; peewee's own attempt to do so
    then fails, too, and hides the reason in the context.
    """
    code = None
    seen: BaseException | None = error
    while seen is not None:
        wrapped = seen.args[0] if seen.args and isinstance(seen.args[0], Exception) else seen
        code = getattr(wrapped, "sqlite_errorcode", code)
        seen = seen.__context__
    return code


def key_of_gathering(named: str) -> bytes:
    """Return the key that a gathering's id stands for.

    Raises:
        UnknownGatheringError: It can be the id of none.
    """
    try:
        return bytes.fromhex(named)
    except ValueError:
        raise errors.UnknownGatheringError(errors.NO_SUCH_GATHERING) from None


def random_id() -> bytes:
    """Return 128 random bits, which tell neither order nor time."""
    return secrets.token_bytes(16)
