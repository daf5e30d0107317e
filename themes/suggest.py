"""From texts to suggested groups, a loose pile and stacks of near-copies.

Nothing but the texts decides: they are put into an order of their own first, so whatever order they
come in, the same texts have the same groups.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from themes.grouping import group
from themes.linkage import group_few
from themes.loose import loose
from themes.names import name, stems_everywhere
from themes.sparse import Numbers
from themes.stacks import stacks
from themes.vectors import Texts, WordGroups, read

FEW = 400  # texts that are linked pair by pair; more are grouped around middles
_LEAST = 2  # texts in a group


@dataclass(frozen=True)
class Group:
    """Texts that seem to speak of one matter, nearest to its middle first; positions of texts."""

    members: tuple[int, ...]
    name: str  # two or more words that enough of them share, or nothing


@dataclass(frozen=True)
class Suggestion:
    """What may go together; advice, for people to take or leave."""

    groups: tuple[Group, ...]  # large ones first
    loose: tuple[int, ...]
    stacks: tuple[tuple[int, ...], ...]  # near-copies: positions of each


def usual_count(size: int) -> int:
    """Return how many groups are suggested where nobody says: 7 of 50, 19 of 1,000."""
    return max(1, round(1.9 * math.cbrt(size)))


def suggest(
    texts: Sequence[str],
    *,
    groups: int | None = None,
    threshold: int = 5,
    word_groups: WordGroups | None = None,
) -> Suggestion:
    """Suggest groups of texts.

    Args:
        texts: What people said, redacted.
        groups: How many; none: `usual_count`. Fewer come where the texts have fewer matters.
        threshold: A word that fewer texts have stands in no name.
        word_groups: For a word in lower case the groups that it belongs to, if somebody knows.
    """
    order = sorted(range(len(texts)), key=lambda at: texts[at])
    ordered = [texts[at] for at in order]
    folded = stacks(ordered)
    follows = {member: stack[0] for stack in folded for member in stack[1:]}
    alone = [at for at in range(len(ordered)) if at not in follows]
    count = groups or usual_count(len(alone))
    found = _groups([ordered[at] for at in alone], count, word_groups)
    members = {leader: [leader] for leader in alone}
    for member, leader in follows.items():
        members[leader].append(member)
    copies = _stacks_alone(found, [len(members[leader]) for leader in alone])
    found += copies[: max(0, count - len(found))]
    everywhere = stems_everywhere(ordered)

    def whole(positions: list[int]) -> list[int]:
        return [each for at in positions for each in members[alone[at]]]

    named = []
    for positions in found:
        whole_group = whole(positions)
        said = [ordered[at] for at in whole_group]
        label = name(said, everywhere, len(ordered), threshold=threshold)
        named.append(Group(tuple(order[at] for at in whole_group), label))
    named.sort(key=lambda each: (-len(each.members), texts[each.members[0]]))
    taken = {at for each in named for at in each.members}
    return Suggestion(
        tuple(named),
        tuple(at for at in order if at not in taken),
        tuple(tuple(order[at] for at in stack) for stack in folded),
    )


def _groups(texts: list[str], count: int, word_groups: WordGroups | None) -> list[list[int]]:
    """Return the positions of each group, nearest to its middle first."""
    if len(texts) < _LEAST:
        return []
    known = read(texts, word_groups)
    if not len(known.counts.values):
        return []  # no two share a word
    count = max(1, min(count, len(texts) // _LEAST))
    numbers = group_few(known, count) if len(texts) <= FEW else group(known, count)[0]
    return _near_ones(known, numbers)


def _stacks_alone(found: list[list[int]], sizes: list[int]) -> list[list[int]]:
    """Near-copies that no other text is like are a group of their own; the largest first."""
    taken = {at for each in found for at in each}
    alone = [at for at, size in enumerate(sizes) if size >= _LEAST and at not in taken]
    return [[at] for at in sorted(alone, key=lambda at: -sizes[at])]


def _near_ones(known: Texts, numbers: Numbers) -> list[list[int]]:
    nearness, is_loose = loose(known, numbers)
    found = []
    for number in np.unique(numbers):
        members = np.flatnonzero((numbers == number) & ~is_loose)
        if len(members) >= _LEAST:
            found.append([int(at) for at in members[np.argsort(-nearness[members], kind="stable")]])
    return found
