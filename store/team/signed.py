"""Small files that a team gives out: JSON that its facilitators' key has signed.

The signing key follows from the first master key and is sealed to the present one, so whoever holds
a passphrase can sign, and the boxes of the team go on knowing it. What is signed begins with the
file's sort, so that no file passes for another.
"""

import json
from collections.abc import Mapping

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from store import errors
from store.seals import rotation
from store.seals.keys import MasterKey

_FORMAT = 1


def sign(sort: str, values: Mapping[str, object], master: MasterKey) -> bytes:
    """Return a signed file.

    Args:
        sort: Of file; one word.
        values: What JSON can hold.
        master: Signs.
    """
    content = json.dumps(values, ensure_ascii=False, sort_keys=True)
    key = SigningKey(rotation.team_seed(master.private_key()))
    file = {
        "release": sort,
        "format": _FORMAT,
        "team": bytes(key.verify_key).hex(),
        "content": content,
        "signature": key.sign(_bound(sort, content)).signature.hex(),
    }
    return json.dumps(file, indent=1).encode() + b"\n"


def team_of(master: MasterKey) -> bytes:
    """Return the key by which other boxes know the team."""
    return bytes(SigningKey(rotation.team_seed(master.private_key())).verify_key)


def read(sort: str, untrusted_file: bytes) -> tuple[bytes, dict[str, object]]:
    """Return the key of the team that signed a file, and what the file says.

    Raises:
        UnreadableFileError: It is no such file, or a byte of it has changed.
    """
    try:
        file = json.loads(untrusted_file.decode())
        if (file["release"], file["format"]) != (sort, _FORMAT):
            raise errors.UnreadableFileError(f"This is no {sort} that this version can read.")
        team, content = bytes.fromhex(file["team"]), file["content"]
        VerifyKey(team).verify(_bound(sort, content), bytes.fromhex(file["signature"]))
        values = json.loads(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise errors.UnreadableFileError(f"This file is no {sort}, or it is damaged.") from None
    except CryptoError:
        raise errors.UnreadableFileError(f"This {sort} was changed after it was signed.") from None
    if not isinstance(values, dict):
        raise errors.UnreadableFileError(f"This {sort} is damaged.")
    return team, values


def _bound(sort: str, content: str) -> bytes:
    return f"release {sort} {_FORMAT}\0{content}".encode()
