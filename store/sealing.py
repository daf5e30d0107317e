"""Pad and seal: what lies on disk shows neither what was said, nor its kind, nor its length.

A sealed box is made with a throw-away key for the gathering's public key: whoever seals cannot
open again, and a changed byte makes opening fail.
"""

import struct

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from store import errors

# Size classes of the padded content. The first holds every silence, every note at its 10,000
# character limit in most alphabets, every transcript and simple drawings: one size for them all.
CLASSES = tuple((16 << 10) * 4**step for step in range(6))  # 16 KiB to 16 MiB


def pad(content: bytes) -> bytes:
    """Fill up with zeros to the next size class, the length in front."""
    needed = len(content) + 4
    for size in CLASSES:
        if needed <= size:
            return struct.pack(">I", len(content)) + content + bytes(size - needed)
    raise errors.TooLargeError("The contribution is larger than the store takes.")


def unpad(padded: bytes) -> bytes:
    """Return what `pad` was given."""
    if len(padded) < 4:
        raise errors.DamagedError("A sealed content is damaged.")
    (length,) = struct.unpack_from(">I", padded)
    if length > len(padded) - 4:
        raise errors.DamagedError("A sealed content is damaged.")
    return padded[4 : 4 + length]


def seal(content: bytes, public_key: bytes) -> bytes:
    """Pad and seal for the holder of the private key."""
    return SealedBox(PublicKey(public_key)).encrypt(pad(content))


def unseal(sealed: bytes, private_key: PrivateKey) -> bytes:
    """Open what `seal` made.

    Raises:
        DamagedError: Not one byte may have changed; at least one has.
    """
    try:
        return unpad(SealedBox(private_key).decrypt(sealed))
    except CryptoError:
        raise errors.DamagedError("A sealed content is damaged.") from None
