"""Take ranges out of a text for good: what its visitor strikes out, what the desk covers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from store.payloads import Drawing, Gap, Memo, Note, Payload, Range, Silence

COVERED = "COVERED"


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its placeholders, and the ranges of it that the redaction was not sure of."""

    text: str
    spans: tuple[Gap, ...] = ()
    doubts: tuple[Range, ...] = ()


def without(payload: Payload, struck: Sequence[Range]) -> Payload:
    """Put `[COVERED]` in the place of ranges of a contribution's text."""
    if not struck or isinstance(payload, Silence):
        return payload
    left = cut(text_of(payload), struck, kind=COVERED)
    if isinstance(payload, Drawing):
        return replace(payload, text=left.text, spans=left.spans)
    return replace(payload, text=left.text, spans=left.spans, doubts=left.doubts)


def text_of(payload: Payload) -> Text:
    """Return a contribution's text; that of a silence is empty."""
    if isinstance(payload, Silence):
        return Text("")
    doubts = payload.doubts if isinstance(payload, Note | Memo) else ()
    return Text(payload.text, payload.spans, doubts)


def cut(whole: Text, ranges: Iterable[Range], *, kind: str) -> Text:
    """Put `[KIND]` in the place of ranges; what stands beside them moves along.

    A range that touches a placeholder takes all of it, and ranges with nothing but spaces between
    them become one gap. A doubt that lost a letter is none any more.
    """
    gaps = joined(whole.text, (_with_placeholders(each, whole.spans) for each in ranges))
    parts: list[str] = []
    spans: list[Gap] = []
    doubts: list[Range] = []
    position = length = 0
    for start, end in [*gaps, (len(whole.text), len(whole.text))]:
        shift = length - position
        spans += [
            Gap(each.start + shift, each.end + shift, each.kind)
            for each in whole.spans
            if position <= each.start and each.end <= start
        ]
        doubts += [
            (first + shift, last + shift)
            for first, last in sorted(whole.doubts)
            if position <= first and last <= start
        ]
        parts.append(whole.text[position:start])
        length += start - position
        if start < end:
            parts.append(f"[{kind}]")
            spans.append(Gap(length, length + len(kind) + 2, kind))
            length += len(kind) + 2
        position = end
    return Text("".join(parts), tuple(spans), tuple(doubts))


def joined(text: str, ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in order, cut to the text, as one where only spaces or nothing is between."""
    found: list[Range] = []
    for start, end in sorted((max(0, start), min(end, len(text))) for start, end in ranges):
        if start >= end:
            continue
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _with_placeholders(wanted: Range, spans: Iterable[Gap]) -> Range:
    start, end = wanted
    for each in spans:
        if each.start < end and start < each.end:
            start, end = min(start, each.start), max(end, each.end)
    return start, end
