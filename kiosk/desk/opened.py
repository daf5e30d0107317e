"""A released gathering as one desk reads it: opened once, in memory until the desk locks.

Filter and search are kept here and not in the address, so that no word of an item, and no word that
somebody looked for, enters the browser's history.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import store
from kiosk.desk.session import DeskSession
from store.items import Item, Released
from store.seals.keys import MasterKey

PAGE_ITEMS = 50
MOST_ONE_BY_ONE = 40  # items; from there on it is quicker to open all of them


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items are looked at; an empty string means any."""

    status: str = ""
    kind: str = ""
    label: str = ""
    words: str = ""

    def takes(self, item: Item) -> bool:
        """Tell whether an item is among those wanted."""
        return (
            self.status in {"", item.status}
            and self.kind in {"", item.kind}
            and (not self.label or self.label in item.labels)
            and (not self.words or self.words.casefold() in searchable(item))
        )


@dataclass(frozen=True, slots=True)
class Act:
    """A decision that can be taken back: the item, and its status before."""

    item_id: str
    before: str


@dataclass
class Reading:
    """What a desk has opened of one gathering."""

    gathering_id: str
    items: Released
    chosen: Filter = field(default_factory=Filter)
    last: Act | None = None
    place: dict[str, int] = field(default_factory=dict)
    revision: int = -1  # of the whole gathering, as far as this desk has followed it

    def __post_init__(self) -> None:
        """Index the items."""
        self.place = {item.id: index for index, item in enumerate(self.items)}

    def item(self, item_id: str) -> Item | None:
        """Return an item as it was last seen."""
        index = self.place.get(item_id)
        return None if index is None else self.items[index]

    def put(self, item: Item) -> None:
        """Take an item's newest state."""
        if item.id in self.place:
            self.items[self.place[item.id]] = item

    def shown(self) -> list[Item]:
        """Return the items the filter takes, in the gathering's shuffled order."""
        return [item for item in self.items if self.chosen.takes(item)]

    def labels(self) -> list[tuple[str, int]]:
        """Return all labels with how many items carry each, the most used first."""
        found = Counter(label for item in self.items for label in item.labels)
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0].casefold()))

    def statuses(self) -> Counter[str]:
        """Return how many items have each status."""
        return Counter(str(item.status) for item in self.items)


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
    """Return a desk's reading of a gathering, opening its items the first time.

    Raises:
        NotReleasedError: Nothing of it may be read.
    """
    found = desk.opened.get(gathering_id)
    try:
        revision = store.items.revision(gathering_id)  # before the items: what comes later is seen
    except store.StoreError:
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


def _follow(reading: Reading, revision: int, master: MasterKey) -> None:
    """Open again whatever another desk has changed."""
    now = store.items.versions(reading.gathering_id)
    changed = [item.id for item in reading.items if now.get(item.id) != item.version]
    if len(changed) > MOST_ONE_BY_ONE:
        reading.items = store.items.released(reading.gathering_id, master)
        reading.place = {item.id: index for index, item in enumerate(reading.items)}
    else:
        for item_id in changed:
            refreshed(reading, item_id, master)
    reading.revision = revision


def refreshed(reading: Reading, item_id: str, master: MasterKey) -> Item:
    """Return an item as it is in the store now.

    Raises:
        UnknownItemError: It is gone.
    """
    item = store.items.find(item_id, master)
    reading.put(item)
    return item


def changed(reading: Reading, item: Item, master: MasterKey, change: Callable[[Item], int]) -> Item:
    """Apply a change to the version a facilitator saw, and return the item as it is then.

    Raises:
        StaleVersionError: Somebody else changed the item meanwhile.
    """
    change(item)
    return refreshed(reading, item.id, master)


def with_filter(reading: Reading, **wanted: str) -> None:
    """Look at other items from now on."""
    reading.chosen = replace(Filter(), **wanted)


def searchable(item: Item) -> str:
    """Return the words of an item and of its notes, for search."""
    text = getattr(item.payload, "text", "")
    return "\n".join((text, item.note, *item.labels)).casefold()


def snippet(item: Item, length: int = 90) -> str:
    """Return the first words of an item, for a list; empty where it has none."""
    text = " ".join(str(getattr(item.payload, "text", "")).split())
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + " …"
