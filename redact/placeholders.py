"""A text with some spans replaced by placeholders, and the way back from it to the raw text."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from redact.fold import fold
from redact.people import number_people
from redact.spans import Kind, Span

PLACEHOLDER = re.compile(r"\[(?:" + "|".join(Kind) + r")(?: \d{1,4})?\]")


@dataclass(frozen=True, slots=True)
class Layout:
    """A redacted text; `pieces` are its raw stretches: start, end, start in the raw text.

    Attributes:
        placeholders: Where the spans' placeholders stand; those of the raw text are not among them.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]
    placeholders: tuple[Span, ...] = ()

    def raw_spans(self, start: int, end: int, kind: Kind) -> list[Span]:
        """Return what a range of this text covers in the raw text, less placeholders and blanks."""
        spans = []
        at = max(0, bisect_right(self.pieces, (start, len(self.text) + 1, 0)) - 1)
        for piece_start, piece_end, raw_start in self.pieces[at:]:
            if piece_start >= end:
                break
            low, high = max(start, piece_start), min(end, piece_end)
            stretch = self.text[low:high]
            if any(c.isalnum() for c in fold(stretch).text):
                low += len(stretch) - len(stretch.lstrip())
                high -= len(stretch) - len(stretch.rstrip())
                spans.append(
                    Span(low - piece_start + raw_start, high - piece_start + raw_start, kind)
                )
        return spans

    def from_raw(self, offset: int) -> int | None:
        """Return where a raw offset stands here, or None if a placeholder took its place."""
        for start, end, raw_start in self.pieces:
            if raw_start <= offset < raw_start + end - start:
                return start + offset - raw_start
        return None


def arrange(raw_text: str, spans: Sequence[Span]) -> Layout:
    """Return the text with placeholders for spans (sorted, apart).

    Placeholders already in it stay as they are.
    """
    numbers = number_people(raw_text, spans, first=_first_free_number(raw_text))
    standing = (
        [(m.start(), m.end(), m.group(), None) for m in PLACEHOLDER.finditer(raw_text)]
        if "[" in raw_text
        else []
    )
    ours = [(s.start, s.end, _placeholder(s, numbers), s.kind) for s in spans]
    text, pieces, placed, position, length = [], [], [], 0, 0
    for start, end, placeholder, kind in sorted([*standing, *ours], key=itemgetter(0, 1, 2)):
        if start > position:
            text.append(raw_text[position:start])
            pieces.append((length, length + start - position, position))
            length += start - position
        text.append(placeholder)
        if kind is not None:
            placed.append(Span(length, length + len(placeholder), kind))
        length += len(placeholder)
        position = max(position, end)
    if position < len(raw_text):
        text.append(raw_text[position:])
        pieces.append((length, length + len(raw_text) - position, position))
    return Layout("".join(text), tuple(pieces), tuple(placed))


def _placeholder(span: Span, numbers: dict[Span, int]) -> str:
    return f"[PERSON {numbers[span]}]" if span.kind is Kind.PERSON else f"[{span.kind}]"


def _first_free_number(raw_text: str) -> int:
    if "[PERSON " not in raw_text:
        return 1
    return 1 + max((int(n) for n in re.findall(r"\[PERSON (\d{1,4})\]", raw_text)), default=0)
