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
    whole = text_of(payload)
    left = cut(whole, struck, kind=COVERED)
    if isinstance(payload, Drawing):
        gaps = _gaps(whole, struck)
        places = tuple(
            each._replace(start=now[0], end=now[1])
            for each in payload.places
            if (now := _moved((each.start, each.end), gaps, COVERED)) is not None
        )
        return replace(payload, text=left.text, spans=left.spans, places=places)
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
    gaps = _gaps(whole, ranges)
    parts: list[str] = []
    position = 0
    for start, end in gaps:
        parts += whole.text[position:start], f"[{kind}]"
        position = end
    parts.append(whole.text[position:])
    spans = [Gap(*_shifted(gap, gaps, kind), kind) for gap in gaps]
    spans += [
        Gap(*now, each.kind)
        for each in whole.spans
        if (now := _moved((each.start, each.end), gaps, kind)) is not None
    ]
    doubts = [now for each in sorted(whole.doubts) if (now := _moved(each, gaps, kind)) is not None]
    return Text("".join(parts), tuple(sorted(spans)), tuple(doubts))


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


def _gaps(whole: Text, ranges: Iterable[Range]) -> list[Range]:
    return joined(whole.text, (_with_placeholders(each, whole.spans) for each in ranges))


def _moved(kept: Range, gaps: Iterable[Range], kind: str) -> Range | None:
    """Return where a range stands once the gaps are cut; None where one of them touches it."""
    start, end = kept
    shift = 0
    for first, last in gaps:
        if first < end and start < last:
            return None
        if last <= start:
            shift += len(kind) + 2 - (last - first)
    return start + shift, end + shift


def _shifted(gap: Range, gaps: Iterable[Range], kind: str) -> Range:
    """Return where the placeholder of a gap stands."""
    start = gap[0] + sum(len(kind) + 2 - (last - first) for first, last in gaps if last <= gap[0])
    return start, start + len(kind) + 2
