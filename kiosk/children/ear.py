"""The ear: a child process that decodes one recording and ends. Nothing else knows the sound.

What goes in and out is in `ear_frames`.
"""

import io
import struct
import sys
from collections.abc import Iterator
from typing import BinaryIO

from capture.container import HEAD_BYTES, container_of
from capture.errors import CaptureError, WrongTypeError
from capture.sound import SAMPLE_RATE, is_truncated, pcm_from
from kiosk.children import sandbox
from kiosk.children.ear_frames import OPENING, TO_EAR, Decoded, End, Refused, Samples
from kiosk.children.wire import WireError, receive, send

MEMORY_BYTES = 160 << 20  # on top of interpreter and libraries
CPU_SECONDS = 60


class Growing:
    """A recording that is still being made: `read` waits for the next piece."""

    def __init__(self, frames: BinaryIO) -> None:
        self._frames = frames
        self._piece = memoryview(b"")
        self.so_far: list[bytes] | None = []  # kept until the first samples have come out
        self.recorded_seconds: float | None = None
        self.is_finished = False

    def read(self, size: int = -1) -> bytes:
        """Return at least one byte, or none at the end of the recording."""
        while not self._piece and not self.is_finished:
            frame = receive(self._frames, TO_EAR)
            if isinstance(frame, End):
                self.is_finished = True
                self.recorded_seconds = frame.recorded_seconds
                continue
            self._piece = memoryview(frame.blob)
            if self.so_far is not None:
                self.so_far.append(frame.blob)
        taken = self._piece[: size if size >= 0 else None]
        self._piece = self._piece[len(taken) :]
        return bytes(taken)

    def head(self) -> bytes:
        """Return the first bytes without using them up."""
        taken = b""
        while len(taken) < HEAD_BYTES and (more := self.read(HEAD_BYTES - len(taken))):
            taken += more
        self._piece = memoryview(taken + bytes(self._piece))
        return taken

    def drain(self) -> bytes:
        """Wait for the end and return the whole recording."""
        while self.read(1 << 20):
            pass
        return b"".join(self.so_far or ())


def decode(source: Growing, limit_seconds: float, *, is_own_file: bool = False) -> Iterator[bytes]:
    """Decode while the recording grows, or, where its index comes last, at its end."""
    container = container_of(source.head(), is_own_file=is_own_file)
    is_empty = True
    try:
        for piece in pcm_from(source, container=container, limit_seconds=limit_seconds):
            is_empty, source.so_far = False, None
            yield piece
    except CaptureError:
        if source.is_finished and container != "mov":
            raise
    if is_empty:
        whole = io.BytesIO(source.drain())
        yield from pcm_from(whole, container=container, limit_seconds=limit_seconds)


def work(source: BinaryIO, sink: BinaryIO) -> None:
    """Decode what comes in and say how it ended."""
    opening = receive(source, OPENING)
    limit_seconds = opening.limit_seconds
    growing = Growing(source)
    heard = 0
    try:
        for piece in decode(growing, limit_seconds, is_own_file=opening.is_own_file):
            heard += len(piece)
            send(sink, Samples(piece))
    except WrongTypeError:
        return send(sink, Refused("wrong_type"))
    except WireError:
        raise
    except Exception:  # noqa: BLE001  # whatever damage raises, it is a refusal; nothing is logged
        return send(sink, Refused("unreadable"))
    if not heard:
        return send(sink, Refused("unreadable"))
    if not growing.is_finished:  # damaged half way, or too long; the rest is not heard
        growing.drain()
    seconds = heard / 2 / SAMPLE_RATE
    is_short = is_truncated(seconds, growing.recorded_seconds, limit_seconds)
    return send(sink, Decoded(seconds, is_short))


def warm_up() -> None:
    """Decode a moment of silence, so that all that loads lazily is there before files close."""
    quiet = bytes(3200)
    sizes = struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 36 + len(quiet), b"WAVEfmt ", 16, 1, 1,
        SAMPLE_RATE, 2 * SAMPLE_RATE, 2, 16, b"data", len(quiet),
    )  # fmt: skip
    list(pcm_from(io.BytesIO(sizes + quiet), container="wav", limit_seconds=1))


def main() -> None:
    """Run as a child process, frames on standard input and output."""
    warm_up()
    sandbox.enter(memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, may_open_files=False)
    try:
        work(sys.stdin.buffer, sys.stdout.buffer)
    except WireError:
        sys.exit(1)


if __name__ == "__main__":
    main()
