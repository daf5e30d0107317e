"""Gatherings, sealed items, keys, receipts: everything that is kept, in one database."""

import secrets
from pathlib import Path

from store import (
    backlog,
    board,
    errors,
    gatherings,
    house_words,
    items,
    lists,
    receipts,
    strength,
    themes,
    waiting,
)
from store.errors import StoreError
from store.file import backup, database, meta, migrations, pages, reserve
from store.file.database import connection
from store.payloads import Drawing, Memo, Note, Payload, Said, Silence
from store.promise import Promise
from store.seals import derive, held, keys
from store.team import board_file, invitation, membership, parcels
from store.throttle import Tries

__all__ = [
    "Drawing", "Memo", "Note", "Payload", "Promise", "Said", "Silence", "StoreError", "backlog",
    "backup", "board", "board_file", "close", "connection", "errors", "gatherings", "held",
    "house_words", "invitation", "items", "keys", "lists", "membership", "open", "parcels",
    "receipts", "strength", "themes", "waiting",
]  # fmt: skip


def open(  # noqa: A001 - read as store.open
    data_dir: Path | str,
    *,
    receipt_cost: derive.Cost = derive.RECEIPT_COST,
    tries: Tries | None = None,
) -> None:
    """Open the store in a data folder, making it if it is new, migrating it if it is old.

    Args:
        data_dir: The data folder.
        receipt_cost: What a guess of four words costs; fixed when the database is made.
        tries: Counts guesses until the store is closed; new ones unless given.

    Raises:
        ReadOnlyError: The folder cannot be written.
        DamagedError: The file is no database any more.
        UnsafeDatabaseError: SQLite does not do what the promise rests on.
        NewerDatabaseError: Written by a newer version of this program.
    """
    database.attach(Path(data_dir), counting=tries)
    try:
        with database.writing():
            migrations.run()
            if meta.read(meta.DEVICE) is None:
                meta.write(meta.DEVICE, secrets.token_bytes(32))
                meta.write(meta.RECEIPT_COST, receipt_cost.pack())
        reserve.fill()
    except BaseException:
        close()
        raise


def close() -> None:
    """Close this thread's connection; other threads close their own."""
    database.detach()
    pages.forget()
