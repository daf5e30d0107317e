"""Gatherings, sealed items, keys, receipts: everything that is kept, in one database."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from store import (
    backlog,
    backup,
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
from store.engines import engine_of
from store.errors import StoreError
from store.payloads import Drawing, Memo, Note, Payload, Said, Silence
from store.promise import Promise
from store.rows import database, meta
from store.rows.database import connection
from store.rows.engine import Place, Report
from store.seals import derive, held, keys, second_factor
from store.team import board_file, invitation, membership, parcels
from store.throttle import Tries

__all__ = [
    "Drawing", "Memo", "Note", "Payload", "Promise", "Said", "Silence", "StoreError", "backlog",
    "backup", "board", "board_file", "close", "concessions", "connection", "damage", "errors",
    "exists", "gatherings", "held", "house_words", "invitation", "items", "keys", "lists",
    "membership", "open", "parcels", "receipts", "second_factor", "serve_alone", "strength",
    "themes", "waiting",
]  # fmt: skip


def open(  # noqa: A001 - read as store.open
    data_dir: Path | str,
    *,
    url: str = "",
    allowed: Sequence[str] = (),
    receipt_cost: derive.Cost = derive.RECEIPT_COST,
    tries: Tries | None = None,
) -> None:
    """Open the store of a data folder, making it if it is new, migrating it if it is old.

    Args:
        data_dir: The data folder.
        url: Of the server that holds the rows; empty: a file in the folder does.
        allowed: Settings of that server that would tell a time or an order, and may.
        receipt_cost: What a guess of four words costs; fixed when the database is made.
        tries: Counts guesses until the store is closed; new ones unless given.

    Raises:
        ReadOnlyError: It cannot be written.
        DamagedError: The file is no database any more.
        UnsafeDatabaseError: The engine does not do what the promise rests on.
        NewerDatabaseError: Written by a newer version of this program.
        UnreachableError: The server does not answer.
    """
    place = Place(Path(data_dir), url, tuple(allowed))
    database.attach(engine_of(place), place, counting=tries)
    try:
        with database.writing():
            database.engine().upgrade()
            if meta.read(meta.DEVICE) is None:
                meta.write(meta.DEVICE, secrets.token_bytes(32))
                meta.write(meta.RECEIPT_COST, receipt_cost.pack())
        database.engine().keep_room()
    except BaseException:
        close()
        raise


def close() -> None:
    """Close this thread's connection; other threads close their own."""
    database.detach()


def exists(data_dir: Path, *, url: str = "") -> bool:
    """Say whether a data folder has a store; whether one on a server has, opening it tells."""
    place = Place(data_dir, url)
    return engine_of(place).exists(place)


def damage() -> Report:
    """Look at every byte of the open store; a gigabyte takes some seconds."""
    return database.engine().damage()


def concessions() -> list[str]:
    """Say what the operator has accepted of the open store's engine, and what each costs."""
    return database.engine().concessions()


def serve_alone() -> None:
    """Let no second kiosk serve this store, where it is for one only; until the process ends.

    Raises:
        BusyError: Another kiosk serves it.
    """
    database.engine().serve_alone()
