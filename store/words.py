"""The four words of a receipt: from a number to words, and from what somebody typed back to them.

`words.txt` holds 2,048 English words of four to eight letters from the EFF's list for passphrases
(Joseph Bonneau, 2016; CC BY 3.0 US), less what is unkind or hard to spell, so chosen that no two
sound alike (Metaphone) and any two are at least three edits apart: one typo always leads back to
one word.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

from rapidfuzz.distance import OSA

COUNT = 4
SHORTEST, LONGEST = 4, 8  # letters of a word
MOST_LETTERS = COUNT * LONGEST + 1  # typed without spaces; more is none of ours
BITS = 11  # each of 2,048 words; together 44


@cache
def everything() -> tuple[str, ...]:
    """Return the words, sorted."""
    return tuple((files("store") / "words.txt").read_text("utf-8").split())


def from_bytes(content: bytes) -> str:
    """Turn the first 44 bits into four words."""
    number = int.from_bytes(content[:8]) >> (64 - COUNT * BITS)
    chosen = [number >> (BITS * place) & (2**BITS - 1) for place in reversed(range(COUNT))]
    return " ".join(everything()[each] for each in chosen)


def read(typed: str) -> str | None:
    """Return the four words that were meant, or None.

    Case, accents, dashes and one typo in each word are forgiven, and so are spaces that are missing
    or too many, if only one reading is left; the order counts.
    """
    plain = (each for each in normalize("NFD", typed.casefold()) if not combining(each))
    parts = "".join(each if each.isalpha() else " " for each in plain).split()
    meant = [_nearest(part) for part in parts] if len(parts) == COUNT else [None]
    if None not in meant:
        return " ".join(str(each) for each in meant)
    readings = list(_cut("".join(parts)[:MOST_LETTERS], COUNT))
    return " ".join(readings[0]) if len(readings) == 1 else None


def _cut(letters: str, count: int) -> Iterator[list[str]]:
    """Every way to read letters as so many words, one after the other."""
    if not count:
        if not letters:
            yield []
        return
    for length in range(SHORTEST, min(LONGEST, len(letters)) + 1):
        if letters[:length] in _known():
            yield from ([letters[:length], *rest] for rest in _cut(letters[length:], count - 1))


@cache
def _known() -> frozenset[str]:
    return frozenset(everything())


def _nearest(part: str) -> str | None:
    if part in _known():
        return part
    close = [
        word
        for word in everything()
        if abs(len(word) - len(part)) < 2 and OSA.distance(word, part, score_cutoff=1) <= 1
    ]
    return close[0] if len(close) == 1 else None
