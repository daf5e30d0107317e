"""A text as the desk shows it: plain pieces, placeholders, doubts; and its words to cover."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kiosk.desk.searching import hits
from store.covering import Text
from store.payloads import Range

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one sort, with its half-open range in code points."""

    text: str
    start: int
    end: int
    sort: Literal["plain", "placeholder", "unsure", "hit"] = "plain"


def pieces(shown: Text) -> list[Piece]:
    """Return the text in pieces that together are the text."""
    text, taken = shown.text, [(each.start, each.end) for each in shown.spans]
    marked = [Piece(text[start:end], start, end, "placeholder") for start, end in taken]
    marked += [
        Piece(text[start:end], start, end, "unsure")
        for start, end in shown.doubts
        if 0 <= start < end <= len(text) and not _meets((start, end), taken)
    ]
    return list(_filled(text, sorted(marked, key=lambda piece: piece.start)))


def with_hits(found: Iterable[Piece], sought: Iterable[str]) -> list[Piece]:
    """Return the pieces with the words that a search has found as pieces of their own."""
    wanted = tuple(sought)
    return [part for piece in found for part in _with_hits(piece, wanted)]


def _with_hits(piece: Piece, sought: tuple[str, ...]) -> Iterator[Piece]:
    ranges = hits(piece.text, sought) if piece.sort == "plain" else []
    at = 0
    for start, end in [*ranges, (len(piece.text), len(piece.text))]:
        if at < start or not ranges:
            yield Piece(piece.text[at:start], piece.start + at, piece.start + start, piece.sort)
        if start < end:
            yield Piece(piece.text[start:end], piece.start + start, piece.start + end, "hit")
        at = end


def words(shown: Text) -> list[Piece]:
    """Return words and placeholders, and between them the text's spaces as plain pieces."""
    found = []
    position = 0
    for gap in [*shown.spans, None]:
        end = gap.start if gap else len(shown.text)
        for each in _WORD.finditer(shown.text, position, end):
            is_unsure = _meets(each.span(), shown.doubts)
            found.append(Piece(each.group(), *each.span(), "unsure" if is_unsure else "plain"))
        if gap:
            found.append(Piece(shown.text[gap.start : gap.end], gap.start, gap.end, "placeholder"))
            position = gap.end
    return list(_filled(shown.text, found))


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
