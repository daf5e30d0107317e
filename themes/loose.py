"""Which texts stay loose: they speak of what hardly another text speaks of.

How near a text is to its group says less than one would think: a text that nobody else could have
written still shares a common word with somebody. So it also counts how near it is by what words
mean, and how much of what a text says, weighed by rarity, any other text says at all.
"""

import numpy as np
import numpy.typing as npt

from themes.sparse import Floats, Numbers, unit
from themes.vectors import Texts

_NEAR_ENOUGH = 0.62  # of what the middle text has; chosen on halves of both sets of intents
_MEANING = 0.7  # of what words mean beside the words; chosen like it
_MOST = 0.25  # of all texts may be loose: a larger pile is no help


def loose(texts: Texts, groups: Numbers) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return how near each text is to its group, and whether it had better stay loose."""
    nearness = nearness_to_others(texts, groups)
    sense = nearness + np.float32(_MEANING) * _by_meaning(texts, groups)
    sense *= texts.shared**0.25
    least = min(_NEAR_ENOUGH * float(np.median(sense)), float(np.quantile(sense, _MOST)))
    return nearness, (sense < least) | (sense <= 0)


def nearness_to_others(texts: Texts, groups: Numbers) -> Floats:
    """The likeness of each text to the middle of the others of its group, by words."""
    table = texts.weighed
    count = int(groups.max()) + 1
    of_group = np.zeros((table.height, count), np.float32)
    of_group[np.arange(table.height), groups] = 1
    middles = table.turned().times(of_group)  # a row a word, a column a group
    lengths = np.maximum(np.linalg.norm(middles, axis=0), 1e-9)
    rows = table.rows()
    own = groups[rows]
    others = middles[table.columns, own] - table.values  # a text is no witness for itself
    products = table.values * others / lengths[own]
    return np.bincount(rows, products, table.height).astype(np.float32)


def _by_meaning(texts: Texts, groups: Numbers) -> Floats:
    """The likeness of each text to the middle of the others of its group, by what words mean."""
    rows = texts.meanings
    sums = np.zeros((int(groups.max()) + 1, rows.shape[1]), np.float32)
    np.add.at(sums, groups, rows)
    others = sums[groups] - rows
    return np.asarray(np.maximum((unit(others) * rows).sum(axis=1), 0), np.float32)
