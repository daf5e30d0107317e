"""One SQLite file, opened so that nothing but sealed rows ever reaches the disk.

The journal is a rollback journal that is cut to nothing at each commit: a write-ahead log would
keep every commit as a page image, in order. `secure_delete` overwrites what is deleted;
`temp_store` keeps VACUUM's copy in memory. Each of these is per connection, its default differs
between builds of SQLite, and SQLite ignores a setting it does not like, so each is read back.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from store import errors
from store.file import folder_lock
from store.machine import disk
from store.rows.engine import Place

FILE = "kiosk.db"
MOVED = "kiosk.db.moved"  # what a move to a server leaves behind
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


_db = _Database(None)
_writer = threading.Lock()  # threads queue here instead of sleeping in SQLite's busy handler
_folder: Path | None = None
_presence: int | None = None  # holds the data folder's lock for as long as the store is open
_served: int | None = None

FAULTS: tuple[type[Exception], ...] = (sqlite3.DatabaseError,)


def path() -> Path:
    """Return the database file."""
    if _folder is None:
        raise errors.NotSetUpError("The store is not open.")
    return _folder / FILE


def attach(place: Place) -> peewee.Database:
    """Point SQLite at the file in a data folder, making it readable by its owner only."""
    global _folder, _presence  # noqa: PLW0603 - one process serves one data folder
    folder = place.folder
    if (folder / MOVED).exists() and not (folder / FILE).exists():
        raise errors.WrongStateError(
            "What was kept here has been moved to a server: name it in settings.toml, [store] url."
        )
    try:
        _presence = folder_lock.share(folder)
        if not (folder / FILE).exists():
            os.close(os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        detach()
        raise errors.ReadOnlyError(f"Cannot write in the data folder ({error.strerror}).") from None
    disk.sync_folder(folder)
    _db.init(str(folder / FILE), pragmas=PRAGMAS, timeout=BUSY_SECONDS)
    _folder = folder
    return _db


def detach() -> None:
    """Close this thread's connection and forget the data folder."""
    global _folder, _presence  # noqa: PLW0603
    if _folder is not None and not _db.is_closed():
        _db.close()
    folder_lock.release(_presence)
    _folder = _presence = None


@contextmanager
def to_read() -> Iterator[None]:
    """Begin a transaction that sees one state throughout."""
    with _db.atomic():
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
def to_write() -> Iterator[None]:
    """Begin a transaction that writes alone."""
    with alone(), _db.atomic("IMMEDIATE"):
        yield


def serve_alone() -> None:
    """Let no second kiosk serve the same folder, until the process ends."""
    global _served  # noqa: PLW0603 - to close it would let go
    _served = folder_lock.serve_alone(path())


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
    """Raise our errors instead of SQLite's, also where the store is not open."""
    try:
        yield
    except (peewee.DatabaseError, sqlite3.DatabaseError) as error:
        raise meaning(error) from None


def meaning(error: BaseException) -> Exception:
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
