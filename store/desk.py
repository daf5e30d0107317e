"""Open what is released, and nothing else."""

import contextlib
import gc
import json
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, islice

from nacl.public import PrivateKey, SealedBox

from store import errors, payloads
from store.payloads import Memo, Payload, Sound
from store.promise import asked_from_json
from store.rows import database
from store.rows.models import GatheringRow, KeyRow
from store.seals import sealing, vault
from store.seals.keys import MasterKey
from store.seals.sealing import Part
from store.seals.vault import Boxes, Head
from store.status import State, Status

_THREADS = 2  # more gained nothing in our measurements
_BATCH = 1024
CHANGED = "SELECT id, version FROM item WHERE gathering = ? AND version > 1"


@dataclass(frozen=True, slots=True)
class Item:
    """An opened contribution.

    Attributes:
        payload: With everything covered that was covered.
        boxes: Rectangles (x, y, width, height) covered in a drawing.
        version: To be named when changing it.
        is_worrying: Set apart by a facilitator who fears for somebody.
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
    is_worrying: bool = False


class Released(list[Item]):
    """Released items in their shuffled order.

    Attributes:
        damaged: How many could not be opened; the others are not affected.
    """

    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Notes:
    """What facilitators added to an item."""

    labels: tuple[str, ...] = ()
    note: str = ""
    boxes: tuple[tuple[int, int, int, int], ...] = ()
    is_worrying: bool = False


_NO_NOTES = Notes()


def released(gathering_id: str, master: MasterKey) -> Released:
    """Open a released gathering's items, in an order that is random and stays the same.

    Raises:
        NotReleasedError: Not closed yet, or fewer than k: nothing of it is read.
    """
    gc.disable()  # it would look for garbage among all that is just being made, again and again
    try:
        items = _released(gathering_id, master)
        # Somebody may have covered a drawing between its pieces and its head: look again.
        return _released(gathering_id, master) if items.damaged else items
    finally:
        gc.enable()


def _released(gathering_id: str, master: MasterKey) -> Released:
    owner = database.key_of_gathering(gathering_id)
    with database.reading():
        count = _need_released(owner)
        tells_questions = _tells_questions(owner)
    keyring = Boxes(master)
    pieces: defaultdict[bytes, list[Part]] = defaultdict(list)
    for _, part in vault.pieces(owner, keyring):
        pieces[part.item].append(part)
    items = Released()
    for head, padded in _opened(vault.heads(owner), keyring):
        try:
            part = sealing.part(padded)
            item = _item(head, [part, *pieces.pop(part.item, ())], keyring)
            items.append(item if tells_questions else _without_question(item))
        except errors.DamagedError:
            continue
    items.damaged = max(0, count - len(items))  # a row can also vanish without a trace
    return items


def find(item_id: str, master: MasterKey) -> Item:
    """Open one released item as it is now.

    Raises:
        UnknownItemError: No released item has this id.
        DamagedError: Its bytes changed on disk.
    """
    with database.reading():
        return open_head(released_head(item_id), Boxes(master))[1]


def revision(gathering_id: str) -> int:
    """Return the version of a whole gathering: a number that every change by a desk raises.

    Raises:
        NotReleasedError: Nothing of it may be read, or not any more.
    """
    with database.reading():
        return _released_row(database.key_of_gathering(gathering_id)).revision or 0


def changed(gathering_id: str) -> dict[str, int]:
    """Return the versions, by id, of what somebody changed since release; the others have 1.

    An index holds these alone, so nothing else is read, and nothing opened.
    """
    owner = database.key_of_gathering(gathering_id)
    with database.reading():
        _released_row(owner)
        found = database.rows(CHANGED, owner)
    return {bytes(key).hex(): version for key, version in found}


def count_up(owner: bytes) -> None:
    """Raise a gathering's version; belongs inside `database.writing()`."""
    row = _released_row(owner)
    row.rewrite(revision=(row.revision or 0) + 1)


def with_marks(item: Item, master: MasterKey) -> Item:
    """Return an item with what facilitators made of it by now; its content is not opened again.

    Raises:
        UnknownItemError: It is gone.
    """
    with database.reading():
        head = released_head(item.id)
        notes = notes_of(head, Boxes(master))
    return replace(
        item,
        status=head.status,
        labels=notes.labels,
        note=notes.note,
        boxes=notes.boxes,
        version=head.version,
        is_worrying=notes.is_worrying,
    )


def released_head(item_id: str) -> Head:
    """Return the row of a released item."""
    try:
        head = vault.head(bytes.fromhex(item_id))
    except ValueError:
        head = None
    if head is None:
        raise errors.UnknownItemError("There is no such item.")
    try:
        _need_released(head.gathering)
    except errors.NotReleasedError:
        raise errors.UnknownItemError("There is no such item.") from None
    return head


def open_head(head: Head, keyring: Boxes) -> tuple[list[bytes], Item]:
    """Open an item; return the ids of its pieces, too.

    Nothing outside the seal says which pieces are its own, so all of the gathering are tried.
    """
    first = _head_part(head, keyring)
    own: list[tuple[bytes, Part]] = []
    if first.total > 1:
        found = vault.pieces(head.gathering, keyring)
        own = list(_first(first.total - 1, (each for each in found if each[1].item == first.item)))
    item = _item(head, [first, *(part for _, part in own)], keyring)
    is_told = _tells_questions(head.gathering)
    return [key for key, _ in own], item if is_told else _without_question(item)


