"""One slot for each passphrase and for the printed code: a key pair, its private half wrapped.

The master key is sealed to the public half, so a new master key can be given to everybody without
anybody's passphrase. Slots of older versions wrap the master key itself (`public_key` is empty);
each becomes a pair when its passphrase opens it next.
"""

import contextlib
import unicodedata

from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

from store import errors
from store.rows import database
from store.rows.models import Slot
from store.seals import derive

Recipe = tuple[bytes, int, int]  # salt, passes, bytes of memory


def make(kind: str, name: str, secret: str, recipe: Recipe, master: bytes) -> Slot:
    """Return a new slot, not stored yet, that gives `master` to whoever knows `secret`."""
    return make_with(kind, name, wrapping_key(secret, recipe), recipe, master)


def make_with(kind: str, name: str, key: bytes, recipe: Recipe, master: bytes) -> Slot:
    """The same, with a wrapping key that was derived before."""
    salt, passes, memory_bytes = recipe
    slot = Slot(
        id=database.random_id(),
        kind=kind,
        name=name,
        salt=salt,
        passes=passes,
        memory_bytes=memory_bytes,
    )
    for column, value in _pair(slot, key, master).items():
        setattr(slot, column, value)
    return slot


def recipe_of(slot: Slot) -> Recipe:
    """Return what turns a slot's passphrase into its wrapping key."""
    return bytes(slot.salt), slot.passes, slot.memory_bytes


def wrapping_key(secret: str, recipe: Recipe) -> bytes:
    """Derive, slowly, what a slot's private half is wrapped with."""
    salt, passes, memory_bytes = recipe
    plain = unicodedata.normalize("NFKC", secret).encode()
    return derive.slow(plain, salt=salt, cost=derive.Cost(passes, memory_bytes))


def open_with(slot: Slot, key: bytes) -> tuple[bytes, bytes]:
    """Return the slot's private half and the master key.

    Raises:
        CryptoError: It is the wrapping key of another slot.
    """
    if slot.public_key is None:
        master = Aead(key).decrypt(bytes(slot.wrapped), _bound(slot))
        return _upgrade(slot, key, master), master
    private = Aead(key).decrypt(bytes(slot.wrapped), _bound(slot))
    return private, master_in(slot, private)


def master_in(slot: Slot, private: bytes) -> bytes:
    """Open the master key with the private half of its slot.

    Raises:
        CryptoError: It is the private half of another slot.
    """
    return SealedBox(PrivateKey(private)).decrypt(bytes(slot.master or b""))


def hand(slot: Slot, master: bytes) -> None:
    """Give another master key to whoever opens a slot; belongs inside a transaction."""
    slot.rewrite(master=SealedBox(PublicKey(bytes(slot.public_key or b""))).encrypt(master))


def _upgrade(slot: Slot, key: bytes, master: bytes) -> bytes:
    """Make a pair of an old slot; where the disk does not take it, the next time does."""
    private = PrivateKey.generate()
    with contextlib.suppress(errors.StoreError), database.writing():
        now = Slot.get_or_none(Slot.id == slot.id)
        if now is None or now.public_key is not None:
            return b""
        now.rewrite(**_pair(slot, key, master, private))
        return bytes(private)
    return b""


def _pair(
    slot: Slot, key: bytes, master: bytes, private: PrivateKey | None = None
) -> dict[str, bytes]:
    private = private or PrivateKey.generate()
    slot.public_key = bytes(private.public_key)
    return {
        "public_key": bytes(private.public_key),
        "wrapped": bytes(Aead(key).encrypt(bytes(private), _bound(slot))),
        "master": SealedBox(private.public_key).encrypt(master),
    }


def _bound(slot: Slot) -> bytes:
    """What a wrapped key belongs to: moved to another slot, it does not open."""
    form = b"1" if slot.public_key is None else b"2"
    return b"release slot " + form + b"\0" + slot.kind.encode() + b"\0" + slot.name.encode()
