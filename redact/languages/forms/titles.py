"""Names after a form of address, and job titles that one person holds."""

import re
from collections.abc import Iterator, Sequence

from redact.languages.kit.lexicon import Lexicon
from redact.languages.kit.vocabulary import Vocabulary
from redact.spans import Kind, Recognizer, Span
from redact.tokens import Token

_FREQUENT = 9  # `Entry.word` from which on a word in lower case is no name, whatever stands before
_LONGEST = 4  # words and dashes of a name


class Titled:
    """Finds names after Herr, Doña, Mme, pan."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._titles = frozenset(vocabulary.words("titles"))
        self._particles = frozenset(vocabulary.words("name particles"))
        self._never = frozenset((*vocabulary.words("never names"), *self._titles))

    def __call__(self, tokens: Sequence[Token]) -> Iterator[Span]:
        """Yield the names, without their titles."""
        start = 0
        while start < len(tokens):
            is_titled = tokens[start].lower in self._titles
            start += 1
            if not is_titled:
                continue
            while start < len(tokens) and (  # a row of titles is passed once, however long
                tokens[start].text == "." or tokens[start].lower in self._titles
            ):
                start += 1
            end = self._end(tokens, start)
            if end > start:
                yield Span(tokens[start].start, tokens[end - 1].end, Kind.PERSON)

    def _end(self, tokens: Sequence[Token], start: int) -> int:
        """Return where a name ends that may begin here."""
        at = start
        while at < len(tokens) and tokens[at].lower in self._particles:
            at += 1
        first = end = at
        while at < len(tokens) and at - first < _LONGEST:
            if not self._is_name(tokens[at], first=at == first):
                break
            end = at = at + 1
            if [t.text for t in tokens[at : at + 1]] == ["-"]:
                at += 1
        return end if end > first else start

    def _is_name(self, token: Token, *, first: bool) -> bool:
        if first and len(token.text) == 1 and token.text.isupper():
            return True  # Herr K.
        if not token.text[0].isalpha() or token.lower in self._never or len(token.text) < 2:
            return False
        if not first and token.text.lower() == token.text.upper():
            return False  # a script without capitals: one word after the title
        if token.text.lower() == token.text.upper():
            return True
        entry = self._lexicon.look_up(token.lower)
        named = max(entry.given, entry.surname)
        if token.text[0].isupper() and not token.text.isupper():
            return first or bool(named) or not entry.word
        return (named >= 4 and entry.word < _FREQUENT) or (first and not entry.word)


def roles(vocabulary: Vocabulary) -> Recognizer:
    """Return what finds titles that one person holds: die Pflegedienstleiterin."""
    title = vocabulary.one_of("roles")
    of = vocabulary.one_of("role links")
    tail = vocabulary.one_of("role tails")
    only = vocabulary.one_of("role only")
    rulers = vocabulary.one_of("role rulers")
    patterns = (
        re.compile(rf"\b(?:{title})\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:{vocabulary.one_of('role heads')})\s+(?:{of}\s*)?(?:{tail})\b", re.IGNORECASE
        ),
        # the head of a whole house, whatever it is called: directrice de l'établissement
        re.compile(rf"\b{rulers}\s+{of}\s*[^\W\d_]{{4,24}}\b", re.IGNORECASE),
        re.compile(rf"\b(?:{only})\s+(?:{vocabulary.one_of('jobs')})\b", re.IGNORECASE),
    )

    def find(text: str) -> Iterator[Span]:
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield Span(match.start(), match.end(), Kind.ROLE)

    return find
