"""Counts that show no few: what a gathering looks like, without a number between 1 and k - 1.

Of parts that make up a whole (how people took part), each part with k or more shows as "at least",
rounded down to a multiple of k; a smaller one as "fewer than k, or none", and never as nobody.
Multiples of k differ by nothing or by k at least, so no subtraction of two numbers, views or files
gives a smaller one. Rounding alone would not do: whoever knows the whole could take the largest
possible parts from it and be left with a few. So the largest part takes up whatever is hidden: its
number follows from the whole and from what else is shown. Every picture is then the same as if none
of the small parts had anybody in it; `tests/kiosk/meaning/test_shape.py` says so for any counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from store.items import Item


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a whole.

    Attributes:
        name: A code, such as a kind.
        at_least: A multiple of k; 0: fewer than k, or none.
        is_most: Whether it is the largest.
    """

    name: str
    at_least: int
    is_most: bool = False


Way = Literal["memo", "drawing", "note", "silence", "celebration"]
WAYS: tuple[Way, ...] = ("memo", "drawing", "note", "silence", "celebration")


def parts(counts: Mapping[str, int], k: int, *, is_whole_known: bool = True) -> list[Bar]:
    """Return what may be shown of parts that make up a whole, in the order they come.

    Args:
        counts: How many each part has.
        k: The threshold of the gathering's promise.
        is_whole_known: Whether their sum stands on some other page.
    """
    most = max(counts, key=lambda name: counts[name], default="")
    if not most or counts[most] < k:
        return [Bar(name, 0) for name in counts]
    floors = {n: count // k * k if count >= k else 0 for n, count in counts.items() if n != most}
    least = max([k, *floors.values()])
    if is_whole_known:
        hidden = sum(floor + k - 1 for floor in floors.values())
        least = max(least, (sum(counts.values()) - hidden) // k * k)
    return [Bar(n, least, is_most=True) if n == most else Bar(n, floors[n]) for n in counts]


def each_alone(counts: Mapping[str, int], k: int) -> list[Bar]:
    """Return what may be shown of things that one item can have several of, such as feelings."""
    return [Bar(name, count // k * k if count >= k else 0) for name, count in counts.items()]


def way_of(item: Item) -> Way:
    """Return how somebody took part; a celebration is a silence with something good in it."""
    if item.kind == "silence":
        return "celebration" if "good" in item.payload.said.feeling.split() else "silence"
    ways: dict[str, Way] = {"memo": "memo", "drawing": "drawing", "note": "note"}
    return ways[str(item.kind)]


def counted(names: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    """Return how often each name was found."""
    counts = dict.fromkeys(names, 0)
    for name in found:
        if name in counts:
            counts[name] += 1
    return counts
