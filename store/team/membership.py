"""Whether this box is a home, with facilitators, or an outpost, which can write and nothing else.

An outpost knows its team by the key that signs the team's files. It holds no private key of any
gathering and no facilitator's slot, so nothing on it opens what it keeps.
"""

import base64
import hashlib

from store import errors
from store.rows import database, meta
from store.seals import derive

_CODE_BYTES = 5
_READABLE = bytes.maketrans(  # base 32 in letters and digits that nobody takes for others: no I, O
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
)
TEAM = "team"  # the key that signs the team's files; only an outpost has it


def is_outpost() -> bool:
    """Say whether this box writes for a team and cannot read."""
    with database.reading():
        return meta.read(TEAM) is not None


def need_outpost() -> None:
    """Refuse what only an outpost does.

    Raises:
        WrongStateError: This box is none.
    """
    if not is_outpost():
        raise errors.WrongStateError("This box has joined no team; `kiosk gathering join` does.")


def need_home() -> None:
    """Refuse what an outpost cannot do.

    Raises:
        WrongStateError: This box is one.
    """
    if is_outpost():
        raise errors.WrongStateError("This box belongs to a team: do this at the team's home box.")


def fingerprint(team: bytes) -> str:
    """Return what people compare, to see that a file comes from their team and no other."""
    told = hashlib.blake2b(team, digest_size=10).hexdigest()
    return "-".join(told[at : at + 4] for at in range(0, len(told), 4))


def own_fingerprint() -> str:
    """Return the `fingerprint` of the team that this outpost belongs to."""
    need_outpost()
    with database.reading():
        return fingerprint(meta.need(TEAM))


def carrier_code() -> str:
    """Return what lets somebody pack at an outpost in the browser: eight letters and numbers.

    It follows from the box's own secret, so it can be shown again by whoever has the terminal. It
    opens nothing that is kept; it keeps a prank from ending a gathering.

    Raises:
        WrongStateError: This box is no outpost.
    """
    need_outpost()
    device = database.constant(meta.DEVICE, meta.need)
    secret = derive.fast(device, b"", use="carrier code", size=_CODE_BYTES)
    letters = base64.b32encode(secret).translate(_READABLE)
    return f"{letters[:4].decode()}-{letters[4:].decode()}"
