"""What goes on paper: a brief, a sheet a theme, cards to cut out, and what few said.

Only what may leave the desk: approved items, drawings that somebody ticked; no note, status, label,
date, place of a file or name of a facilitator. The order of cards is drawn anew, or by a seed.
"""

import random
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.desk.opened import Reading
from kiosk.feelings import feeling_name
from kiosk.i18n import _
from kiosk.meaning.book import Book
from kiosk.meaning.cards import Shown, loose, themed
from kiosk.meaning.sides import sides
from kiosk.meaning.wall import may_hang
from store import Drawing

PAPERS = {"a4": "A4", "letter": "Letter"}
PER_PAGE = (2, 4, 8)
ROOM = {2: 420, 4: 190, 8: 90}  # letters that a card holds in its largest size
LINE = {2: 40, 4: 18, 8: 18}  # letters of one word that fit beside one another there
SIZES = (("large", 1.0, 1.0), ("medium", 1.8, 1.33), ("small", 3.2, 1.74))  # room and line of each
_BREAK = re.compile(
    r"[\s/-]|[\u0e00-\u0e7f\u2e80-\ud7af\uf900-\ufaff\uff00-\uffef]"
)  # a line may end here: at blanks, and anywhere in scripts that have none


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A card as it is printed.

    Attributes:
        theme: The number of its theme; 0 for what is in none.
        of: A number of its item in this paper alone, so that two cards of one item are seen as one.
    """

    text: str
    png: bytes
    is_rtl: bool
    theme: int
    kind: str
    of: int

    def size(self, per_page: int) -> str:
        """Return how large its letters are, or that it needs a page of its own."""
        if self.png:
            return "large"
        width, longest = _width(self.text, per_page), max(map(len, _BREAK.split(self.text)))
        for name, room, line in SIZES:
            if width <= ROOM[per_page] * room and longest <= LINE[per_page] * line:
                return name
        return "alone"


@dataclass(frozen=True, slots=True)
class PaperTheme:
    """A theme on its sheet: two quotes, and one that sees it differently."""

    number: int
    colour: int
    name: str
    meaning: str
    dots: int
    quotes: list[str]
    other: str
    cards: list[PaperCard]


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that is printed of a gathering."""

    title: str
    themes: list[PaperTheme]
    few: list[PaperCard]

    def cards(self) -> list[PaperCard]:
        """Return every card, theme by theme, then what is in none."""
        return [card for theme in self.themes for card in theme.cards] + self.few


def paper(here: Reading, book: Book, title: str, *, seed: int | None = None) -> Paper:
    """Lay out what a gathering has to show; with the same seed it is the same."""
    mixer = random.Random(seed) if seed is not None else secrets.SystemRandom()  # noqa: S311
    groups = themed(here, book, only_approved=True)
    few = loose(here, book, only_approved=True)
    ids = sorted(
        {each.item.id for group in groups for each in group.cards} | {each.item.id for each in few}
    )
    mixer.shuffle(ids)
    numbers = {item_id: number for number, item_id in enumerate(ids, start=1)}
    themes = []
    for group in groups:
        found = sides(group.cards)
        themes.append(
            PaperTheme(
                group.number,
                group.theme.colour,
                group.theme.name,
                group.theme.meaning,
                group.theme.dots,
                [card.text for card in found.near[:2]],
                found.far[0].text if found.far else "",
                _cards(here, group.cards, group.number, numbers, mixer),
            )
        )
    return Paper(title, themes, _cards(here, few, 0, numbers, mixer))


def is_rtl(text: str) -> bool:
    """Tell whether a text begins from the right, by its first letter that has a direction."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in {"L", "R", "AL"}:
            return way != "L"
    return False


def _cards(
    here: Reading,
    cards: Iterable[Shown],
    number: int,
    numbers: dict[str, int],
    mixer: random.Random,
) -> list[PaperCard]:
    made = [_card(each, number, numbers) for each in cards if may_hang(here, each)]
    mixer.shuffle(made)
    return made


def _card(each: Shown, number: int, numbers: dict[str, int]) -> PaperCard:
    payload = each.item.payload
    png = payload.png if isinstance(payload, Drawing) and not each.is_part else b""
    text = each.text
    if not text:
        text = _("A drawing without words") if png else feeling_name(payload.said.feeling)
    text = text or _("A moment of silence")
    return PaperCard(text, png, is_rtl(text), number, str(each.item.kind), numbers[each.item.id])


def _width(text: str, per_page: int) -> int:
    """Return how many letters wide a text is; ideographs are two, a line's end fills a line."""
    wide = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return wide + LINE[per_page] * 5 // 3 * text.count("\n")
