"""What an operator can do when the data folder cannot be used: said where a command fails."""

import getpass
import os
from pathlib import Path

from store.errors import (
    BusyError,
    DamagedError,
    FullError,
    NewerDatabaseError,
    ReadOnlyError,
    StoreError,
)


def for_store(error: StoreError, data_dir: Path) -> str:
    """What to do about a store that does not open; empty where the error says it itself."""
    if isinstance(error, DamagedError):
        return (
            f"Make a new one of all that is whole: kiosk repair --data-dir {data_dir}; "
            f"then check it: kiosk doctor --data-dir {data_dir}"
        )
    if isinstance(error, ReadOnlyError):
        return for_rights(data_dir)
    if isinstance(error, FullError):
        return f"Make room on the disk of {data_dir}, then check it with: kiosk doctor"
    if isinstance(error, BusyError):
        return f"Another kiosk may be at work in {data_dir}. Stop it, or try again in a moment."
    if isinstance(error, NewerDatabaseError):
        return "Install that version, or restore a backup from before it."
    return ""


def for_backup(data_dir: Path) -> str:
    """How to go back to the last backup, where no repair helps."""
    return (  # with its journal, which SQLite would play back into whatever comes in its place
        f"Move {data_dir / 'kiosk.db*'} to a safe place, then put the last backup there: "
        f"kiosk restore BACKUP --data-dir {data_dir}; and check it: "
        f"kiosk doctor --data-dir {data_dir}"
    )


def for_rights(data_dir: Path) -> str:
    """Who has to own the data folder, or why owning it does not help."""
    place = next(each for each in (data_dir, *data_dir.parents) if _is_seen(each))
    if hasattr(os, "statvfs") and os.statvfs(place).f_flag & os.ST_RDONLY:
        return f"{place} is on a disk that takes no changes: mount it for writing."
    user = _user()
    if place != data_dir:
        return f"{user} may not make {data_dir}. Choose another folder with --data-dir."
    change = f": sudo chown -R {user} {data_dir}" if os.name == "posix" else "."
    return f"{data_dir} and all in it must belong to {user}, who runs the kiosk{change}"


def _user() -> str:
    if os.name != "posix":
        return getpass.getuser()
    import pwd  # noqa: PLC0415  # Windows has none

    try:  # not getpass: under sudo it names who was there before
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def _is_seen(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder above it does not let us look
        return False
