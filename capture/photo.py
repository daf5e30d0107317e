"""Photographed sheets: JPEG, PNG or WebP, unpacked small, and of them the sheet alone (`paper`).

A JPEG's decoder leaves out what is not needed while it unpacks ("draft"), so that 48 million pixels
cost no more than 3. Nothing of the file is carried over: see `drawing`.
"""

import io
import math
import warnings
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageOps

from capture import paper
from capture.drawing import (
    DECODER_ERRORS,
    JPEG_SIGNATURE,
    PNG_SIGNATURE,
    DrawingTooLargeError,
    Pixels,
    UnreadableDrawingError,
    painted,
    still_picture,
)
from capture.edges import Corner
from capture.errors import WrongTypeError

LIMIT_BYTES = 25_000_000
LIMIT_PIXELS = 50_000_000
WEBP_PIXELS = 16_000_000  # from here on libwebp would hold too much, having no draft
LARGE_PX = 2000  # longer side of what is unpacked; letters of a page are 20 high then
ORIENTATION = 0x0112  # EXIF
PLAIN_MODES = frozenset({"RGB", "RGBA", "L", "I;16", "I"})
DRAWN_COLOURS = 4096  # a photograph has more; so few are a drawing, whatever its file


class UnknownPictureError(WrongTypeError):
    """HEIC or another kind that this kiosk has no decoder for."""


def is_photo(untrusted_picture: bytes) -> bool:
    """Tell whether it may be a photograph rather than a drawing of ours."""
    return not untrusted_picture.startswith(PNG_SIGNATURE)


def clean_photo(untrusted_picture: bytes, corners: Sequence[Corner] = ()) -> paper.Sheet:
    """Return the sheet on a photograph, upright as its camera noted, straight and evenly lit.

    A picture with no sheet in it comes whole; a drawing saved as a file comes as it is.

    Args:
        untrusted_picture: As uploaded.
        corners: Of the sheet, in shares of the upright photograph, where somebody chose them.

    Raises:
        WrongTypeError: It is no JPEG, PNG or WebP.
        DrawingTooLargeError: It has too many bytes, pixels or frames.
        UnreadableDrawingError: Damaged or cut off.
    """
    kind = _kind(untrusted_picture)
    if len(untrusted_picture) > LIMIT_BYTES:
        raise DrawingTooLargeError("the photo has too many bytes")
    if kind == "PNG":
        untrusted_picture = still_picture(untrusted_picture, limit_pixels=LIMIT_PIXELS)
    try:
        pixels = _unpacked(untrusted_picture, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise DrawingTooLargeError("the photo has too many pixels") from None
    except DECODER_ERRORS:
        raise UnreadableDrawingError("the photo is damaged") from None
    if kind == "PNG" and _is_drawn(pixels):
        return paper.Sheet(pixels, corners=None)
    return paper.sheet_of(pixels, corners)


def _kind(untrusted_picture: bytes) -> str:
    if untrusted_picture.startswith(PNG_SIGNATURE):
        return "PNG"
    if untrusted_picture.startswith(JPEG_SIGNATURE):
        return "JPEG"
    if untrusted_picture[:4] == b"RIFF" and untrusted_picture[8:12] == b"WEBP":
        return "WEBP"
    if untrusted_picture[4:8] == b"ftyp":  # ISO/IEC 23008-12: HEIC, AVIF and their kin
        raise UnknownPictureError("the photo is HEIC, which this kiosk cannot unpack")
    raise WrongTypeError("the picture is no PNG, JPEG or WebP")


def _unpacked(untrusted_picture: bytes, kind: str) -> Pixels:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(untrusted_picture), formats=(kind,)) as photo:
            if math.prod(photo.size) > LIMIT_PIXELS:
                raise DrawingTooLargeError("the photo has too many pixels")
            if getattr(photo, "n_frames", 1) > 1:
                raise DrawingTooLargeError("the picture moves")
            if kind == "WEBP" and math.prod(photo.size) > WEBP_PIXELS:
                return painted(ImageOps.exif_transpose(_large_webp(untrusted_picture, photo)))
            # Palettes cannot be averaged.
            whole = photo if photo.mode in PLAIN_MODES else photo.convert("RGBA")
            whole.thumbnail((LARGE_PX, LARGE_PX), Image.Resampling.BOX)
            return painted(ImageOps.exif_transpose(whole))


def _large_webp(untrusted_picture: bytes, header: Image.Image) -> Image.Image:
    from capture.large_webp import unpacked_small  # noqa: PLC0415 - rare, and libav is large

    shrunk = LARGE_PX / max(header.size)
    width, height = (max(1, round(side * shrunk)) for side in header.size)
    small = unpacked_small(untrusted_picture, (width, height))
    turned = header.getexif().get(ORIENTATION)
    if turned:
        small.getexif()[ORIENTATION] = turned
    return small


def _is_drawn(pixels: Pixels) -> bool:
    """Tell whether so few colours are in a picture that no camera took it."""
    packed = pixels.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    return len(np.unique(packed)) < DRAWN_COLOURS
