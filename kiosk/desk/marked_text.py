"""A text as the desk shows it: plain pieces, placeholders, doubts; and its words to cover."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.strike import PLACEHOLDER, Range

_WORD = re.compile(r"\[[A-Z]+(?: \d+)?\]|\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one sort, with its half-open range in code points."""

    text: str
    start: int
    end: int
    sort: Literal["plain", "placeholder", "unsure"] = "plain"


def pieces(text: str, doubts: Iterable[Range] = ()) -> list[Piece]:
    """Return the text in pieces that together are the text."""
    marked = [
        Piece(each.group(), *each.span(), "placeholder") for each in PLACEHOLDER.finditer(text)
    ]
    taken = [(piece.start, piece.end) for piece in marked]
    marked += [
        Piece(text[start:end], start, end, "unsure")
        for start, end in doubts
        if 0 <= start < end <= len(text) and not _meets((start, end), taken)
    ]
    return list(_filled(text, sorted(marked, key=lambda piece: piece.start)))


def words(text: str, doubts: Sequence[Range] = ()) -> list[Piece]:
    """Return the words of the text, and between them its spaces as plain pieces."""
    found = []
    for each in _WORD.finditer(text):
        sort: Literal["plain", "placeholder", "unsure"] = "plain"
        if PLACEHOLDER.fullmatch(each.group()):
            sort = "placeholder"
        elif _meets(each.span(), doubts):
            sort = "unsure"
        found.append(Piece(each.group(), *each.span(), sort))
    return list(_filled(text, found))


def _filled(text: str, marked: Iterable[Piece]) -> Iterator[Piece]:
    position = 0
    for piece in marked:
        if piece.start < position:
            continue
        if position < piece.start:
            yield Piece(text[position : piece.start], position, piece.start)
        yield piece
        position = piece.end
    if position < len(text):
        yield Piece(text[position:], position, len(text))


def _meets(one: Range, others: Iterable[Range]) -> bool:
    return any(one[0] < end and start < one[1] for start, end in others)
