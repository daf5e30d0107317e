"""A file that keeps room on the disk, so that a full one still lets people take things back.

SQLite writes to its journal before it deletes, so on a full disk it cannot delete. Then this file
goes, the deletion is done, and the file is made again when there is room.
"""

import contextlib
import os
from collections.abc import Callable
from typing import TypeVar

from store import errors
from store.file.database import path

FILE = "kiosk.reserve"
SIZE = 16 << 20  # bytes; the journal of withdrawing the largest sound takes 9 MB
_Result = TypeVar("_Result")


def fill() -> bool:
    """Make the reserve file if it is not there; says whether it is."""
    file = path().with_name(FILE)
    with contextlib.suppress(OSError):
        if file.stat().st_size == SIZE:
            return True
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            for _ in range(SIZE >> 20):
                os.write(handle, os.urandom(1 << 20))
            os.fsync(handle)
        finally:
            os.close(handle)
        is_whole = file.stat().st_size == SIZE
    except OSError:
        is_whole = False
    if not is_whole:
        give_up()
    return is_whole


def give_up() -> None:
    """Remove the reserve file."""
    with contextlib.suppress(OSError):
        path().with_name(FILE).unlink()


def with_room(act: Callable[[], _Result]) -> _Result:
    """Do something that removes; on a full disk, once more with the reserve's room.

    Raises:
        FullError: Even that was not enough.
    """
    try:
        return act()
    except errors.FullError:
        give_up()
        result = act()
        fill()
        return result
