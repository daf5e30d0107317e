"""The way from a raw text to its redaction: fold, recognize, unite, replace, and read again.

A text is read until nothing more is found, so that redacting a redaction changes nothing: taking
a name out can bring two words together that only then look like a detail. Each reading sees the
placeholders of those before it, and leaves them alone. Each reading also asks anew in which
languages the text is, for the same reason.
"""

from collections.abc import Iterable, Iterator, Sequence

from redact.doubts import doubts
from redact.fold import Folded, fold
from redact.heard import Heard, heard
from redact.languages import language as language_of
from redact.languages.identify import Stretch, stretches
from redact.languages.language import Language, Reading
from redact.lists import EMPTY, LocalLists
from redact.memory import one_text
from redact.placeholders import arrange
from redact.spans import Recognizer, Redaction, Span, Strength
from redact.whole_words import widened

_READINGS = 6


@one_text()
def redact(
    raw_text: str,
    language: str | None = None,
    *,
    likely: str | None = None,
    lists: LocalLists = EMPTY,
    strength: Strength = Strength.STANDARD,
    extra: Sequence[Recognizer] = (),
    weak_words: Sequence[tuple[int, int]] = (),
    spoken: Sequence[Heard] | None = None,
) -> Redaction:
    """Replace identifying details in a text by placeholders.

    Args:
        raw_text: A note or a transcript; placeholders that are in it already stay as they are.
        language: The code of the one language that it is in; none: found from the text, sentence
            by sentence.
        likely: The language to think of first where the text does not say, such as the screen's.
        lists: What the place knows of itself.
        strength: How sure we must be before a word goes.
        extra: Recognizers of the operator's own; they read the text as it is and claim spans of it.
        weak_words: Ranges of the raw text that the speech model was unsure of; those that stay
            become doubts.
        spoken: The text came out of a speech model; its words and how sure that was of each, as
            far as they are known. None: somebody typed it.
    """
    spans: list[Span] = []
    languages: tuple[str, ...] = ()
    for _ in range(_READINGS):
        layout = arrange(raw_text, spans)
        folded = fold(layout.text)
        parts = stretches(layout.text, given=language, likely=likely)
        languages = languages or _by_length(parts)
        readings = _readings(folded, parts, lists, strength)
        found = [
            piece
            for part_language, reading in readings
            for span in _own_claims(part_language, reading, folded)
            for piece in layout.raw_spans(*folded.raw_range(span.start, span.end), span.kind)
        ]
        found += [
            piece
            for recognizer in extra
            for span in recognizer(layout.text)
            for piece in layout.raw_spans(span.start, span.end, span.kind)
        ]
        if spoken is not None and not spans:
            found += heard(layout.text, found, spoken, lists, languages)
        if not found:
            break
        spans = unite([*spans, *widened(raw_text, found)])
    else:
        layout = arrange(raw_text, spans)
        return Redaction(
            layout.text, tuple(spans), languages=languages, placeholders=layout.placeholders
        )
    return Redaction(
        layout.text,
        tuple(spans),
        tuple(doubts(layout, readings, weak_words)),
        languages,
        layout.placeholders,
    )


def _by_length(parts: Sequence[Stretch]) -> tuple[str, ...]:
    """Return the languages of a text, the one of most of it first."""
    lengths: dict[str, int] = {}
    for part in parts:
        lengths[part.language] = lengths.get(part.language, 0) + part.end - part.start
    return tuple(sorted(lengths, key=lambda code: -lengths[code]))


def _readings(
    folded: Folded, parts: Sequence[Stretch], lists: LocalLists, strength: Strength
) -> list[tuple[Language, Reading]]:
    """Let each language read its own stretches; what is another's is blank to it."""
    codes = {part.language for part in parts}
    readings = []
    for code in sorted(codes):
        reader = language_of(code)
        own = folded if len(codes) == 1 else _blanked(folded, parts, code)
        readings.append((reader, reader.read(own, lists, strength)))
    return readings


def _blanked(folded: Folded, parts: Sequence[Stretch], code: str) -> Folded:
    """Return the view with line ends in place of all that is in another language."""
    own = [(part.start, part.end) for part in parts if part.language == code]
    characters, at = [], 0
    for character, origin in zip(folded.text, folded.origin, strict=False):
        while at < len(own) and origin >= own[at][1]:
            at += 1
        is_own = at < len(own) and own[at][0] <= origin
        characters.append(character if is_own else "\n")
    return Folded("".join(characters), folded.origin, folded.raw_text)


def _own_claims(language: Language, reading: Reading, folded: Folded) -> Iterator[Span]:
    """Yield a language's claims that do not reach over another's sentences."""
    own, whole = reading.folded.text, folded.text
    for span in language.claims(reading):
        if own is whole or own[span.start : span.end] == whole[span.start : span.end]:
            yield span


def unite(spans: Iterable[Span]) -> list[Span]:
    """Join overlapping claims; the union has the kind of the longest claim in it."""
    united: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        length = span.end - span.start
        if united and span.start < united[-1].end:
            last = united[-1]
            united[-1] = Span(
                last.start, max(last.end, span.end), span.kind if length > longest else last.kind
            )
            longest = max(longest, length)
        else:
            united.append(span)
            longest = length
    return united
