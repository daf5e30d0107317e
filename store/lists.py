"""The organisation's own names (staff, teams, sites), which the redaction needs while locked.

A kiosk that forgot the names at each restart would keep them in visitors' words: worse than what a
list of staff tells a thief. So there are two copies, both sealed: one to the facilitators, to edit
and back up, and one under a key in the file `device.key` beside the database. Backups and copies
of the database alone tell nothing; a thief of the whole disk learns who works there, and nothing
about who said what. docs/decisions/0024 has the other ways that were weighed.
"""

import os
import secrets
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox
from nacl.secret import SecretBox

from store import errors
from store.file import database, meta
from store.seals.keys import MasterKey

KEY_FILE = "device.key"
RUNNING_LISTS = "running lists"


def save(master: MasterKey, content: str) -> None:
    """Store the lists for the facilitators and for the running kiosk."""
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
        save(master, content)


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
        database.sync_folder(path.parent)
    except OSError:
        raise errors.ReadOnlyError("The device key cannot be written.") from None
    return key
