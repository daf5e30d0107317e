"""Where a name ends: before a word in small letters that stands in none ("Marriott next")."""

import re
from collections.abc import Iterable, Iterator, Sequence

from redact.languages.en.vetoes.within import within
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_NAMES = frozenset([Kind.PERSON, Kind.ORG, Kind.LOCATION])
_ENDS = frozenset(words("vetoes: ends of no name"))
_BETWEEN = frozenset(["against", "but", "because", "when", "while", "than", "vs", "versus", "paid"])
_COUNTRY = re.compile(r"U\.\s?[SK]\.(?=\s[a-z])")


def trimmed(
    text: str, tokens: Sequence[Token], styles: Sequence[str], spans: Iterable[Span]
) -> Iterator[Span]:
    """Yield the claims without what is in no name: at their ends, and between two names."""
    starts = {token.start: position for position, token in enumerate(tokens)}
    for span in spans:
        inside = within(tokens, starts, span)
        if span.kind not in _NAMES or len(inside) < 2:
            yield span
            continue
        if country := _COUNTRY.match(text, span.start, span.end + 2):
            yield Span(span.start, country.end(), span.kind)
            continue
        parts, begun = [], inside.start
        for at in inside:
            if tokens[at].text.islower() and tokens[at].lower in _BETWEEN:
                parts.append((begun, at))
                begun = at + 1
        for first, last in (*parts, (begun, inside.stop)):
            if styles[inside.start] == "m":
                first, last = _without_ends(tokens, first, last)  # noqa: PLW2901
            if first < last:
                yield Span(tokens[first].start, tokens[last - 1].end, span.kind)


def _without_ends(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    if not any(token.text[0].isupper() for token in tokens[first:last]):
        return first, last
    while first < last and _ends_a_name(tokens[first]):
        first += 1
    while first < last and _ends_a_name(tokens[last - 1]):
        last -= 1
    return first, last


def _ends_a_name(token: Token) -> bool:
    return token.text.islower() and token.lower in _ENDS
