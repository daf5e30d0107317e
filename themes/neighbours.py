"""Texts drawn towards those that are most like them.

Two texts that say the same in other words often have a neighbour that shares words with both. So
each text becomes, twice over, the mean of itself and of its neighbours (a graph convolution without
anything learned: Wu et al. 2019); what lies in one heap lies closer then, and heaps lie apart.
"""

import numpy as np

from themes.sparse import Floats, Numbers, unit

_MOST = 10  # neighbours of a text; chosen, like the rounds, on the first 30 texts of each intent
_ROUNDS = 2
_AT_ONCE = 200  # texts whose likeness to all others is held in memory


def drawn_together(views: list[Floats], group_size: float) -> list[Floats]:
    """Return the texts of each view nearer to their neighbours, half a group of them at most."""
    size = len(views[0])
    count = min(_MOST, round(group_size / 2), size - 1)
    if count < 1:
        return views
    who, likeness = _neighbours(views[len(views) // 2], count)
    return [_drawn(view, who, likeness) for view in views]


def _neighbours(points: Floats, count: int) -> tuple[Numbers, Floats]:
    """Return for each point the others that are most like it, and how much they are."""
    who = np.empty((len(points), count), np.int64)
    likeness = np.empty((len(points), count), np.float32)
    for first in range(0, len(points), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        like = points[part] @ points.T
        here = np.arange(len(like))
        like[here, here + first] = -2  # nobody is a neighbour of its own
        who[part] = np.argpartition(-like, count - 1, axis=1)[:, :count]
        likeness[part] = np.maximum(np.take_along_axis(like, who[part], axis=1), 0)
    return who, likeness


def _drawn(points: Floats, who: Numbers, likeness: Floats) -> Floats:
    for _ in range(_ROUNDS):
        sums = points.copy()
        for at in range(who.shape[1]):
            sums += likeness[:, at, None] * points[who[:, at]]
        points = unit(sums)
    return points
