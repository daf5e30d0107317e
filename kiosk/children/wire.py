"""Frames between the kiosk and its children: a small JSON header and some bytes, through a pipe.

Not pickles: a child that a hostile recording has taken over could answer with one, and a pickle
runs as a program in whoever reads it. Not shared memory or temporary files either: both are files,
and a voice must never be in one.
"""

import json
import struct
from typing import Any, BinaryIO

SIZES = struct.Struct(">II")
HEADER_BYTES = 8_000_000  # a transcript of an hour is about one megabyte
BLOB_BYTES = 64_000_000

Header = dict[str, Any]


class WireError(Exception):
    """The other side ended, or sent what is no frame."""


def send(stream: BinaryIO, header: Header, blob: bytes = b"") -> None:
    """Write one frame.

    Raises:
        WireError: The other side is gone.
    """
    raw = json.dumps(header).encode()
    try:
        stream.write(SIZES.pack(len(raw), len(blob)) + raw)
        stream.write(blob)
        stream.flush()
    except (OSError, ValueError):
        raise WireError("the other side is gone") from None


def receive(stream: BinaryIO) -> tuple[Header, bytes]:
    """Read one frame; waits for it.

    Raises:
        WireError: The other side is gone, or this is no frame.
    """
    header_bytes, blob_bytes = SIZES.unpack(_exactly(stream, SIZES.size))
    if header_bytes > HEADER_BYTES or blob_bytes > BLOB_BYTES:
        raise WireError("a frame larger than any that we send")
    raw, blob = _exactly(stream, header_bytes), _exactly(stream, blob_bytes)
    try:
        header = json.loads(raw)
    except ValueError:
        raise WireError("a frame without a header") from None
    if not isinstance(header, dict):
        raise WireError("a frame without a header")
    return header, blob


def _exactly(stream: BinaryIO, size: int) -> bytes:
    try:
        read = stream.read(size)
    except (OSError, ValueError):
        raise WireError("the other side is gone") from None
    if len(read) < size:
        raise WireError("the other side is gone")
    return read
