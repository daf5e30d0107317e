"""The frequent word that a rare or unknown one may be a slip of: `anwsers` is near `answers`.

Who writes fast, learns the language, or spells by ear leaves words that stand in no list, and a
word in no list looks like a name. So the tagger is told which everyday word is nearest, and what
sort of slip lies between the two. Words are found by what is left when one letter is dropped from
either, and by how they sound; each candidate is then weighed letter by letter.

Kept like the lexicon: sorted hashes, each with the number of a word, and the words behind them.
"""

import re
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

from redact.languages.en.lexicon import read_pairs
from redact.memory import once_a_text

FILE = Path(__file__).parents[1] / "data" / "nearest.bin"
LEAST = 6  # `Entry.word` from which a word is frequent enough to be meant
_FURTHEST = 1.9  # cost of the farthest word that is still near
_PER_RANK = 0.06  # how much nearer a word is for each step that it is more frequent
_MOST = 60  # candidates of one hash that are weighed
_LONG = 6  # letters from which two slips are plausible, and a sound is told by its consonants
_SHORT = {3: 11, 4: 9}  # how frequent a word of so few letters must be
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"ph", "f"),
        (r"ght", "t"),
        (r"gh$", "f"),
        (r"tion|sion|shun", "shn"),
        (r"tch", "ch"),
        (r"ck|q(?:u(?=e$))?|c(?![eiyh])", "k"),
        (r"c(?=[eiy])|z", "s"),
        (r"x", "ks"),
        (r"dg", "j"),
        (r"mb$", "m"),
        (r"igh|ie$|y$", "i"),
        (r"ee|ea|ei|ie", "i"),
        (r"oo|ou|ew|ue", "u"),
        (r"(?<=[a-z])e$", ""),
        (r"(.)\1", r"\1"),
    )
)
_NEIGHBOURS = frozenset(
    pair for row in _KEYBOARD for a, b in pairwise(row) for pair in (a + b, b + a)
) | frozenset(
    pair
    for upper, lower in pairwise(_KEYBOARD)
    for i, a in enumerate(lower)
    for b in upper[i : i + 2]
    for pair in (a + b, b + a)
)


class Near(NamedTuple):
    """A frequent word, how frequent it is, and what sort of slip lies between; empty for none.

    Sorts: `s` it sounds the same, `d` a letter dropped, doubled or added, `t` two changed places,
    `k` a neighbour on the keyboard or another vowel, `o` another letter, `2` two slips.
    """

    word: str = ""
    frequency: int = 0
    slip: str = ""


_NONE = Near()


@once_a_text
def nearest(word: str) -> Near:
    """Return the frequent word nearest to a folded, lower-case one.

    No answer is kept beyond the text.
    """
    if not 3 <= len(word) <= 18 or not (word.isascii() and word.isalpha()):
        return _NONE
    best, least = _NONE, _FURTHEST
    for (candidate, frequency), alike in _candidates(word).items():
        if candidate == word or frequency < _SHORT.get(len(word), 0):
            continue
        cost, slip = _weigh(word, candidate, sounds_alike=alike)
        cost -= _PER_RANK * frequency
        if cost < least or (cost == least and candidate < best.word):
            best, least = Near(candidate, frequency, slip), cost
    return best


def _weigh(word: str, candidate: str, *, sounds_alike: bool) -> tuple[float, str]:
    """Return how unlikely a slip from one word to the other is, and its sort."""
    distance = OSA.distance(word, candidate, score_cutoff=2)
    penalty = 0.0 if word[0] == candidate[0] else 0.6
    if sounds_alike:
        return 0.9 + penalty / 2 + 0.2 * (distance > 2), "s"
    if distance > 1:
        if word[0] == candidate[0] and sorted(word) == sorted(candidate):
            return 1.1, "t"
        is_near = distance == 2 and len(word) >= _LONG
        return (2.0 + penalty if is_near else 2 * _FURTHEST), "2"
    return _weigh_one(word, candidate, penalty)


def _weigh_one(word: str, candidate: str, penalty: float) -> tuple[float, str]:
    """Return the same for words that are one slip apart; the first letter is seldom it."""
    if len(word) != len(candidate):
        longer, shorter = sorted((word, candidate), key=len, reverse=True)
        doubled = any(
            longer[i] == longer[i - 1] and longer[:i] + longer[i + 1 :] == shorter
            for i in range(1, len(longer))
        )
        return (0.8 if doubled else 1.2) + penalty, "d"
    first, second = next((a, b) for a, b in zip(word, candidate, strict=True) if a != b)
    if sorted(word) == sorted(candidate):
        return 0.9 + penalty / 3, "t"
    if {first, second} <= _VOWELS or first + second in _NEIGHBOURS:
        return 1.2 + penalty, "k"
    return 1.6 + penalty, "o"


def sound(word: str) -> str:
    """Return how a word sounds, roughly: `fone` and `phone` are the same."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def _skeleton(word: str) -> str:
    heard = sound(word)
    return heard[:1] + "".join(letter for letter in heard[1:] if letter not in _VOWELS)


def _keys(word: str) -> Iterator[str]:
    """Yield what two words share that are one slip apart, or sound alike."""
    yield word
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))
    yield "!" + sound(word)
    if len(word) > _LONG:
        skeleton = _skeleton(word)
        yield "#" + skeleton
        yield from ("#" + skeleton[:i] + skeleton[i + 1 :] for i in range(1, len(skeleton)))


def _candidates(word: str) -> dict[tuple[str, int], bool]:
    """Return frequent words that may be near, with their frequency and whether they sound alike."""
    tables = _tables()
    keys, numbers = tables.keys, tables.numbers
    found: dict[int, bool] = {}
    for key in dict.fromkeys(_keys(word)):
        hashed = _hash(key)
        at = bisect_left(keys, hashed)
        for _ in range(_MOST):
            if at >= len(keys) or keys[at] != hashed:
                break
            found[numbers[at]] = found.get(numbers[at], False) or key[0] == "!"
            at += 1
    return {tables.word(number): alike for number, alike in found.items()}


def _hash(key: str) -> int:
    return zlib.crc32(key.encode("ascii"))


def pack(frequencies: Mapping[str, int]) -> bytes:
    """Return the file's content for words with how frequent they are."""
    words = sorted(frequencies, key=lambda word: (-frequencies[word], word))
    pairs = sorted(
        (_hash(key), number) for number, word in enumerate(words) for key in set(_keys(word))
    )
    keys, numbers = array("I", (k for k, _ in pairs)), array("H", (n for _, n in pairs))
    if sys.byteorder == "big":
        keys.byteswap()
        numbers.byteswap()
    text = "\n".join(f"{word} {frequencies[word]}" for word in words).encode("ascii")
    return len(keys).to_bytes(4, "little") + keys.tobytes() + numbers.tobytes() + text


class _Tables(NamedTuple):
    """The index: hashes, the number of a word for each, and the words, one a line."""

    keys: "array[int]"
    numbers: "array[int]"
    lines: bytes
    starts: "array[int]"  # of each line

    def word(self, number: int) -> tuple[str, int]:
        """Return a word and how frequent it is."""
        line = self.lines[self.starts[number] : self.starts[number + 1] - 1]
        word, _, frequency = line.decode("ascii").partition(" ")
        return word, int(frequency)


@cache
def _tables() -> _Tables:
    with FILE.open("rb") as content:
        keys, numbers = read_pairs(content)
        lines = content.read() + b"\n"
    starts = array("I", [0])
    starts.extend(match.end() for match in re.finditer(rb"\n", lines))
    return _Tables(keys, numbers, lines, starts)
