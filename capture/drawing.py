"""Drawings: an upload becomes pixels, and pixels become a new file.

A PNG can hide much: colour profiles, comments, EXIF, further frames, unused palette entries,
colours under full transparency. So nothing of the file is carried over. Its chunks are read by hand
and only those that make up a still picture go to the decoder; what the decoder sees is painted onto
a white RGB canvas; and only the canvas is encoded. Size is judged by the header, before anything is
unpacked: 13,000 x 13,000 pixels fit into 20 kB and unpack to 825 MB.
"""

import io
import itertools
import struct
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from capture.errors import TooLargeError, UnreadableError, WrongTypeError

LIMIT_BYTES = 8_000_000
LIMIT_PIXELS = 4_000_000
LIMIT_SIDE = 20_000  # pixels; a line of four million takes gigabytes to look at
LIMIT_CHUNKS = 10_000  # browsers write 8 kB or more a chunk, so 1,000 make a full drawing
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"  # PNG specification, third edition, section 5.2
JPEG_SIGNATURE = b"\xff\xd8\xff"
PAPER = (255, 255, 255)
COVER = (128, 152, 160)  # flat, soft, and 3:1 on white: a covered place is seen as covered

_PICTURE_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_FRAME_CHUNKS = frozenset({b"acTL", b"fcTL", b"fdAT"})
# What Pillow was seen to raise on damaged input, in 10,000 mutated files (benchmarks/fuzz.py).
DECODER_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    EOFError,
    struct.error,
    zlib.error,
)

Pixels = NDArray[np.uint8]


class UnreadableDrawingError(UnreadableError):
    """The picture is damaged or cut off."""


class DrawingTooLargeError(TooLargeError):
    """The picture has more bytes, pixels or frames than we take."""


def rebuild(
    untrusted_png: bytes, *, limit_pixels: int = LIMIT_PIXELS, limit_bytes: int = LIMIT_BYTES
) -> Pixels:
    """Return what can be seen of a visitor's drawing, as an array of shape (height, width, 3).

    Raises:
        WrongTypeError: It is not a PNG.
        DrawingTooLargeError: Too many bytes, pixels or frames; found before a pixel is unpacked.
        UnreadableDrawingError: Damaged or cut off.
    """
    if not untrusted_png.startswith(PNG_SIGNATURE):
        raise WrongTypeError("the drawing is not a PNG")
    if len(untrusted_png) > limit_bytes:
        raise DrawingTooLargeError("the drawing has too many bytes")
    still = still_picture(untrusted_png, limit_pixels=limit_pixels)
    try:
        with Image.open(io.BytesIO(still), formats=("PNG",)) as image:
            return painted(image)
    except DECODER_ERRORS:
        raise UnreadableDrawingError("the drawing is damaged") from None


def encode(pixels: Pixels, covered: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """Return a new PNG of the pixels, with each `(x, y, width, height)` of `covered` painted over.

    Equal pixels give equal bytes, and nothing but the pixels is in the file.
    """
    image = Image.fromarray(np.ascontiguousarray(pixels))
    brush = ImageDraw.Draw(image)
    for x, y, width, height in covered:
        if width > 0 and height > 0:
            brush.rectangle((x, y, x + width - 1, y + height - 1), fill=COVER)
    png = io.BytesIO()
    image.save(png, format="PNG", compress_level=6)
    return png.getvalue()


def still_picture(untrusted_png: bytes, *, limit_pixels: int) -> bytes:
    """Return the PNG with nothing left in it but one still picture of a permitted size."""
    chunks = list(itertools.islice(_chunks(untrusted_png), LIMIT_CHUNKS + 1))
    if len(chunks) > LIMIT_CHUNKS:
        raise DrawingTooLargeError("the drawing has too many parts")
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 12 + 13:
        raise UnreadableDrawingError("the drawing has no header")
    width, height = struct.unpack(">II", chunks[0][1][8:16])
    if not width or not height:
        raise UnreadableDrawingError("the drawing has no size")
    if width * height > limit_pixels or max(width, height) > LIMIT_SIDE:
        raise DrawingTooLargeError("the drawing has too many pixels")
    if any(name in _FRAME_CHUNKS for name, _ in chunks):
        raise DrawingTooLargeError("the drawing has more than one frame")
    return PNG_SIGNATURE + b"".join(chunk for name, chunk in chunks if name in _PICTURE_CHUNKS)


def _chunks(untrusted_png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and bytes of each chunk, length and checksum included, up to the end mark."""
    position = len(PNG_SIGNATURE)
    while position + 12 <= len(untrusted_png):
        (length,) = struct.unpack_from(">I", untrusted_png, position)
        end = position + 12 + length
        name = untrusted_png[position + 4 : position + 8]
        if end > len(untrusted_png):
            raise UnreadableDrawingError("the drawing is cut off")
        yield name, untrusted_png[position:end]
        if name == b"IEND":
            return
        position = end
    raise UnreadableDrawingError("the drawing is cut off")


def painted(image: Image.Image) -> Pixels:
    """Return the visible colours on white paper, without those under full transparency."""
    canvas = Image.new("RGB", image.size, PAPER)
    if image.mode.startswith("I"):  # 16 bits of grey; convert() would clip them to white
        grey = (np.asarray(image) >> 8).clip(0, 255).astype(np.uint8)
        canvas.paste(Image.fromarray(grey))
    else:
        seen = image.convert("RGBA")
        canvas.paste(seen, mask=seen)
    return np.asarray(canvas)
