"""Cut, pad and seal: what lies on disk shows neither what was said, nor its kind, nor its length.

A contribution becomes one head of 4 KiB, and pieces of 32 KiB where it is longer. Heads look all
alike, and so do pieces; a piece says only inside the seal which head it belongs to. So whoever
copies the disk sees how many contributions there are and how much they hold together, but not
which of them is a drawing, a long note or a moment of silence.

A sealed box is made with a throw-away key for the gathering's public key: whoever seals cannot
open again, and a changed byte makes opening fail.
"""

import secrets
import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from store import errors

HEAD_BYTES = 4 << 10  # holds every silence, most notes and transcripts
PIECE_BYTES = 32 << 10
MOST_PIECES = 1024  # 32 MiB; the largest sound or drawing is 8 MB
_HEADER = struct.Struct(">16sHHI")  # contribution, place, number of parts, bytes in this part


class Part(NamedTuple):
    """A head or piece, opened."""

    item: bytes
    place: int
    total: int
    content: bytes


def cut(content: bytes, *, first: int = HEAD_BYTES) -> list[bytes]:
    """Turn a contribution into a padded head and padded pieces.

    Args:
        content: The contribution.
        first: Bytes of it that go into the head, if they fit.

    Raises:
        TooLargeError: More than the store takes.
    """
    in_head, in_piece = min(first, HEAD_BYTES - _HEADER.size), PIECE_BYTES - _HEADER.size
    slices = [content[:in_head]]
    slices += [content[at : at + in_piece] for at in range(in_head, len(content), in_piece)]
    if len(slices) > MOST_PIECES:
        raise errors.TooLargeError("The contribution is larger than the store takes.")
    item = secrets.token_bytes(16)
    return [
        (_HEADER.pack(item, place, len(slices), len(each)) + each).ljust(
            PIECE_BYTES if place else HEAD_BYTES, b"\0"
        )
        for place, each in enumerate(slices)
    ]


def part(padded: bytes) -> Part:
    """Read what one element of `cut`'s result holds."""
    if len(padded) not in {HEAD_BYTES, PIECE_BYTES}:
        raise errors.DamagedError("A sealed part is damaged.")
    item, place, total, length = _HEADER.unpack_from(padded)
    return Part(item, place, total, padded[_HEADER.size : _HEADER.size + length])


def join(parts: Iterable[Part]) -> bytes:
    """Put a contribution together.

    Raises:
        DamagedError: A part is missing.
    """
    ordered = sorted(parts, key=lambda each: each.place)
    if not ordered or [each.place for each in ordered] != list(range(ordered[0].total)):
        raise errors.DamagedError("A part of a contribution is missing.")
    return b"".join(each.content for each in ordered)


def seal(padded: bytes, public_key: bytes) -> bytes:
    """Seal for the holder of the private key."""
    return SealedBox(PublicKey(public_key)).encrypt(padded)


def unseal(sealed: bytes, box: SealedBox[PrivateKey]) -> bytes:
    """Open what `seal` made.

    Raises:
        DamagedError: Not one byte may have changed; at least one has.
    """
    try:
        return box.decrypt(sealed)
    except CryptoError:
        raise errors.DamagedError("A sealed content is damaged.") from None


def unseal_all(
    sealed: Sequence[tuple[bytes, SealedBox[PrivateKey]]],
) -> list[bytes | None]:
    """Open many parts; None for a damaged one.

    In a loop as tight as it gets: several threads do this at once, and whatever they do between
    two openings they do by turns.
    """
    try:
        return [box.decrypt(each) for each, box in sealed]
    except CryptoError:
        if len(sealed) == 1:
            return [None]
        half = len(sealed) // 2
        return unseal_all(sealed[:half]) + unseal_all(sealed[half:])


def pad(content: bytes) -> bytes:
    """Fill up with zeros to the next power of two from 4 KiB, the length in front."""
    size = HEAD_BYTES
    while size < len(content) + 4:
        size *= 2
    return (struct.pack(">I", len(content)) + content).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Return what `pad` was given."""
    length = int.from_bytes(padded[:4])
    if not 4 <= 4 + length <= len(padded):
        raise errors.DamagedError("A sealed content is damaged.")
    return padded[4 : 4 + length]
