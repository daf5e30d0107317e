"""What facilitators do with a released item: decide, label, note, cover.

Each change names the version it saw; if somebody else was faster, nothing is overwritten.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from store import covering, desk, errors, payloads
from store.desk import Notes, notes_of, open_head, released_head, seal_notes
from store.payloads import Drawing
from store.rows import database
from store.seals import vault
from store.seals.keys import MasterKey
from store.seals.vault import Boxes, Head
from store.status import AT_THE_DESK, Status, step


def move(item_id: str, status: Status | str, *, version: int) -> int:
    """Set a status; returns the new version.

    Raises:
        WrongStateError: The status does not follow on the present one.
        StaleVersionError: Somebody else changed the item.
    """
    wanted = Status(status)
    database.engine().with_room(lambda: _move(item_id, wanted, version))
    return version + 1


def label(item_id: str, labels: Sequence[str], master: MasterKey, *, version: int) -> int:
    """Set an item's labels; returns the new version."""
    return _change_notes(item_id, master, version, labels=tuple(labels))


def annotate(item_id: str, note: str, master: MasterKey, *, version: int) -> int:
    """Set the facilitators' note to an item; returns the new version."""
    return _change_notes(item_id, master, version, note=note)


def worry(item_id: str, master: MasterKey, *, is_worrying: bool, version: int) -> int:
    """Set an item apart because somebody may be in danger, or put it back; the new version."""
    return _change_notes(item_id, master, version, is_worrying=is_worrying)


def together() -> AbstractContextManager[None]:
    """Make several changes at once: all of them, or none where one fails."""
    return database.writing()


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
        head = _current(item_id, version)
        keyring = Boxes(master)
        old_pieces, item = open_head(head, keyring)
        payload = covering.without(item.payload, struck)
        if png is not None and isinstance(payload, Drawing):
            payload = replace(payload, png=png)
        public = keyring.public_key(head.sealed_to)
        first, *rest = vault.seal_all(payloads.encode(payload), public)
        notes = Notes(item.labels, item.note, (*item.boxes, *boxes), item.is_worrying)
        vault.remove_pieces(head.gathering, iter(old_pieces))
        vault.put_pieces(head.gathering, head.sealed_to, _random_ids(), rest)
        sealed_notes = seal_notes(notes, public)
        _change(head._replace(sealed=first, notes=sealed_notes, version=version + 1))
    return version + 1


def _move(item_id: str, wanted: Status, version: int) -> None:
    with database.writing():
        head = _current(item_id, version)
        if wanted not in AT_THE_DESK:
            raise errors.WrongStateError("Nobody decides that at the desk.")
        _change(head._replace(status=step(head.status, wanted), version=version + 1))


def _change_notes(item_id: str, master: MasterKey, version: int, **values: object) -> int:
    with database.writing():
        head = _current(item_id, version)
        keyring = Boxes(master)
        notes = replace(notes_of(head, keyring), **values)  # type: ignore[arg-type]
        sealed = seal_notes(notes, keyring.public_key(head.sealed_to))
        _change(head._replace(notes=sealed, version=version + 1))
    return version + 1


def _change(head: Head) -> None:
    """Put an item's new row in its place, and let every desk notice."""
    vault.change_head(head)
    desk.count_up(head.gathering)


def _current(item_id: str, version: int) -> Head:
    head = released_head(item_id)
    if head.version != version:
        raise errors.StaleVersionError("Somebody else changed this item.")
    return head


def _random_ids() -> Iterator[bytes]:
    while True:
        yield secrets.token_bytes(16)
