"""How near each of some texts is to what they have in common."""

from collections.abc import Sequence

import numpy as np

from themes.loose import nearness_to_others
from themes.vectors import WordGroups, read


def nearness(texts: Sequence[str], *, word_groups: WordGroups | None = None) -> list[float]:
    """Return for each text how much it says what the others say; 0 where it shares nothing.

    Whatever order the texts come in, each has the same nearness.
    """
    order = sorted(range(len(texts)), key=lambda at: texts[at])
    known = read([texts[at] for at in order], word_groups)
    found = [0.0] * len(texts)
    if len(known.counts.values):
        near = nearness_to_others(known, np.zeros(len(texts), np.int64))
        for at, value in zip(order, near, strict=True):
            found[at] = float(value)
    return found
