"""Keep contributions, and open them once their gathering is released."""

from typing import Literal

from store import database, errors, keys, payloads, receipts, sealing
from store.gatherings import Gathering
from store.keys import MasterKey
from store.models import GatheringRow, ItemRow, ReceiptRow, State, Status
from store.payloads import Drawing, Kind, Memo, Note, Payload, Silence, Sound
from store.receipts import PreparedReceipt, Receipt
from store.review import Covers, Item, annotate, cover, find, label, move, opened

__all__ = [
    "Covers", "Drawing", "Item", "Kind", "Memo", "Note", "Payload", "Receipt", "Released",
    "Silence", "Status", "annotate", "cover", "find", "find_receipt", "hold_sound", "keep", "label",
    "move", "participation", "released",
]  # fmt: skip

_COLLISIONS = 4  # 44 bits: a second attempt is needed once in years


class Released(list[Item]):
    """Released items in their shuffled order.

    Attributes:
        damaged: How many could not be opened; the others are not affected.
    """

    damaged: int = 0


def keep(payload: Payload, gathering: Gathering | str, *, token: str | PreparedReceipt) -> Receipt:
    """Seal a contribution and store it; returns once it is on disk.

    The same token gives the same receipt and stores nothing twice, also after a restart and after
    the gathering has closed.

    Raises:
        GatheringClosedError: It takes no more contributions.
        FullError, BusyError, ReadOnlyError: Nothing was stored.
    """
    return _keep(payload, gathering, token=token, status=Status.SEALED)


def find_receipt(token: str | PreparedReceipt) -> Receipt | None:
    """Return the receipt of a token whose contribution is stored."""
    with database.reading():
        found = _stored(token)
    return Receipt(found.words) if found else None


def released(gathering_id: str, master: MasterKey) -> Released:
    """Open a released gathering's items, in an order that is random and stays the same.

    Raises:
        NotReleasedError: Not closed yet, or fewer than k: nothing of it is read.
    """
    with database.reading():
        gathering = _released(gathering_id)
        items = Released()
        private = {}
        for row in ItemRow.select().where(ItemRow.gathering == gathering.id).order_by(ItemRow.id):
            try:
                owner = bytes(row.whole().sealed_to)
                if owner not in private:
                    private[owner] = keys.gathering_key(master, owner)
                items.append(opened(row, private[owner]))
            except errors.DamagedError:
                items.damaged += 1
    return items


def participation(gathering_id: str) -> int | None:
    """Return how many took part; None before release, so never fewer than k."""
    with database.reading():
        row = GatheringRow.get_or_none(GatheringRow.id == bytes.fromhex(gathering_id))
        return row.participation if row and row.state == State.RELEASED else None


def hold_sound(
    raw_sound: bytes,
    gathering: Gathering | str,
    *,
    token: str | PreparedReceipt,
    media_type: str = "",
    recorded_seconds: float = 0.0,
    language: str = "",
    feeling: str = "",
    question: str = "",
) -> Receipt:
    """Seal a memo that cannot become words yet; it counts as kept and waits."""
    sound = Sound(raw_sound, media_type, recorded_seconds, language, feeling, question)
    return _keep(sound, gathering, token=token, status=Status.WAITING)


def _keep(
    payload: Payload | Sound,
    gathering: Gathering | str,
    *,
    token: str | PreparedReceipt,
    status: Literal[Status.SEALED, Status.WAITING],
) -> Receipt:
    owner = bytes.fromhex(gathering if isinstance(gathering, str) else gathering.id)
    prepared = receipts.prepare(token) if isinstance(token, str) else token
    content = payloads.encode(payload)
    with database.reading():
        sealed = sealing.seal(content, bytes(_gathering(owner).public_key))
    with database.writing():
        for attempt in range(_COLLISIONS):
            if attempt:
                prepared = receipts.prepare(prepared.token, attempt=attempt)
            mark = _mark_at(prepared.id)
            if mark == prepared.mark:
                return Receipt(prepared.words)
            if mark is None:
                break
        if _gathering(owner).state != State.OPEN:
            raise errors.GatheringClosedError("This gathering takes no more contributions.")
        ItemRow(
            gathering=owner,
            id=prepared.id,
            sealed_to=owner,
            status=status,
            version=0,
            mark=prepared.mark,
            sealed=sealed,
        ).put()
    return Receipt(prepared.words)


def _stored(token: str | PreparedReceipt) -> PreparedReceipt | None:
    prepared = receipts.prepare(token) if isinstance(token, str) else token
    for attempt in range(_COLLISIONS):
        if attempt:
            prepared = receipts.prepare(prepared.token, attempt=attempt)
        mark = _mark_at(prepared.id)
        if mark == prepared.mark:
            return prepared
        if mark is None:
            return None
    return None


def _mark_at(receipt_id: bytes) -> bytes | None:
    item = receipts.find_item(receipt_id)
    if item is not None:
        return bytes(item.mark or b"")
    spent = ReceiptRow.get_or_none(ReceiptRow.id == receipt_id)
    return bytes(spent.mark) if spent else None


def _gathering(owner: bytes) -> GatheringRow:
    row: GatheringRow | None = GatheringRow.get_or_none(GatheringRow.id == owner)
    if row is None:
        raise errors.UnknownGatheringError("There is no such gathering.")
    return row.whole()


def _released(gathering_id: str) -> GatheringRow:
    row = _gathering(bytes.fromhex(gathering_id))
    if row.state != State.RELEASED:
        raise errors.NotReleasedError("This gathering is not released.")
    return row
