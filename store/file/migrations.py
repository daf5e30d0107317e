"""Numbered steps from each released schema to the next. A step, once released, never changes."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from store import errors
from store.file import database

STEPS = files("store.file") / "steps"


def newest() -> int:
    """Return the number of the newest schema."""
    return max(_numbers())


def run(execute: Callable[[str], Sequence[Sequence[Any]]] = database.rows) -> None:
    """Bring a database to the newest schema; belongs inside a transaction.

    Args:
        execute: Runs a statement; the open database's own by default.

    Raises:
        NewerDatabaseError: The program is older than the database.
    """
    version = int(execute("PRAGMA user_version")[0][0])
    if version > newest():
        raise errors.NewerDatabaseError("A newer version of Release wrote this database.")
    for number in _numbers():
        if number <= version:
            continue
        for statement in (STEPS / f"{number:04}.sql").read_text("utf-8").split(";\n"):
            execute(statement)
        execute(f"PRAGMA user_version = {number:d}")
    if version == 0:
        execute(f"PRAGMA application_id = {database.APPLICATION_ID}")


def _numbers() -> list[int]:
    return sorted(
        int(Path(each.name).stem) for each in STEPS.iterdir() if each.name.endswith(".sql")
    )
