"""What points at nobody: "that lanky Scottish fella", and a figure for a sound ("any1").

Who is described is not named; and who writes "evry1", "2day" or "level1" gives no handle away.
"""

import re
from collections.abc import Sequence

from redact.languages.en.lexicon import look_up
from redact.languages.en.said_handles import tells_of_handles
from redact.languages.en.untidy.figures import sounded
from redact.languages.en.untidy.names import DIALECT
from redact.languages.en.vetoes.within import within
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_PEOPLE = frozenset(words("vetoes: people"))
_ORIGINS = frozenset(words("names: languages"))
_WORD = 3  # `Entry.word` of words that can describe somebody
_NAME = 3  # `Entry.given` and `.surname` from which a word is a name
_PLAIN = 8  # `Entry.word` of words with a number behind them: level1
_EVERYDAY = 12  # and of those that are in every note
_WITH_FIGURES = frozenset([Kind.ID, Kind.PHONE, Kind.EMAIL, Kind.URL, Kind.DATE, Kind.AGE])
_NUMBERED = re.compile(r"([a-z]{3,12})\d{1,2}")


def is_description(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a claim holds only words that describe the person who is spoken of next."""
    held = within(tokens, starts, span)
    if not held or span.kind not in {Kind.PERSON, Kind.ORG, Kind.USERNAME}:
        return False
    inside = [tokens[at] for at in held if tokens[at].text[0].isalnum()]
    follows = held.stop < len(tokens) and tokens[held.stop].lower in _PEOPLE
    while inside and inside[-1].lower in _PEOPLE:
        inside.pop()
        follows = True
    return follows and all(_describes(token) for token in inside)


def _describes(token: Token) -> bool:
    if token.lower in _ORIGINS or token.lower in DIALECT:
        return True
    entry = look_up(token.lower)
    small = token.text.islower() or token.opens
    return small and entry.word >= _WORD and entry.given < _NAME and entry.surname < _NAME


def has_only_figures_for_sounds(
    text: str, tokens: Sequence[Token], starts: dict[int, int], span: Span
) -> bool:
    """Say whether a claim is words with a figure for a sound (gr8), or a numbered thing (gate3)."""
    if span.kind in _WITH_FIGURES:
        return False
    held = within(tokens, starts, span)
    inside = [tokens[at].lower for at in held if tokens[at].text[0].isalnum()]
    figured = [word for word in inside if not word.isalpha()]
    return (
        bool(figured)
        and all(sounded(word) or _is_numbered(word, text) for word in figured)
        and all(look_up(word).word >= _EVERYDAY for word in inside if word.isalpha())
    )


def _is_numbered(word: str, text: str) -> bool:
    """Say whether a word is a plain one with a number behind it, where no site is spoken of."""
    numbered = _NUMBERED.fullmatch(word)
    if not numbered or tells_of_handles(text):
        return False
    entry = look_up(numbered[1])
    return entry.word >= _PLAIN and entry.given < _NAME
