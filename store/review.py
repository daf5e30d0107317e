"""What facilitators do with a released item: decide, label, note, cover.

Each change names the version it saw; if somebody else was faster, nothing is overwritten.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nacl.public import PrivateKey

from store import database, errors, keys, payloads, receipts, sealing
from store.keys import MasterKey
from store.models import GatheringRow, ItemRow, State, Status
from store.payloads import Drawing, Memo, Note, Payload, Silence, Sound

COVERED = "[COVERED]"
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.SEALED, Status.FAILED, Status.WITHDRAWN}),
    Status.SEALED: frozenset({Status.RELEASED, Status.WITHDRAWN}),
    Status.RELEASED: frozenset({Status.APPROVED, Status.DISCARDED}),
    Status.APPROVED: frozenset({Status.RELEASED, Status.DISCARDED}),
    Status.DISCARDED: frozenset({Status.RELEASED}),
    Status.FAILED: frozenset({Status.WAITING, Status.RELEASED, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}
_DESK = frozenset({Status.RELEASED, Status.APPROVED, Status.DISCARDED})


@dataclass(frozen=True)
class Item:
    """An opened contribution.

    Attributes:
        payload: With everything covered that was covered.
        boxes: Rectangles (x, y, width, height) covered in a drawing.
        version: To be named when changing it.
    """

    id: str
    gathering: str
    kind: payloads.Kind
    payload: Payload
    status: Status
    labels: tuple[str, ...] = ()
    note: str = ""
    boxes: tuple[tuple[int, int, int, int], ...] = ()
    version: int = 1


@dataclass(frozen=True)
class _Notes:
    labels: tuple[str, ...] = ()
    note: str = ""
    boxes: tuple[tuple[int, int, int, int], ...] = field(default=())


def find(item_id: str, master: MasterKey) -> Item:
    """Open one released item as it is now.

    Raises:
        UnknownItemError: No released item has this id.
    """
    with database.reading():
        row = _released(item_id)
        return opened(row, keys.gathering_key(master, bytes(row.sealed_to)))


def move(item_id: str, status: Status | str, *, version: int) -> int:
    """Set a status; returns the new version.

    Raises:
        WrongStateError: The status does not follow on the present one.
        StaleVersionError: Somebody else changed the item.
    """
    wanted = Status(status)
    with database.with_reserve(), database.writing():
        row = _current(item_id, version)
        if wanted not in _DESK or wanted not in TRANSITIONS[Status(row.status)]:
            raise errors.WrongStateError("An item cannot go from its status to this one.")
        row.rewrite(status=wanted, version=version + 1)
    return version + 1


def label(item_id: str, labels: Sequence[str], master: MasterKey, *, version: int) -> int:
    """Set an item's labels; returns the new version."""
    return _change_notes(item_id, master, version, labels=tuple(labels))


def annotate(item_id: str, note: str, master: MasterKey, *, version: int) -> int:
    """Set the facilitators' note to an item; returns the new version."""
    return _change_notes(item_id, master, version, note=note)


@dataclass(frozen=True)
class Covers:
    """What a facilitator hides: half-open ranges of the text, rectangles of a drawing."""

    struck: tuple[tuple[int, int], ...] = ()
    boxes: tuple[tuple[int, int, int, int], ...] = ()


def cover(
    item_id: str,
    struck: Sequence[tuple[int, int]],
    boxes: Sequence[tuple[int, int, int, int]],
    master: MasterKey,
    *,
    version: int,
    png: bytes | None = None,
) -> int:
    """Replace what the machine missed, for good; returns the new version.

    Args:
        item_id: A released item.
        struck: Half-open ranges of the text, in code points.
        boxes: Rectangles of the drawing.
        master: The unlocked key.
        version: That the facilitator saw.
        png: The drawing, encoded anew with the boxes painted over. Needed with `boxes`.
    """
    if boxes and png is None:
        raise ValueError("png: the drawing with the boxes painted over")
    with database.writing():
        row = _current(item_id, version)
        key = keys.gathering_key(master, bytes(row.sealed_to))
        item = opened(row, key)
        payload = _without(item.payload, struck)
        if png is not None and isinstance(payload, Drawing):
            payload = replace(payload, png=png)
        notes = _Notes(item.labels, item.note, (*item.boxes, *boxes))
        public = bytes(key.public_key)
        row.rewrite(
            sealed=sealing.seal(payloads.encode(payload), public),
            notes=_sealed_notes(notes, public),
            version=version + 1,
        )
        database.needs_vacuum()
    return version + 1


def opened(row: ItemRow, key: PrivateKey) -> Item:
    """Open a row.

    Raises:
        DamagedError: Bytes changed on disk.
    """
    payload = payloads.decode(sealing.unseal(bytes(row.sealed), key))
    if isinstance(payload, Sound):
        payload = Memo(
            "", feeling=payload.feeling, question=payload.question, is_untranscribed=True
        )
    notes = _opened_notes(row, key)
    return Item(
        id=bytes(row.id).hex(),
        gathering=bytes(row.gathering).hex(),
        kind=payloads.kind_of(payload),
        payload=payload,
        status=Status(row.status),
        labels=notes.labels,
        note=notes.note,
        boxes=notes.boxes,
        version=row.version,
    )


def _change_notes(item_id: str, master: MasterKey, version: int, **values: object) -> int:
    with database.writing():
        row = _current(item_id, version)
        key = keys.gathering_key(master, bytes(row.sealed_to))
        notes = replace(_opened_notes(row, key), **values)  # type: ignore[arg-type]
        row.rewrite(notes=_sealed_notes(notes, bytes(key.public_key)), version=version + 1)
    return version + 1


def _current(item_id: str, version: int) -> ItemRow:
    row = _released(item_id)
    if row.version != version:
        raise errors.StaleVersionError("Somebody else changed this item.")
    return row


def _released(item_id: str) -> ItemRow:
    try:
        row = receipts.find_item(bytes.fromhex(item_id))
    except ValueError:
        row = None
    if row is None or _state(row) != State.RELEASED:
        raise errors.UnknownItemError("There is no such item.")
    return row.whole()


def _state(row: ItemRow) -> str:
    return str(GatheringRow.get(GatheringRow.id == row.gathering).state)


def _sealed_notes(notes: _Notes, public_key: bytes) -> bytes:
    content = json.dumps([notes.labels, notes.note, notes.boxes], ensure_ascii=False)
    return sealing.seal(content.encode(), public_key)


def _opened_notes(row: ItemRow, key: PrivateKey) -> _Notes:
    if row.notes is None:
        return _Notes()
    labels, note, boxes = json.loads(sealing.unseal(bytes(row.notes), key))
    return _Notes(tuple(labels), note, tuple((x, y, w, h) for x, y, w, h in boxes))


def _without(payload: Payload, struck: Sequence[tuple[int, int]]) -> Payload:
    """Replace ranges of the text; doubts move along, and those that touch a range go."""
    if not struck or isinstance(payload, Silence):
        return payload
    text = payload.text
    doubts = list(payload.doubts) if isinstance(payload, Note | Memo) else []
    for start, end in _joined(struck, len(text)):
        text = text[:start] + COVERED + text[end:]
        shift = len(COVERED) - (end - start)
        doubts = [
            (first, last) if last <= start else (first + shift, last + shift)
            for first, last in doubts
            if last <= start or first >= end
        ]
    if isinstance(payload, Drawing):
        return replace(payload, text=text)
    return replace(payload, text=text, doubts=tuple(doubts))


def _joined(ranges: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return the ranges cut to the text, overlapping ones joined, the last first."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in ranges):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined[::-1]
