"""Texts drawn towards their neighbours: who has one in common comes nearer, and nobody is lost."""

import numpy as np

from themes.neighbours import drawn_together
from themes.sparse import unit

TWO_HEAPS = unit(
    np.array([[4, 1, 0, 0], [3, 3, 0, 0], [1, 4, 0, 0], [0, 0, 4, 1], [0, 0, 3, 3], [0, 0, 1, 4]],
             np.float32)
)  # fmt: skip


def test_two_that_share_a_neighbour_come_nearer_and_two_heaps_stay_apart() -> None:
    before = TWO_HEAPS @ TWO_HEAPS.T
    (drawn,) = drawn_together([TWO_HEAPS], group_size=3)
    after = drawn @ drawn.T
    assert after[0, 2] > before[0, 2] + 0.1
    assert np.allclose(after[:3, 3:], 0, atol=1e-6)
    assert np.allclose(np.linalg.norm(drawn, axis=1), 1, atol=1e-5)


def test_where_groups_are_of_one_text_nothing_moves() -> None:
    (same,) = drawn_together([TWO_HEAPS], group_size=0.5)
    assert (same == TWO_HEAPS).all()
    assert (drawn_together([TWO_HEAPS[:1]], group_size=4)[0] == TWO_HEAPS[:1]).all()
