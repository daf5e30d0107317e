"""A released gathering as one desk reads it: opened once, in memory until the desk locks.

Filter and search are kept here and not in the address, so that no word of an item, and no word that
somebody looked for, enters the browser's history.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace

import store
from kiosk.desk.searching import Index, Search
from kiosk.desk.session import DeskSession
from kiosk.desk.steps import Steps
from store.errors import NotReleasedError, UnknownGatheringError
from store.items import Item, Released
from store.seals.keys import MasterKey

PAGE_ITEMS = 50
MOST_ONE_BY_ONE = 40  # items; from there on it is quicker to open all of them
ONLY = ("unsure", "unlabelled", "worrying")  # each a tick: only such items


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items are looked at; an empty string means any."""

    status: str = ""
    kind: str = ""
    label: str = ""
    feeling: str = ""
    question: str = ""
    only: str = ""  # one of ONLY
    words: str = ""

    def takes(self, item: Item) -> bool:
        """Tell whether an item is among those wanted, its words aside.

        What worries somebody is shown where it is asked for, and nowhere else.
        """
        return (
            item.is_worrying == (self.only == "worrying")
            and self.status in {"", item.status}
            and self.kind in {"", item.kind}
            and (not self.label or self.label in item.labels)
            and (not self.feeling or self.feeling in item.payload.said.feeling.split())
            and self.question in {"", item.payload.said.question}
            and (self.only != "unsure" or bool(getattr(item.payload, "doubts", ())))
            and (self.only != "unlabelled" or not item.labels)
        )


