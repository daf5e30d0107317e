"""Words left in place that may be a detail, so that a person looks at them."""

from collections.abc import Iterator, Sequence

from redact.languages.language import Language, Reading
from redact.placeholders import Layout
from redact.spans import Doubt
from redact.tokens import Token

_UNSURE = 0.08  # below what a strict redactor takes


def doubts(
    layout: Layout,
    readings: Sequence[tuple[Language, Reading]],
    weak_words: Sequence[tuple[int, int]],
) -> Iterator[Doubt]:
    """Yield doubts in order, apart from one another.

    Model unsure, unknown capitalised word, speech model unsure.
    """
    found = [
        reading.folded.raw_range(t.start, t.end)
        for language, reading in readings
        for t, g in zip(reading.tokens, reading.guesses, strict=True)
        if t.text[0].isalpha() and (g.probability >= _UNSURE or _unknown(t, language))
    ]
    for start, end in weak_words:
        here = [layout.from_raw(start), layout.from_raw(end - 1)]
        if start < end and here[0] is not None and here[1] is not None:
            found.append((here[0], here[1] + 1))
    position = 0
    for start, end in sorted(found):
        if start >= position:
            yield Doubt(start, end)
            position = end


def _unknown(token: Token, language: Language) -> bool:
    """Say whether a word is capitalised amid a sentence without being in any list."""
    text = token.text
    return (
        len(text) > 2
        and text[0].isupper()
        and not text.isupper()
        and not token.opens
        and not language.everyday(token.lower)
    )
