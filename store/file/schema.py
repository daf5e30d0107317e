"""The tables in SQLite: which schema a file has, and the way to the newest."""

from collections.abc import Callable, Sequence
from typing import Any

from store.file.database import APPLICATION_ID
from store.rows import database, migrations


def upgrade(execute: Callable[[str], Sequence[Sequence[Any]]] = database.rows) -> None:
    """Bring a database to the newest schema; belongs inside a transaction.

    Args:
        execute: Runs a statement; the open database's own by default.

    Raises:
        NewerDatabaseError: The program is older than the database.
    """
    version = int(execute("PRAGMA user_version")[0][0])
    for number, statements in migrations.since(version):
        for statement in statements:
            execute(statement)
        execute(f"PRAGMA user_version = {number:d}")
    if version == 0:
        execute(f"PRAGMA application_id = {APPLICATION_ID}")
