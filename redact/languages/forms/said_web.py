"""Addresses of mail and web that are said: lucia punto mena arroba gmail punto com."""

from collections.abc import Iterator, Sequence

from redact.languages.forms.said_numbers import parts
from redact.languages.kit.lexicon import Lexicon
from redact.languages.kit.vocabulary import Vocabulary
from redact.spans import Kind, Span
from redact.tokens import Token

_LONGEST = 16  # words of an address that is said
_HOST = 3  # words of its host, at most, before the first dot
_NAMES = 3  # words without a dot between them that may be somebody's name
_EVERYDAY = 9  # `Entry.word` from which on the end of an address may be a word
_TOP = frozenset(
    ("de", "com", "net", "org", "at", "ch", "eu", "info", "es", "mx", "ar", "co", "cl", "pe", "fr")
) | frozenset(("be", "ca", "pl", "it", "pt", "nl", "io", "app", "edu", "gov", "cat", "uk", "tv"))


class SaidWeb:
    """Finds them, by a language's words for @, the dot and the dash."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._at = frozenset((*vocabulary.words("at words"), "@"))
        self._said_dots = parts(vocabulary.words("dot words"))
        self._dots = self._said_dots | {"."}
        self._said_dashes = parts(vocabulary.words("dash words"))
        self._links = self._dots | self._said_dashes | {"-", "_"}
        self._slashes = parts(vocabulary.words("slash words")) | {"/"}
        self._small = frozenset(
            word
            for name in ("class: preposition", "class: pronoun", "said and")
            for word in vocabulary.words(name)
        )
        numbers = (*vocabulary.numbers("digit words"), *vocabulary.words("said numbers"))
        self._numbers = parts(numbers)

    def __call__(self, tokens: Sequence[Token]) -> Iterator[Span]:
        """Yield addresses of mail and web."""
        for position, token in enumerate(tokens):
            if token.lower in self._at and 0 < position < len(tokens) - 2:
                end = self._end_of_host(tokens, position + 1)
                if end:
                    start = self._start_of_name(tokens, position - 1)
                    yield Span(tokens[start].start, tokens[end - 1].end, Kind.EMAIL)
            elif token.lower in {"www", "vvv"}:
                end = self._end_of_host(tokens, position)
                if end:
                    yield Span(token.start, tokens[end - 1].end, Kind.URL)
            elif token.lower in _TOP and position > 1:
                yield from self._bare(tokens, position)

    def _end_of_host(self, tokens: Sequence[Token], position: int) -> int:
        """Return where a host ends that begins here, with what follows a slash; 0 if none does."""
        at, found, loose = position, 0, 0
        while at + 1 < min(len(tokens), position + _LONGEST):
            following = tokens[at + 1].lower
            if following in self._links and at + 2 < len(tokens):
                if following in self._dots and tokens[at + 2].lower in _TOP:
                    found = at + 3
                at += 2
            elif found and following in self._slashes and at + 2 < len(tokens):
                found = at + 3
                at += 2
            elif not found and loose < _HOST and tokens[at + 1].text[0].isalnum():
                at, loose = at + 1, loose + 1
            else:
                break
        return found

    def _start_of_name(self, tokens: Sequence[Token], position: int) -> int:
        """Return where the part before the @ begins."""
        at = position
        while at > max(0, position - _LONGEST):
            before = tokens[at - 1]
            if before.lower in self._said_dots | self._said_dashes and at > 1:
                at -= 2
            elif (
                before.lower in self._numbers
                or before.text.isdecimal()
                or before.text == "_"
                or self._is_letter(before)
                or (at > position - _NAMES and self._may_be_a_name(before))
            ):
                at -= 1
            else:
                break
        return at

    def _bare(self, tokens: Sequence[Token], position: int) -> Iterator[Span]:
        """Yield a web address without www, if the dot before its end was said."""
        if tokens[position - 1].lower not in self._said_dots or self._is_a_word(tokens, position):
            return
        start = position - 2
        links = self._said_dots | self._said_dashes
        while start > max(1, position - _LONGEST) and tokens[start - 1].lower in links:
            start -= 2
        end = max(self._end_of_host(tokens, max(start, 0)), position + 1)
        yield Span(tokens[max(start, 0)].start, tokens[end - 1].end, Kind.URL)

    def _is_a_word(self, tokens: Sequence[Token], position: int) -> bool:
        """Say whether the end of an address is a small word instead: un punto de vista."""
        top, before = tokens[position].lower, tokens[position - 2].lower
        is_small = top in self._small or self._lexicon.look_up(top).word >= _EVERYDAY
        return is_small and self._lexicon.look_up(before).word > 0

    def _is_letter(self, token: Token) -> bool:
        return len(token.text) == 1 and token.text.isalpha() and token.lower not in self._small

    def _may_be_a_name(self, token: Token) -> bool:
        if not token.text.isalpha() or len(token.text) < 3:
            return False
        entry = self._lexicon.look_up(token.lower)
        return not entry.word or (max(entry.given, entry.surname) >= 4 and entry.word < 9)
