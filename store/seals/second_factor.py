"""A second factor for one facilitator: six digits of an app, changing each half minute (RFC 6238).

The secret lies sealed to the key pair of that facilitator's slot, so only their passphrase opens
it. It guards the desk against a passphrase that somebody saw; it does not guard a copied file,
which asks for no digits. Whoever has lost the app comes back in with the printed recovery code.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pyotp
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox

from store import errors
from store.rows import database, meta
from store.rows.models import Slot
from store.seals.keys import MasterKey

ISSUER = "Release"
STEP_SECONDS = 30  # RFC 6238, section 4.1: the default, which apps assume
NEARBY = 1  # steps to either side of what is expected (section 5.2)
_NAME = "second factor of "  # and the id of the slot


class _Kept(NamedTuple):
    secret: str
    drift: int  # steps by which the app's clock is ahead of this one, as seen last (section 6)


def new_secret() -> str:
    """Return a secret for an app, 160 random bits in base32."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """Return what an app reads from a square code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def turn_on(master: MasterKey, secret: str, digits: str, *, now: float) -> bool:
    """Ask for digits from now on, if these are right; says whether they were."""
    drift = _match(_Kept(secret, 0), digits, now)
    if drift is None:
        return False
    _write(master, _Kept(secret, drift))
    return True


def turn_off(master: MasterKey) -> None:
    """Ask for no digits any more."""
    with database.writing():
        meta.drop(_place(master))


def is_on(master: MasterKey) -> bool:
    """Say whether this facilitator is asked for digits."""
    with database.reading():
        return meta.read(_place(master)) is not None


def is_any_on() -> bool:
    """Say whether any facilitator is; who, nobody is told."""
    with database.reading():
        return any(meta.read(_NAME + bytes(slot.id).hex()) for slot in Slot.select())


def is_right(master: MasterKey, digits: str, *, now: float) -> bool:
    """Say whether these are the digits of now, or none are asked for. Each counts once.

    Raises:
        TooManyTriesError: More than five wrong ones in ten minutes.
        DamagedError: The stored secret is damaged; the recovery code takes it away.
    """
    kept = _read(master)
    if kept is None:
        return True
    tries = database.tries()
    tries.digits.take(master.name)
    drift = _match(kept, digits, now)
    if drift is None:
        return False
    step = int(now) // STEP_SECONDS + drift  # not the digits, which can be written in several ways
    if tries.used_digits.wait_seconds(f"{master.slot.hex()} {step}"):
        return False
    tries.digits.forgive(master.name)
    if drift != kept.drift:
        _write(master, kept._replace(drift=drift))
    return True


@contextmanager
def carried_over(master: MasterKey) -> Iterator[None]:
    """Go on asking after what gives this facilitator another slot: a change of passphrase."""
    kept, old = _read(master), _place(master)
    yield
    if kept is not None:
        _write(master, kept)
        with database.writing():
            meta.drop(old)


def _match(kept: _Kept, digits: str, now: float) -> int | None:
    """Return by how many steps the app's clock is ahead if the digits are right."""
    digits = "".join(digits.split())
    app = pyotp.TOTP(kept.secret, interval=STEP_SECONDS)
    nearest = sorted(range(-NEARBY, NEARBY + 1), key=abs)
    for drift in (kept.drift + step for step in nearest):
        if pyotp.utils.strings_equal(digits, app.at(int(now), counter_offset=drift)):
            return drift
    return None


def _read(master: MasterKey) -> _Kept | None:
    with database.reading():
        sealed = meta.read(_place(master))
    if sealed is None:
        return None
    try:
        secret, drift = json.loads(SealedBox(master.slot_key()).decrypt(sealed))
    except (CryptoError, ValueError):
        raise errors.DamagedError("A second factor is damaged.") from None
    return _Kept(secret, drift)


def _write(master: MasterKey, kept: _Kept) -> None:
    to = PublicKey(bytes(master.slot_key().public_key))
    with database.writing():
        meta.write(_place(master), SealedBox(to).encrypt(json.dumps(kept).encode()))


def _place(master: MasterKey) -> str:
    return _NAME + master.slot.hex()
