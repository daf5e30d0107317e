"""The file that a parcel is: one stream, sealed for the home box, filled up to a size class.

    what the file is, 16 bytes | gathering, 16 | key of the stream in a sealed box, 80
    | header of the stream, 24 | blocks of 64 KiB, each with its 17 bytes of proof | digest, 32

The stream is libsodium's secretstream (XChaCha20-Poly1305). All that could be counted lies inside,
and zeros follow until the whole has 4 MiB, or 8, or 16 ...: so a stick tells neither how many
contributions it carries nor what sort they are. The digest (BLAKE2b) is for people and for a first
look; the proof is in the blocks.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from store import errors

MAGIC = b"Release parcel 1"
BLOCK_BYTES = 64 << 10
SMALLEST_BYTES = 4 << 20  # of what is inside: a thousand notes, or some drawings
DIGEST_BYTES = 32
_ID_BYTES = 16
_KEY_BYTES = 80
_STREAM_HEADER_BYTES = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_PROOF_BYTES = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_HEAD_BYTES = len(MAGIC) + _ID_BYTES + _KEY_BYTES + _STREAM_HEADER_BYTES
_MORE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


def write(file: BinaryIO, owner: bytes, content: Iterable[bytes], public_key: bytes) -> str:
    """Write an envelope.

    Args:
        file: To write to.
        owner: The gathering.
        content: What goes in, in pieces of any size.
        public_key: Of the home box.

    Returns:
        The digest, as people read it.
    """
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)

    def put(some: bytes) -> None:
        digest.update(some)
        file.write(some)

    key = bindings.crypto_secretstream_xchacha20poly1305_keygen()
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    put(MAGIC + owner + SealedBox(PublicKey(public_key)).encrypt(key) + header)
    last = b""
    for block in _blocks(content):
        if last:
            put(_push(state, last, owner, _MORE))
        last = block
    put(_push(state, last, owner, _LAST))
    file.write(digest.digest())
    return digest.hexdigest()


def check(file: BinaryIO) -> bytes:
    """Return which gathering a parcel is for, after a look at every byte.

    Raises:
        UnreadableFileError: It is no parcel, or not what was written.
    """
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    left = file.seek(0, os.SEEK_END) - DIGEST_BYTES
    file.seek(0)
    head = file.read(min(left, _HEAD_BYTES)) if left > 0 else b""
    if not head.startswith(MAGIC):
        raise errors.UnreadableFileError("This file is no parcel that this version can read.")
    digest.update(head)
    left -= len(head)
    while left > 0 and (some := file.read(min(left, 1 << 20))):
        digest.update(some)
        left -= len(some)
    if not hmac.compare_digest(file.read(), digest.digest()) or len(head) < _HEAD_BYTES:
        raise errors.UnreadableFileError("This parcel is damaged. Copy it, or pack it, again.")
    return head[len(MAGIC) : len(MAGIC) + _ID_BYTES]


def read(file: BinaryIO, private_key: PrivateKey) -> Iterator[bytes]:
    """Give what an envelope holds, in blocks, each of them proven.

    Raises:
        ForeignParcelError: It was sealed for another box.
        UnreadableFileError: It is not what was written.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    owner, box = head[len(MAGIC) :][:_ID_BYTES], head[len(MAGIC) + _ID_BYTES :][:_KEY_BYTES]
    try:
        key = SealedBox(private_key).decrypt(box)
    except CryptoError:
        raise errors.ForeignParcelError("This parcel is for another box.") from None
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    tag = _MORE
    try:
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(
            state, head[-_STREAM_HEADER_BYTES:], key
        )
        while tag != _LAST:
            block = file.read(BLOCK_BYTES + _PROOF_BYTES)
            opened, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, block, owner)
            yield opened
    except (CryptoError, ValueError):
        raise errors.UnreadableFileError("This parcel is damaged.") from None


def _push(
    state: bindings.crypto_secretstream_xchacha20poly1305_state,
    block: bytes,
    owner: bytes,
    tag: int,
) -> bytes:
    return bindings.crypto_secretstream_xchacha20poly1305_push(state, block, owner, tag)


def _blocks(content: Iterable[bytes]) -> Iterator[bytes]:
    """Cut into blocks, and go on with zeros until a size class is full."""
    held = bytearray()
    given = 0
    for some in content:
        held += some
        while len(held) >= BLOCK_BYTES:
            yield bytes(held[:BLOCK_BYTES])
            del held[:BLOCK_BYTES]
            given += BLOCK_BYTES
    if held:
        yield bytes(held).ljust(BLOCK_BYTES, b"\0")
        given += BLOCK_BYTES
    wanted = SMALLEST_BYTES
    while wanted < given:
        wanted *= 2
    for _ in range((wanted - given) // BLOCK_BYTES):
        yield bytes(BLOCK_BYTES)
