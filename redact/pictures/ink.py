"""Covers that take whole strokes: tails and tall letters leave the box that a reader draws."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from redact.pictures.ocr import Box

MARGIN = 0.06  # of a word's shorter side
OWN_SHARE = 0.3  # of a stroke's ink in the box; with less it belongs to what stands beside it
CONTRAST = 60  # summed over red, green and blue; paler marks are paper


def whole_strokes(pixels: NDArray[np.uint8], boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield each box, widened to the joined strokes that lie mostly in it.

    Args:
        pixels: The picture, of shape (height, width, 3).
        boxes: Places in it.
    """
    if not boxes:
        return
    import cv2  # noqa: PLC0415 - comes with the reader, which is optional

    paper = np.median(pixels.reshape(-1, 3), axis=0)
    ink = np.abs(pixels.astype(np.int16) - paper.astype(np.int16)).sum(axis=2) > CONTRAST
    count, labels, strokes, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    height, width = ink.shape
    for box in boxes:
        margin = max(2, round(min(box.width, box.height) * MARGIN))
        left, top = max(0, box.x - margin), max(0, box.y - margin)
        right = min(width, box.x + box.width + margin)
        bottom = min(height, box.y + box.height + margin)
        inside = np.bincount(labels[top:bottom, left:right].ravel(), minlength=count)
        for number in np.flatnonzero(inside):
            x, y, across, down, area = (int(each) for each in strokes[number])
            if number and inside[number] >= OWN_SHARE * area:
                left, top = min(left, x), min(top, y)
                right, bottom = max(right, x + across), max(bottom, y + down)
        yield Box(left, top, max(0, right - left), max(0, bottom - top))
