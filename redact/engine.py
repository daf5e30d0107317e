"""The way from a raw text to its redaction: fold, recognize, unite, forbid, replace.

A text is read until nothing more is found, so that redacting a redaction changes nothing: taking a name out can bring
two words together that only then look like a detail. Each reading sees the placeholders of those before it, and
leaves them alone.
"""

from collections.abc import Iterable, Iterator, Sequence

from redact.fold import fold
from redact.lists import EMPTY, LocalLists
from redact.names import listed_names
from redact.numbers import cued_numbers, written_numbers
from redact.placeholders import Layout, arrange
from redact.places import organisations, rooms
from redact.spans import Kind, Recognizer, Redaction, Span, Strength
from redact.spoken import (
    spoken_addresses_of_mail_and_web,
    spoken_ages,
    spoken_dates,
    spoken_streets,
)
from redact.written import addresses, ages, dates, emails, urls, usernames

# In order of trust: where two claims overlap, the longer wins, and among equals the earlier.
RECOGNIZERS: tuple[Recognizer, ...] = (
    emails,
    spoken_addresses_of_mail_and_web,
    urls,
    usernames,
    written_numbers,
    cued_numbers,
    addresses,
    spoken_streets,
    dates,
    spoken_dates,
    ages,
    spoken_ages,
    rooms,
    organisations,
    listed_names,
)
_READINGS = 6


def redact(
    raw_text: str,
    *,
    lists: LocalLists = EMPTY,
    strength: Strength = Strength.STANDARD,
    extra: Sequence[Recognizer] = (),
    weak_words: Sequence[tuple[int, int]] = (),
) -> Redaction:
    """Replace identifying details in a text by placeholders."""
    spans: list[Span] = []
    layout = arrange(raw_text, spans)
    for _ in range(_READINGS):
        found = [span for claim in read(layout, extra) for span in layout.raw_spans(*claim)]
        if not found:
            break
        spans = unite([*spans, *found])
        layout = arrange(raw_text, spans)
    return Redaction(layout.text, tuple(spans), ())


def read(layout: Layout, extra: Sequence[Recognizer]) -> Iterator[tuple[int, int, Kind]]:
    """Yield what the recognizers claim in a text, as offsets into it."""
    folded = fold(layout.text)
    for recognizer in RECOGNIZERS:
        for span in recognizer(folded.text):
            yield (*folded.raw_range(span.start, span.end), span.kind)
    for recognizer in extra:
        for span in recognizer(layout.text):
            yield span.start, span.end, span.kind


def unite(spans: Iterable[Span]) -> list[Span]:
    """Join overlapping claims; the union has the kind of the longest claim in it."""
    united: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if united and span.start < united[-1].end:
            last = united[-1]
            kind = span.kind if span.end - span.start > longest else last.kind
            longest = max(longest, span.end - span.start)
            united[-1] = Span(last.start, max(last.end, span.end), kind)
        else:
            united.append(span)
            longest = span.end - span.start
    return united
