"""The facilitators' key: made once, wrapped per facilitator and once for a printed recovery code.

The master key is an X25519 private key. Its public half lies open in the database, so a locked
kiosk can begin a new gathering and seal that gathering's private key to the facilitators. Whatever
ends somebody's way in (removing them, another passphrase, another code) makes a new master key.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from store import errors
from store.rows import database, meta
from store.rows.models import KeyRow, Slot
from store.seals import derive, recovery_code, rotation, slots

PASSPHRASE, RECOVERY = "passphrase", "recovery"
RECOVERY_NAME = "recovery code"
ONE_SEAL = 80  # bytes of a private key in one sealed box; those that a backup holds have two


class MasterKey:
    """The unlocked key. Use it as a context manager, or call `wipe` when done.

    The bytes kept here are overwritten. Copies that Python or libsodium made on the way cannot be
    reached; core dumps and swap are switched off by the kiosk for that reason.

    Attributes:
        name: Of the facilitator who unlocked.
        slot: Of the passphrase that unlocked; empty at set-up.
    """

    def __init__(self, secret: bytes, name: str, slot: bytes = b"", own: bytes = b"") -> None:
        self.name = name
        self.slot = slot
        self._secret = bytearray(secret)
        self._own = bytearray(own)  # private half of the slot; it opens the next master key
        self.is_wiped = False

    def private_key(self) -> PrivateKey:
        """Return the key for one use."""
        if self.is_wiped:
            raise errors.LockedError("Locked. Please unlock again.")
        return PrivateKey(bytes(self._secret))

    def become(self, fresh: PrivateKey) -> None:
        """Be the master key that has taken the place of this one."""
        self._secret[:] = bytes(fresh)

    def follow(self) -> bool:
        """Open the master key of now with the slot of then; False where that slot is gone."""
        with database.reading():
            slot = Slot.get_or_none(Slot.id == self.slot)
            public = meta.read(meta.MASTER_PUBLIC)
        if slot is None:
            return False
        if not self.is_wiped and bytes(self.private_key().public_key) != public:
            try:
                self.become(PrivateKey(slots.master_in(slot.whole(), bytes(self._own))))
            except (CryptoError, ValueError, errors.DamagedError):
                return False
        return True

    def slot_key(self) -> PrivateKey:
        """Return the private half of the slot that unlocked."""
        self.private_key()  # refuses if wiped
        return PrivateKey(bytes(self._own))

    def take_slot(self, slot: Slot, own: bytes) -> None:
        """Follow from now on by another slot: the passphrase is a new one."""
        self.slot, self._own = bytes(slot.id), bytearray(own)

    def wipe(self) -> None:
        """Overwrite the key; whoever still holds this object cannot use it."""
        self._secret[:] = bytes(len(self._secret))
        self._own[:] = bytes(len(self._own))
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
    code = recovery_code.new()
    recipe = secrets.token_bytes(16), cost.passes, cost.memory_bytes
    made = (
        slots.make(PASSPHRASE, name, passphrase, recipe, bytes(private)),
        slots.make(RECOVERY, RECOVERY_NAME, recovery_code.plain(code), recipe, bytes(private)),
    )
    with database.writing():
        if meta.read(meta.MASTER_PUBLIC) is not None:
            raise errors.AlreadyExistsError("The kiosk is set up already.")
        meta.write(meta.MASTER_PUBLIC, bytes(private.public_key))
        for slot in made:
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
        found = [
            slot for slot in Slot.select().where(Slot.kind == PASSPHRASE)
            if name is None or slot.name == name
        ]  # fmt: skip
        meta.need(meta.MASTER_PUBLIC)
    return _open(found, passphrase, account=name or "", afar=afar)


def unlock_with_code(code: str) -> MasterKey:
    """Open the master key with the recovery code.

    Raises:
        WrongPassphraseError: It is another one.
        TooManyTriesError: More than five tries in a minute.
    """
    with database.reading():
        found = list(Slot.select().where(Slot.kind == RECOVERY))
        meta.need(meta.MASTER_PUBLIC)
    return _open(found, recovery_code.plain(code), account=RECOVERY_NAME)


def recover(code: str, *, name: str, passphrase: str) -> None:
    """Give `name` a new passphrase by the recovery code, which stays valid."""
    with unlock_with_code(code) as master:
        slot = _slot(master, PASSPHRASE, name, passphrase)
        with _revoking(master):
            _drop(PASSPHRASE, name)
            slot.put()


def renew_recovery_code(master: MasterKey) -> str:
    """Make a new recovery code; the old one opens old backups alone."""
    code = recovery_code.new()
    slot = _slot(master, RECOVERY, RECOVERY_NAME, recovery_code.plain(code))
    with _revoking(master):
        _drop(RECOVERY, RECOVERY_NAME)
        slot.put()
    return code


def is_still_good(master: MasterKey) -> bool:
    """Whether the passphrase that unlocked a key still opens it; the key becomes the one of now.

    Removing somebody, changing a passphrase or recovering one may happen in another process or on
    another host; there the desk that is open learns of it here.
    """
    return master.follow()


def waits_for() -> list[str]:
    """Return who has to unlock once before a new master key can be made; empty: nothing waits."""
    return rotation.waits_for()


def facilitators() -> list[str]:
    """Return the facilitators' names, sorted."""
    with database.reading():
        return sorted(slot.name for slot in Slot.select().where(Slot.kind == PASSPHRASE))


