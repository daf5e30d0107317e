"""Strike ranges out of a text for good."""

from collections.abc import Sequence
from dataclasses import replace

from store.payloads import Drawing, Memo, Note, Payload, Silence

COVERED = "[COVERED]"


def without(payload: Payload, struck: Sequence[tuple[int, int]]) -> Payload:
    """Replace ranges of the text; doubts move along, and those that touch a range go."""
    if not struck or isinstance(payload, Silence):
        return payload
    text = payload.text
    doubts = list(payload.doubts) if isinstance(payload, Note | Memo) else []
    for start, end in _joined(struck, len(text)):
        text = text[:start] + COVERED + text[end:]
        shift = len(COVERED) - (end - start)
        doubts = [
            (first, last) if last <= start else (first + shift, last + shift)
            for first, last in doubts
            if last <= start or first >= end
        ]
    if isinstance(payload, Drawing):
        return replace(payload, text=text)
    return replace(payload, text=text, doubts=tuple(doubts))


def _joined(ranges: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return the ranges cut to the text, overlapping ones joined, the last first."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in ranges):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined[::-1]
