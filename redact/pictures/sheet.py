"""A sheet as it is read: made smaller twice, turned four ways, the surest reading of a place wins.

The reader was trained on small print. Large writing is seen best in a small copy, and what stands
on its side or its head is seen in a turned one. Eight readings of small copies cost about as much
as one of the full sheet. `benchmarks/drawings.py --hands` measures what this finds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from redact.pictures import ocr
from redact.pictures.ocr import Box, Line, Word

SIDES_PX = (640, 427)  # long side of the copies: half and a third of the pad's sheet
QUARTER_TURNS = (0, 1, 2, 3)  # against the clock
LONE_SIGN = 0.3  # how much less a reading of one sign counts: it is mostly a shape
PLAINLY = 1.3  # times as much is read one way up as the way it came
LEAST_WRITTEN = 4.0  # letters; fewer do not tell which way is up
OVERLAP = 0.3  # of the smaller one; more is the same place

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read: `lines` one reading of each place, `others` all further ones, in pixels."""

    lines: tuple[Line, ...]
    others: tuple[Line, ...]


def read_sheet(pixels: Pixels) -> Readings:
    """Read a picture of shape (height, width, 3), whichever way up its writing stands."""
    found = [line for each in _copies(pixels) for line in _read_copy(pixels, *each)]
    surest = sorted(found, key=lambda line: -_weight(line))
    kept: list[Line] = []
    for line in surest:
        if not any(overlap(line.box, other.box) > OVERLAP for other in kept):
            kept.append(line)
    others = tuple(line for line in surest if line not in kept)
    return Readings(tuple(sorted(kept, key=lambda line: (line.box.y, line.box.x))), others)


def turned_upright(pixels: Pixels) -> Pixels:
    """Return a photograph turned so that its writing stands upright, where that is plain to see."""
    small = _smaller(pixels, min(1.0, SIDES_PX[-1] / max(pixels.shape[:2])))
    read = [_written(np.rot90(small, turns)) for turns in QUARTER_TURNS]
    best = max(QUARTER_TURNS, key=read.__getitem__)
    return np.rot90(pixels, best) if read[best] > PLAINLY * read[0] + LEAST_WRITTEN else pixels


def _written(pixels: Pixels) -> float:
    """Return how many letters are read from left to right, each as much as it is sure."""
    return sum(
        len(line.text) * line.confidence
        for line in ocr.read_lines(pixels)
        if line.box.width > line.box.height and len(line.text) > 1
    )


def overlap(one: Box, other: Box) -> float:
    """Return how much of the smaller box lies in the other one, 0 to 1."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    smaller = min(one.width * one.height, other.width * other.height)
    return across * down / smaller if across > 0 and down > 0 and smaller else 0.0


def words_of(line: Line) -> Iterator[Word]:
    """Yield the words of a line; the line whole if the reader did not divide it.

    The reader guesses where words end. So the first and the last one reach to the line's own ends.
    """
    if sum(len(word.text) for word in line.words) < len(line.text.replace(" ", "")):
        yield Word(line.text, 0, line.box, line.confidence)
        return
    for number, word in enumerate(line.words):
        confidence = min(word.confidence, line.confidence + 0.1)
        is_last = number == len(line.words) - 1
        place = _stretched(word.box, line.box, from_start=number == 0, to_end=is_last)
        yield Word(word.text, word.start, place, confidence)


def _stretched(word: Box, line: Box, *, from_start: bool, to_end: bool) -> Box:
    if from_start and to_end:
        return _round_both(word, line)
    if line.height > line.width or not (from_start or to_end):
        return word
    left = min(word.x, line.x) if from_start else word.x
    right = word.x + word.width
    if to_end:
        right = max(right, line.x + line.width)
    return Box(left, word.y, right - left, word.height)


def _round_both(one: Box, other: Box) -> Box:
    left, top = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    bottom = max(one.y + one.height, other.y + other.height)
    return Box(left, top, right - left, bottom - top)


def _weight(line: Line) -> float:
    return line.confidence - (LONE_SIGN if len(line.text.strip()) == 1 else 0.0)


def _copies(pixels: Pixels) -> Iterator[tuple[float, int]]:
    """Yield scale and quarter turns of each copy; a small picture is not made smaller twice."""
    longest = max(pixels.shape[:2])
    for scale in dict.fromkeys(min(1.0, side / longest) for side in SIDES_PX):
        for turns in QUARTER_TURNS:
            yield scale, turns


def _read_copy(pixels: Pixels, scale: float, turns: int) -> Iterator[Line]:
    height, width = pixels.shape[:2]
    for line in ocr.read_lines(np.rot90(_smaller(pixels, scale), turns)):
        words = tuple(
            Word(
                word.text, word.start, _back(word.box, scale, turns, width, height), word.confidence
            )
            for word in line.words
        )
        place = _back(line.box, scale, turns, width, height)
        yield Line(line.text, words, place, line.confidence)


def _smaller(pixels: Pixels, scale: float) -> Pixels:
    if scale == 1.0:
        return pixels
    height, width = pixels.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))


def _back(box: Box, scale: float, turns: int, width: int, height: int) -> Box:
    """Return where a place of a turned, smaller copy is in the picture of that width and height."""
    x, y, across, down = (edge / scale for edge in box)
    if turns == 1:
        x, y, across, down = width - (y + down), x, down, across
    elif turns == 2:
        x, y = width - (x + across), height - (y + down)
    elif turns == 3:
        x, y, across, down = y, height - (x + across), down, across
    left, top = max(0, round(x)), max(0, round(y))
    right, bottom = min(width, round(x + across)), min(height, round(y + down))
    return Box(left, top, max(0, right - left), max(0, bottom - top))


def touched(box: Box, places: Sequence[tuple[int, int, int, int]]) -> bool:
    """Tell whether a box shares a pixel with one of the places (x, y, width, height)."""
    return any(
        box.x < x + width
        and x < box.x + box.width
        and box.y < y + height
        and y < box.y + box.height
        for x, y, width, height in places
    )
