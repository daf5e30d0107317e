"""The eye: a child process that unpacks drawings and reads what is written in them.

What goes in and out is in `eye_frames`.
"""

import sys
from typing import BinaryIO

from capture import drawing, photo
from capture.errors import CaptureError
from kiosk.children import sandbox
from kiosk.children.eye_frames import TO_EYE, Look, Refused, Seen
from kiosk.children.wire import WireError, receive, send
from redact import LocalLists, Strength
from redact.pictures.drawing import Writing, can_read, find_writing
from redact.pictures.sheet import turned_upright

MEMORY_BYTES = 2 << 30  # on top of interpreter and libraries; reading claims 0.6 GB at its peak


def look(wish: Look) -> Seen:
    """Rebuild one picture and find what is written in it."""
    corners = None
    if wish.is_photo:
        sheet = photo.clean_photo(wish.blob, wish.corners)
        pixels, corners = sheet.pixels, sheet.corners
        if wish.reads and can_read():
            pixels = turned_upright(pixels)
    else:
        pixels = drawing.rebuild(
            wish.blob, limit_pixels=wish.limit_pixels, limit_bytes=wish.limit_bytes
        )
    writing = Writing(is_readable=False)
    if wish.reads:
        lists = LocalLists.from_json(wish.lists)
        writing = find_writing(pixels, lists=lists, strength=Strength(wish.strength))
    height, width = pixels.shape[:2]
    return Seen(width, height, writing, corners=corners, blob=pixels.tobytes())


def main() -> None:
    """Run as a child process, frames on standard input and output."""
    sandbox.enter(memory_bytes=MEMORY_BYTES, cpu_seconds=None, may_open_files=True)
    source: BinaryIO = sys.stdin.buffer
    while True:
        try:
            wish = receive(source, TO_EYE)
            answer: Seen | Refused
            try:
                answer = look(wish)
            except CaptureError as error:
                answer = Refused(type(error).__name__)
            send(sys.stdout.buffer, answer)
        except WireError:
            sys.exit(0)


if __name__ == "__main__":
    main()
