"""What the tagger reads: the note as its writer would have put it with more time.

The tagger has learned from notes with few slips and with capitals as usual. So a rare or unknown
word that is a slight slip of an everyday one is read as that word, and a capital is read for what
it is worth in a note of this style: nothing in ALL CAPS or Title Case, and on a plain word nothing
where plain words have capitals at random. Listed names, and capitalised words in a tidy note, are
read as they stand. Only the tagger reads so; what goes is a span of the note as it was written.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from redact.languages.en.lexicon import Entry, look_up
from redact.languages.en.untidy.figures import sounded
from redact.languages.en.untidy.names import dialect_of, is_false_start
from redact.languages.en.untidy.nearest import nearest
from redact.languages.en.untidy.style import capitals
from redact.languages.en.vocabulary import words
from redact.tokens import Token

_RARE = 2  # `Entry.word` below which a word may be a slip of a more frequent one
_UNCOMMON = 6  # the same where the more frequent one is very frequent and two letters are swapped
_VERY_FREQUENT = 14
_LISTED = 4  # `Entry.given` from which a word is the name that it is
_SLIGHT = frozenset("sdtk")
_FREQUENT = 8  # `Near.frequency` of a word that may be meant
_FREQUENT_FAR = 12  # the same where two letters are wrong
_FREQUENT_SHORT = 10  # the same for a short word, or for one with a capital at the start
_FREQUENT_OTHER = 13  # the same where the first letter is another
_SHORT = 4
_LONG = 7
_PLAIN = 5  # `Entry.word` of words that need no capital
_SIGNS = frozenset(
    (*words("spoken: dots"), *words("spoken: signs"), *words("spoken: ats"))
) - frozenset(["at", "minus", "slash"])
_LENGTHENED = re.compile(r"(.)\1{2,}")  # "canteeen", "soooo"


def as_meant(tokens: Sequence[Token], entries: Sequence[Entry]) -> list[Token]:
    """Return the tokens as they are to be read, at the places of those that were written."""
    styles = capitals(tokens, entries)
    dialect = dialect_of(tokens)
    read = [
        token if _is_in_an_address(tokens, i) else _read(token, entries[i], styles[i], dialect)
        for i, token in enumerate(tokens)
    ]
    for position, (begun, after) in enumerate(pairwise(tokens)):
        if not entries[position].word and is_false_start(begun, after):
            said = read[position + 1]
            read[position] = begun._replace(text=said.text, lower=said.lower)
    return read


def _is_in_an_address(tokens: Sequence[Token], position: int) -> bool:
    """Say whether a word is part of a mail or web address that is said: "lindqvist dot se"."""
    return any(t.lower in _SIGNS for t in tokens[max(0, position - 2) : position + 3])


def _read(token: Token, entry: Entry, style: str, dialect: Mapping[str, str]) -> Token:
    if not token.text.isalpha():
        said = sounded(token.lower)
        return token._replace(text=said, lower=said) if said else token
    text, lower = token.text, token.lower
    if lower in dialect and (text.islower() or token.opens or style in "at"):
        lower = dialect[lower]
    is_tidy_name = style == "m" and text[0].isupper() and not token.opens
    is_rare = entry.word < _RARE or (entry.word <= _UNCOMMON and _is_swapped(lower))
    if not is_tidy_name and is_rare and entry.given < _LISTED and not entry.org:
        lower = _meant(lower, entry, has_capital=style in "mr" and text[0].isupper())
    if style in "at" and len(text) > 1 and text[0].isupper():
        return token._replace(text=lower.capitalize() if token.opens else lower, lower=lower)
    if style == "r" and entry.word >= _PLAIN and entry.given < _LISTED and not token.opens:
        return token._replace(text=lower, lower=lower)
    if lower != token.lower:
        shown = lower.capitalize() if text[0].isupper() else lower
        return token._replace(text=shown.upper() if text.isupper() else shown, lower=lower)
    return token


def _is_swapped(word: str) -> bool:
    """Say whether a word that is in the lists for being misspelled so often is none: "hte"."""
    near = nearest(word)
    return near.slip == "t" and near.frequency >= _VERY_FREQUENT


def _meant(word: str, entry: Entry, *, has_capital: bool) -> str:
    """Return the everyday word that an unknown one is a slight slip of, or the word itself."""
    shortened = {_LENGTHENED.sub(r"\1", word), _LENGTHENED.sub(r"\1\1", word)} - {word}
    plain = max(sorted(shortened), key=lambda each: look_up(each).word, default="")
    if plain and look_up(plain).word >= _PLAIN:
        return plain
    if word.endswith("in") and look_up(word + "g").word >= _PLAIN:
        return word + "g"  # "disgustin", as it is said
    near = nearest(word)
    if not near.word:
        return word
    is_slight = near.slip in _SLIGHT or (len(word) >= _LONG and near.word[:3] == word[:3])
    needed = _FREQUENT if is_slight else _FREQUENT_FAR
    if len(word) <= _SHORT or has_capital:
        needed = max(needed, _FREQUENT_SHORT)
    if near.word[0] != word[0] and near.slip != "s":
        needed = _FREQUENT_OTHER
    if entry.given or entry.surname > 1 or entry.place > 3:
        needed += 1 if near.slip == "s" else 2  # somebody is called so
    return near.word if near.frequency >= needed else word
