"""Groups of words that are used alike: meals with meals, job titles with job titles.

They tell the model something of words that no labelled note holds. Kept like the lexicon: sorted
hashes with one number each.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from redact.languages.en.lexicon import Tables, number_of, read_tables
from redact.memory import once_a_text

_FILE = Path(__file__).parent / "data" / "groups.bin"
SMALL = 512  # how many small groups there are
_BITS = 10


class Group(NamedTuple):
    """The small group of a word, and the large one that it belongs to; 0 for an unknown word."""

    small: int = 0
    large: int = 0


@once_a_text
def group_of(word: str) -> Group:
    """Return the group of a folded, lower-case word."""
    packed = number_of(word, _tables())
    return Group(packed & (1 << _BITS) - 1, packed >> _BITS)


def packed(group: Group) -> int:
    """Return the number that stands for a group in the file."""
    return group.small | group.large << _BITS


@cache
def _tables() -> Tables:
    return read_tables(_FILE)
