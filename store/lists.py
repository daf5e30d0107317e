"""The organisation's own names (staff, teams, sites), which the redaction needs while locked.

A kiosk that forgot the names at each restart would keep them in visitors' words: worse than what a
list of staff tells a thief. So there are two copies, both sealed: one to the facilitators, to edit
and back up, and one under a key in the file `device.key` beside the database. Backups and copies
of the database alone tell nothing; a thief of the whole disk learns who works there, and nothing
about who said what. docs/decisions/0024 has the other ways that were weighed.

While a gathering collects, its lists do not change: by which words are gone, a change would sort
its contributions into before and after. So each gathering keeps the running copy that it opened
with (0111).
"""

import os
import secrets
from collections.abc import Collection
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox
from nacl.secret import SecretBox

from store import errors
from store.machine import disk
from store.rows import database, meta
from store.rows.models import GatheringRow, ItemRow
from store.seals.keys import MasterKey
from store.status import State

KEY_FILE = "device.key"
RUNNING_LISTS = "running lists"


FROZEN = "lists of "  # and the gathering's id: the running copy that it began with


def save(master: MasterKey, content: str, *, begun: Collection[str] = ()) -> None:
    """Store the lists for the facilitators, and for the gatherings that open from now on.

    The first lists that a kiosk ever gets count at once in a gathering where nothing was begun.

    Args:
        master: Unlocked.
        content: The lists as text.
        begun: Ids of gatherings for which somebody has begun a contribution.
    """
    with database.writing():
        is_first = meta.read(meta.LISTS) is None
        for row in GatheringRow.select().where(GatheringRow.state.in_([State.OPEN, State.CLOSED])):
            owner = bytes(row.id)
            has_items = ItemRow.select().where(ItemRow.gathering == owner).exists()
            if not is_first or (row.state == State.OPEN and (has_items or owner.hex() in begun)):
                freeze(owner)
        _write(master, content)


def freeze(owner: bytes) -> None:
    """Let a gathering keep the lists of now, if it has none yet; belongs inside a transaction."""
    if meta.read(FROZEN + owner.hex()) is None:
        meta.write(FROZEN + owner.hex(), meta.read(RUNNING_LISTS) or b"")


def freeze_if_any(owner: bytes) -> None:
    """The same for a gathering that opens; before a kiosk ever had lists, nothing is kept."""
    if meta.read(meta.LISTS) is not None:
        freeze(owner)


def hand_on(source: bytes, to: bytes) -> None:
    """Give a gathering the lists of the one that its recordings were said to."""
    found = meta.read(FROZEN + source.hex())
    if found is not None:
        meta.write(FROZEN + to.hex(), found)


def forget(owner: bytes) -> None:
    """Let go of the lists that a purged gathering had."""
    meta.drop(FROZEN + owner.hex())


def is_key_missing() -> bool:
    """Say whether there are lists that this machine cannot read until somebody unlocks."""
    with database.reading():
        has_lists = meta.read(RUNNING_LISTS) is not None
    return has_lists and running() is None


def of(gathering_id: str) -> str | None:
    """Return the lists that a gathering began with, without unlocking; None: there are none.

    Where they came here from another machine, those of now: names that are not taken out at all
    would be worse.
    """
    with database.reading():
        sealed = meta.read(FROZEN + gathering_id)
    if sealed is None:
        return running()
    try:
        return SecretBox(_device_key()).decrypt(sealed).decode() if sealed else None
    except CryptoError:
        return running()


def _write(master: MasterKey, content: str) -> None:
    master.private_key()
    plain = content.encode()
    with database.writing():
        box = SealedBox(PublicKey(meta.need(meta.MASTER_PUBLIC)))
        meta.write(meta.LISTS, box.encrypt(plain))
        meta.write(RUNNING_LISTS, SecretBox(_device_key()).encrypt(plain))


def load(master: MasterKey) -> str | None:
    """Return the lists as they were saved; None if there are none."""
    with database.reading():
        sealed = meta.read(meta.LISTS)
    if sealed is None:
        return None
    try:
        return SealedBox(master.private_key()).decrypt(sealed).decode()
    except CryptoError:
        raise errors.DamagedError("The stored name lists are damaged.") from None


def running() -> str | None:
    """Return the lists without unlocking, for the kiosk's own redaction.

    None where there are none, or where the database came here from another machine: then a
    facilitator has to open and save the lists once.
    """
    with database.reading():
        sealed = meta.read(RUNNING_LISTS)
    if sealed is None:
        return None
    try:
        return SecretBox(_device_key()).decrypt(sealed).decode()
    except CryptoError:
        return None


def adopt(master: MasterKey) -> None:
    """Make the running copy anew from the facilitators' one; call it after unlocking."""
    content = load(master)
    if content is not None and running() != content:
        _write(master, content)


def _device_key() -> bytes:
    path: Path = database.folder() / KEY_FILE
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return _new_device_key(path)
    except OSError:
        raise errors.ReadOnlyError("The device key cannot be read.") from None
    return key if len(key) == SecretBox.KEY_SIZE else _new_device_key(path)


def _new_device_key(path: Path) -> bytes:
    """Write a new key beside the old name, then rename, so that no half key is ever read."""
    key = secrets.token_bytes(SecretBox.KEY_SIZE)
    fresh = path.with_suffix(".new")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, key)
            os.fsync(handle)
        finally:
            os.close(handle)
        fresh.replace(path)
        disk.sync_folder(path.parent)
    except OSError:
        raise errors.ReadOnlyError("The device key cannot be written.") from None
    return key
