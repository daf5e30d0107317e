"""The strokes of a picture: covers take whole ones, and the rest of a row.

Tails and tall letters leave the box that a reader draws, and of a word or a number that is written
by hand it often sees only the middle.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from redact.pictures.ocr import Box

MARGIN = 0.06  # of a word's shorter side
OWN_SHARE = 0.3  # of a stroke's ink in the box; with less it belongs to what stands beside it
CONTRAST = 60  # summed over red, green and blue; paler marks are paper
ROW_SHARED = 0.5  # of the lower one's height
ROW_HEIGHT = (0.25, 2.2)  # of a stroke, as a share of what was read of its row
OWN_WORD = 0.5  # of a stroke's ink in the box of a known word


class Strokes:
    """The joined strokes of a picture of shape (height, width, 3)."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        import cv2  # noqa: PLC0415 - comes with the reader, which is optional

        paper = np.median(pixels.reshape(-1, 3), axis=0)
        ink = np.abs(pixels.astype(np.int16) - paper.astype(np.int16)).sum(axis=2) > CONTRAST
        self._count, self._labels, self._strokes, _ = cv2.connectedComponentsWithStats(
            ink.astype(np.uint8)
        )
        self._height, self._width = ink.shape

    def whole(self, box: Box) -> Box:
        """Return the box, widened to the strokes that lie mostly in it."""
        margin = max(2, round(min(box.width, box.height) * MARGIN))
        left, top = max(0, box.x - margin), max(0, box.y - margin)
        right = min(self._width, box.x + box.width + margin)
        bottom = min(self._height, box.y + box.height + margin)
        for number, inside in self._inside(Box(left, top, right - left, bottom - top)):
            x, y, across, down, area = self._of(number)
            if inside >= OWN_SHARE * area:
                left, top = min(left, x), min(top, y)
                right, bottom = max(right, x + across), max(bottom, y + down)
        return Box(left, top, max(0, right - left), max(0, bottom - top))

    def row(self, box: Box, known: Sequence[Box], *, gap: float) -> Box:
        """Return the box of some writing, widened along its row by strokes that are no known word.

        Args:
            box: Where a piece of it was read.
            known: Words that end the row.
            gap: From one stroke to the next at most, as a share of the piece's height.
        """
        taken = {
            each for word in known for each, inside in self._inside(word)
            if inside >= OWN_WORD * self._of(each)[4]
        }  # fmt: skip
        low, high = (share * box.height for share in ROW_HEIGHT)
        others = [
            Box(*self._of(each)[:4]) for each in range(1, self._count)
            if each not in taken and low < self._of(each)[3] < high
        ]  # fmt: skip
        row = box
        while near := [each for each in others if _goes_on(row, each, box, gap * box.height)]:
            others = [each for each in others if each not in near]
            row = _around([row, *near])
        return row

    def _inside(self, box: Box) -> list[tuple[int, int]]:
        """Return the strokes in a box, each with how much of its ink is."""
        part = self._labels[box.y : box.y + box.height, box.x : box.x + box.width]
        counts = np.bincount(part.ravel(), minlength=1)
        return [(int(each), int(counts[each])) for each in np.flatnonzero(counts) if each]

    def _of(self, number: int) -> tuple[int, int, int, int, int]:
        x, y, across, down, area = (int(each) for each in self._strokes[number])
        return x, y, across, down, area


def _goes_on(row: Box, stroke: Box, piece: Box, most: float) -> bool:
    shared = min(piece.y + piece.height, stroke.y + stroke.height) - max(piece.y, stroke.y)
    gap = max(row.x, stroke.x) - min(row.x + row.width, stroke.x + stroke.width)
    return shared > ROW_SHARED * min(piece.height, stroke.height) and gap < most


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(each.x for each in boxes), min(each.y for each in boxes)
    right = max(each.x + each.width for each in boxes)
    return Box(left, top, right - left, max(each.y + each.height for each in boxes) - top)
