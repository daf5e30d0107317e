"""A sheet as it is read: whichever way up, small first, the surest reading of a place wins.

Where writing stands is looked for in two small copies, since the detector was trained on small
print and people write large. Ink in which neither saw any is looked at once more as it is, for the
people who write small. What is found is read from the sheet itself, each way up that its shape
allows. `benchmarks/drawings.py --hands` measures what this finds.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from redact.pictures import ocr
from redact.pictures.ink import pieces_of_ink
from redact.pictures.ocr import Box, Line, Word

SIZES_PX = (307_200, 136_533)  # of the copies: half and a third of the pad's sheet each way
LONG = 1.5  # times as long as high; shorter places may stand on any side
LONE_SIGN = 0.3  # how much less a reading of one sign counts: it is mostly a shape
MOSTLY = 1.2  # times as much is read one way up as all other ways: so stands the sheet
UPRIGHT = 0.1  # how much more a reading counts that stands as the sheet does
PLAINLY = 1.3  # times as much is read one way up as the way it came
LEAST_WRITTEN = 4.0  # letters; fewer do not tell which way is up
CERTAIN = 0.95  # of a reading; no other one could be surer
SAME = 0.7  # of the larger one
TAKEN = 0.3  # of a place by surer readings; more is the same place
READ = 0.6  # of a reading of some signs; ink that is read less surely is looked at again
COLUMN_LETTERS = 4  # one below the other, they spell something
AGAIN = 0.8  # of its sureness counts of what only the second look sees
SMALL_PX = 96  # the shorter side of strokes that are looked at again
TOGETHER_PX = 25  # from one stroke to the next, in one piece of left ink
RIM_PX = 24  # of paper round such a piece
LEAST_LEFT_PX = 150  # of ink
MOST_LEFT = 4  # pieces, the largest first
MOST_LEFT_PX = 400_000  # of the sheet, in all of them

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read, in pixels.

    Attributes:
        lines: One reading of each place.
        others: All further ones.
    """

    lines: tuple[Line, ...]
    others: tuple[Line, ...]


def read_sheet(pixels: Pixels) -> Readings:
    """Read a picture of shape (height, width, 3), whichever way up its writing stands."""
    found = _looked_at_small(pixels)
    found += _looked_at_again(pixels, [line.box for line in found if _is_read(line)])
    return surest_of(found)


def surest_of(found: Sequence[Line]) -> Readings:
    """Return of all readings the surest one of each place, and the others."""
    up = _way_up(found)
    surest = sorted(found, key=lambda line: -_weight(line, up))
    kept: list[Line] = []
    for line in surest:
        if sum(shared(line.box, other.box) for other in kept) <= TAKEN * area(line.box):
            kept.append(line)
    others = tuple(line for line in surest if line not in kept)
    return Readings(tuple(sorted(kept, key=lambda line: (line.box.y, line.box.x))), others)


def turned_upright(pixels: Pixels) -> Pixels:
    """Return a photograph turned so that its writing stands upright, where that is plain to see."""
    read = [0.0] * 4  # letters each way up, each as much as it is sure
    for spot in _spots(pixels, SIZES_PX[-1]):
        for turns in _ways_up(spot):
            line = _read(pixels, spot, turns)
            if line and len(line.text) > 1:
                read[turns] += len(line.text) * line.confidence
    best = max(range(4), key=read.__getitem__)
    return np.rot90(pixels, best) if read[best] > PLAINLY * read[0] + LEAST_WRITTEN else pixels


def _looked_at_small(pixels: Pixels) -> list[Line]:
    found: list[Line] = []
    for spot in (spot for size in SIZES_PX for spot in _spots(pixels, size)):
        if not any(_is_same(spot, line.box) and line.confidence >= CERTAIN for line in found):
            found += _readings(pixels, spot)
    return found


def _is_read(line: Line) -> bool:
    return line.confidence >= READ and len(line.text.strip()) > 1


def _looked_at_again(pixels: Pixels, places: Sequence[Box]) -> Iterator[Line]:
    """Yield what is read in the small strokes outside the places, looked at as they are."""
    spent = 0
    for left in pieces_of_ink(
        pixels, places, highest=SMALL_PX, gap=TOGETHER_PX, least=LEAST_LEFT_PX, most=MOST_LEFT
    ):
        x, y = max(0, left.x - RIM_PX), max(0, left.y - RIM_PX)
        piece = pixels[y : left.y + left.height + RIM_PX, x : left.x + left.width + RIM_PX]
        spent += math.prod(max(ocr.GRAIN_PX, side) for side in piece.shape[:2])
        if spent > MOST_LEFT_PX:
            return
        for spot in ocr.find_spots(piece):
            for line in _readings(pixels, spot + np.array([x, y], np.float32)):
                yield replace(line, confidence=line.confidence * AGAIN)


