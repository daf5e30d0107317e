"""Sealed contributions of one box, packed for the box of the team, and taken in there once.

Packing closes the gathering on the outpost for good: nothing comes in any more, nothing is taken
back any more, and packing again gives the same contributions, for a stick that was lost. Every row
gets a fresh random id on the way and goes in the order of those ids, so a parcel tells no order and
nothing in it leads back to a receipt. Memos that still wait for words travel as sealed sound.

At home a parcel is taken in by one transaction, its own id with it: cut off anywhere, it was taken
in whole or not at all. Rows that came so look like those that were kept here.
"""

import contextlib
import os
import random
import secrets
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from store import errors, release
from store.backlog import SPARE_PIECES
from store.machine import disk
from store.rows import database, meta
from store.rows.models import GatheringRow, ItemRow, PieceRow, WorkRow
from store.seals import derive, sealing, vault
from store.status import State, Status, step
from store.team import envelope, ledger, membership
from store.team.invitation import parcel_key_name, parcel_private_key

_ID_BYTES = 16
_MARK_BYTES = 8
_SEAL_BYTES = 48  # that a sealed box adds
_ITEM, _PIECE, _END = b"I", b"P", b"E"
_ABOUT = struct.Struct(">BH")  # which of the three it is, and how many ids of pieces follow
_SORTS = (Status.SEALED, Status.WAITING, Status.SILENT)
_AT_ONCE = 512  # items put in together
_MOST_IDS = sealing.MOST_PIECES + SPARE_PIECES


def pack(gathering_id: str, target: Path, *, today: date) -> str:
    """Close a gathering on this outpost for good, and write what it kept to a new file.

    Returns:
        The file's digest.

    Raises:
        AlreadyExistsError: There is a file already; nothing was changed.
        WrongStateError: This box is no outpost, or the gathering is purged.
        OSError: The file cannot be written; packing can be done again.
    """
    membership.need_outpost()
    if target.exists():
        raise errors.AlreadyExistsError("There is a file already; nothing was changed.")
    fresh = target.with_name(target.name + ".part")
    try:
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)  # its owner's alone
        with fresh.open("wb") as file:
            digest = pack_into(file, gathering_id, today=today)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(target)
        disk.sync_folder(target.absolute().parent)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    return digest


def pack_into(file: BinaryIO, gathering_id: str, *, today: date) -> str:
    """Do what `pack` does, into a file that is open."""
    membership.need_outpost()
    owner = database.key_of_gathering(gathering_id)
    _close_for_good(owner, today)
    with database.reading():
        public = meta.need(parcel_key_name(owner))
        return envelope.write(file, owner, _content(owner), public)


def add(path: Path) -> bool:
    """Take a parcel in from a file; see `take_in`."""
    with path.open("rb") as file:
        return take_in(file)


def take_in(file: BinaryIO) -> bool:
    """Take a parcel in, once, as long as parcels are awaited for its gathering.

    Returns:
        False where it was taken in before: then nothing was added.

    Raises:
        ForeignParcelError: It is for another box, or for no gathering that others were invited to.
        LateParcelError: Its gathering awaits no more: a release by one parcel would tell of it.
        UnreadableFileError: It is no parcel, or damaged; nothing was added.
        WrongStateError: This box is an outpost.
    """
    membership.need_home()
    owner = envelope.check(file)
    with database.writing():
        row = GatheringRow.get_or_none(GatheringRow.id == owner)
        if row is None or not ledger.is_invited(owner):
            raise errors.ForeignParcelError("This parcel is for no gathering of this box.")
        content = _Reader(envelope.read(file, parcel_private_key(owner)))
        parcel = content.take(_ID_BYTES)
        if ledger.holds(owner, parcel):
            return False
        if row.state not in {State.OPEN, State.CLOSED} or not ledger.waits(owner):
            raise errors.LateParcelError(
                "This parcel is late: its gathering awaits no more of them. Nothing was added."
            )
        _take_in(owner, content)
        content.finish()
        ledger.enter(owner, parcel)
    if database.engine().is_small():  # rows of one parcel lie side by side until then
        release.forget_order()  # of a large store the next tick does it, or the release
    return True


