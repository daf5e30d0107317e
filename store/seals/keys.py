"""The facilitators' key: made once, wrapped per facilitator and once for a printed recovery code.

The master key is an X25519 private key. Its public half lies open in the database, so a locked
kiosk can begin a new gathering and seal that gathering's private key to the facilitators.
"""

import secrets
import unicodedata
from types import TracebackType
from typing import Self

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

from store import errors
from store.file import database, meta
from store.file.models import KeyRow, Slot
from store.seals import derive

PASSPHRASE, RECOVERY = "passphrase", "recovery"
RECOVERY_NAME = "recovery code"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_CODE_LENGTH = 28  # characters of 5 bits: 140 bits
_Recipe = tuple[bytes, int, int]  # salt, passes, bytes of memory


class MasterKey:
    """The unlocked key. Use it as a context manager, or call `wipe` when done.

    The bytes kept here are overwritten. Copies that Python or libsodium made on the way cannot be
    reached; core dumps and swap are switched off by the kiosk for that reason.

    Attributes:
        name: Of the facilitator who unlocked.
        slot: Of the passphrase that unlocked; empty at set-up.
    """

    def __init__(self, secret: bytes, name: str, slot: bytes = b"") -> None:
        self.name = name
        self.slot = slot
        self._secret = bytearray(secret)
        self.is_wiped = False

    def private_key(self) -> PrivateKey:
        """Return the key for one use."""
        if self.is_wiped:
            raise errors.LockedError("Locked. Please unlock again.")
        return PrivateKey(bytes(self._secret))

    def wipe(self) -> None:
        """Overwrite the key; whoever still holds this object cannot use it."""
        self._secret[:] = bytes(len(self._secret))
        self.is_wiped = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return f"MasterKey({self.name!r})"


def is_set_up() -> bool:
    """Say whether there is a master key."""
    with database.reading():
        return meta.read(meta.MASTER_PUBLIC) is not None


def set_up(passphrase: str, *, name: str, cost: derive.Cost = derive.PASSPHRASE_COST) -> str:
    """Make the master key and the first facilitator.

    Returns:
        The recovery code, to be printed; it is nowhere else.
    """
    if is_set_up():
        raise errors.AlreadyExistsError("The kiosk is set up already.")
    private = PrivateKey.generate()
    code = _new_code()
    recipe = secrets.token_bytes(16), cost.passes, cost.memory_bytes
    master = MasterKey(bytes(private), name)
    with master:
        slots = (
            _slot(master, PASSPHRASE, name, passphrase, recipe),
            _slot(master, RECOVERY, RECOVERY_NAME, _plain_code(code), recipe),
        )
    with database.writing():
        if meta.read(meta.MASTER_PUBLIC) is not None:
            raise errors.AlreadyExistsError("The kiosk is set up already.")
        meta.write(meta.MASTER_PUBLIC, bytes(private.public_key))
        for slot in slots:
            slot.put()
    return code


def unlock(passphrase: str, *, name: str | None = None, afar: str = "") -> MasterKey:
    """Open the master key with a facilitator's passphrase.

    Args:
        passphrase: In any Unicode form.
        name: Whose slot to try; all of them if None.
        afar: The place of another machine where it is typed; such places have tries of their own.

    Raises:
        WrongPassphraseError: It opens no slot.
        DamagedSlotError: It opens no slot, but a damaged one it might have opened.
        TooManyTriesError: More than five tries in a minute.
    """
    with database.reading():
        slots = [
            slot for slot in Slot.select().where(Slot.kind == PASSPHRASE)
            if name is None or slot.name == name
        ]  # fmt: skip
        meta.need(meta.MASTER_PUBLIC)
    return _open(slots, passphrase, account=name or "", afar=afar)


def recover(code: str, *, name: str, passphrase: str) -> None:
    """Give `name` a new passphrase by the recovery code, which stays valid."""
    with database.reading():
        slots = list(Slot.select().where(Slot.kind == RECOVERY))
        meta.need(meta.MASTER_PUBLIC)
    with _open(slots, _plain_code(code), account=RECOVERY_NAME) as master:
        slot = _slot(master, PASSPHRASE, name, passphrase, _recipe())
    with database.writing():
        Slot.delete().where((Slot.kind == PASSPHRASE) & (Slot.name == name)).execute()
        slot.put()


def renew_recovery_code(master: MasterKey) -> str:
    """Make a new recovery code; the old one opens nothing any more."""
    code = _new_code()
    slot = _slot(master, RECOVERY, RECOVERY_NAME, _plain_code(code), _recipe())
    with database.writing():
        Slot.delete().where(Slot.kind == RECOVERY).execute()
        slot.put()
    return code


def is_still_good(master: MasterKey) -> bool:
    """Whether the passphrase that unlocked a key still opens it.

    Removing somebody, changing a passphrase or recovering one may happen in another process or on
    another host; there the desk that is open learns of it here.
    """
    with database.reading():
        return Slot.select().where(Slot.id == master.slot).exists()


def facilitators() -> list[str]:
    """Return the facilitators' names, sorted."""
    with database.reading():
        return sorted(slot.name for slot in Slot.select().where(Slot.kind == PASSPHRASE))


def add_facilitator(master: MasterKey, name: str, passphrase: str) -> None:
    """Wrap the master key for one more facilitator."""
    slot = _slot(master, PASSPHRASE, name, passphrase, _recipe())
    with database.writing():
        if _named(name):
            raise errors.NameTakenError("There is a facilitator of this name.")
        slot.put()


