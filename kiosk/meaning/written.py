"""A book of themes as text, and back; what is sealed says no more than the book does."""

import json
from typing import Any

from kiosk.meaning.book import Book, Card, Cut, Theme


def write(book: Book) -> str:
    """Return a book as text; the same book is the same text. An empty one is no text."""
    if book == Book():
        return ""
    values = {
        "themes": [_values(each) for each in book.themes],
        "cuts": {item: [cut.at, cut.of] for item, cut in book.cuts},
    }
    return json.dumps(values, ensure_ascii=False)


def read(text: str) -> Book:
    """Return the book of a text."""
    if not text:
        return Book()
    values = json.loads(text)
    cuts = tuple(sorted((item, Cut(int(at), of)) for item, (at, of) in values["cuts"].items()))
    return Book(tuple(_theme(each) for each in values["themes"]), cuts)


def _values(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "name": theme.name,
        "meaning": theme.meaning,
        "colour": theme.colour,
        "rank": theme.rank,
        "cards": [_card(card) for card in sorted(theme.cards)],
        "originals": [_values(each) for each in theme.originals],
        "split_from": theme.split_from,
        "dots": theme.dots,
        "age": theme.age,
    }


def _card(card: Card) -> list[object]:
    return [card.item, card.start, card.end, card.of] if card.of else [card.item]


def _theme(values: dict[str, Any]) -> Theme:
    cards = frozenset(Card(*each) for each in values.pop("cards"))
    originals = tuple(_theme(each) for each in values.pop("originals"))
    return Theme(**values, cards=cards, originals=originals)
