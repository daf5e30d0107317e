"""Release: from sealed contributions, tied to receipts, to a shuffled set tied to nothing.

Each item gets a fresh random id, which is also its place on the desk: whoever is shown the list
sees no order, and whoever holds four words, a copy of the disk and the key finds no item with them.
The old ids stay behind as bare receipts. Then VACUUM: until then, cells inside the pages still lie
in the order in which they came.
"""

from datetime import date

from store import database, vault
from store.models import GatheringRow, ItemRow, KeyRow, PieceRow, ReceiptRow, State, Status, WorkRow
from store.promise import Promise

_BATCH = 64  # rows deleted in one transaction, so that the journal stays small


def release_if_ready(row: GatheringRow, *, today: date) -> bool:
    """Release a closed gathering if k items are kept and none still waits to become words."""
    owner = bytes(row.id)
    mine = ItemRow.gathering == owner
    waiting = ItemRow.select().where(mine & (ItemRow.status == Status.WAITING)).exists()
    count = ItemRow.select().where(mine).count()
    if waiting or count < Promise.from_json(row.promise).threshold:
        return False
    for receipt_id, mark in database.rows("SELECT id, mark FROM item WHERE gathering = ?", owner):
        ReceiptRow(id=receipt_id, gathering=owner, mark=mark or b"").put()
    vault.give_fresh_ids(owner)
    row.rewrite(state=State.RELEASED, released=today.isoformat(), participation=count)
    return True


def forget_order() -> None:
    """Write the file anew, so that page bytes tell nothing of how they came."""
    database.vacuum()


def remove_purged() -> None:
    """Remove the rows of gatherings whose keys are destroyed, a few at a time."""
    with database.reading():
        gone = [
            bytes(row.id) for row in GatheringRow.select().where(GatheringRow.state == State.PURGED)
        ]
    for owner in gone:
        for table in (ItemRow, PieceRow, WorkRow, ReceiptRow, KeyRow):
            while True:
                with database.with_reserve(), database.writing():
                    some = table.keys_of(owner, limit=_BATCH)
                    if not some:
                        break
                    table.delete().where((table.gathering == owner) & table.id.in_(some)).execute()
    database.vacuum()
