"""What a backup holds back: keys of gatherings that are not released open for nobody alone.

A copy that opens with one passphrase, restored beside another one, would show one facilitator what
a single visitor left in between. So in a backup these keys lie in a second seal, whose key is
sealed for the printed code, and for each two facilitators: for one of them, inside the other's.
What is in those gatherings is marked as carried: in a restored copy it is read with k new ones
(`store.release`), never by itself. docs/decisions/0132 says what this does not stop.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from store import errors
from store.rows import database, meta
from store.rows.engine import Ways
from store.rows.models import GatheringRow, KeyRow, Meta, Slot
from store.seals.keys import ONE_SEAL, PASSPHRASE, RECOVERY, MasterKey
from store.status import State

CARRIED = -1  # version of an item that came from another gathering, until release
_BY = "held by "  # and the slots: each value is the private half, sealed for those slots


class Hold:
    """Changes rows on their way into a backup.

    Attributes:
        ways: How what is not released opens from it.
        values: What else the backup has to know.
    """

    def __init__(
        self, public: PublicKey, values: Mapping[str, bytes], names: Iterable[str]
    ) -> None:
        self.values = dict(values)
        self.ways: Ways = frozenset(
            "code" if len(_slots_in(each)) == 1 else "two" for each in names
        )
        self._public = public
        self._unreleased = {
            bytes(row.id)
            for row in GatheringRow.select().where(GatheringRow.state << [State.OPEN, State.CLOSED])
        }

    def changes(self, table: str, row: Mapping[str, object]) -> dict[str, object]:
        """Return what is to be different in the copy of a row."""
        if row.get("gathering") not in self._unreleased:
            return {}
        if table == "item" and row["version"] == 0:
            return {"version": CARRIED}
        sealed = row.get("sealed")
        if table == "gathering_key" and isinstance(sealed, bytes) and len(sealed) == ONE_SEAL:
            return {"sealed": SealedBox(self._public).encrypt(sealed)}
        return {}


def begin() -> Hold | None:
    """Make the second seal for a backup; None where nobody is there whom it could be sealed for.

    That is so on an outpost, which holds no keys, and while the only slots are of an older version.
    Belongs into the transaction that copies.
    """
    there = meta.read(meta.HOLDING)
    if there is not None:  # restored, and not opened yet: one second seal for all
        return Hold(PublicKey(there), {}, _names())
    private = PrivateKey.generate()
    slots = [slot for slot in Slot.select() if slot.public_key is not None and slot.is_whole()]
    holders = [(slot,) for slot in slots if slot.kind == RECOVERY]
    ours = sorted((slot for slot in slots if slot.kind == PASSPHRASE), key=lambda each: each.id)
    values = {
        _name(group): _sealed_for(bytes(private), group)
        for group in (*holders, *combinations(ours, 2))
    }
    if not values:
        return None
    return Hold(private.public_key, {meta.HOLDING: bytes(private.public_key), **values}, values)


def is_holding() -> bool:
    """Say whether this database was restored, and what was not released is still held."""
    with database.reading():
        return meta.read(meta.HOLDING) is not None


def holds(owner: bytes) -> bool:
    """Say whether a key of this gathering is held."""
    keys_there = KeyRow.select().where(KeyRow.gathering == owner)
    return any(len(row.sealed) > ONE_SEAL for row in keys_there)


def let_go(*together: MasterKey) -> None:
    """Open what a restored database holds: by the printed code, or by two facilitators together.

    Raises:
        WrongPassphraseError: Whoever is here cannot open it, alone or together.
    """
    with database.writing():
        private = _opened_by(together)
        box = SealedBox(private)
        for row in list(KeyRow.select()):
            if row.is_whole() and len(row.sealed) > ONE_SEAL:
                row.rewrite(sealed=box.decrypt(bytes(row.sealed)))
        meta.drop(meta.HOLDING)
        Meta.delete().where(Meta.name.startswith(_BY)).execute()


def _opened_by(together: tuple[MasterKey, ...]) -> PrivateKey:
    people = {master.slot: master for master in together}
    for name in _names():
        ids = _slots_in(name)
        if set(ids) <= set(people):
            sealed = meta.need(name)
            try:
                for slot in ids:
                    sealed = SealedBox(people[slot].slot_key()).decrypt(sealed)
                return PrivateKey(sealed)
            except CryptoError:
                continue
    raise errors.WrongPassphraseError(
        "What was not released in this backup opens with the recovery code, or for two facilitators"
        " together."
    )


def _sealed_for(private: bytes, group: tuple[Slot, ...]) -> bytes:
    """Seal for the last first, so that the first in the name opens the outermost."""
    for slot in reversed(group):
        private = SealedBox(PublicKey(bytes(slot.public_key or b""))).encrypt(private)
    return private


def _name(group: tuple[Slot, ...]) -> str:
    return _BY + " ".join(bytes(slot.id).hex() for slot in group)


def _names() -> list[str]:
    return [row.name for row in Meta.select() if row.name.startswith(_BY)]


def _slots_in(name: str) -> list[bytes]:
    return [bytes.fromhex(each) for each in name.removeprefix(_BY).split()]