def change_passphrase(master: MasterKey, name: str, passphrase: str) -> None:
    """Wrap the master key anew for a facilitator."""
    slot = _slot(master, PASSPHRASE, name, passphrase, _recipe())
    with database.writing():
        if not _named(name):
            raise errors.UnknownFacilitatorError("There is no facilitator of this name.")
        Slot.delete().where((Slot.kind == PASSPHRASE) & (Slot.name == name)).execute()
        slot.put()
    if name == master.name:
        master.slot = bytes(slot.id)


def remove_facilitator(master: MasterKey, name: str) -> None:
    """Destroy a facilitator's slot. They keep what they have read, and any backup they hold."""
    master.private_key()
    with database.writing():
        if not _named(name):
            raise errors.UnknownFacilitatorError("There is no facilitator of this name.")
        if Slot.select().where(Slot.kind == PASSPHRASE).count() == 1:
            raise errors.LastFacilitatorError("The last facilitator stays. Add another one first.")
        Slot.delete().where((Slot.kind == PASSPHRASE) & (Slot.name == name)).execute()


def gathering_key(master: MasterKey, owner: bytes) -> PrivateKey:
    """Open the private key that was made for a gathering.

    Raises:
        DamagedError: The stored key is damaged or gone.
    """
    row = KeyRow.get_or_none(KeyRow.id == owner)
    if row is None:
        raise errors.DamagedError("The gathering's key is gone.")
    try:
        return PrivateKey(SealedBox(master.private_key()).decrypt(bytes(row.whole().sealed)))
    except CryptoError:
        raise errors.DamagedError("The gathering's key is damaged.") from None


def new_gathering_key(owner: bytes) -> bytes:
    """Make a gathering's key pair; return the public half, store the private one sealed."""
    public, sealed = new_pair(meta.need(meta.MASTER_PUBLIC))
    KeyRow(id=owner, gathering=owner, sealed=sealed).put()
    return public


def new_pair(master_public: bytes) -> tuple[bytes, bytes]:
    """Make a key pair for a gathering: the public half, and the private one sealed."""
    private = PrivateKey.generate()
    return bytes(private.public_key), SealedBox(PublicKey(master_public)).encrypt(bytes(private))


def _open(slots: list[Slot], passphrase: str, *, account: str, afar: str = "") -> MasterKey:
    tries = database.tries().passphrases_from_afar if afar else database.tries().passphrases
    account = afar or account
    tries.take(account)
    damaged = [slot.name for slot in slots if not slot.is_whole()]
    derived: dict[tuple[bytes, int, int], bytes] = {}
    for slot in slots:
        if slot.name in damaged:
            continue
        recipe = (bytes(slot.salt), slot.passes, slot.memory_bytes)
        if recipe not in derived:
            derived[recipe] = _derive(passphrase, *recipe)
        try:
            secret = Aead(derived[recipe]).decrypt(bytes(slot.wrapped), _bound(slot))
        except CryptoError:
            continue
        tries.forgive(account)
        return MasterKey(secret, slot.name, bytes(slot.id))
    if damaged:
        raise errors.DamagedSlotError(
            f"The key slot of {', '.join(damaged)} is damaged. Another facilitator's passphrase or"
            " the recovery code still opens."
        )
    raise errors.WrongPassphraseError(
        "This passphrase or code opens nothing here. Look for typing errors, or another one."
    )


def _slot(master: MasterKey, kind: str, name: str, passphrase: str, recipe: _Recipe) -> Slot:
    salt, passes, memory_bytes = recipe
    slot = Slot(
        id=database.random_id(),
        kind=kind,
        name=name,
        salt=salt,
        passes=passes,
        memory_bytes=memory_bytes,
    )
    key = _derive(passphrase, *recipe)
    secret = bytearray(bytes(master.private_key()))
    slot.wrapped = bytes(Aead(key).encrypt(bytes(secret), _bound(slot)))
    secret[:] = bytes(len(secret))
    return slot


def _bound(slot: Slot) -> bytes:
    """What a wrapped key belongs to: moved to another slot, it does not open."""
    return b"release slot 1\0" + slot.kind.encode() + b"\0" + slot.name.encode()


def _derive(passphrase: str, salt: bytes, passes: int, memory_bytes: int) -> bytes:
    plain = unicodedata.normalize("NFKC", passphrase).encode()
    return derive.slow(plain, salt=salt, cost=derive.Cost(passes, memory_bytes))


def _recipe() -> _Recipe:
    """Return salt and cost of the present slots.

    All slots share them, so that unlocking without a name takes one slow hash, not one for each.
    """
    with database.reading():
        whole = [slot for slot in Slot.select() if slot.is_whole()]
    if not whole:
        raise errors.DamagedSlotError("Every key slot is damaged. Restore a backup.")
    return bytes(whole[0].salt), whole[0].passes, whole[0].memory_bytes


def _named(name: str) -> bool:
    return Slot.select().where((Slot.kind == PASSPHRASE) & (Slot.name == name)).exists()


def _new_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def _plain_code(code: str) -> str:
    """Read a code as typed: any case, spaces or dashes, O for 0, I and L for 1."""
    letters = code.upper().translate(str.maketrans("OIL", "011", " -\n\t."))
    return letters if len(letters) == _CODE_LENGTH else "not a code"
