"""What is known of single words of a language: how often they are a name, a place, a plain word.

The file has the form of `redact/languages/en/lexicon.py`: sorted hashes with one number each, so
that it cannot be read as a list.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from redact.languages.en.lexicon import Tables, number_of, pack_numbers, read_tables
from redact.memory import once_a_text


class Entry(NamedTuple):
    """How frequent a word is in each list: 0 for never, up to 7 (15 for `word`).

    `noun` says that it is a plain word which is written with a capital.
    """

    given: int = 0
    surname: int = 0
    place: int = 0
    word: int = 0
    noun: int = 0


NOTHING = Entry()
_LONG = 8  # letters from which on an unknown word may be put together from two
_TAIL = 4  # letters of its second half at least
_WIDTHS = (3, 3, 3, 4, 1)


class Lexicon:
    """The list of one language, read when a word is first looked up."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.look_up = once_a_text(self._look_up)

    @cached_property
    def _tables(self) -> Tables:
        return read_tables(self._file)

    def _look_up(self, word: str) -> Entry:
        """Return what is known of a folded, lower-case word or a phrase joined by blanks."""
        packed = number_of(word, self._tables)
        if not packed:
            return NOTHING
        return Entry(
            packed & 7, packed >> 3 & 7, packed >> 6 & 7, packed >> 9 & 15, packed >> 13 & 1
        )

    def everyday(self, word: str) -> int:
        """Return how common a folded, lower-case word is: 0 for unknown, up to 15."""
        return self.look_up(word).word

    def ends_in_a_word(self, word: str) -> bool:
        """Say whether an unknown word is put together, with a known noun at its end."""
        if len(word) < _LONG:
            return False
        for length in range(len(word) - 3, _TAIL - 1, -1):
            entry = self.look_up(word[-length:])
            if entry.noun or entry.word >= _TAIL:
                return True
        return False


def pack(entries: Mapping[str, Entry]) -> bytes:
    """Return the file's content for words with what is known of them."""
    numbers = {}
    for word, entry in entries.items():
        packed = shift = 0
        for value, width in zip(entry, _WIDTHS, strict=True):
            packed |= min(value, (1 << width) - 1) << shift
            shift += width
        numbers[word] = packed
    return pack_numbers(numbers)
