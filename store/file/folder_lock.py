"""Who uses a data folder: many at once while the store is open there, or one that replaces it.

SQLite's own locks last for a transaction; a kiosk that waits for visitors holds none. So the
folder itself is locked, which leaves no file behind and ends with the process, however it ends.
Windows has no such lock, and needs none here: there no file that is open can be replaced.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from store import errors


def share(folder: Path) -> int | None:
    """Hold a folder together with others; returns what `release` takes.

    None where the disk knows no such locks: the store works there all the same.

    Raises:
        BusyError: Somebody is replacing what is in it.
    """
    with contextlib.suppress(OSError):
        return _lock(folder, is_alone=False)
    return None


def release(handle: int | None) -> None:
    """Let go of a folder."""
    if handle is not None:
        os.close(handle)


def serve_alone(database: Path) -> int | None:
    """Let no second kiosk serve the same folder; held until the process ends.

    The lock lies on the database file. Do not close it before that: closing any handle of the file
    would let go of SQLite's own locks, too (https://www.sqlite.org/howtocorrupt.html, 2.2).

    Raises:
        BusyError: Another kiosk serves it.
    """
    if os.name == "nt":
        return None
    import fcntl  # noqa: PLC0415  # Windows has none

    handle = os.open(database, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise errors.BusyError(
            f"Another kiosk already serves {database.parent}. Stop it first."
        ) from None
    except OSError:
        return None  # the disk knows no such locks
    return handle


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder that nobody else has the store open in, and keep others out.

    Raises:
        BusyError: Somebody has it open, a running kiosk as a rule.
        ReadOnlyError: The disk knows no such locks, so nobody can tell.
    """
    try:
        handle = _lock(folder, is_alone=True)
    except OSError as error:
        raise errors.ReadOnlyError(
            f"The data folder cannot be locked ({error.strerror})."
        ) from None
    try:
        yield
    finally:
        release(handle)


def _lock(folder: Path, *, is_alone: bool) -> int | None:
    if os.name == "nt":
        return None
    import fcntl  # noqa: PLC0415  # Windows has none

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise errors.BusyError(
            f"{folder} is in use: stop the kiosk there first."
            if is_alone
            else "The data folder is being restored or repaired."
        ) from None
    except OSError:
        os.close(handle)
        raise
    return handle
