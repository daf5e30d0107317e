"""Details written into a drawing: find them, so that they can be covered.

What is written is read (`sheet.py`) and goes through the same redactor as a note; the words it
would replace are covered. Three things differ from a note. People letter drawings in capitals, so
the text is tried in ordinary case too. A reader mistakes letters, so words that nearly are a name
count as that name (`misread.py`). And much writing is read wrong or not at all: whatever is no
known plain word is *offered*, because only its visitor knows what it says. Shapes and lone signs
are left alone.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from redact import EMPTY, LocalLists, Strength
from redact.pictures import ocr
from redact.pictures.addresses import is_piece, rests
from redact.pictures.ink import Strokes
from redact.pictures.judge import COVER, LEAVE, OFFER, SURE, TRIMMED, Judge, is_number, is_strokes
from redact.pictures.ocr import Box, Line, Word
from redact.pictures.sheet import Readings, columns, is_lone, read_sheet, touched, words_of

UNREAD_PX = 150  # of ink; less is a dot
NUMBER_GAP = 0.75  # of its height, from one digit to the next
WHOLE_WORD = 4  # letters; a shorter one alone in its place may be a piece of an address
WORD_GAP = 0.1  # the same of letters; at .2 neighbours go too

__all__ = ["Box", "Writing", "can_read", "find_writing", "written_details"]


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written in a drawing, as far as a machine can tell.

    Attributes:
        covered: Places of details, to be painted over.
        kinds: The kind of each of them, as redaction calls it; empty where only its reader doubts.
        unread: Places of writing that is no known plain word; the visitor decides.
        words: Line by line the words that were read surely and are no detail, each with its place;
            those at `unread` places too, for a visitor may leave them.
        is_doubtful: There is ink that was not read as words: a picture, or writing.
        is_readable: False where this machine has no reader: then all else is empty.
    """

    covered: tuple[Box, ...] = ()
    kinds: tuple[str, ...] = ()
    unread: tuple[Box, ...] = ()
    words: tuple[tuple[tuple[str, Box], ...], ...] = ()
    is_doubtful: bool = False
    is_readable: bool = True

    @property
    def text(self) -> str:
        """The words that a screen reader may say unless the visitor leaves more."""
        return self.text_outside(self.unread)

    @property
    def plain_places(self) -> list[list[int]]:
        """Where words stand that are neither covered nor offered; their visitor may cover them."""
        hidden = [*self.covered, *self.unread]
        return [list(box) for line in self.lines_outside(hidden) for _, box in line]

    def text_outside(self, covered: Sequence[tuple[int, int, int, int]]) -> str:
        """Return the words that no box of `covered` touches: what a screen reader may say."""
        lines = self.lines_outside(covered)
        return "\n".join(" ".join(text for text, _ in line) for line in lines)

    def lines_outside(
        self, covered: Sequence[tuple[int, int, int, int]]
    ) -> list[list[tuple[str, Box]]]:
        """Return those words line by line, each with its place."""
        left = ([each for each in line if not touched(each[1], covered)] for line in self.words)
        return [line for line in left if line]


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
    """Read a drawing and tell which places hold details and which might.

    With `Strength.STRICT` what might is covered too.
    """
    if not can_read():
        return Writing(is_readable=False)
    readings = read_sheet(pixels)
    judge = Judge(readings, lists, strength)
    covered: list[tuple[Box, str]] = []
    offered: list[Box] = [*columns(readings)]
    numbers: list[Box] = []
    plain: list[Box] = []
    kept: list[tuple[tuple[str, Box], ...]] = []
    for number, (line, words, verdicts) in enumerate(_judged(readings, judge)):
        for word, verdict in zip(words, verdicts, strict=True):
            if verdict == COVER:
                covered.append((word.box, judge.kind(number, word)))
                if is_number(word.text):
                    numbers.append(word.box)
            elif verdict == OFFER:
                offered.append(word.box)
            elif len(word.text.strip(TRIMMED)) > 1 and not is_strokes(word):
                plain.append(word.box)
        left = tuple(
            (word.text, word.box)
            for word, verdict in zip(words, verdicts, strict=True)
            if verdict != COVER and word.confidence >= SURE and not is_lone(line.text)
        )
        if left:
            kept.append(left)
    if strength is Strength.STRICT:
        covered, offered = covered + [(box, "") for box in offered], []
    strokes = Strokes(pixels)
    hidden = [*(box for box, _ in covered), *offered]
    taken = strokes.known(plain, hidden)
    grown = [_grown(strokes, box, taken, is_number=box in numbers) for box in hidden]
    return Writing(
        covered=tuple(grown[: len(covered)]),
        kinds=tuple(kind for _, kind in covered),
        unread=tuple(grown[len(covered) :]),
        words=tuple(kept),
        is_doubtful=strokes.left_beside([*grown, *plain]) > UNREAD_PX,
    )


def _judged(readings: Readings, judge: Judge) -> list[tuple[Line, list[Word], list[int]]]:
    """Return the lines with their words' verdicts; the rest of an address is covered, too."""
    lines = [(line, list(words_of(line))) for line in readings.lines]
    judged = [(line, words, judge.verdicts(at, words)) for at, (line, words) in enumerate(lines)]
    every = [(word, verdict, line) for line, words, found in judged
             for word, verdict in zip(words, found, strict=True)]  # fmt: skip
    cores = [word.text.strip(TRIMMED) for word, *_ in every]
    belong = rests(
        [(word, line.turns) for word, _, line in every],
        plain={at for at, (word, verdict, line) in enumerate(every)
               if verdict == LEAVE and word.confidence >= SURE
               and (len(cores[at]) >= WHOLE_WORD or len(line.words) > 1)},
        sure={at for at, (_, verdict, _) in enumerate(every)
              if verdict == COVER and is_piece(cores[at])},
    )  # fmt: skip
    at = iter(range(len(every)))
    return [
        (line, words, [COVER if next(at) in belong else verdict for verdict in found])
        for line, words, found in judged
    ]


def _grown(strokes: Strokes, box: Box, taken: Set[int], *, is_number: bool) -> Box:
    """Return a place with the whole strokes in it, and on in its row."""
    gap = (NUMBER_GAP if is_number else WORD_GAP) * min(box.width, box.height)
    return strokes.row(strokes.whole(box, taken), taken, gap=gap)
