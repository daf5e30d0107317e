"""No span begins or ends inside a word or a number: "67000 Strasbourg" never keeps a 0.

This holds for every recognizer and every language. A claim that cuts a word in two is widened to
all of it: half a name tells as much as the whole, and half a word can be read by nobody. Scripts
that put no blanks between words (Chinese, Japanese, Thai) have no such edges that we could know.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from redact.spans import Span

# First and last code point of letters that are written without blanks between words.
_UNSPACED = (
    (0x0E00, 0x0FFF),  # Thai, Lao, Tibetan
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x30FF),  # iteration marks, kana
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),  # Chinese characters
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),  # half-width kana
    (0x20000, 0x3FFFF),
)


def widened(raw_text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans that take in the whole of the words and numbers at their ends."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for span in spans:
        start = _edge(raw_text, span.start, -1, starts)
        end = _edge(raw_text, span.end, 1, ends)
        yield span if (start, end) == (span.start, span.end) else Span(start, end, span.kind)


def _edge(raw_text: str, offset: int, step: int, known: dict[int, int]) -> int:
    """Return where the word ends that an offset is in; each place is asked about once."""
    passed = []
    while offset not in known and cuts(raw_text, offset):
        passed.append(offset)
        offset += step
    offset = known.get(offset, offset)
    known.update(dict.fromkeys(passed, offset))
    return offset


def cuts(raw_text: str, offset: int) -> bool:
    """Say whether an offset lies between two characters of one word or number."""
    if not 0 < offset < len(raw_text):
        return False
    before, after = raw_text[offset - 1], raw_text[offset]
    if _is_mark(after):
        return _holds_together(raw_text, offset)
    if _is_mark(before):
        return _is_inner(after) and _holds_together(raw_text, offset)
    if _is_inner(before) and _is_inner(after):
        return True
    return _is_in_a_number(raw_text, offset)


def _is_in_a_number(raw_text: str, offset: int) -> bool:
    """Say whether an offset is beside the point or comma of a number: 2318.50."""
    at = offset if raw_text[offset] in ".," else offset - 1
    return (
        raw_text[at] in ".,"
        and 0 < at < len(raw_text) - 1
        and raw_text[at - 1].isdecimal()
        and raw_text[at + 1].isdecimal()
    )


def _holds_together(raw_text: str, offset: int) -> bool:
    """Say whether the marks and invisible characters round an offset follow a letter."""
    at = offset - 1
    while at >= 0 and _is_mark(raw_text[at]):
        at -= 1
    return at >= 0 and _is_inner(raw_text[at])


@lru_cache(maxsize=4096)
def _is_inner(character: str) -> bool:
    if not character.isalnum() and character != "_":
        return False
    return not any(first <= ord(character) <= last for first, last in _UNSPACED)


@lru_cache(maxsize=4096)
def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}
