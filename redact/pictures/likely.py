"""How well given words fit what the reader saw, column by column.

Of a strip the reader tells for each narrow column how likely each sign is. Its best reading throws
the rest away; a name that is known beforehand, or nearly read, can be asked for instead. A word
fits by the likeliest way to spend all columns on its letters, each once or longer, with nothing
between them (connectionist temporal classification, Graves et al. 2006), compared with the best
reading. Letters count without case and accents, and a little for those that hands make alike.
"""

import functools
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from redact.pictures import ocr

LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIGITS_LIKE = {"0": "o", "1": "l", "2": "z", "3": "e", "4": "a", "5": "s", "6": "b", "8": "b",
               "9": "g", "|": "l", "!": "l", "€": "e", "ß": "b", "ł": "l", "ø": "o"}  # fmt: skip
ALIKE = [
    ("i", "l"),
    ("i", "j"),
    ("u", "v"),
    ("a", "o"),
    ("n", "r"),
    ("c", "e"),
    ("h", "n"),
    ("g", "q"),
    ("g", "y"),
    ("m", "n"),
    ("n", "u"),
    ("v", "w"),
    ("f", "t"),
    ("l", "t"),
    ("h", "k"),
    ("b", "h"),
    ("l", "i"),
    ("s", "r"),
    ("r", "v"),
    ("l", "h"),
    ("a", "d"),
    ("e", "o"),
    ("o", "u"),
    ("z", "r"),
    ("s", "z"),
    ("d", "l"),
    ("c", "t"),
    ("c", "o"),
    ("e", "l"),
    ("p", "b"),
]
SHARE = 0.2  # of a letter's likelihood counts for what looks like it
LEAST = 1e-4  # likelihood of any letter in any column

Likely = NDArray[np.float32]
Grown = dict[str, tuple[float, float]]  # how likely a word ends in nothing, or in its last letter


def fit(likely: Likely, words: Sequence[str]) -> NDArray[np.float64]:
    """Return for each word how likely it is beside the best reading, as a logarithm.

    Args:
        likely: Of some columns, by `ocr.alphabet()`.
        words: Of small letters a to z alone.
    """
    if not words:
        return np.zeros(0)
    seen = _folded(likely)
    logs = np.log(np.maximum(seen, LEAST) / seen.max(axis=1, keepdims=True))
    longest = max(map(len, words))
    labels = np.zeros((len(words), 2 * longest + 1), np.intp)  # nothing, letter, nothing ...
    for at, word in enumerate(words):
        labels[at, 1 : 2 * len(word) : 2] = [LETTERS.index(letter) + 1 for letter in word]
    skips = np.full(labels.shape, -np.inf)
    skips[:, 3::2][labels[:, 3::2] != labels[:, 1:-2:2]] = 0.0  # from letter to letter
    best = np.full(labels.shape, -np.inf)
    best[:, :2] = logs[0, labels[:, :2]]
    for column in logs[1:]:
        moved = best.copy()
        np.maximum(moved[:, 1:], best[:, :-1], out=moved[:, 1:])
        np.maximum(moved[:, 2:], best[:, :-2] + skips[:, 2:], out=moved[:, 2:])
        best = moved + column[labels]
    ends = 2 * np.array([len(word) for word in words])
    rows = np.arange(len(words))
    return np.asarray(np.maximum(best[rows, ends], best[rows, ends - 1]), np.float64)


def readings(likely: Likely, *, most: int) -> list[str]:
    """Return the likeliest readings of some columns, in small letters, the best one first."""
    seen = np.maximum(_folded(likely), LEAST)
    beams: Grown = {"": (1.0, 0.0)}
    for column in seen / seen.max(axis=1, keepdims=True):
        grown: dict[str, tuple[float, float]] = {}

        def add(
            word: str, nothing: float, letter: float, to: dict[str, tuple[float, float]]
        ) -> None:
            old = to.get(word, (0.0, 0.0))
            to[word] = old[0] + nothing, old[1] + letter

        likeliest = [int(each) for each in np.argsort(column[1:])[:-5:-1] + 1]
        for word, (nothing, letter) in beams.items():
            _add(grown, word, nothing=(nothing + letter) * float(column[0]))
            if word:
                again = float(column[LETTERS.index(word[-1]) + 1])
                _add(grown, word, letter=letter * again)
            for sign in likeliest:
                each = LETTERS[sign - 1]
                before = nothing if word[-1:] == each else nothing + letter
                _add(grown, word + each, letter=before * float(column[sign]))
        kept = sorted(grown.items(), key=lambda each: -sum(each[1]))[:most]
        top = sum(kept[0][1]) or 1.0
        beams = {word: (nothing / top, letter / top) for word, (nothing, letter) in kept}
    return list(beams)


def _add(grown: Grown, word: str, *, nothing: float = 0.0, letter: float = 0.0) -> None:
    old = grown.get(word, (0.0, 0.0))
    grown[word] = old[0] + nothing, old[1] + letter


def spelled(word: str) -> str:
    """Return a word in small letters without accents, other signs left out."""
    plain = (DIGITS_LIKE.get(each, each) for each in unicodedata.normalize("NFD", word.lower()))
    return "".join(each for each in plain if each in LETTERS)


def _folded(likely: Likely) -> Likely:
    """Return how likely each letter is in each column, that nothing is there first."""
    seen = likely @ _folding()
    alike = np.maximum(seen[:, 1:], SHARE * (seen[:, 1:, None] * _alike()).max(axis=1))
    return np.concatenate([seen[:, :1], alike], axis=1)


@functools.cache
def _folding() -> Likely:
    """Return which letter each sign of the reader's counts for; marks and blanks for nothing."""
    signs = ocr.alphabet()
    folding = np.zeros((len(signs), len(LETTERS) + 1), np.float32)
    for at, sign in enumerate(signs):
        plain = unicodedata.normalize("NFD", sign.lower())[:1]
        plain = DIGITS_LIKE.get(plain, plain)
        folding[at, LETTERS.index(plain) + 1 if plain and plain in LETTERS else 0] = 1
    return folding


@functools.cache
def _alike() -> Likely:
    pairs = np.zeros((len(LETTERS), len(LETTERS)), np.float32)
    for one, other in ALIKE:
        pairs[LETTERS.index(one), LETTERS.index(other)] = 1
        pairs[LETTERS.index(other), LETTERS.index(one)] = 1
    return pairs
