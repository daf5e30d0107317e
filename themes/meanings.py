"""What texts mean, roughly: the mean of what their words mean, each a row of numbers that ships.

Words that say the same in other words ("freezing", "cold") share no letter, so counting them sees
nothing. `meanings.bin` has a short row of numbers for each frequent English word, made once from a
sentence model by `training/build_meanings.py`; words of work in other languages are looked up as
the English word that they mean. A text without such words has a row of zeros.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from themes.sparse import Floats, Numbers, unit
from themes.words import in_english

FILE = Path(__file__).parent / "meanings.bin"
_ENOUGH = 20  # texts from which on their middle is what all have in common, not what these say


class Meanings(NamedTuple):
    """A row for each word, sorted by the hash of the word; its length tells how much it says."""

    keys: Numbers
    rows: npt.NDArray[np.int8]


def meanings(texts: Sequence[str]) -> Floats:
    """Return a row for each text; the fewer of its words are known, the shorter, one at most."""
    known = _table()
    said = [in_english(text) for text in texts]
    found = [_places(words, known) for words in said]
    with_it = np.zeros(len(known.keys), np.int64)
    for places in found:
        with_it[np.unique(places)] += 1
    rarity = np.sqrt(np.log((1 + len(texts)) / (1 + with_it)) + 1).astype(np.float32)
    sums = np.zeros((len(texts), known.rows.shape[1]), np.float32)
    for at, places in enumerate(found):
        sums[at] = rarity[places] @ known.rows[places].astype(np.float32)
    parts = [len(places) / max(1, len(words)) for places, words in zip(found, said, strict=True)]
    return _apart(unit(sums)) * np.sqrt(np.asarray(parts, np.float32))[:, None]


def pack(words: Sequence[str], rows: Floats) -> bytes:
    """Return the file's content for words and their rows."""
    hashes, first = np.unique(np.array([_hash(word) for word in words], "<u4"), return_index=True)
    small = np.round(rows[first] * (127 / np.abs(rows).max())).astype(np.int8)
    return bytes(np.array(small.shape, "<u4").tobytes() + hashes.tobytes() + small.tobytes())


def _apart(rows: Floats) -> Floats:
    """Take out the middle of all texts and the direction that most of them share."""
    rows = rows - rows.sum(axis=0) / (len(rows) + _ENOUGH)
    if len(rows) > _ENOUGH:
        shared = np.linalg.eigh(rows.T @ rows)[1][:, -1:]
        rows = rows - rows @ shared @ shared.T
    return unit(rows)


def _places(words: Sequence[str], known: Meanings) -> Numbers:
    hashes = np.array([_hash(word) for word in words], np.int64)
    places = np.searchsorted(known.keys, hashes).clip(0, len(known.keys) - 1)
    return np.asarray(places[known.keys[places] == hashes], np.int64)


def _hash(word: str) -> int:
    return crc32(word.encode("utf-8", "replace"))


@cache
def _table() -> Meanings:
    content = FILE.read_bytes()
    count, width = (int(each) for each in np.frombuffer(content, "<u4", 2))
    keys = np.frombuffer(content, "<u4", count, 8)
    rows = np.frombuffer(content, np.int8, count * width, 8 + 4 * count).reshape(count, width)
    return Meanings(keys.astype(np.int64), rows)
