"""What becomes of each written word: it is left, offered to its visitor, or covered.

The redactor says what a word is as it was read; how likely it is to be that word, or a name of the
house that a reader took for something else, is told by `misread` and `meant`.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from redact import EMPTY, LocalLists, Strength, redact
from redact.pictures.addresses import AT, is_address, is_half
from redact.pictures.meant import leaning
from redact.pictures.misread import (
    fits_listed,
    is_joined_listed,
    is_known_name,
    is_listed,
    is_near_a_name,
    is_no_name,
    is_plain,
    may_be_meant,
    may_be_name,
)
from redact.pictures.ocr import Box, Line, Word
from redact.pictures.sheet import CERTAIN, Readings, area, overlap, shared, words_of
from redact.spans import Kind

SURE = 0.75  # the reader's confidence; below it every fourth name was misread (docs/drawings.md)
SECOND_SURE = 0.9  # of a second reading that alone makes a detail of a place
PIECE = 0.3  # of an address that was read in pieces
SAME_PLACE = 0.5  # of the smaller box
A_SIGN = 0.4  # the same, of a single one; a circle is read less surely
READ_AT_ALL = 0.5  # the same, of what is compared with the lists
DIGITS_OF_NUMBER = 5  # in one written word
STROKES = frozenset("1lI|/\\oO0")  # rain, a fence, beads
LIKE_DIGITS = frozenset("OoDQIil|!ZzSsGbBgqATJ")  # as a reader takes them
NAMED = 1.2  # how much likelier a name than a word, as a logarithm; see `leaning`
LEAST_NAMED = -2.5  # and how likely at least
OTHERWISE = 2.0  # the other way round: the redactor saw no name that was meant
ASKED = -0.5  # a plain word nearly as likely as a name is asked about
MISREAD = -5.0  # a plain word with a letter wrong
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

LEAVE, OFFER, COVER = range(3)


class Judge:
    """What becomes of each written word, by the redactor and by how it may have been misread."""

    def __init__(self, readings: Readings, lists: LocalLists, strength: Strength) -> None:
        self._readings, self._lists, self._strength = readings, lists, strength
        texts = [line.text for line in readings.lines]
        self._starts = [sum(len(text) + 1 for text in texts[:at]) for at in range(len(texts))]
        self._struck = _struck("\n".join(texts), lists, strength)
        self._listed = tuple(self._where_listed())
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
            if verdict == OFFER and (
                is_half(word.text.strip(TRIMMED)) or self._second_reading_is_address(word.box)
            ):
                verdict = COVER
            if verdict != COVER and self._is_listed(word, self._readings.lines[number]):
                verdict = COVER
            if verdict == LEAVE and len(words) > 1 and _is_initial(word.text):
                verdict = OFFER
            found.append(verdict)
        return self._beside(words, found)

    def _beside(self, words: Sequence[Word], found: list[int]) -> list[int]:
        """Return the verdicts of words side by side, by what their neighbours are."""
        for at, word in enumerate(words):  # a piece of its neighbour that was read apart
            if found[at] == LEAVE and len(word.text) == 1 and word.confidence > A_SIGN:
                found[at] = max(found[max(0, at - 1) : at + 2])
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
        if is_address(word.text.strip(TRIMMED)):
            return "URL" if "." in word.text and "@" not in word.text else "EMAIL"
        return "PHONE" if is_number(word.text) else "PERSON"

    def _verdict(self, word: Word, own: str, struck: str) -> int:
        """Judge a word by its line alone and by all lines together, which may not belong so."""
        core = word.text.strip(TRIMMED)
        signs = sum(map(str.isalnum, core))
        if signs <= 1 or (is_strokes(word) and not (own or struck)):
            return OFFER if (own or struck) and word.confidence >= SURE else LEAVE
        if is_number(core) or is_address(core) or is_listed(core, self._lists):
            return COVER
        if word.confidence >= CERTAIN and not (own or struck) and is_no_name(core):
            return LEAVE  # print: what was seen leaves nothing to weigh, which would take most time
        is_read = word.confidence >= 0.5 or signs > 3
        if own and own not in GUESSED and is_read:
            return COVER
        return _guess(word, own if is_read else "", struck)

    def _is_listed(self, word: Word, line: Line) -> bool:
        """Tell whether any reading of a word's place is nearly a name of the local lists."""
        return any(
            (turns == line.turns or line.confidence < SECOND_SURE)
            and shared(place, word.box) > SAME_PLACE * area(place)
            for place, turns in self._listed
        )

    def _where_listed(self) -> Iterator[tuple[Box, int]]:
        """Yield the places of such readings, and which way up they stand."""
        if self._lists == EMPTY:
            return
        for line in (*self._readings.lines, *self._readings.others):
            for word in words_of(line):
                is_near = is_listed(word.text.strip(TRIMMED), self._lists)
                if is_near or (word.confidence >= READ_AT_ALL and fits_listed(word, self._lists)):
                    yield word.box, line.turns

    def _second_reading_is_address(self, box: Box) -> bool:
        """Tell whether a further reading of the place has an "@" among letters."""
        return any(
            AT.search(line.text) and shared(line.box, box) > PIECE * area(line.box)
            for line in self._readings.others
            if line.confidence >= READ_AT_ALL
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


def _guess(word: Word, own: str, struck: str) -> int:
    """Judge a word that may be a name, or a plain word that was read wrong."""
    core, is_sure = word.text.strip(TRIMMED), word.confidence >= SURE
    name, plain = leaning(word) if word.confidence >= READ_AT_ALL else (0.0, 0.0)
    if name >= LEAST_NAMED and name - plain >= NAMED:
        return COVER
    if is_sure and is_no_name(core):
        return OFFER if own else LEAVE
    is_meant = (own and may_be_meant(core)) or (struck and is_known_name(core))
    if is_meant and plain - name < OTHERWISE:
        return COVER
    if is_sure and is_plain(core):
        return OFFER if struck or is_near_a_name(core) or name - plain > ASKED else LEAVE
    if own or plain > max(name, MISREAD) or (word.likely is not None and not core[0].isupper()):
        return OFFER
    return COVER if may_be_name(core, confidence=word.confidence) else OFFER


def is_number(word: str) -> bool:
    """Tell whether this is a long number, some of whose digits may have been taken for letters."""
    digits = sum(map(str.isdigit, word))
    if digits >= DIGITS_OF_NUMBER:
        return True
    signs = [sign for sign in word if sign.isalnum()]
    like = sum(sign in LIKE_DIGITS for sign in signs)
    return len(signs) > DIGITS_OF_NUMBER and 2 * digits >= len(signs) == digits + like


def is_strokes(word: Word) -> bool:
    """Tell whether this was hardly read, and as one stroke again and again: rain, or a fence."""
    core = word.text.strip(TRIMMED)
    return len(set(core)) == 1 and core[0] in STROKES and word.confidence < SURE


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