def _close_for_good(owner: bytes, today: date) -> None:
    with database.writing():
        row = GatheringRow.get_or_none(GatheringRow.id == owner)
        if row is None:
            raise errors.UnknownGatheringError(errors.NO_SUCH_GATHERING)
        row.whole()
        if row.state == State.OPEN:
            row.rewrite(state=step(row.state, State.CLOSED), closes=today.isoformat())
        if row.state != State.PACKED:
            row.rewrite(state=step(row.state, State.PACKED))


def _content(owner: bytes) -> Iterator[bytes]:
    device = database.constant(meta.DEVICE, meta.need)
    yield derive.fast(device, owner, use="parcel", size=_ID_BYTES)
    works = {bytes(row.id): row for row in WorkRow.select().where(WorkRow.gathering == owner)}
    fresh: defaultdict[bytes, bytes] = defaultdict(database.random_id)
    for key in _shuffled(ItemRow.keys_of(owner)):
        with contextlib.suppress(errors.DamagedError):  # what was hit opens for nobody
            found = vault.head(key)
            if found is not None:
                yield from _item(found, works.get(key), fresh)
    for key in _shuffled(PieceRow.keys_of(owner)):
        if (sealed := vault.piece(owner, key)) is not None:
            yield _PIECE + fresh[key] + sealed
    yield _END


def _item(
    head: vault.Head, work: WorkRow | None, fresh: defaultdict[bytes, bytes]
) -> Iterator[bytes]:
    joined = bytes(work.whole().pieces) if work is not None else b""
    ids = [joined[at : at + _ID_BYTES] for at in range(0, len(joined), _ID_BYTES)]
    # What could not be transcribed there is tried anew at home.
    sort = Status.WAITING if work is not None else head.status
    yield _ITEM + _ABOUT.pack(_SORTS.index(sort), len(ids))
    yield b"".join(fresh[each] for each in ids) + head.sealed


def _shuffled(keys: list[bytes]) -> list[bytes]:
    random.SystemRandom().shuffle(keys)
    return keys


def _take_in(owner: bytes, content: "_Reader") -> None:
    heads: list[vault.Head] = []
    while (sort := content.take(1)) != _END:
        if sort == _ITEM:
            heads.append(_take_in_item(owner, content))
            if len(heads) == _AT_ONCE:
                vault.put_heads(heads)
                heads.clear()
        elif sort == _PIECE:
            key = content.take(_ID_BYTES)
            sealed = content.take(sealing.PIECE_BYTES + _SEAL_BYTES)
            vault.put_pieces(owner, owner, iter([key]), [sealed])
        else:
            raise errors.UnreadableFileError("This parcel is damaged; nothing was added.")
    vault.put_heads(heads)


def _take_in_item(owner: bytes, content: "_Reader") -> vault.Head:
    sort, count = _ABOUT.unpack(content.take(_ABOUT.size))
    if count > _MOST_IDS or sort >= len(_SORTS):
        raise errors.UnreadableFileError("This parcel is damaged; nothing was added.")
    pieces = content.take(count * _ID_BYTES)
    key = database.random_id()
    if _SORTS[sort] is Status.WAITING:
        WorkRow(id=key, gathering=owner, beat=0, tries=0, pieces=pieces).put()
    return vault.Head(
        gathering=owner,
        id=key,
        sealed_to=owner,
        status=step(None, _SORTS[sort]),
        version=0,
        mark=secrets.token_bytes(_MARK_BYTES),  # as those have that were kept here
        sealed=content.take(sealing.HEAD_BYTES + _SEAL_BYTES),
        notes=None,
    )


class _Reader:
    """Takes bytes from blocks."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._held = bytearray()

    def take(self, count: int) -> bytes:
        """Return the next bytes; a parcel that has no more of them is damaged."""
        while len(self._held) < count:
            block = next(self._blocks, None)
            if block is None:
                raise errors.UnreadableFileError("This parcel is damaged; nothing was added.")
            self._held += block
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken

    def finish(self) -> None:
        """Read to the end, so that all of it is proven."""
        for _ in self._blocks:
            pass
