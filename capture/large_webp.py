"""A large WebP, unpacked small: by libav, since libwebp by way of Pillow holds it whole, twice."""

import io

import av
import av.error
import av.logging
from PIL import Image

from capture.drawing import UnreadableDrawingError

av.logging.set_level(av.logging.PANIC)  # it would tell of damaged files on standard error


def unpacked_small(untrusted_webp: bytes, size: tuple[int, int]) -> Image.Image:
    """Return the one picture of a WebP in another size.

    Raises:
        UnreadableDrawingError: Damaged or cut off.
    """
    width, height = size
    try:
        with av.open(io.BytesIO(untrusted_webp), mode="r", format="webp_pipe") as container:
            frame = next(container.decode(video=0))
            small = frame.reformat(width, height, format="rgba", interpolation="AREA")
            return Image.fromarray(small.to_ndarray())
    except (av.error.FFmpegError, StopIteration, ValueError):
        raise UnreadableDrawingError("the photo is damaged") from None
