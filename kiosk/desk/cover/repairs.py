"""How often a machine missed something in a gathering: what facilitators had to cover by hand."""

from collections.abc import Iterable
from dataclasses import dataclass

from store.covering import COVERED, text_of
from store.items import Item
from store.payloads import Drawing, has_content


@dataclass(frozen=True, slots=True)
class Repairs:
    """Covered places, the items that they are in, and how many items have words or a picture.

    Attributes:
        is_few: Fewer items than the promise's threshold: then no number of them is told.
    """

    places: int
    items: int
    of: int
    is_few: bool

    @property
    def percent(self) -> int:
        """Return how many of a hundred items had to be repaired."""
        return round(100 * self.items / self.of) if self.of else 0


def repairs(items: Iterable[Item], *, threshold: int) -> Repairs:
    """Count what was covered by hand."""
    full = [item for item in items if has_content(item.payload)]
    counts = [count for item in full if (count := _places(item))]
    return Repairs(sum(counts), len(counts), len(full), is_few=len(counts) < threshold)


def _places(item: Item) -> int:
    if isinstance(item.payload, Drawing) and item.boxes:
        return len(item.boxes)  # the words below them are the same repair
    return sum(each.kind == COVERED for each in text_of(item.payload).spans)
