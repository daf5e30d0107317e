"""Numbers that are said digit by digit or in pairs, as a transcript has them."""

import re
from collections.abc import Iterator, Sequence

from redact.languages.kit.vocabulary import Vocabulary
from redact.spans import Kind, Span
from redact.tokens import Token

_TELEPHONE = 8  # digits from which on a number without a word for it is a telephone number
_WORDS = 4  # in so many words at least
_IDENTIFIER = 5  # digits, each said by itself, of a number without a word for it
_CUED = 2  # digits of a number after such a word
_REACH = 6  # words between a number and the word that says what it is
_GAP = 2  # words and signs between two digits that mean nothing


class SaidNumbers:
    """Finds them, by a language's words for digits, and for what a number is."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        links = frozenset(vocabulary.words("said and"))
        self._digits = frozenset(vocabulary.numbers("digit words"))
        self._pairs = parts(vocabulary.words("said numbers")) - links
        self._repeats = parts(vocabulary.words("repeats"))
        self._fillers = frozenset((*vocabulary.words("hesitations"), *links, ",", "-", "."))
        self._phone_cues = _last_words(vocabulary, "phone cues", "extension cues")
        self._id_cues = _last_words(vocabulary, "id cues")
        self._units = frozenset(vocabulary.words("class: unit"))

    def __call__(self, tokens: Sequence[Token]) -> Iterator[Span]:
        """Yield telephone numbers and identifiers."""
        position = 0
        while position < len(tokens):
            if tokens[position].text.isdecimal() or not self._weight(tokens[position]):
                position += 1
                continue
            last = self._end(tokens, position)
            kind = self._kind(tokens, position, last)
            after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
            if kind and last > position and after not in self._units:
                yield Span(tokens[position].start, tokens[last].end, kind)
            position = last + 1

    def _end(self, tokens: Sequence[Token], position: int) -> int:
        """Return the last token of the number that begins here."""
        last = end = position
        while end < len(tokens):
            if self._weight(tokens[end]):
                last = end
            elif tokens[end].lower not in self._fillers or end - last > _GAP:
                break
            end += 1
        return last

    def _weight(self, token: Token) -> int:
        """Return how many digits a word stands for."""
        if token.lower in self._digits or token.lower in self._repeats:
            return 1
        if token.lower in self._pairs:
            return 2
        return len(token.text) if token.text.isdecimal() else 0

    def _kind(self, tokens: Sequence[Token], first: int, last: int) -> Kind | None:
        weights = [self._weight(token) for token in tokens[first : last + 1]]
        words = sum(weight > 0 for weight in weights)
        singles = sum(token.lower in self._digits for token in tokens[first : last + 1])
        if sum(weights) >= _CUED:
            for token in reversed(tokens[max(0, first - _REACH) : first]):
                if token.lower in self._id_cues:
                    return Kind.ID
                if token.lower in self._phone_cues:
                    return Kind.PHONE
        if sum(weights) >= _TELEPHONE and words >= _WORDS:
            return Kind.PHONE
        return Kind.ID if singles == words and singles >= _IDENTIFIER else None


def parts(phrases: Sequence[str]) -> frozenset[str]:
    """Return the words of phrases, each by itself."""
    return frozenset(part for phrase in phrases for part in re.split(r"[\s-]+", phrase))


def _last_words(vocabulary: Vocabulary, *sections: str) -> frozenset[str]:
    return frozenset(
        re.split(r"[\s-]", phrase)[-1] for name in sections for phrase in vocabulary.words(name)
    ) - frozenset(vocabulary.words("cue links"))
