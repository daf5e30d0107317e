"""Release: from sealed contributions, tied to receipts, to a shuffled set tied to nothing.

Each item gets a fresh random id, which is also its place on the desk: whoever is shown the list
sees no order, and whoever holds four words, a copy of the disk and the key finds no item with them.
The old ids stay behind as bare receipts. Then VACUUM: until then, cells inside the pages still lie
in the order in which they came.
"""

from datetime import date
from functools import partial

from store import backlog, errors
from store.promise import Promise
from store.rows import database
from store.rows.models import (
    GatheringRow,
    ItemRow,
    KeyRow,
    Owned,
    PieceRow,
    ReceiptRow,
    ThemesRow,
    WorkRow,
)
from store.seals import held, vault
from store.seals.held import CARRIED
from store.status import State, Status, step
from store.team import ledger, membership

_BATCH = 16  # rows deleted in one transaction: half a megabyte of journal at most


def is_enough(row: GatheringRow) -> bool:
    """Say whether k contributions with content came to this very gathering.

    Silences and feelings do not fill the batch, nor do memos without words: whoever adds them would
    watch one person among them. What was carried here does not either: with four carried ones and
    k of five, the first visitor after them would open the lid, and be seen to have been there.
    """
    mine = (ItemRow.gathering == bytes(row.id)) & (ItemRow.status == Status.SEALED)
    count = ItemRow.select().where(mine & (ItemRow.version != CARRIED)).count()
    enough: bool = count >= Promise.from_json(row.promise).threshold
    return enough


def release_if_due(row: GatheringRow, *, today: date) -> None:
    """Release a closed gathering with enough in it, at home, once no parcel is awaited for it.

    Raises:
        FullError: The disk has no room for that.
    """

    def act() -> bool:
        with database.writing():
            now = GatheringRow.get_or_none(GatheringRow.id == row.id)  # not as somebody saw it
            if now is None or now.state != State.CLOSED:
                return False
            if membership.is_outpost() or ledger.waits(bytes(row.id)):
                return False
            return _release_if_ready(now, today=today)

    if database.engine().with_room(act):
        forget_order()


def _release_if_ready(row: GatheringRow, *, today: date) -> bool:
    """Release a closed gathering if enough is kept and nothing waits to become words."""
    owner = bytes(row.id)
    mine = ItemRow.gathering == owner
    waiting = ItemRow.select().where(mine & (ItemRow.status == Status.WAITING)).exists()
    count = ItemRow.select().where(mine).count()
    if waiting or not is_enough(row) or held.holds(owner):
        return False
    backlog.drop_sounds(owner)
    vault.leave_receipts(owner)
    vault.give_fresh_ids(owner)
    row.rewrite(
        state=step(row.state, State.RELEASED), released=today.isoformat(), participation=count
    )
    return True


def forget_order() -> bool:
    """Write the file anew, so that page bytes tell nothing of how they came.

    Returns:
        Whether it could be done. Where the disk has no room or the database is busy, the next tick
        tries again; what was deleted is overwritten in any case.
    """
    try:
        database.engine().with_room(database.engine().write_anew)
    except (errors.FullError, errors.BusyError):
        return False
    return True


def remove_purged() -> None:
    """Remove the rows of gatherings whose keys are destroyed, a few at a time.

    A purge that was cut off is finished by the next call.
    """
    with database.reading():
        gone = [
            bytes(row.id) for row in GatheringRow.select().where(GatheringRow.state == State.PURGED)
        ]
    for owner in gone:
        for table in (ItemRow, PieceRow, WorkRow, ReceiptRow, ThemesRow, KeyRow):
            while database.engine().with_room(partial(_remove_some, table, owner)):
                pass


def _remove_some(table: type[Owned], owner: bytes) -> bool:
    with database.writing():
        some = table.keys_of(owner, limit=_BATCH)
        if some:
            column = table._meta.fields["id"]  # noqa: SLF001 - peewee's own door
            table.delete().where((table.gathering == owner) & column.in_(some)).execute()
        return bool(some)
