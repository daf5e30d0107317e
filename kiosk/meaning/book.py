"""The themes of a gathering as a plain value: every change is a function from a book to a book.

A book is also a bag of independent facts. What differs between two books is the step that a
facilitator can take back: only the facts that it changed are looked at and touched, so whatever a
colleague has done since to other themes and cards stays. Nothing in a book has a time or an author,
and cards lie in no order of their own.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

COLOURS = 9  # each with a pattern of its own
LONGEST_NAME = 60  # characters
LONGEST_MEANING = 200


class ChangedMeanwhileError(Exception):
    """Somebody else has changed what the step changed; nothing was touched."""


class NoSuchThemeError(Exception):
    """The theme is not there any more."""


@dataclass(frozen=True, slots=True, order=True)
class Card:
    """An item, or a stretch of its text: it stays one contribution however many cards it has.

    Attributes:
        start, end: A half-open range in code points; 0 and 0 mean the whole item.
        of: What tells the text that the range was chosen in from any other.
    """

    item: str
    start: int = 0
    end: int = 0
    of: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """What several items have in common, in the words of the facilitators.

    Attributes:
        rank: Themes stand in the order of their ranks.
        originals: Themes that were merged into this one, as they were.
        split_from: The name of the theme that it was split from.
        dots: Counted in the room and typed in; nobody's contribution.
        age: How many gatherings before this one had it already.
    """

    id: str
    name: str
    meaning: str = ""
    colour: int = 1
    rank: int = 0
    cards: frozenset[Card] = frozenset()
    originals: tuple["Theme", ...] = ()
    split_from: str = ""
    dots: int = 0
    age: int = 0


@dataclass(frozen=True, slots=True)
class Cut:
    """Where an item is split into two cards, and in which text."""

    at: int
    of: str


Fact = tuple[str, ...] | tuple[str, str, Card]
Facts = dict[Fact, object]
Difference = tuple[tuple[Fact, object, object], ...]  # what, before, after; None: was not there


@dataclass(frozen=True, slots=True)
class Book:
    """All themes of a gathering, in their order, and which items are split."""

    themes: tuple[Theme, ...] = ()
    cuts: tuple[tuple[str, Cut], ...] = ()

    def theme(self, theme_id: str) -> Theme:
        """Return a theme.

        Raises:
            NoSuchThemeError: It is not there any more.
        """
        found = next((each for each in self.themes if each.id == theme_id), None)
        if found is None:
            raise NoSuchThemeError
        return found

    def named(self, name: str) -> Theme | None:
        """Return the theme of a name, however it is written."""
        wanted = name.casefold()
        return next((each for each in self.themes if each.name.casefold() == wanted), None)

    def cut(self, item_id: str) -> Cut | None:
        """Return where an item is split."""
        return dict(self.cuts).get(item_id)

    def with_themes(self, *changed: Theme, without: Collection[str] = ()) -> "Book":
        """Return a book with themes added or put in the place of those with their ids."""
        by_id = {each.id: each for each in self.themes} | {each.id: each for each in changed}
        kept = [each for each in by_id.values() if each.id not in without]
        return replace(self, themes=tuple(sorted(kept, key=lambda each: (each.rank, each.id))))


def clean(words: str, longest: int = LONGEST_NAME) -> str:
    """Return typed words on one line."""
    return " ".join(words.split())[:longest].strip()


def add(book: Book, name: str, cards: Iterable[Card] = (), *, split_from: str = "") -> Book:
    """Put cards into the theme of a name, which is made where there is none."""
    found = book.named(name)
    if found is None:
        rank = max((each.rank for each in book.themes), default=0) + 1
        found = Theme(
            secrets.token_hex(8), name, colour=_free_colour(book), rank=rank, split_from=split_from
        )
    return book.with_themes(replace(found, cards=found.cards | frozenset(cards)))


def put(book: Book, theme_id: str, cards: Iterable[Card]) -> Book:
    """Put cards into a theme."""
    theme = book.theme(theme_id)
    return book.with_themes(replace(theme, cards=theme.cards | frozenset(cards)))


def take(book: Book, theme_id: str, cards: Iterable[Card]) -> Book:
    """Take cards out of a theme."""
    theme = book.theme(theme_id)
    return book.with_themes(replace(theme, cards=theme.cards - frozenset(cards)))


def toggle(book: Book, theme_id: str, cards: Collection[Card]) -> Book:
    """Put cards into a theme, or take them out where all of them are in it."""
    is_in = frozenset(cards) <= book.theme(theme_id).cards
    return take(book, theme_id, cards) if is_in else put(book, theme_id, cards)


def transfer(book: Book, theme_id: str, cards: Collection[Card], *, into: str) -> Book:
    """Move cards from a theme into another."""
    return put(take(book, theme_id, cards), into, cards)


def split_off(book: Book, theme_id: str, cards: Collection[Card], name: str) -> Book:
    """Move cards of a theme into a theme of another name, which tells where it comes from."""
    return add(take(book, theme_id, cards), name, cards, split_from=book.theme(theme_id).name)


def describe(book: Book, theme_id: str, *, name: str, meaning: str, colour: int) -> Book:
    """Give a theme another name, meaning or colour; its cards do not notice."""
    theme = replace(book.theme(theme_id), name=name, meaning=meaning, colour=colour)
    return book.with_themes(theme)


def count_dots(book: Book, theme_id: str, dots: int) -> Book:
    """Note how many dots a room gave a theme."""
    return book.with_themes(replace(book.theme(theme_id), dots=dots))


def shift(book: Book, theme_id: str, by: int) -> Book:
    """Let a theme change places with the one before it (-1) or after it (1)."""
    theme = book.theme(theme_id)
    place = book.themes.index(theme) + by
    if not 0 <= place < len(book.themes):
        return book
    other = book.themes[place]
    return book.with_themes(replace(theme, rank=other.rank), replace(other, rank=theme.rank))


def remove(book: Book, theme_id: str) -> Book:
    """Take a theme away; its items stay."""
    return book.with_themes(without={book.theme(theme_id).id})


def merge(book: Book, theme_id: str, *, into: str) -> Book:
    """Make two themes one, which keeps both as they were."""
    other, theme = book.theme(theme_id), book.theme(into)
    if other.id == theme.id:
        return book
    merged = replace(
        theme,
        cards=theme.cards | other.cards,
        originals=(theme, other),
        dots=theme.dots + other.dots,
    )
    return book.with_themes(merged, without={other.id})


def unmerge(book: Book, theme_id: str) -> Book:
    """Bring the originals of a theme back exactly as they were.

    What was put into the merged theme since then stays together, in a theme of its own.
    """
    theme = book.theme(theme_id)
    if not theme.originals:
        return book
    since = theme.cards.difference(*(each.cards for each in theme.originals))
    back = book.with_themes(*theme.originals, without=set())
    if not since:
        return back
    rank = max(each.rank for each in back.themes) + 1
    rest = Theme(secrets.token_hex(8), theme.name, colour=theme.colour, rank=rank, cards=since)
    return back.with_themes(rest)


def cut_item(book: Book, item_id: str, cut: Cut, length: int) -> Book:
    """Split an item into two cards; each theme of the whole has both of them now."""
    whole = Card(item_id)
    halves = {Card(item_id, 0, cut.at, cut.of), Card(item_id, cut.at, length, cut.of)}
    changed = [
        replace(each, cards=each.cards - {whole} | halves)
        for each in book.themes
        if whole in each.cards
    ]
    cuts = tuple(sorted({**dict(book.cuts), item_id: cut}.items(), key=lambda pair: pair[0]))
    return replace(book.with_themes(*changed), cuts=cuts)


def join_item(book: Book, item_id: str) -> Book:
    """Make an item one card again; it stays in each theme that had a part of it."""
    changed = [
        replace(each, cards=frozenset(c for c in each.cards if c.item != item_id) | {Card(item_id)})
        for each in book.themes
        if any(card.item == item_id for card in each.cards)
    ]
    cuts = tuple(pair for pair in book.cuts if pair[0] != item_id)
    return replace(book.with_themes(*changed), cuts=cuts)


def names_by_item(book: Book) -> dict[str, list[str]]:
    """Return for each item the names of the themes that it or a part of it is in."""
    found: dict[str, list[str]] = {}
    for theme in book.themes:
        for item in {card.item for card in theme.cards}:
            found.setdefault(item, []).append(theme.name)
    return found


def difference(before: Book, after: Book) -> Difference:
    """Return what makes one book of another."""
    old, new = _facts(before), _facts(after)
    keys = sorted(old.keys() | new.keys(), key=str)
    return tuple((k, old.get(k), new.get(k)) for k in keys if old.get(k) != new.get(k))


def back(changes: Difference) -> Difference:
    """Return the way back."""
    return tuple((what, after, before) for what, before, after in changes)


def applied(book: Book, changes: Difference) -> Book:
    """Make changes in a book that may have become another one meanwhile.

    Raises:
        ChangedMeanwhileError: It is not any more as the changes expect it.
    """
    facts = _facts(book)
    for what, before, after in changes:
        if facts.get(what) != before:
            raise ChangedMeanwhileError
        if after is None:
            del facts[what]
        else:
            facts[what] = after
    if any(what[0] == "card" and ("theme", what[1]) not in facts for what in facts):
        raise ChangedMeanwhileError  # a colleague's card would be left without its theme
    return _of_facts(facts)


def _free_colour(book: Book) -> int:
    """The colour that fewest themes have."""
    used = [each.colour for each in book.themes]
    return min(range(1, COLOURS + 1), key=lambda colour: (used.count(colour), colour))


def _facts(book: Book) -> Facts:
    facts: Facts = {}
    for theme in book.themes:
        facts["theme", theme.id] = replace(theme, cards=frozenset())
        facts.update((("card", theme.id, card), True) for card in theme.cards)
    facts.update((("cut", item), cut) for item, cut in book.cuts)
    return facts


def _of_facts(facts: Mapping[Fact, object]) -> Book:
    cards: dict[str, set[Card]] = {}
    for what in facts:
        if what[0] == "card" and isinstance(what[2], Card):
            cards.setdefault(str(what[1]), set()).add(what[2])
    themes = [
        replace(each, cards=frozenset(cards.get(each.id, ())))
        for each in facts.values()
        if isinstance(each, Theme)
    ]
    cuts = tuple(sorted((str(w[1]), cut) for w, cut in facts.items() if isinstance(cut, Cut)))
    return Book(cuts=cuts).with_themes(*themes)
