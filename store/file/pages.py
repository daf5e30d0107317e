"""The database file as bytes: written anew when it tells an order, read past SQLite if need be."""

import os
import threading
import time

from store.file.database import alone, path
from store.rows import database

SMALL_BYTES = 8 << 20  # written anew in a tenth of a second

_handle: int | None = None
_reading = threading.Lock()
_tidy_at, _tidied_at = b"", 0.0


def vacuum() -> None:
    """Write all pages anew, in key order: cell offsets would tell the order of arrival."""
    with alone(), database.reporting():
        database.run("VACUUM")


def is_tidy() -> bool:
    """Say whether nobody, in any process, wrote since `tidied`."""
    return _tidy_at == _changes()


def is_small() -> bool:
    """Say whether writing everything anew takes no time to speak of."""
    return path().stat().st_size < SMALL_BYTES


def is_time_to_tidy() -> bool:
    """Say whether the file may be written anew: a small one always, a large one every hour."""
    return is_small() or not _tidy_at or time.monotonic() > _tidied_at + 3600


def tidied() -> None:
    """Remember that pages hold no trace of an order now."""
    global _tidy_at, _tidied_at
    _tidy_at, _tidied_at = _changes(), time.monotonic()


def raw(length: int = -1) -> bytes:
    """Read the database file's own bytes, past SQLite.

    Closing any handle on the file drops the locks that SQLite holds for this process
    (https://www.sqlite.org/howtocorrupt.html, section 2.2), so this one stays open.
    """
    global _handle  # noqa: PLW0603
    with _reading:
        if _handle is None:
            _handle = os.open(path(), os.O_RDONLY | getattr(os, "O_BINARY", 0))
        os.lseek(_handle, 0, os.SEEK_SET)
        wanted = os.fstat(_handle).st_size if length < 0 else length
        parts = []
        while wanted > 0 and (block := os.read(_handle, wanted)):
            parts.append(block)
            wanted -= len(block)
        return b"".join(parts)


def forget() -> None:
    """Let go of the file; the store is closed."""
    global _handle, _tidy_at
    if _handle is not None:
        os.close(_handle)
    _handle, _tidy_at = None, b""


def _changes() -> bytes:
    """Return SQLite's count of commits, from the file's header."""
    return raw(28)[24:28]
