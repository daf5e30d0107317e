"""Names, places, employers and titles that were found once and come back."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from redact.languages.en.lexicon import look_up
from redact.languages.en.names import LOOSE, PLAIN
from redact.languages.language import Guess
from redact.spans import Kind, Span
from redact.tokens import Token

_LONGEST_PHRASE = 12  # words of a place, employer or title that is looked for again
_EVERYDAY = 12  # `Entry.word` from which a word says nothing when it comes back


def repeated(
    tokens: Sequence[Token], guesses: Sequence[Guess], names: Sequence[Span]
) -> Iterator[Span]:
    """Yield the other places where a word of a name that was found stands as a name.

    Places, employers and titles come back only in the same words.
    """
    starts = [token.start for token in tokens]
    found = [
        (name, bisect_left(starts, name.start), bisect_left(starts, name.end)) for name in names
    ]
    yield from _repeated_phrases(tokens, found)
    known: set[str] = set()
    taken: set[int] = set()
    for name, first, last in found:
        taken.update(range(first, last))
        if name.kind is Kind.PERSON:
            parts = (t for t in tokens[first:last] if len(t.text) > 2 and t.text[0].isalpha())
            known.update(t.lower for t in parts)
    if not known:
        return
    shouting = all(t.text.isupper() for t in tokens if len(t.text) > 1 and t.text.isalpha())
    for position, (token, guessed) in enumerate(zip(tokens, guesses, strict=True)):
        if token.lower not in known or position in taken:
            continue
        word = look_up(token.lower).word
        capital = token.text[0].isupper() and not shouting
        plain = token.lower in PLAIN
        amid = capital and not token.opens and not plain
        least = 0.02 if amid else 0.12 if capital and not plain else 0.4
        if not word or (amid and word < 13) or guessed.probability >= least:
            yield Span(token.start, token.end, Kind.PERSON)


def _repeated_phrases(
    tokens: Sequence[Token], found: Sequence[tuple[Span, int, int]]
) -> Iterator[Span]:
    phrases: defaultdict[str, dict[tuple[str, ...], Kind]] = defaultdict(dict)
    for name, first, last in found:
        parts = tokens[first:last]
        is_rare = any(t.text[0].isupper() and look_up(t.lower).word < _EVERYDAY for t in parts)
        is_short = len(parts) <= _LONGEST_PHRASE
        if name.kind in LOOSE and name.kind is not Kind.PERSON and is_rare and is_short:
            phrases[parts[0].text][tuple(t.text for t in parts)] = name.kind
    for position, token in enumerate(tokens):
        for phrase, kind in phrases.get(token.text, {}).items():
            here = tokens[position : position + len(phrase)]
            if tuple(t.text for t in here) == phrase:
                yield Span(token.start, here[-1].end, kind)
