"""Search as people search: words in any order, their beginnings, no matter which accents.

Nothing is indexed on disk. A desk notes once in which items each word stands, and keeps that in
memory with what it has opened. Of many items it does so while the first one is being read.
"""

import re
import threading
import unicodedata
import weakref
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from kiosk.feelings import FEELINGS, SILENCES, feeling_name
from store.items import Item

FEW = 1_000  # items; their words are noted when somebody searches
SOON_SECONDS = 1.0  # after the desk has opened them: first comes the first item
SLICE = 200  # items that are taken in at once; a page waits for no more than these
_WORD = re.compile(r"[^\W_]+")
# Letters that Unicode does not take apart, as people without such a key write them.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})


def folded(text: str) -> str:
    """Return a text without case and accents; ß is ss."""
    small = text.casefold()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFKD", small)
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(_PLAIN)


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple(_WORD.findall(folded(text)))


def _words_in(item: Item) -> set[str]:
    """Return the folded words of all that search looks at."""
    payload = item.payload
    text = getattr(payload, "text", "")
    return set(words_of("\n".join((text, item.note, payload.said.question, *item.labels))))


class Search:
    """What somebody looks for."""

    def __init__(self, typed: str) -> None:
        self.words = words_of(typed)
        names = {code: words_of(feeling_name(code)) for code in (*FEELINGS, *SILENCES)}
        self.feelings = {
            word: {code for code, said in names.items() if any(s.startswith(word) for s in said)}
            for word in self.words
        }

    def finds(self, item: Item) -> bool:
        """Tell whether every word is the beginning of a word of the item, or names its feeling."""
        if not self.words:
            return True
        told, felt = _words_in(item), set(item.payload.said.feeling.split())
        return all(
            any(each.startswith(word) for each in told) or not felt.isdisjoint(self.feelings[word])
            for word in self.words
        )


class Index:
    """In which of some items each word stands.

    Args:
        items: In their order; those that change later are named to `changed`.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._at: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))
        self._felt: defaultdict[str, array[int]] = defaultdict(lambda: array("l"))
        self._sorted: list[str] = []
        self._changed: set[int] = set()
        self._done = 0
        self._builds = threading.Lock()
        if len(items) > FEW:  # a weak reference: it ends when the desk forgets the items
            soon = threading.Timer(SOON_SECONDS, _build, args=(weakref.ref(self),))
            soon.daemon = True
            soon.start()

    def changed(self, at: int) -> None:
        """Note that an item has other words now."""
        self._changed.add(at)

    def found_by(self, search: Search) -> list[Item]:
        """Return the items that a search finds, in their order."""
        while self.build():
            pass
        found = np.ones(len(self._items), bool)
        for word in search.words:
            begin_so = np.zeros(len(self._items), bool)
            for places in self._places(word, search.feelings[word]):
                begin_so[places] = True
            found &= begin_so
        for at in self._changed:
            found[at] = search.finds(self._items[at])
        return [self._items[at] for at in np.flatnonzero(found).tolist()]

    def build(self) -> bool:
        """Take in some more items; says whether any are left."""
        with self._builds:
            end = min(self._done + SLICE, len(self._items))
            for at in range(self._done, end):
                item = self._items[at]
                for word in _words_in(item):
                    self._at[word].append(at)
                for code in item.payload.said.feeling.split():
                    self._felt[code].append(at)
            if end == len(self._items) and not self._sorted:
                self._sorted = sorted(self._at)
            self._done = end
            return end < len(self._items)

    def _places(self, word: str, feelings: AbstractSet[str]) -> Iterator[NDArray[np.int_]]:
        for number in range(bisect_left(self._sorted, word), len(self._sorted)):
            if not self._sorted[number].startswith(word):
                break
            yield np.frombuffer(self._at[self._sorted[number]], "l")
        for code in feelings & self._felt.keys():
            yield np.frombuffer(self._felt[code], "l")


def _build(index_of: "weakref.ref[Index]") -> None:
    while (index := index_of()) and index.build():
        del index


def hits(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Return the half-open ranges of the words that a search has found in a text."""
    begins = tuple(wanted)
    if not begins:
        return []
    return [each.span() for each in _WORD.finditer(text) if folded(each.group()).startswith(begins)]
