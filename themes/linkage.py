"""Groups of few texts: the two that are closest on average become one, again and again."""

import numpy as np

from themes.grouping import group
from themes.sparse import Floats, Numbers, reduced
from themes.vectors import Texts

_VOTES = 0.5  # how much the votes of many attempts count beside how close two texts lie


def group_few(texts: Texts, count: int) -> Numbers:
    """Give each text the number of its group; some groups more than `count` hold a text or two."""
    _, voted = group(texts, count)
    size = texts.weighed.height
    view = reduced(texts.weighed, max(2, min(60, size // 3)), seed=1)
    alike = (1 - _VOTES) * (view @ view.T) + _VOTES * (voted @ voted.T)
    return linked(alike.astype(np.float32), count)


def linked(alike: Floats, count: int) -> Numbers:
    """Link groups by the average of `alike` until `count` are left."""
    near = alike.copy()
    np.fill_diagonal(near, -np.inf)
    sizes = np.ones(len(near))
    groups = np.arange(len(near))
    for _ in range(len(near) - count):
        one, other = divmod(int(near.argmax()), len(near))
        one, other = min(one, other), max(one, other)
        both = (sizes[one] * near[one] + sizes[other] * near[other]) / (sizes[one] + sizes[other])
        near[one], near[:, one] = both, both
        near[one, one] = -np.inf
        near[other], near[:, other] = -np.inf, -np.inf
        sizes[one] += sizes[other]
        groups[groups == other] = one
    return np.unique(groups, return_inverse=True)[1].astype(np.int64)
