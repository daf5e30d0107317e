"""Themes while reading: by number, by name, for the item or for all that are marked."""

from dataclasses import dataclass

from kiosk.desk.opened import Reading
from kiosk.meaning.book import Book, Card, Theme
from kiosk.meaning.cards import cards_of, print_of, words_in
from store.items import Item

BY_KEY = 9  # themes that have a digit


@dataclass(frozen=True, slots=True)
class Slot:
    """A theme beside an item: its number, and whether the item is in it, wholly or in part."""

    number: int
    theme: Theme
    is_in: bool
    is_partly: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """What the reader shows of themes."""

    slots: list[Slot]
    free: str  # keys that lead to the field for a name, since no theme has them
    names: list[str]
    marked: int
    is_marked: bool


def panel(here: Reading, book: Book, item: Item) -> Panel:
    """Return all themes as they stand to an item."""
    own = set(cards_of(item, book))
    slots = []
    for number, theme in enumerate(book.themes, start=1):
        is_in = own <= theme.cards or Card(item.id) in theme.cards
        is_partly = not is_in and any(card.item == item.id for card in theme.cards)
        slots.append(Slot(number, theme, is_in, is_partly))
    free = " ".join(f"shift+{n}" for n in range(len(slots) + 1, BY_KEY + 1))
    marked = marks(here)
    return Panel(slots, free, [s.theme.name for s in slots], len(marked), item.id in here.marked)


def marks(here: Reading) -> list[str]:
    """Return the marked items that are still there and can be in a theme."""
    there = (here.items[at] for at in sorted(here.place[i] for i in here.marked if i in here.place))
    return [each.id for each in there if not each.is_worrying and each.status != "discarded"]


def mark(here: Reading, item_id: str, how: str) -> None:
    """Mark an item or take its mark away, mark up to it from the last one, all shown, or none."""
    ids = [item.id for item in here.shown()]
    if how == "none":
        here.marked.clear()
        here.marked_last = ""
    elif how == "all":
        here.marked.update(ids)
    elif how == "to" and item_id in ids and here.marked_last in ids:
        first, last = sorted((ids.index(item_id), ids.index(here.marked_last)))
        here.marked.update(ids[first : last + 1])
        here.marked_last = item_id
    elif item_id in here.place:
        here.marked ^= {item_id}
        here.marked_last = item_id


def chosen(here: Reading, book: Book, item: Item, start: int, end: int) -> list[Card]:
    """Return what an act on themes is for: all that are marked, a phrase, or the item."""
    marked = marks(here)
    if marked:
        items = [each for item_id in marked if (each := here.item(item_id))]
        return [card for each in items for card in cards_of(each, book)]
    text = words_in(item)
    if 0 <= start < end <= len(text) and text[start:end].strip():
        if (start, end) == (0, len(text)):
            return cards_of(item, book)
        return [Card(item.id, start, end, print_of(text))]
    return cards_of(item, book)
