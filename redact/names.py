"""Names that are in the lists and cannot be taken for a word."""

from collections.abc import Iterator

from redact.lexicon import look_up
from redact.spans import Kind, Span
from redact.tokens import tokenize


def listed_names(text: str) -> Iterator[Span]:
    """Yield capitalised given names that are not words, each with the surname after it."""
    tokens = tokenize(text)
    for position, token in enumerate(tokens):
        entry = look_up(token.lower)
        if token.text[0].isupper() and entry.given >= 3 and not entry.word:
            end = token.end
            if position + 1 < len(tokens):
                following = tokens[position + 1]
                if following.text[0].isupper() and not look_up(following.lower).word:
                    end = following.end
            yield Span(token.start, end, Kind.PERSON)