def _opened(found: Iterator[Head | None], keyring: Boxes) -> Iterator[tuple[Head, bytes]]:
    """Open heads in their order, leaving out damaged ones.

    libsodium works outside Python's lock, so threads open a batch each, while this one reads the
    next heads and makes items of the last.
    """
    with ThreadPoolExecutor(_THREADS) as pool:
        begun = _begin(found, keyring, pool)
        while begun is not None:
            heads, opened = begun
            begun = _begin(found, keyring, pool)
            padded = chain.from_iterable(each.result() for each in opened)
            for head, content in zip(heads, padded, strict=True):
                if content is not None:
                    yield head, content


def _begin(
    found: Iterator[Head | None], keyring: Boxes, pool: Executor
) -> tuple[list[Head], list[Future[list[bytes | None]]]] | None:
    """Let threads open the next heads; None where there are no more."""
    chunk = list(islice(found, _THREADS * _BATCH))
    if not chunk:
        return None
    pairs = _with_boxes(chunk, keyring)
    sealed = [(head.sealed, box) for head, box in pairs]
    batches = (sealed[at : at + _BATCH] for at in range(0, len(sealed), _BATCH))
    return [head for head, _ in pairs], [pool.submit(sealing.unseal_all, b) for b in batches]


def _with_boxes(
    chunk: list[Head | None], keyring: Boxes
) -> list[tuple[Head, SealedBox[PrivateKey]]]:
    boxes = {}
    for sealed_to in {head.sealed_to for head in chunk if head is not None}:
        with contextlib.suppress(errors.DamagedError):  # its key is damaged; the others open
            boxes[sealed_to] = keyring.of(sealed_to)
    return [(h, boxes[h.sealed_to]) for h in chunk if h is not None and h.sealed_to in boxes]


def notes_of(head: Head, keyring: Boxes) -> Notes:
    """Open what facilitators added."""
    if head.notes is None:
        return _NO_NOTES
    opened = sealing.unpad(sealing.unseal(head.notes, keyring.of(head.sealed_to)))
    labels, note, boxes, *more = json.loads(opened)
    covered = tuple((x, y, w, h) for x, y, w, h in boxes)
    return Notes(tuple(labels), note, covered, is_worrying=bool(more and more[0]))


def seal_notes(notes: Notes, public_key: bytes) -> bytes:
    """Seal what facilitators added."""
    values = [notes.labels, notes.note, notes.boxes, notes.is_worrying]
    content = json.dumps(values, ensure_ascii=False)
    return sealing.seal(sealing.pad(content.encode()), public_key)


def _tells_questions(owner: bytes) -> bool:
    """Say whether items may tell which question they answer.

    Not where others were carried in whose questions were not all asked here: their own question, or
    the lack of one, would tell a few of them apart. A carried item brought its key along.
    """
    ids = {bytes(key) for key in KeyRow.keys_of(owner)}
    rows = list(GatheringRow.select().where(GatheringRow.id.in_(list(ids | {owner}))))
    asked = {bytes(row.id): set(asked_from_json(row.questions)[0]) for row in rows}
    return all(asked.get(key, {""}) <= asked.get(owner, set()) for key in ids)


def _need_released(owner: bytes) -> int:
    """Return how many items were released together."""
    return _released_row(owner).participation or 0


def _released_row(owner: bytes) -> GatheringRow:
    row = GatheringRow.get_or_none(GatheringRow.id == owner)
    if row is None:
        raise errors.UnknownGatheringError(errors.NO_SUCH_GATHERING)
    found: GatheringRow = row.whole()
    if found.state != State.RELEASED:
        raise errors.NotReleasedError("This gathering is not released.")
    return found


def _head_part(head: Head, keyring: Boxes) -> Part:
    return sealing.part(sealing.unseal(head.sealed, keyring.of(head.sealed_to)))


def _item(head: Head, parts: list[Part], keyring: Boxes) -> Item:
    is_alone = len(parts) == 1
    payload = payloads.decode(parts[0].content if is_alone else sealing.join(parts))
    if isinstance(payload, Sound):  # erased at release, all but the head
        payload = Memo("", said=payload.said, is_untranscribed=True)
    elif is_alone and parts[0].total > 1:
        raise errors.DamagedError("Pieces of a contribution are gone.")
    notes = notes_of(head, keyring)
    return Item(
        id=head.id.hex(),
        gathering=head.gathering.hex(),
        kind=payloads.kind_of(payload),
        payload=payload,
        status=head.status,
        labels=notes.labels,
        note=notes.note,
        boxes=notes.boxes,
        version=head.version,
        is_worrying=notes.is_worrying,
    )


def _without_question(item: Item) -> Item:
    payload = item.payload
    return replace(item, payload=replace(payload, said=replace(payload.said, question="")))


def _first(count: int, found: Iterator[tuple[bytes, Part]]) -> Iterator[tuple[bytes, Part]]:
    for _, each in zip(range(count), found, strict=False):
        yield each
