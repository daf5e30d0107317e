"""The data folder belongs to its owner alone.

Everything in it is sealed, yet who reads the file day by day reads when it grows. A folder that is
open to other users is closed; one that cannot be, or that other things live in, is refused.
"""

import os
import stat
from pathlib import Path

from store import errors

_OTHERS = 0o077
_OURS = ("kiosk.", "device.", "settings.toml", "models", "tls")


def close(folder: Path) -> None:
    """Take everybody else's rights away from a data folder, and from the database in it.

    Raises:
        OpenFolderError: It cannot be done; nothing was written.
    """
    if os.name != "posix":
        return
    mode = folder.stat().st_mode
    if mode & _OTHERS:
        _need_a_folder_of_its_own(folder, mode)
        _change(folder, 0o700)
    for path in folder.glob("kiosk.db*"):
        if path.stat().st_mode & _OTHERS:
            _change(path, 0o600)


def _need_a_folder_of_its_own(folder: Path, mode: int) -> None:
    """Nobody's home, and no /tmp, is closed because somebody mistyped an option."""
    is_kiosks = (folder / "kiosk.db").exists()
    has_others = any(not each.name.startswith(_OURS) for each in folder.iterdir())
    if mode & stat.S_ISVTX or (has_others and not is_kiosks):
        raise errors.OpenFolderError(
            f"{folder} is open to other users and holds other things: give the kiosk a folder of"
            " its own with --data-dir."
        )


def _change(path: Path, mode: int) -> None:
    try:
        path.chmod(mode)
    except OSError as error:
        raise errors.OpenFolderError(
            f"{path} is open to other users and cannot be closed ({error.strerror}):"
            f" chmod {mode:o} it as its owner."
        ) from None
