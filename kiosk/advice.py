"""What an operator is told where the data folder cannot be used, and at start.

Each is a sentence with what to do; at start they say where the promise is weaker.
"""

import getpass
import os
from pathlib import Path

import store
from kiosk.settings import Settings
from store.errors import (
    BusyError,
    DamagedError,
    FullError,
    NewerDatabaseError,
    ReadOnlyError,
    StoreError,
    UnreachableError,
)
from transcribe.models import unusable

THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


def for_store(error: StoreError, data_dir: Path) -> str:
    """What to do about a store that does not open; empty where the error says it itself."""
    return _for_server(error) if error.is_at_server else _for_folder(error, data_dir)


def _for_folder(error: StoreError, data_dir: Path) -> str:
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


def _for_server(error: StoreError) -> str:
    return next((what for kind, what in _AT_SERVER if isinstance(error, kind)), "")


_AT_SERVER: tuple[tuple[type[StoreError], str], ...] = (
    (
        UnreachableError,
        "See that it runs and can be reached; look at url in [store] and at ~/.pgpass.",
    ),
    (ReadOnlyError, "Its administrator makes the kiosk's role the owner of the database."),
    (FullError, "Make room there, then check it with: kiosk doctor"),
    (DamagedError, "Mend it with the server's own means, or restore a backup somewhere new."),
)


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


def as_root() -> str:
    """The sentence for a kiosk that may do everything; empty where it may not."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return ""
    return (
        "The kiosk runs as root: whoever broke into it would own this machine. Give it a user of"
        " its own."
    )


def in_the_open(settings: Settings) -> str:
    """The sentence for plain HTTP on the network; empty where only this machine is served."""
    host = settings.server.host
    if host in THIS_MACHINE:
        return ""
    return (
        f"The kiosk answers at {host or '0.0.0.0'} without encryption: others on the network can"  # noqa: S104
        " read along. Use --lan, which brings HTTPS."
    )


def without_device_key() -> str:
    """The sentence for name lists that cannot be read here yet; empty where they can."""
    with store.connection():
        if not store.lists.is_key_missing():
            return ""
    return (
        "The name lists cannot be read, because device.key is missing or another machine's: listed"
        " names are not taken out until a facilitator unlocks the desk once."
    )


def of_models(settings: Settings) -> str:
    """The sentence for speech models that lack a part; empty where all are whole."""
    told = unusable(settings.data_dir / "models")
    return f"{' '.join(told)} `kiosk models verify` says more." if told else ""


def at_start(settings: Settings) -> list[str]:
    """Everything that is to be said at start; the store is open."""
    told = (as_root(), in_the_open(settings), without_device_key(), of_models(settings))
    return [each for each in told if each]