def add_facilitator(master: MasterKey, name: str, passphrase: str) -> None:
    """Wrap the master key for one more facilitator."""
    slot = _slot(master, PASSPHRASE, name, passphrase)
    with database.writing():
        if _named(name):
            raise errors.NameTakenError("There is a facilitator of this name.")
        slot.put()


def change_passphrase(master: MasterKey, name: str, passphrase: str) -> None:
    """Give a facilitator another passphrase; the old one opens nothing that comes from now on."""
    recipe = _recipe()
    key = slots.wrapping_key(passphrase, recipe)
    slot = slots.make_with(PASSPHRASE, name, key, recipe, bytes(master.private_key()))
    with _revoking(master):
        if not _drop(PASSPHRASE, name):
            raise errors.UnknownFacilitatorError("There is no facilitator of this name.")
        slot.put()
    if name == master.name:
        master.take_slot(slot, slots.open_with(slot, key)[0])


def remove_facilitator(master: MasterKey, name: str) -> None:
    """Destroy a facilitator's slot. They keep what they have read, and what old copies hold."""
    master.private_key()
    with _revoking(master):
        if not _named(name):
            raise errors.UnknownFacilitatorError("There is no facilitator of this name.")
        if Slot.select().where(Slot.kind == PASSPHRASE).count() == 1:
            raise errors.LastFacilitatorError("The last facilitator stays. Add another one first.")
        _drop(PASSPHRASE, name)


def gathering_key(master: MasterKey, owner: bytes) -> PrivateKey:
    """Open the private key that was made for a gathering.

    Raises:
        DamagedError: The stored key is damaged or gone.
    """
    row = KeyRow.get_or_none(KeyRow.id == owner)
    if row is None:
        raise errors.DamagedError("The gathering's key is gone.")
    if master.slot and not master.follow():  # another desk may have made a new one
        raise errors.LockedError("Locked. Please unlock again.")
    sealed = bytes(row.whole().sealed)
    if len(sealed) > ONE_SEAL:
        raise errors.HeldError("This came back from a backup, and is not opened yet.")
    try:
        return PrivateKey(SealedBox(master.private_key()).decrypt(sealed))
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


def _open(found: list[Slot], passphrase: str, *, account: str, afar: str = "") -> MasterKey:
    tries = database.tries().passphrases_from_afar if afar else database.tries().passphrases
    account = afar or account
    tries.take(account)
    damaged = [slot.name for slot in found if not slot.is_whole()]
    derived: dict[slots.Recipe, bytes] = {}
    for slot in found:
        if slot.name in damaged:
            continue
        recipe = slots.recipe_of(slot)
        if recipe not in derived:
            derived[recipe] = slots.wrapping_key(passphrase, recipe)
        try:
            own, secret = slots.open_with(slot, derived[recipe])
        except CryptoError:
            continue
        tries.forgive(account)
        master = MasterKey(secret, slot.name, bytes(slot.id), own)
        _do_what_is_due(master)
        return master
    if damaged:
        raise errors.DamagedSlotError(
            f"The key slot of {', '.join(damaged)} is damaged. Another facilitator's passphrase or"
            " the recovery code still opens."
        )
    raise errors.WrongPassphraseError(
        "This passphrase or code opens nothing here. Look for typing errors, or another one."
    )


def _do_what_is_due(master: MasterKey) -> None:
    """Make the new master key that had to wait for slots of an older version."""
    if rotation.is_due():
        with suppress(errors.StoreError), _revoking(master):
            pass


@contextmanager
def _revoking(master: MasterKey) -> Iterator[None]:
    """Change slots, and make a new master key for those that are left, in one transaction."""
    with database.writing():
        master.follow()
        yield
        fresh = rotation.rotate(master.private_key())
    if fresh is not None:
        master.become(fresh)


def _slot(master: MasterKey, kind: str, name: str, passphrase: str) -> Slot:
    return slots.make(kind, name, passphrase, _recipe(), bytes(master.private_key()))


def _recipe() -> slots.Recipe:
    """Return salt and cost of the present slots.

    All slots share them, so that unlocking without a name takes one slow hash, not one for each.
    """
    with database.reading():
        whole = [slot for slot in Slot.select() if slot.is_whole()]
    if not whole:
        raise errors.DamagedSlotError("Every key slot is damaged. Restore a backup.")
    return slots.recipe_of(whole[0])


def _drop(kind: str, name: str) -> bool:
    return bool(Slot.delete().where((Slot.kind == kind) & (Slot.name == name)).execute())


def _named(name: str) -> bool:
    return Slot.select().where((Slot.kind == PASSPHRASE) & (Slot.name == name)).exists()
