"""The strokes of a picture: covers take whole ones, and the rest of a row.

Tails and tall letters leave the box that a reader draws, and of a word or a number that is written
by hand it often sees only the middle.
"""

from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

from redact.pictures.ocr import Box

RIM_PX = 4  # of paper around covered ink
MARGIN = 0.06  # of a word's shorter side
OWN_SHARE = 0.3  # of a stroke's ink in the box; with less it belongs to what stands beside it
TAIL = 0.6  # of the height of what was read: so far letters reach above and below it
LENGTHWISE = 1.5  # times as long as high is a row
CONTRAST = 60  # summed over red, green and blue; paler marks are paper
ROW_SHARED = 0.5  # of the lower one's height
ROW_HEIGHT = (0.25, 2.2)  # of a stroke, as a share of what was read of its row
OWN_WORD = 0.5  # of a stroke's ink in the box of a known word


class Strokes:
    """The joined strokes of a picture of shape (height, width, 3)."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        import cv2  # noqa: PLC0415 - comes with the reader, which is optional

        ink = _ink(pixels)
        self._count, self._labels, self._strokes, _ = cv2.connectedComponentsWithStats(
            ink.astype(np.uint8)
        )
        self._height, self._width = ink.shape

    def known(self, words: Sequence[Box], other: Sequence[Box]) -> set[int]:
        """Return the strokes that lie mostly in some word, and more so than in any other place."""
        own, hidden = self._shares(words), self._shares(other)
        return {each for each, share in own.items()
                if share >= OWN_WORD and share > hidden.get(each, 0.0)}  # fmt: skip

    def _shares(self, places: Sequence[Box]) -> dict[int, float]:
        """Return how much of each stroke lies in the place that has most of it."""
        shares: dict[int, float] = {}
        for place in places:
            for each, inside in self._inside(place):
                shares[each] = max(shares.get(each, 0.0), inside / self._of(each)[4])
        return shares

    def whole(self, box: Box, taken: Set[int] = frozenset()) -> Box:
        """Return the place of the ink in the box, with the strokes that lie mostly in it.

        Args:
            box: Where something was read, with room around it.
            taken: Strokes that belong to other words.
        """
        around = self._clipped(box, max(2, round(min(box.width, box.height) * MARGIN)))
        part = self._labels[around.y :, around.x :][: around.height, : around.width]
        own = [(number, inside) for number, inside in self._inside(around) if number not in taken]
        if not own:
            return around
        rows, columns = np.nonzero(np.isin(part, [number for number, _ in own]))
        left, top = around.x + int(columns.min()), around.y + int(rows.min())
        seen = Box(left, top, around.x + int(columns.max()) + 1 - left,
                   around.y + int(rows.max()) + 1 - top)  # fmt: skip
        strokes = [Box(*self._of(number)[:4]) for number, inside in own
                   if inside >= OWN_SHARE * self._of(number)[4]]  # fmt: skip
        return self._clipped(_in_its_row(_around([seen, *strokes]), around), RIM_PX)

    def row(self, box: Box, taken: Set[int], *, gap: float) -> Box:
        """Return the box of some writing, widened along its row by strokes that are no known word.

        Args:
            box: Where a piece of it was read.
            taken: Strokes of words that end the row.
            gap: From one stroke to the next at most, in pixels.
        """
        low, high = (share * box.height for share in ROW_HEIGHT)
        top, bottom = self._strokes[:, 1], self._strokes[:, 1] + self._strokes[:, 3]
        is_beside = (
            (low < self._strokes[:, 3]) & (self._strokes[:, 3] < high)
            & (top < box.y + box.height) & (bottom > box.y)
        )  # fmt: skip
        others = [
            Box(*self._of(each)[:4])
            for each in map(int, np.flatnonzero(is_beside))
            if each and each not in taken
        ]
        row = box
        while near := [each for each in others if _goes_on(row, each, box, gap)]:
            others = [each for each in others if each not in near]
            row = _around([row, *near])
        return row

    def left_beside(self, places: Sequence[Box]) -> int:
        """Return how many pixels of ink lie in none of the places."""
        left = self._labels > 0
        for x, y, width, height in places:
            left[y : y + height, x : x + width] = False
        return int(left.sum())

    def _clipped(self, box: Box, rim: int) -> Box:
        """Return a box with a rim around it, as far as it lies in the picture."""
        left, top = max(0, box.x - rim), max(0, box.y - rim)
        right = max(left, min(self._width, box.x + box.width + rim))
        bottom = max(top, min(self._height, box.y + box.height + rim))
        return Box(left, top, right - left, bottom - top)

    def _inside(self, box: Box) -> list[tuple[int, int]]:
        """Return the strokes in a box, each with how much of its ink is."""
        part = self._labels[box.y : box.y + box.height, box.x : box.x + box.width]
        counts = np.bincount(part.ravel(), minlength=1)
        return [(int(each), int(counts[each])) for each in np.flatnonzero(counts) if each]

    def _of(self, number: int) -> tuple[int, int, int, int, int]:
        x, y, across, down, area = (int(each) for each in self._strokes[number])
        return x, y, across, down, area


def pieces_of_ink(
    pixels: NDArray[np.uint8],
    places: Sequence[Box],
    *,
    highest: int,
    gap: int,
    least: int,
    most: int,
) -> list[Box]:
    """Return the pieces of small strokes outside some places, the one with most ink first.

    Args:
        pixels: Of shape (height, width, 3).
        places: What is in them is left out.
        highest: Strokes that are higher and wider are left out, too.
        gap: Between strokes of one piece, in pixels.
        least: Pixels of ink in a piece.
        most: Pieces that are told.
    """
    import cv2  # noqa: PLC0415 - as above

    ink = _ink(pixels).astype(np.uint8)
    for x, y, width, height in places:
        ink[y : y + height, x : x + width] = 0
    _, labels, strokes, _ = cv2.connectedComponentsWithStats(ink)
    ink[(strokes[:, 2:4].min(axis=1) > highest)[labels]] = 0
    wide = cv2.dilate(ink, np.ones((gap, gap), np.uint8))
    count, labels, _, _ = cv2.connectedComponentsWithStats(wide)
    amounts = np.bincount(labels[ink > 0], minlength=count)
    pieces = []
    for number in sorted(range(1, count), key=lambda each: -int(amounts[each]))[:most]:
        if amounts[number] < least:
            break
        rows, columns = np.nonzero((labels == number) & (ink > 0))
        left, top = int(columns.min()), int(rows.min())
        pieces.append(Box(left, top, int(columns.max()) + 1 - left, int(rows.max()) + 1 - top))
    return pieces


def _ink(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    paper = np.median(pixels.reshape(-1, 3), axis=0)
    ink: NDArray[np.bool_] = (
        np.abs(pixels.astype(np.int16) - paper.astype(np.int16)).sum(axis=2) > CONTRAST
    )
    return ink


def _goes_on(row: Box, stroke: Box, piece: Box, most: float) -> bool:
    shared = min(piece.y + piece.height, stroke.y + stroke.height) - max(piece.y, stroke.y)
    gap = max(row.x, stroke.x) - min(row.x + row.width, stroke.x + stroke.width)
    return shared > ROW_SHARED * min(piece.height, stroke.height) and gap < most


def _in_its_row(grown: Box, read: Box) -> Box:
    """Return a place no further above and below what was read than its letters' tails reach.

    Ink that goes on beyond is a drawing that touches it. Where writing may stand either way, and
    along the row, nothing is cut.
    """
    left, top, right, bottom = grown.x, grown.y, grown.x + grown.width, grown.y + grown.height
    tail = round(TAIL * min(read.width, read.height))
    if read.width >= LENGTHWISE * read.height:
        top, bottom = max(top, read.y - tail), min(bottom, read.y + read.height + tail)
    elif read.height >= LENGTHWISE * read.width:
        left, right = max(left, read.x - tail), min(right, read.x + read.width + tail)
    return Box(left, top, right - left, bottom - top)


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(each.x for each in boxes), min(each.y for each in boxes)
    right = max(each.x + each.width for each in boxes)
    return Box(left, top, right - left, max(each.y + each.height for each in boxes) - top)