@dataclass
class Reading:
    """What a desk has opened of one gathering."""

    gathering_id: str
    items: Released
    chosen: Filter = field(default_factory=Filter)
    seen: set[str] = field(default_factory=set)  # items that were shown here; never when
    advice: object | None = None  # suggested groups; see `suggestions`
    revision: int = -1  # of the whole gathering, as far as this desk has followed it
    place: dict[str, int] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)  # items for the next act on themes
    marked_last: str = ""  # from where Shift extends
    on_the_wall: set[str] = field(default_factory=set)  # drawings that somebody ticked
    steps: Steps = field(init=False)
    _index: Index = field(init=False)
    _shown: list[Item] | None = None
    _labels: Counter[str] = field(init=False)
    _apart: set[str] = field(init=False)  # items that worry somebody
    _questions: list[str] | None = None

    def __post_init__(self) -> None:
        """Index the items."""
        self.steps = Steps(self.gathering_id)
        self.take(self.items)

    def take(self, items: Released) -> None:
        """Hold these items from now on."""
        items.sort(key=lambda item: not item.payload.said.is_unpreviewed)  # those stand first
        self.items = items
        self.place = {item.id: index for index, item in enumerate(items)}
        self.seen.intersection_update(self.place)
        self._index = Index(items)
        self._shown = self._questions = None
        self._labels, self._apart = Counter(), set()
        for item in items:
            self._count(item, 1)

    def item(self, item_id: str) -> Item | None:
        """Return an item as it was last seen."""
        index = self.place.get(item_id)
        return None if index is None else self.items[index]

    def put(self, item: Item) -> None:
        """Take an item's newest state, in the lists, too."""
        before = self.item(item.id)
        if before is None:
            return
        self._count(before, -1)
        self._count(item, 1)
        self.items[self.place[item.id]] = item
        self._index.changed(self.place[item.id])
        if self._shown is not None:
            at, is_shown = self._found(item.id)
            self._shown[at : at + is_shown] = [item] if self._is_wanted(item) else []

    def _count(self, item: Item, by: int) -> None:
        if item.is_worrying:
            (self._apart.add if by > 0 else self._apart.discard)(item.id)
        else:
            for label in item.labels:
                self._labels[label] += by

    def choose(self, chosen: Filter) -> None:
        """Look at other items from now on."""
        self.chosen = chosen
        self._shown = None

    def shown(self) -> list[Item]:
        """Return the items the filter takes, in the gathering's shuffled order."""
        if self._shown is None:
            search = Search(self.chosen.words)
            found = self._index.found_by(search) if search.words else self.items
            self._shown = [item for item in found if self.chosen.takes(item)]
        return self._shown

    def place_shown(self, item_id: str) -> int:
        """Return where in the list an item stands, from 0; -1 where the list does not hold it."""
        at, is_shown = self._found(item_id)
        return at if is_shown else -1

    def _found(self, item_id: str) -> tuple[int, bool]:
        """Return where in the list an item stands or would stand, and whether it does."""
        shown, place = self.shown(), self.place.get(item_id, len(self.place))
        at = bisect_left(shown, place, key=lambda item: self.place[item.id])
        return at, at < len(shown) and shown[at].id == item_id

    def _is_wanted(self, item: Item) -> bool:
        return self.chosen.takes(item) and Search(self.chosen.words).finds(item)

    def calm(self) -> list[Item]:
        """Return the items of lists, themes and counts: all but those that worry somebody."""
        return [item for item in self.items if not item.is_worrying]

    def count(self) -> int:
        """Return how many items lists, themes and counts hold."""
        return len(self.items) - len(self._apart)

    def worrying(self) -> int:
        """Return how many items are set apart."""
        return len(self._apart)

    def left(self) -> int:
        """Return how many of them were not shown at this desk yet."""
        return len(self.items) - len(self.seen) - len(self._apart - self.seen)

    def is_unread(self, item: Item) -> bool:
        """Tell whether an item still waits to be shown at this desk."""
        return not item.is_worrying and item.id not in self.seen

    def next_unread(self) -> Item | None:
        """Return the first that was not shown at this desk yet, in the order of the list."""
        return next(filter(self.is_unread, self.items), None)

    def labels(self) -> list[tuple[str, int]]:
        """Return all labels with how many items carry each, the most used first."""
        found = [(label, count) for label, count in self._labels.items() if count]
        return sorted(found, key=lambda pair: (-pair[1], pair[0].casefold()))

    def statuses(self) -> Counter[str]:
        """Return how many items have each status."""
        return Counter(str(item.status) for item in self.items if not item.is_worrying)

    def questions(self) -> list[str]:
        """Return the questions that are answered, sorted."""
        if self._questions is None:
            self._questions = sorted({item.payload.said.question for item in self.items} - {""})
        return self._questions


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, with its number from 1 and how many there are."""

    items: list[Item]
    number: int
    of: int


def page_of(items: list[Item], wanted: int) -> Page:
    """Return the wanted page, or the nearest there is."""
    of = max(1, -(-len(items) // PAGE_ITEMS))
    number = min(max(1, wanted), of)
    start = (number - 1) * PAGE_ITEMS
    return Page(items[start : start + PAGE_ITEMS], number, of)


def opened(desk: DeskSession, gathering_id: str) -> Reading:
    """Return a desk's reading of a gathering as it is in the store now.

    Raises:
        NotReleasedError: Nothing of it may be read.
    """
    found = desk.opened.get(gathering_id)
    try:
        revision = store.items.revision(gathering_id)  # before the items: what comes later is seen
    except (NotReleasedError, UnknownGatheringError):
        desk.opened.pop(gathering_id, None)
        raise
    if isinstance(found, Reading):
        if found.revision != revision:
            _follow(found, revision, desk.master)
        return found
    reading = Reading(gathering_id, store.items.released(gathering_id, desk.master))
    reading.revision = revision
    desk.opened[gathering_id] = reading
    return reading


def caught_up(reading: Reading, before: Item, after: Item) -> None:
    """Note that a desk knows its own change, where nobody else has changed anything meanwhile."""
    revision = store.items.revision(reading.gathering_id)
    if revision - reading.revision == after.version - before.version:
        reading.revision = revision


def _follow(reading: Reading, revision: int, master: MasterKey) -> None:
    """Open again whatever another desk has changed."""
    now = store.items.changed(reading.gathering_id).items()
    held = ((reading.item(item_id), version) for item_id, version in now)
    changed = [item.id for item, version in held if item and item.version != version]
    if len(changed) > MOST_ONE_BY_ONE:
        reading.take(store.items.released(reading.gathering_id, master))
    else:
        for item_id in changed:
            refreshed(reading, item_id, master)
    reading.revision = revision


def marked_anew(reading: Reading, item: Item, master: MasterKey) -> Item:
    """Return an item with its status, labels, note and worry as they are in the store now."""
    item = store.items.with_marks(item, master)
    reading.put(item)
    return item


def refreshed(reading: Reading, item_id: str, master: MasterKey) -> Item:
    """Return an item as it is in the store now.

    Raises:
        UnknownItemError: It is gone.
    """
    item = store.items.find(item_id, master)
    reading.put(item)
    return item


def with_filter(reading: Reading, **wanted: str) -> None:
    """Look at other items from now on."""
    reading.choose(replace(Filter(), **wanted))


def snippet(item: Item, length: int = 90) -> str:
    """Return the first words of an item, for a list; empty where it has none."""
    text = " ".join(str(getattr(item.payload, "text", "")).split())
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + " …"
