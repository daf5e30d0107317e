"""The themes of a gathering as the store has them: read, and changed by functions of a book."""

from collections.abc import Callable

import store
from kiosk.meaning.book import Book, Difference, difference
from kiosk.meaning.written import read, write
from store.seals.keys import MasterKey


def load(gathering_id: str, master: MasterKey) -> Book:
    """Return the themes of a released gathering."""
    return read(store.themes.read(gathering_id, master))


def change(gathering_id: str, master: MasterKey, wanted: Callable[[Book], Book]) -> Difference:
    """Change the newest themes there are; returns what has changed by that."""
    seen: list[Book] = []

    def rewritten(text: str) -> str:
        seen.append(read(text))
        return write(wanted(seen[-1]))

    after = store.themes.change(gathering_id, master, rewritten)
    return difference(seen[-1], read(after))
