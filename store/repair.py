"""A new database in the place of a damaged one, where the engine's file can be read past it."""

from pathlib import Path

from store import errors
from store.file.repair import Repair
from store.file.repair import repair as repair_file

__all__ = ["Repair", "repair"]


def repair(data_dir: Path | str, *, url: str = "") -> Repair | None:
    """Make a new database of all that is whole; see `store.file.repair`.

    Raises:
        WrongStateError: A server holds the rows; it has means of its own.
    """
    if url:
        raise errors.WrongStateError(
            "A server holds what is kept: mend it with its own means, or take a backup in."
        )
    return repair_file(data_dir)
