# ruff: noqa: S608 - the names in statements are our own tables and columns; values are bound
"""A new master key, so that what opened the old one opens nothing that comes later.

Whoever was a facilitator may hold an old copy of the file, and with it the master key of that day
and the keys of the gatherings of that day. So after a removal, a changed passphrase or a renewed
code, everybody else's slot gets a new master key, the gatherings' keys are sealed to it, and each
gathering that still collects gets a new pair, what it holds sealed anew: one transaction.

A gathering that other boxes were invited to keeps its pair, or their parcels would open for nobody.
"""

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from store import errors
from store.rows import database, meta
from store.rows.models import GatheringRow, KeyRow, Slot, digest_of
from store.seals import derive, slots
from store.status import State
from store.team import ledger

DUE = "master key is due"  # a rotation that waits for slots of older versions
TEAM_SEED = "team seed"  # sealed to the master key; before the first rotation it follows from it

_SEALED_ROWS = (
    ("item", ("gathering", "id", "sealed_to", "status", "version", "mark", "sealed", "notes")),
    ("piece", ("gathering", "id", "sealed_to", "sealed")),
)


def waits_for() -> list[str]:
    """Return whose slots are of an older version and keep a rotation waiting; empty: none waits."""
    with database.reading():
        if meta.read(DUE) is None:
            return []
        return sorted(slot.name for slot in Slot.select().where(Slot.public_key.is_null()))


def is_due() -> bool:
    """Say whether a rotation waits and could be done now."""
    with database.reading():
        return meta.read(DUE) is not None and not _has_to_wait()


def rotate(old: PrivateKey) -> PrivateKey | None:
    """Put a new master key in the place of the old one; belongs inside a transaction.

    Returns:
        The new one; None where old slots have to be opened once before, which is noted.
    """
    if _has_to_wait():
        meta.write(DUE, b"\1")
        return None
    meta.drop(DUE)
    fresh = PrivateKey.generate()
    for slot in Slot.select():
        if slot.is_whole():  # a damaged one opens nothing, and stays so
            slots.hand(slot, bytes(fresh))
    seed = team_seed(old)
    meta.write(meta.MASTER_PUBLIC, bytes(fresh.public_key))
    meta.write(TEAM_SEED, SealedBox(fresh.public_key).encrypt(seed))
    if (lists := meta.read(meta.LISTS)) is not None:
        meta.write(meta.LISTS, _anew(lists, SealedBox(old), fresh.public_key))
    _reseal_gatherings(SealedBox(old), fresh.public_key)
    return fresh


def team_seed(master: PrivateKey) -> bytes:
    """Return what signs the team's files; it stays, for boxes that know the team by it.

    Raises:
        DamagedError: It is stored, and damaged.
    """
    sealed = meta.read(TEAM_SEED)
    if sealed is None:
        return derive.fast(bytes(master), b"", use="team signature")
    try:
        return SealedBox(master).decrypt(sealed)
    except CryptoError:
        raise errors.DamagedError("The team's key is damaged.") from None


def _has_to_wait() -> bool:
    """Whether there are slots of an older version, or keys that a backup still holds."""
    has_old = Slot.select().where(Slot.public_key.is_null()).exists()
    return bool(has_old) or meta.read(meta.HOLDING) is not None


def _reseal_gatherings(box: SealedBox[PrivateKey], to: PublicKey) -> None:
    collecting = {
        bytes(row.id): row for row in GatheringRow.select().where(GatheringRow.state == State.OPEN)
    }
    for key in list(KeyRow.select()):
        try:
            private = PrivateKey(box.decrypt(bytes(key.whole().sealed)))
        except (errors.DamagedError, CryptoError):
            continue  # it opened nothing before either
        owner = bytes(key.id)
        row = collecting.get(owner)
        if row is not None and row.is_whole() and not ledger.is_invited(owner):
            fresh = PrivateKey.generate()
            row.rewrite(public_key=bytes(fresh.public_key))
            _reseal_rows(owner, SealedBox(private), fresh.public_key)
            private = fresh
        key.rewrite(sealed=SealedBox(to).encrypt(bytes(private)))


def _reseal_rows(owner: bytes, box: SealedBox[PrivateKey], to: PublicKey) -> None:
    for table, columns in _SEALED_ROWS:
        names = ", ".join(columns)
        for (row_id,) in database.rows(
            f"SELECT id FROM {table} WHERE gathering = ? AND sealed_to = ?", owner, owner
        ):
            ((digest, *found),) = database.rows(
                f"SELECT digest, {names} FROM {table} WHERE gathering = ? AND id = ?", owner, row_id
            )
            values = dict(zip(columns, found, strict=True))
            if digest != digest_of(table, values):
                continue  # damaged stays damaged
            try:
                values["sealed"] = _anew(values["sealed"], box, to)
            except errors.DamagedError:
                continue
            database.run(
                f"UPDATE {table} SET digest = ?, sealed = ? WHERE gathering = ? AND id = ?",
                digest_of(table, values), values["sealed"], owner, row_id,
            )  # fmt: skip


def _anew(sealed: bytes, box: SealedBox[PrivateKey], to: PublicKey) -> bytes:
    try:
        return SealedBox(to).encrypt(box.decrypt(bytes(sealed)))
    except CryptoError:
        raise errors.DamagedError("A sealed content is damaged.") from None
