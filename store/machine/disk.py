"""Files that are new, and on the disk once a call returns."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from store import errors


def new_file(path: Path) -> None:
    """Make an empty file that its owner alone reads.

    Raises:
        AlreadyExistsError: Something is there; it is not overwritten.
        ReadOnlyError: Nothing can be made there.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise errors.AlreadyExistsError("There is a file already; nothing was changed.") from None
    except OSError as error:
        raise errors.ReadOnlyError(f"Cannot write there ({error.strerror}).") from None


def sync(path: Path) -> None:
    """Bring a file and its folder entry to the disk."""
    with disk_errors():
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring new folder entries to the disk; Windows does this by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def disk_errors() -> Iterator[None]:
    """Raise our error instead of the system's."""
    try:
        yield
    except OSError as error:
        raise errors.FullError(f"The disk does not take the data ({error.strerror}).") from None
