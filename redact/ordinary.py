"""Ordinary words, which no list of names may hold: they would go from every note.

A facilitator could mark contributions with them, and visitors would lose what they said.
"""

from functools import cache
from pathlib import Path

from redact.fold import fold
from redact.languages.en.lexicon import look_up

_FUNCTION_WORDS = Path(__file__).parent / "languages" / "function_words.txt"
_EVERYDAY = 9  # `Entry.word`, see there
_LONGEST_SMALL_WORD = 12  # letters


def is_ordinary(entry: str) -> bool:
    """Whether an entry of a list is one everyday word and, as far as we know, nobody's name.

    English everyday words are known, and the small words of every language that is recognised.
    """
    word = fold(entry.strip()).text.lower()
    if not word.isalpha():
        return False
    known = look_up(word)
    is_name = max(known.given, known.surname) > 0
    return word in _small_words() or (known.word >= _EVERYDAY and not is_name)


@cache
def _small_words() -> frozenset[str]:
    found = set[str]()
    for line in _FUNCTION_WORDS.read_text(encoding="utf-8").splitlines():
        _code, colon, words = line.partition(": ")
        if colon and not line.startswith("#"):
            found.update(fold(word).text for word in words.split())
    return frozenset(word for word in found if len(word) <= _LONGEST_SMALL_WORD)
