"""Cards as people see them: which words a card holds, which cards an item has, what lies loose."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.desk.opened import Reading
from kiosk.meaning.book import Book, Card, Theme
from store.items import Item


@dataclass(frozen=True, slots=True)
class Shown:
    """A card with its item as it is now."""

    card: Card
    item: Item
    text: str
    is_part: bool

    @property
    def key(self) -> str:
        """Name the card in a form."""
        card = self.card
        return f"{card.item}-{card.start}-{card.end}-{card.of}" if card.of else card.item


@dataclass(frozen=True, slots=True)
class Themed:
    """A theme with its number and the cards that are shown of it."""

    number: int
    theme: Theme
    cards: list[Shown]


def words_in(item: Item) -> str:
    """Return the words of an item; none for a silence."""
    return str(getattr(item.payload, "text", ""))


def print_of(text: str) -> str:
    """Return what tells a text from others, for ranges that were chosen in it."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def shown(here: Reading, cards: Iterable[Card], *, only_approved: bool = False) -> list[Shown]:
    """Return cards as they are now, in the gathering's shuffled order.

    What is discarded or worries somebody is left out. A range of a text that has changed since, as
    when somebody covered a word, is not trusted any more: the whole item stands for it.
    """
    found: dict[Card, Shown] = {}
    for card in cards:
        item = here.item(card.item)
        if item is None or not is_shown(item, only_approved=only_approved):
            continue
        text = words_in(item)
        if card.of and card.of != print_of(text):
            card = Card(card.item)  # noqa: PLW2901  # the whole, as said above
        words = text[card.start : card.end].strip() if card.of else text
        found[card] = Shown(card, item, words, is_part=bool(card.of))
    return sorted(found.values(), key=lambda each: (here.place[each.item.id], each.card))


def is_shown(item: Item, *, only_approved: bool = False) -> bool:
    """Tell whether an item may be among themes."""
    if item.is_worrying:
        return False
    return item.status == "approved" if only_approved else item.status != "discarded"


def cards_of(item: Item, book: Book) -> list[Card]:
    """Return the cards of an item: one, or two where it is split."""
    cut = book.cut(item.id)
    text = words_in(item)
    if cut is None or cut.of != print_of(text):
        return [Card(item.id)]
    return [Card(item.id, 0, cut.at, cut.of), Card(item.id, cut.at, len(text), cut.of)]


def themed(here: Reading, book: Book, *, only_approved: bool = False) -> list[Themed]:
    """Return all themes with their cards."""
    return [
        Themed(number, theme, shown(here, theme.cards, only_approved=only_approved))
        for number, theme in enumerate(book.themes, start=1)
    ]


def loose(here: Reading, book: Book, *, only_approved: bool = False) -> list[Shown]:
    """Return the cards that are in no theme; of an item whose phrase is in one, none is loose."""
    taken = {card for theme in book.themes for card in theme.cards}
    items = {card.item for card in taken}
    cards = []
    for item in here.items:
        own = cards_of(item, book)
        if len(own) > 1:
            cards += [each for each in own if each not in taken and Card(item.id) not in taken]
        elif item.id not in items:
            cards += own
    return shown(here, cards, only_approved=only_approved)
