"""A rare word near a frequent one is no name, unless very much says so.

Of the words that people misspell five in six are in no list and one slight slip from a frequent
word; of the words in names one in seventy is. So what the model thinks of such a word is weighed by
how seldom it is a name.
"""

from collections.abc import Sequence

from redact.languages.en.lexicon import look_up
from redact.languages.en.untidy.nearest import nearest
from redact.languages.language import Guess
from redact.spans import Kind
from redact.tokens import Token

_SLIGHT = frozenset("sdtk")
_FREQUENT = 9  # `Near.frequency` of words that are misspelled
_KNOWN = 8  # the same for long words, which are near no other by chance
_LONG = 6
_EVERYWHERE = 14  # the same for small words, which are in every note
_WELL_KNOWN = 6  # `Entry.given` of names that many people have
_LISTED = 3  # from which on a neighbour in the lists makes the word beside it a name
_AGAINST = 60.0  # odds against a name, by the counts above
_AGAINST_CAPITAL = 20.0  # the same for a capital amid a sentence
_KINDS = frozenset(Kind) - {Kind.DATE, Kind.AGE, Kind.URL}
_LIKELY = 0.1  # what is less probable does not go anyway


def weighed(tokens: Sequence[Token], guesses: Sequence[Guess]) -> list[Guess]:
    """Return the guesses, less sure of words that are probably misspelled."""
    return [
        guess.against(_odds(tokens[i]))
        if guess.probability > _LIKELY
        and guess.kind in _KINDS
        and is_slip(tokens[i])
        and not _is_beside_a_name(tokens, guesses, i)
        else guess
        for i, guess in enumerate(guesses)
    ]


def is_slip(token: Token) -> bool:
    """Say whether a word is in no list, and a slight slip from a frequent one."""
    if not token.text.isalpha() or len(token.text) < 3:
        return False
    entry = look_up(token.lower)
    is_listed = entry.given > 1 or entry.surname or entry.place or entry.org
    if entry.word > 1 or (is_listed and not token.text.islower()):
        return False
    near = nearest(token.lower)
    if is_listed:  # `noe` is a name in small letters less often than `not` with a slip
        is_rare = max(entry.given, entry.surname) < _WELL_KNOWN and not entry.org
        return is_rare and near.slip in _SLIGHT and near.frequency >= _EVERYWHERE
    least = _KNOWN if len(token.text) >= _LONG else _FREQUENT
    return near.slip in _SLIGHT and near.frequency >= least


def _odds(token: Token) -> float:
    is_amid = token.text[0].isupper() and not token.opens
    return _AGAINST_CAPITAL if is_amid else _AGAINST


def _is_beside_a_name(tokens: Sequence[Token], guesses: Sequence[Guess], position: int) -> bool:
    """Say whether a listed name stands beside a word, so that it may be the other half."""
    for beside in (position - 1, position + 1):
        if 0 <= beside < len(tokens) and guesses[beside].kind is Kind.PERSON:
            entry = look_up(tokens[beside].lower)
            if max(entry.given, entry.surname) >= _LISTED and entry.word < _FREQUENT:
                return tokens[position].text[0].isupper() == tokens[beside].text[0].isupper()
    return False