def _readings(pixels: Pixels, spot: ocr.Corners) -> Iterator[Line]:
    """Yield what is read of a place each way up, until a reading leaves no doubt."""
    for turns in _ways_up(spot):
        line = _read(pixels, spot, turns)
        if line:
            yield line
        if line and line.confidence >= CERTAIN and len(line.text) > 2:
            return


def _is_same(spot: ocr.Corners, box: Box) -> bool:
    """Tell whether a place is the one of a box, a little wider or narrower."""
    (left, top), (right, bottom) = spot.min(axis=0), spot.max(axis=0)
    place = Box(int(left), int(top), int(right - left), int(bottom - top))
    return shared(place, box) >= SAME * max(area(place), area(box))


def _read(pixels: Pixels, spot: ocr.Corners, turns: int) -> Line | None:
    line = ocr.read_spot(pixels, np.roll(spot, -turns, axis=0))
    return replace(line, turns=turns) if line else None


def _spots(pixels: Pixels, size: int) -> list[ocr.Corners]:
    """Return where writing stands in a picture, as seen in a copy of at most so many pixels."""
    height, width = pixels.shape[:2]
    small = _smaller(pixels, _scale(min(height, width), max(height, width), size))
    scale = np.array([width / small.shape[1], height / small.shape[0]])
    return [(spot * scale).astype(np.float32) for spot in ocr.find_spots(small)]


def _scale(shorter: int, longer: int, size: int) -> float:
    """Return how much smaller a copy is, so that the detector looks at so many pixels at most.

    It makes a line of pixels a whole grain high.
    """
    scale = min(1.0, math.sqrt(size / (shorter * longer)))
    return scale if shorter * scale >= ocr.GRAIN_PX else min(scale, size / ocr.GRAIN_PX / longer)


def _ways_up(spot: ocr.Corners) -> tuple[int, ...]:
    """Return which quarter turns, against the clock, may set the writing of a place upright."""
    across, down = np.linalg.norm(spot[1] - spot[0]), np.linalg.norm(spot[3] - spot[0])
    if across > LONG * down:
        return (0, 2)
    return (1, 3) if down > LONG * across else (0, 1, 2, 3)


def shared(one: Box, other: Box) -> int:
    """Return how many pixels two boxes share."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0, across) * max(0, down)


def area(box: Box) -> int:
    """Return how many pixels a box has."""
    return box.width * box.height


def overlap(one: Box, other: Box) -> float:
    """Return how much of the smaller box lies in the other one, 0 to 1."""
    smaller = min(area(one), area(other))
    return shared(one, other) / smaller if smaller else 0.0


def words_of(line: Line) -> Iterator[Word]:
    """Yield the words of a line, none much surer than the line as a whole."""
    for word in line.words:
        confidence = min(word.confidence, line.confidence + 0.1)
        yield replace(word, confidence=confidence)


def columns(readings: Readings) -> Iterator[Box]:
    """Yield the places of letters that stand below one another, as far as they reach."""
    signs = sorted(
        (line.box for line in readings.lines if is_lone(line.text) and line.text.strip().isalnum()),
        key=lambda box: box.y,
    )
    while signs:
        column = [signs.pop(0)]
        for box in list(signs):
            last = column[-1]
            is_below = 0 <= box.y - last.y <= 2 * last.height
            if is_below and abs(box.x + box.width / 2 - last.x - last.width / 2) < last.height / 2:
                column.append(box)
                signs.remove(box)
        if len(column) >= COLUMN_LETTERS:
            left, top = min(box.x for box in column), column[0].y
            right = max(box.x + box.width for box in column)
            bottom = max(box.y + box.height for box in column)
            yield Box(left, top, right - left, bottom - top)


def is_lone(text: str) -> bool:
    """Tell whether this is one sign."""
    return len(text.strip()) == 1


def _way_up(found: Sequence[Line]) -> int | None:
    """Return the way up of a sheet's writing, where it is plain: most of it goes one way."""
    read = [0.0] * 4
    for line in found:
        if _is_read(line):
            read[line.turns] += len(line.text) * line.confidence**2
    best = max(range(4), key=read.__getitem__)
    return best if read[best] > MOSTLY * (sum(read) - read[best]) else None


def _weight(line: Line, up: int | None) -> float:
    lone = LONE_SIGN if len(line.text.strip()) == 1 else 0.0
    return line.confidence - lone + (UPRIGHT if line.turns == up else 0.0)


def _smaller(pixels: Pixels, scale: float) -> Pixels:
    if scale == 1.0:
        return pixels
    height, width = pixels.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))


def touched(box: Box, places: Sequence[tuple[int, int, int, int]]) -> bool:
    """Tell whether a box shares a pixel with one of the places (x, y, width, height)."""
    return any(
        box.x < x + width
        and x < box.x + box.width
        and box.y < y + height
        and y < box.y + box.height
        for x, y, width, height in places
    )
