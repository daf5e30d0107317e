"""Numbered steps from each released schema to the next. A step, once released, never changes.

They are written in SQLite's words; `store.server.schema` says them in PostgreSQL's.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from store import errors

STEPS = files("store.rows") / "steps"


def newest() -> int:
    """Return the number of the newest schema."""
    return max(_numbers())


def since(version: int) -> Iterator[tuple[int, list[str]]]:
    """Return each later schema's number, and the statements that lead to it.

    Raises:
        NewerDatabaseError: The program is older than the database.
    """
    if version > newest():
        raise errors.NewerDatabaseError("A newer version of Release wrote this database.")
    for number in _numbers():
        if number > version:
            yield number, (STEPS / f"{number:04}.sql").read_text("utf-8").split(";\n")


def _numbers() -> list[int]:
    return sorted(
        int(Path(each.name).stem) for each in STEPS.iterdir() if each.name.endswith(".sql")
    )
