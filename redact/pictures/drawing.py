"""Details written into a drawing: find them, so that they can be covered.

What is written is read (`sheet.py`) and goes through the same redactor as a note; the words it
would replace are covered. Three things differ from a note. People letter drawings in capitals, so
the text is tried in ordinary case too. A reader mistakes letters, so words that nearly are a name
count as that name (`misread.py`). And much writing is read wrong or not at all: whatever is no
known plain word is *offered*, because only its visitor knows what it says. Shapes and lone signs
are left alone.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from redact import EMPTY, LocalLists, Strength, redact
from redact.pictures import ocr
from redact.pictures.ink import Strokes
from redact.pictures.misread import (
    is_joined_listed,
    is_known_name,
    is_listed,
    is_near_a_name,
    is_no_name,
    is_plain,
    may_be_meant,
    may_be_name,
)
from redact.pictures.ocr import Box, Word
from redact.pictures.sheet import Readings, columns, is_lone, overlap, read_sheet, touched, words_of
from redact.spans import Kind

SURE = 0.75  # the reader's confidence; below it every fourth name was misread (docs/drawings.md)
SECOND_SURE = 0.9  # of a second reading that alone makes a detail of a place
UNREAD_PX = 150  # of ink; less is a dot
SAME_PLACE = 0.5  # of the smaller box
DIGITS_OF_NUMBER = 5  # in one written word
LIKE_DIGITS = frozenset("OoDQIil|!ZzSsGbBgqATJ")  # as a reader takes them
NUMBER_GAP = 0.75  # of its height, from one digit to the next
WORD_GAP = 0.1  # the same of letters; at .2 neighbours go too
ADDRESS = re.compile(
    r"@|\w{2}\.\w+.*\.\w{2}|\w{4}[.,](?:com|net|org|info|de|at|ch|pl|es|fr|eu|uk)$", re.IGNORECASE
)
TITLES = frozenset(
    (
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "prof",
        "sir",
        "herr",
        "frau",
        "sra",
        "dra",
        "mme",
        "pan",
        "pani",
    )
)
GUESSED = frozenset({Kind.PERSON, Kind.ORG, Kind.LOCATION, Kind.ROLE})  # from context
TRIMMED = ".,;:!?()'\"-_"

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
    judge = _Judge(readings, lists, strength)
    covered: list[tuple[Box, str]] = []
    offered: list[Box] = [*columns(readings)]
    numbers: list[Box] = []
    plain: list[Box] = []
    kept: list[tuple[tuple[str, Box], ...]] = []
    for number, line in enumerate(readings.lines):
        words = list(words_of(line))
        verdicts = judge.verdicts(number, words)
        for word, verdict in zip(words, verdicts, strict=True):
            if verdict == COVER:
                covered.append((word.box, judge.kind(number, word)))
                if _is_number(word.text):
                    numbers.append(word.box)
            elif verdict == OFFER:
                offered.append(word.box)
            elif len(word.text.strip(TRIMMED)) > 1:
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


def _grown(strokes: Strokes, box: Box, taken: Set[int], *, is_number: bool) -> Box:
    """Return a place with the whole strokes in it, and on in its row."""
    gap = (NUMBER_GAP if is_number else WORD_GAP) * min(box.width, box.height)
    return strokes.row(strokes.whole(box, taken), taken, gap=gap)


LEAVE, OFFER, COVER = range(3)


class _Judge:
    """What becomes of each written word, by the redactor and by how it may have been misread."""

    def __init__(self, readings: Readings, lists: LocalLists, strength: Strength) -> None:
        self._readings, self._lists, self._strength = readings, lists, strength
        texts = [line.text for line in readings.lines]
        self._starts = [sum(len(text) + 1 for text in texts[:at]) for at in range(len(texts))]
        self._struck = _struck("\n".join(texts), lists, strength)
        self._own = [kind for text in texts for kind in [*_struck(text, lists, strength), ""]]

    def verdicts(self, number: int, words: Sequence[Word]) -> list[int]:
        """Return LEAVE, OFFER or COVER for the words of one line of the readings."""
        start = self._starts[number]
        found = []
        for word in words:
            place = slice(start + word.start, start + word.start + len(word.text))
            own, struck = _kind(self._own[place]), _kind(self._struck[place])
            verdict = self._verdict(word, own, struck)
            if verdict == OFFER and self._second_reading_names(word.box):
                verdict = COVER
            if verdict != COVER and self._second_reading_is_listed(word.box):
                verdict = COVER
            if verdict == LEAVE and len(words) > 1 and _is_initial(word.text):
                verdict = OFFER
            found.append(verdict)
        cores = [word.text.strip(TRIMMED) for word in words]
        for at, (one, other) in enumerate(pairwise(cores)):
            if one and other and is_joined_listed(one, other, self._lists):
                found[at : at + 2] = COVER, COVER
        for at, word in enumerate(words[:-1]):  # "Dr. K." goes whole
            if found[at + 1] != LEAVE and word.text.strip(TRIMMED).lower() in TITLES:
                found[at] = found[at + 1]
        return found

    def kind(self, number: int, word: Word) -> str:
        """Return which kind of detail a covered word of one line is taken for."""
        start = self._starts[number] + word.start
        named = _kind(self._struck[start : start + len(word.text)])
        if named:
            return named
        if ADDRESS.search(word.text):
            return "EMAIL" if "@" in word.text else "URL"
        return "PHONE" if _is_number(word.text) else "PERSON"

    def _verdict(self, word: Word, own: str, struck: str) -> int:
        """Judge a word by its line alone and by all lines together, which may not belong so."""
        core = word.text.strip(TRIMMED)
        signs = sum(map(str.isalnum, core))
        if signs <= 1:
            return OFFER if (own or struck) and word.confidence >= SURE else LEAVE
        if _is_number(core) or ADDRESS.search(core) or is_listed(core, self._lists):
            return COVER
        is_read = word.confidence >= 0.5 or signs > 3
        if own and own not in GUESSED and is_read:
            return COVER
        return _guess(core, word.confidence, own if is_read else "", struck)

    def _second_reading_is_listed(self, box: Box) -> bool:
        """Tell whether any further reading of the place is nearly a name of the local lists."""
        if self._lists == EMPTY:
            return False
        return any(
            is_listed(word.text.strip(TRIMMED), self._lists)
            for line in self._readings.others
            for word in words_of(line)
            if overlap(word.box, box) > SAME_PLACE
        )

    def _second_reading_names(self, box: Box) -> bool:
        """Tell whether a sure further reading of the place is a detail."""
        for line in self._readings.others:
            if line.confidence < SECOND_SURE or overlap(line.box, box) <= SAME_PLACE:
                continue
            struck = _struck(line.text, self._lists, self._strength)
            for word in words_of(line):
                kind = _kind(struck[word.start : word.start + len(word.text)])
                if (
                    kind
                    and (kind not in GUESSED or may_be_meant(word.text.strip(TRIMMED)))
                    and word.confidence >= SECOND_SURE
                    and overlap(word.box, box) > SAME_PLACE
                ):
                    return True
        return False


def _guess(core: str, confidence: float, own: str, struck: str) -> int:
    """Judge a word that may be a name, or a plain word that was read wrong."""
    is_sure = confidence >= SURE
    if is_sure and is_no_name(core):
        return OFFER if own else LEAVE
    if (own and may_be_meant(core)) or (struck and is_known_name(core)):
        return COVER
    if is_sure and is_plain(core):
        return OFFER if struck or is_near_a_name(core) else LEAVE
    return COVER if not own and may_be_name(core, confidence=confidence) else OFFER


def _is_number(word: str) -> bool:
    """Tell whether this is a long number, some of whose digits may have been taken for letters."""
    digits = sum(map(str.isdigit, word))
    if digits >= DIGITS_OF_NUMBER:
        return True
    signs = [sign for sign in word if sign.isalnum()]
    like = sum(sign in LIKE_DIGITS for sign in signs)
    return len(signs) > DIGITS_OF_NUMBER and 2 * digits >= len(signs) == digits + like


def _kind(struck: Sequence[str]) -> str:
    """Return which kind of detail some characters belong to, or none."""
    return next(filter(None, struck), "")


def _is_initial(text: str) -> bool:
    return len(text.strip(TRIMMED)) == 1 and text[0].isalpha() and text[0].isupper()


def _struck(raw_text: str, lists: LocalLists, strength: Strength) -> list[str]:
    """Tell for each character which kind of detail it belongs to; empty where to none."""
    struck = [""] * len(raw_text)
    for written in {raw_text, _in_ordinary_case(raw_text)}:
        for each in redact(written, lists=lists, strength=strength).spans:
            struck[each.start : each.end] = [each.kind] * (each.end - each.start)
    return struck


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
