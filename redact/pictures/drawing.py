"""Details written into a drawing: find them, so that they can be covered.

What is written is read (`ocr.py`) and goes through the same redactor as a note; the words it
would replace are covered. Three things differ from a note. People letter drawings in capitals, so
the text is tried in ordinary case too. A reader mistakes letters, so words that nearly are a name
of the local lists count as that name. And some writing cannot be read at all: it is reported apart,
because only the visitor knows what it says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from redact import EMPTY, LocalLists, Strength, redact
from redact.pictures import ocr
from redact.pictures.ocr import Box, Line

SURE = 0.75  # the reader's confidence; below it every fourth name was misread (docs/drawings.md)
NEARLY = 78  # of 100; "Bronash" is "Bronagh", "rota" is not "Rosa"
SHORTEST_NAME = 4  # letters; shorter words are too near to each other
MARGIN = 0.12  # of a word's height: tails and slanting strokes leave their box

__all__ = ["Box", "Writing", "can_read", "find_writing", "written_details"]


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written in a drawing, as far as a machine can tell.

    Attributes:
        covered: Places of details, to be painted over.
        unread: Places that look like writing and could not be read; the visitor decides.
        words: Line by line the words that are neither, each with its place.
        is_readable: False where this machine has no reader: then all else is empty.
    """

    covered: tuple[Box, ...] = ()
    unread: tuple[Box, ...] = ()
    words: tuple[tuple[tuple[str, Box], ...], ...] = ()
    is_readable: bool = True

    @property
    def text(self) -> str:
        """The words that a screen reader may say if nothing more is covered."""
        return self.text_outside(())

    def text_outside(self, covered: Sequence[tuple[int, int, int, int]]) -> str:
        """Return the words that no box of `covered` touches: what a screen reader may say."""
        lines = (
            " ".join(text for text, box in line if not any(_touch(box, place) for place in covered))
            for line in self.words
        )
        return "\n".join(line for line in lines if line)


def can_read() -> bool:
    """Tell whether this machine can read writing at all."""
    return ocr.is_present()


def written_details(pixels: NDArray[np.uint8], *, lists: LocalLists = EMPTY) -> list[Box]:
    """Return the places to cover in a drawing of shape (height, width, 3)."""
    return list(find_writing(pixels, lists=lists).covered)


def find_writing(
    pixels: NDArray[np.uint8],
    *,
    lists: LocalLists = EMPTY,
    strength: Strength = Strength.STANDARD,
) -> Writing:
    """Read a drawing and tell which places hold details and which cannot be read.

    With `Strength.STRICT` what cannot be read is covered too.
    """
    if not can_read():
        return Writing(is_readable=False)
    lines = ocr.read_lines(pixels)
    is_struck = _struck("\n".join(line.text for line in lines), lists, strength)
    covered: list[Box] = []
    unread: list[Box] = []
    kept: list[tuple[tuple[str, Box], ...]] = []
    start = 0
    for line in lines:
        kept_words = []
        for text, first, box, confidence in _words(line):
            if any(is_struck[start + first : start + first + len(text)]):
                covered.append(box)
            elif confidence < SURE:
                if len(text) > 1:  # a single letter at low confidence is a shape
                    unread.append(box)
            else:
                kept_words.append((text, box))
        if kept_words:
            kept.append(tuple(kept_words))
        start += len(line.text) + 1
    if strength is Strength.STRICT:
        covered, unread = covered + unread, []
    height, width = pixels.shape[:2]
    return Writing(
        covered=tuple(_grown(box, width, height) for box in covered),
        unread=tuple(_grown(box, width, height) for box in unread),
        words=tuple(kept),
    )


def _words(line: Line) -> Iterator[tuple[str, int, Box, float]]:
    """Yield text, offset in the line, place and confidence; the line whole if it is not divided."""
    if sum(len(word.text) for word in line.words) < len(line.text.replace(" ", "")):
        yield line.text, 0, line.box, line.confidence
        return
    for word in line.words:
        yield word.text, word.start, word.box, min(word.confidence, line.confidence + 0.1)


def _struck(raw_text: str, lists: LocalLists, strength: Strength) -> list[bool]:
    """Tell for each character whether it belongs to a detail."""
    ranges = [*_near_names(raw_text, lists)]
    for written in {raw_text, _in_ordinary_case(raw_text)}:
        for offset, part in _whole_and_lines(written):
            found = redact(part, lists=lists, strength=strength).spans
            ranges.extend((offset + span.start, offset + span.end) for span in found)
    struck = [False] * len(raw_text)
    for start, end in ranges:
        struck[start:end] = [True] * (end - start)
    return struck


def _whole_and_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text, for what runs over lines, then each line, as neighbours may be apart."""
    yield 0, text
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _in_ordinary_case(raw_text: str) -> str:
    """Return lines of capitals with only their words' first letters large, offsets unchanged."""
    return "\n".join(_uncapitalised(line) for line in raw_text.split("\n"))


def _uncapitalised(line: str) -> str:
    if sum(map(str.isupper, line)) * 2 <= sum(map(str.isalpha, line)):
        return line
    small = [letter.lower() if len(letter.lower()) == 1 else letter for letter in line]
    return line[:1] + "".join(
        small[index] if line[index - 1].isalpha() else line[index] for index in range(1, len(line))
    )


def _near_names(raw_text: str, lists: LocalLists) -> Iterator[tuple[int, int]]:
    """Yield the ranges of words that a reader may have made of a name of the local lists."""
    names = {
        part.casefold()
        for name in (*lists.staff, *lists.teams, *lists.sites, *lists.rooms, *lists.projects)
        for part in re.findall(r"\w+", name)
        if len(part) >= SHORTEST_NAME
    }
    position = 0
    for word in raw_text.split():
        start = raw_text.index(word, position)
        position = start + len(word)
        plain = word.strip(".,;:!?()'\"").casefold()
        if len(plain) >= SHORTEST_NAME and process.extractOne(
            plain, names, scorer=fuzz.ratio, score_cutoff=NEARLY
        ):
            yield start, position


def _grown(box: Box, width: int, height: int) -> Box:
    margin = max(2, round(box.height * MARGIN))
    left, top = max(0, box.x - margin), max(0, box.y - margin)
    right = min(width, box.x + box.width + margin)
    bottom = min(height, box.y + box.height + margin)
    return Box(left, top, max(0, right - left), max(0, bottom - top))


def _touch(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
