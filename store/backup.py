"""Copies to carry away: one kind of file, whichever engine wrote it and whichever takes it in."""

from pathlib import Path

from store.engines import engine_of
from store.rows import database
from store.rows.engine import Place, Ways


def backup(target: Path | str) -> Ways:
    """Write a checked copy of the open store.

    Returns:
        How what is not released opens from it; nothing: one passphrase opens all of it.

    Raises:
        AlreadyExistsError: Something is there; it is not overwritten.
        FullError: No room; nothing is left behind.
        DamagedError: The copy is not healthy, so neither is the original; nothing is left behind.
    """
    return database.engine().back_up(Path(target))


def restore(
    source: Path | str, data_dir: Path | str, *, url: str = "", allowed: tuple[str, ...] = ()
) -> None:
    """Put a backup where no store is yet; it must not be open there.

    Raises:
        AlreadyExistsError: There is one already; nothing is lost.
        BusyError: Somebody has the store open there.
        DamagedError: The file is no healthy backup; nothing is changed.
    """
    place = Place(Path(data_dir), url, allowed)
    engine_of(place).restore(Path(source), place)
