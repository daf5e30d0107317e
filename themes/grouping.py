"""Which texts go together: many attempts, and then what most of them agree on.

An attempt is spherical k-means from a start of its own, followed by a few rounds of a mixture that
asks for each group which words it uses (Nigam et al. 2000) and where what its texts mean points:
k-means sees how close texts lie, the mixture which words a group has to itself, and together they
see more than either. The attempts
vote, each with its groups as columns of a table that is grouped in turn. Every start comes from a
fixed seed, so the same texts in the same order have the same groups.
"""

import numpy as np

from themes.neighbours import drawn_together
from themes.sparse import Floats, Numbers, Sparse, reduced, unit
from themes.vectors import Texts

_ATTEMPTS = 12  # of a small set; 10,000 texts get four, or they would wait too long
_WORK = 40_000  # texts times attempts
_ROUNDS = 15  # of k-means, which is then nearly still
_MIXTURE_ROUNDS = 8
_SMOOTH = 0.005  # how much of each word a group is said to have unseen
_SHARPNESS = 1.5
_MEANING = 15.0  # how much what words mean counts beside the words


def group(texts: Texts, count: int) -> tuple[Numbers, Floats]:
    """Give each text the number of one of `count` groups, and say how near the votes put them."""
    size = texts.counts.height
    views = drawn_together(texts.views(), size / count)
    attempts = max(4, min(_ATTEMPTS, _WORK // max(1, size)))
    back = texts.counts.turned()
    votes = []
    for attempt in range(attempts):
        near = k_means(views[attempt % len(views)], count, seed=attempt)[0]
        votes.append(_mixture(texts, back, near, count, sharpness=1.0))
    voted = reduced(_ballots(votes, count), min(count, 200), seed=1)
    tries = [k_means(voted, count, seed=100 + attempt) for attempt in range(attempts)]
    agreed = max(tries, key=lambda each: each[1])[0]
    return _mixture(texts, back, agreed, count, sharpness=_SHARPNESS), voted


def k_means(points: Floats, count: int, *, seed: int) -> tuple[Numbers, float]:
    """Group points of length one around `count` middles; return how close they are in all, too."""
    randomly = np.random.default_rng(seed)
    middles = _starts(points, count, randomly)
    groups = np.full(len(points), -1)
    closeness = 0.0
    for _ in range(_ROUNDS):
        near = points @ middles.T
        found = near.argmax(axis=1)
        closeness = float(near.max(axis=1).sum())
        if (found == groups).all():
            break
        groups = found
        middles = middles_of(points, groups, count)
    return groups, closeness


def middles_of(points: Floats, groups: Numbers, count: int) -> Floats:
    """Return the direction of each group; an empty one has none."""
    sums = np.zeros((count, points.shape[1]), np.float32)
    order = np.argsort(groups, kind="stable")
    sizes = np.bincount(groups, minlength=count)
    filled = np.flatnonzero(sizes)
    offsets = (sizes.cumsum() - sizes)[filled]
    sums[filled] = np.add.reduceat(points[order], offsets, axis=0)
    return unit(sums)


def _starts(points: Floats, count: int, randomly: np.random.Generator) -> Floats:
    """Choose points that lie apart, the best of four each time (Arthur, Vassilvitskii 2007)."""
    chosen = [int(randomly.integers(len(points)))]
    distance = np.maximum(1 - points @ points[chosen[0]], 0)
    for _ in range(count - 1):
        total = distance.sum(dtype=np.float64)
        if total <= 1e-6:
            chosen.append(int(randomly.integers(len(points))))
            continue
        marks = randomly.random(4) * total
        tried = np.searchsorted(distance.cumsum(dtype=np.float64), marks).clip(0, len(points) - 1)
        left = np.minimum(distance[:, None], np.maximum(1 - points @ points[tried].T, 0))
        best = int(left.sum(axis=0).argmin())
        chosen.append(int(tried[best]))
        distance = left[:, best]
    return points[chosen]


def _mixture(
    texts: Texts, back: Sparse, groups: Numbers, count: int, *, sharpness: float
) -> Numbers:
    counts, meanings = texts.counts, texts.meanings
    share = np.zeros((counts.height, count), np.float32)
    share[np.arange(counts.height), groups] = 1
    everywhere = np.bincount(counts.columns, counts.values, counts.width).astype(np.float32)
    unseen = (_SMOOTH * counts.width * everywhere / max(float(everywhere.sum()), 1e-9))[:, None]
    for _ in range(_MIXTURE_ROUNDS):
        words = back.times(share) + unseen
        words /= words.sum(axis=0, keepdims=True)
        fit = counts.times(np.log(np.maximum(words, 1e-12)))
        fit += np.float32(_MEANING) * (meanings @ unit(share.T @ meanings).T)
        fit *= np.float32(sharpness)
        fit += np.log(share.sum(axis=0) + 1)
        fit -= fit.max(axis=1, keepdims=True)
        share = np.exp(fit)
        share /= share.sum(axis=1, keepdims=True)
    return np.asarray(share.argmax(axis=1), np.int64)


def _ballots(votes: list[Numbers], count: int) -> Sparse:
    """A row a text, a column each group of each vote."""
    size, number = len(votes[0]), len(votes)
    columns = np.stack([vote + at * count for at, vote in enumerate(votes)], axis=1).ravel()
    starts = np.arange(size + 1) * number
    values = np.full(size * number, number**-0.5, np.float32)
    return Sparse(starts, columns.astype(np.int64), values, count * number)
