"""The printed recovery code: easy to read out and to type, impossible to guess."""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LENGTH = 28  # characters of 5 bits: 140 bits
_NONE = "not a code"


def new() -> str:
    """Return a new code, as it is printed."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def plain(typed: str) -> str:
    """Read a code as typed: any case, spaces or dashes, O for 0, I and L for 1."""
    letters = typed.upper().translate(str.maketrans("OIL", "011", " -\n\t."))
    return letters if len(letters) == _LENGTH else _NONE


def is_one(typed: str) -> bool:
    """Say whether something typed has the form of a code, and is no passphrase."""
    letters = plain(typed)
    return letters != _NONE and set(letters) <= set(_ALPHABET)
