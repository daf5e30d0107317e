"""The eye: a child process that unpacks drawings and reads what is written in them.

In: `{"limit_pixels", "limit_bytes", "is_photo", "reads", "lists", "strength"}` and the picture.
Out: `{"width", "height", "covered", "unread", "words", "is_readable"}` and the pixels, or
`{"error": class}`.
"""

import sys
from typing import Any, BinaryIO

from capture import drawing
from capture.errors import CaptureError
from kiosk.children import sandbox
from kiosk.children.wire import WireError, receive, send
from redact import LocalLists, Strength
from redact.pictures.drawing import Writing, find_writing

MEMORY_BYTES = 2 << 30  # on top of interpreter and libraries; reading claims 0.6 GB at its peak


def look(header: dict[str, Any], untrusted_picture: bytes) -> tuple[dict[str, Any], bytes]:
    """Rebuild one picture and find what is written in it."""
    if header["is_photo"]:
        pixels = drawing.clean_photo(untrusted_picture)
    else:
        pixels = drawing.rebuild(
            untrusted_picture,
            limit_pixels=header["limit_pixels"],
            limit_bytes=header["limit_bytes"],
        )
    writing = Writing(is_readable=False)
    if header["reads"]:
        lists = LocalLists.from_json(header["lists"])
        writing = find_writing(pixels, lists=lists, strength=Strength(header["strength"]))
    height, width = pixels.shape[:2]
    found = {
        "width": width,
        "height": height,
        "covered": writing.covered,
        "unread": writing.unread,
        "words": writing.words,
        "is_readable": writing.is_readable,
    }
    return found, pixels.tobytes()


def main() -> None:
    """Run as a child process, frames on standard input and output."""
    sandbox.enter(memory_bytes=MEMORY_BYTES, cpu_seconds=None, may_open_files=True)
    source: BinaryIO = sys.stdin.buffer
    while True:
        try:
            header, untrusted_picture = receive(source)
            try:
                answer, pixels = look(header, untrusted_picture)
            except CaptureError as error:
                answer, pixels = {"error": type(error).__name__}, b""
            send(sys.stdout.buffer, answer, pixels)
        except WireError:
            sys.exit(0)


if __name__ == "__main__":
    main()
