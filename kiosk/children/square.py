"""A child process that reads one square code from a photograph, and ends.

OpenCV comes with what reads drawings (the extra `drawings`); without it no code can be read, and
the file does the same.
"""

import sys
from dataclasses import dataclass, field
from typing import BinaryIO

from kiosk.children import sandbox
from kiosk.children.wire import Frame, Kinds, WireError, receive, send

MEMORY_BYTES = 1 << 30  # on top of interpreter and libraries; a photograph of 48 megapixels fits


@dataclass(frozen=True)
class Photo(Frame):
    """A picture file, as a camera made it."""

    blob: bytes = field(repr=False)


@dataclass(frozen=True)
class Square(Frame):
    """What the code in it says; empty where none can be read."""

    text: str = field(repr=False)


TO_SQUARE = Kinds[Photo](Photo)
FROM_SQUARE = Kinds[Square](Square)


def read(untrusted_picture: bytes) -> str:
    """What a square code in a picture says; empty where none can be read."""
    import cv2  # noqa: PLC0415 - comes with the reader of drawings, which is optional
    import numpy as np  # noqa: PLC0415

    pixels = cv2.imdecode(np.frombuffer(untrusted_picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    if pixels is None:
        return ""
    for detector in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()):
        text, _corners, _straight = detector.detectAndDecode(pixels)
        if text:
            return str(text)
    return ""


def main() -> None:
    """Run as a child process: one picture in, one text out."""
    sandbox.enter(memory_bytes=MEMORY_BYTES, cpu_seconds=60, may_open_files=True)
    source: BinaryIO = sys.stdin.buffer
    try:
        send(sys.stdout.buffer, Square(read(receive(source, TO_SQUARE).blob)))
    except WireError:
        sys.exit(0)


if __name__ == "__main__":
    main()
