"""Slow hashes, from passphrases to keys and from receipt words to row ids."""

import contextlib
import struct
import threading
from dataclasses import dataclass

from nacl import hash as _hash
from nacl.encoding import RawEncoder
from nacl.pwhash import argon2id

# Each takes its memory, and a small machine has little: two receipts at once, or one passphrase.
_together = threading.BoundedSemaphore(2)
_large = threading.Lock()
_LARGE_BYTES = 64 << 20


@dataclass(frozen=True)
class Cost:
    """What one guess costs: Argon2id passes and memory."""

    passes: int
    memory_bytes: int

    def pack(self) -> bytes:
        """Return the cost as bytes for the database."""
        return struct.pack(">II", self.passes, self.memory_bytes)

    @classmethod
    def unpack(cls, packed: bytes) -> "Cost":
        """Return what `pack` was called on."""
        return cls(*struct.unpack(">II", packed))


PASSPHRASE_COST = Cost(3, 64 << 20)  # as RFC 9106 recommends; see docs/decisions/0029
RECEIPT_COST = Cost(2, 32 << 20)  # 0.05 s there; see docs/decisions/0021
TEST_COST = Cost(1, 8 << 10)  # Argon2's least; for tests only


def slow(secret: bytes, *, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes that cost `cost` to derive."""
    alone = _large if cost.memory_bytes >= _LARGE_BYTES else contextlib.nullcontext()
    with alone, _together:
        return argon2id.kdf(32, secret, salt, opslimit=cost.passes, memlimit=cost.memory_bytes)


def fast(key: bytes, content: bytes, *, use: str, size: int = 32) -> bytes:
    """Return a keyed hash; different uses of one key never meet."""
    return _hash.blake2b(
        content,
        digest_size=size,
        key=key,
        person=use.encode().ljust(16, b"\0"),
        encoder=RawEncoder,
    )
