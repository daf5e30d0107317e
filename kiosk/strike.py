"""Striking words out of a text that its visitor has read."""

import re
from collections.abc import Iterable, Sequence

Range = tuple[int, int]  # half-open, in code points

STRUCK = "[REMOVED]"  # what stands for words that the visitor struck out
PLACEHOLDER = re.compile(r"\[[A-Z]+(?: \d+)?\]")


def strike(
    text: str, ranges: Iterable[Sequence[int]], *, marked: Iterable[Range] = ()
) -> tuple[str, tuple[Range, ...]]:
    """The text without some of its ranges, and where its marked ranges are now.

    A range that touches a placeholder takes all of it; ranges with nothing but spaces between
    them become one gap. A marked range that lost a letter is marked no more.

    Raises:
        ValueError: A range does not lie within the text.
    """
    gaps = _joined(text, sorted(_whole_placeholders(text, _checked(text, each)) for each in ranges))
    parts: list[str] = []
    moved: list[Range] = []
    waiting = sorted(marked)
    position = length = 0
    for start, end in [*gaps, (len(text), len(text))]:
        for mark_start, mark_end in waiting:
            if position <= mark_start and mark_end <= start:
                moved.append((length + mark_start - position, length + mark_end - position))
        parts.append(text[position:start])
        length += start - position
        if start < end:
            parts.append(STRUCK)
            length += len(STRUCK)
        position = end
    return "".join(parts), tuple(moved)


def placeholders(text: str) -> list[dict[str, int | str]]:
    """Where the placeholders of a shown text are, with the kind each stands for."""
    return [
        {
            "start": found.start(),
            "end": found.end(),
            "kind": found.group().strip("[]").split()[0],
        }
        for found in PLACEHOLDER.finditer(text)
    ]


def _checked(text: str, given: Sequence[int]) -> Range:
    start, end = given
    if not 0 <= start < end <= len(text):
        raise ValueError("a struck range does not lie within the text")
    return start, end


def _whole_placeholders(text: str, wanted: Range) -> Range:
    start, end = wanted
    for found in PLACEHOLDER.finditer(text):
        if found.start() < end and start < found.end():
            start, end = min(start, found.start()), max(end, found.end())
    return start, end


def _joined(text: str, ranges: list[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in ranges:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
