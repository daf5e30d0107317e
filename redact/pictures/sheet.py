"""A sheet as it is read: whichever way up, small first, the surest reading of a place wins.

Where writing stands is looked for in two small copies, since the detector was trained on small
print and people write large. What is found is read from the sheet itself, each way up that its
shape allows. `benchmarks/drawings.py --hands` measures what this finds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from redact.pictures import ocr
from redact.pictures.ocr import Box, Line, Word

SIZES_PX = (307_200, 136_533)  # of the copies: half and a third of the pad's sheet each way
LONG = 1.5  # times as long as high; shorter places may stand on any side
LONE_SIGN = 0.3  # how much less a reading of one sign counts: it is mostly a shape
PLAINLY = 1.3  # times as much is read one way up as the way it came
LEAST_WRITTEN = 4.0  # letters; fewer do not tell which way is up
CERTAIN = 0.95  # of a reading; no other one could be surer
SAME = 0.7  # of the larger one
TAKEN = 0.3  # of a place by surer readings; more is the same place

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
    found: list[Line] = []
    for spot in (spot for size in SIZES_PX for spot in _spots(pixels, size)):
        if not any(_is_same(spot, line.box) and line.confidence >= CERTAIN for line in found):
            found += _readings(pixels, spot)
    surest = sorted(found, key=lambda line: -_weight(line))
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
    return ocr.read_spot(pixels, np.roll(spot, -turns, axis=0))


def _spots(pixels: Pixels, size: int) -> list[ocr.Corners]:
    """Return where writing stands in a picture, as seen in a copy of at most so many pixels."""
    height, width = pixels.shape[:2]
    small = _smaller(pixels, min(1.0, (size / (width * height)) ** 0.5))
    scale = np.array([width / small.shape[1], height / small.shape[0]])
    return [(spot * scale).astype(np.float32) for spot in ocr.find_spots(small)]


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
        yield Word(word.text, word.start, word.box, confidence)


def _weight(line: Line) -> float:
    return line.confidence - (LONE_SIGN if len(line.text.strip()) == 1 else 0.0)


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
