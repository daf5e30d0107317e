"""Search as people search: words in any order, their beginnings, no matter which accents.

Nothing is indexed on disk. A desk folds what it has opened once, and keeps that in memory with it.
"""

import re
import unicodedata
from collections.abc import Iterable

from kiosk.feelings import FEELINGS, SILENCES, feeling_name
from store.items import Item

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


def searchable(item: Item) -> str:
    """Return all that search looks at, folded: the words, each after a space."""
    payload = item.payload
    text = getattr(payload, "text", "")
    said = "\n".join((text, item.note, payload.said.question, *item.labels))
    return " " + " ".join(words_of(said))


class Search:
    """What somebody looks for."""

    def __init__(self, typed: str) -> None:
        self.words = words_of(typed)
        names = {code: words_of(feeling_name(code)) for code in (*FEELINGS, *SILENCES)}
        self._feelings = {
            word: {code for code, said in names.items() if any(s.startswith(word) for s in said)}
            for word in self.words
        }

    def finds(self, item: Item, folded_words: str) -> bool:
        """Tell whether every word is the beginning of a word of the item, or names its feeling."""
        felt = set(item.payload.said.feeling.split())
        return all(
            f" {word}" in folded_words or not felt.isdisjoint(self._feelings[word])
            for word in self.words
        )


def hits(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Return the half-open ranges of the words that a search has found in a text."""
    begins = tuple(wanted)
    if not begins:
        return []
    return [each.span() for each in _WORD.finditer(text) if folded(each.group()).startswith(begins)]
