"""Where a name ends: before a word in small letters that stands in none ("Marriott next")."""

import re
from collections.abc import Iterable, Iterator, Sequence

from redact.languages.en.lexicon import Entry, look_up
from redact.languages.en.vetoes.within import within
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_NAMES = frozenset([Kind.PERSON, Kind.ORG, Kind.LOCATION])
_ENDS = frozenset(words("vetoes: ends of no name"))
_BETWEEN = frozenset(["against", "but", "because", "when", "while", "than", "vs", "versus", "paid"])
_COUNTRY = re.compile(r"U\.\s?[SK]\.(?=\s[a-z])")
_PLAIN = 5  # `Entry.word` of words that are no name in small letters beside one with a capital
_OF_VERBS = ("s", "ed", "ing")
_GIVEN = 3  # `Entry.given`, and `.surname`, from which they may be
_SURNAME = 4
_PARTICLES = frozenset(
    ["de", "da", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "o", "st"]
)


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
                first, last = _without_ends(tokens, first, last, span.kind)  # noqa: PLW2901
            if first < last:
                yield Span(tokens[first].start, tokens[last - 1].end, span.kind)


def _without_ends(tokens: Sequence[Token], first: int, last: int, kind: Kind) -> tuple[int, int]:
    if not any(token.text[0].isupper() for token in tokens[first:last]):
        return first, last
    while first < last and _ends_a_name(tokens[first], kind):
        first += 1
    while first < last and _ends_a_name(tokens[last - 1], kind):
        last -= 1
    return first, last


def _ends_a_name(token: Token, kind: Kind) -> bool:
    """Say whether a word in small letters at the end of a name with capitals is none of it."""
    if not token.text.islower() or token.lower in _PARTICLES:
        return False
    entry = look_up(token.lower)
    is_plain = entry.word >= _PLAIN and entry.given < _GIVEN and entry.surname < _SURNAME
    is_verb = entry == Entry() and token.lower.endswith(_OF_VERBS)  # "Susan mislabels"
    return token.lower in _ENDS or (kind is Kind.PERSON and (is_plain or is_verb))
