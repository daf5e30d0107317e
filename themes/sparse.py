"""A table with few entries a row, and the two products that a decomposition asks of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

_AT_ONCE = 20_000  # entries a piece: what a product holds in memory besides its result


@dataclass(frozen=True)
class Sparse:
    """Entries, sorted by row: the column and the value of each, and where each row starts."""

    starts: Numbers  # one more than there are rows
    columns: Numbers
    values: Floats
    width: int

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    def rows(self) -> Numbers:
        """Return the row of each entry."""
        return np.repeat(np.arange(self.height), np.diff(self.starts))

    def times(self, dense: Floats) -> Floats:
        """Multiply by a matrix with `width` rows."""
        result = np.zeros((self.height, dense.shape[1]), np.float32)
        for first, last in self._pieces():
            part = slice(self.starts[first], self.starts[last])
            filled = np.flatnonzero(np.diff(self.starts[first : last + 1])) + first
            if not len(filled):
                continue
            products = dense[self.columns[part]]
            products *= self.values[part, None]
            offsets = self.starts[filled] - self.starts[first]
            result[filled] = np.add.reduceat(products, offsets, axis=0)
        return result

    def turned(self) -> "Sparse":
        """Swap rows and columns."""
        order = np.argsort(self.columns, kind="stable")
        starts = np.concatenate(([0], np.bincount(self.columns, minlength=self.width).cumsum()))
        return Sparse(starts, self.rows()[order], self.values[order], self.height)

    def with_values(self, values: Floats) -> "Sparse":
        """Keep the places, replace the values."""
        return Sparse(self.starts, self.columns, values.astype(np.float32), self.width)

    def _pieces(self) -> Iterator[tuple[int, int]]:
        first = 0
        while first < self.height:
            full = np.searchsorted(self.starts, self.starts[first] + _AT_ONCE, side="right") - 1
            last = max(first + 1, min(int(full), self.height))
            yield first, last
            first = last


def table(rows: Sequence[Sequence[int]], width: int) -> Sparse:
    """Count how often each column is named in each row."""
    starts, columns, values = [0], [], []
    for row in rows:
        found, counts = np.unique(np.asarray(row, np.int64), return_counts=True)
        columns.append(found)
        values.append(counts)
        starts.append(starts[-1] + len(found))
    empty = [np.zeros(0, np.int64)]
    return Sparse(
        np.asarray(starts, np.int64),
        np.concatenate(columns or empty),
        np.concatenate(values or empty).astype(np.float32),
        width,
    )


def unit(matrix: Floats) -> Floats:
    """Bring each row to length one; a row of zeros stays."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-9), np.float32)


def reduced(table: Sparse, dimensions: int, *, seed: int) -> Floats:
    """Rows of a table in few dimensions, each of length one (Halko et al. 2011, algorithm 4.4)."""
    back = table.turned()
    most = min(dimensions + 20, table.width, table.height)
    randomly = np.random.default_rng(seed)
    sketch = table.times(randomly.standard_normal((table.width, most)).astype(np.float32))
    for _ in range(3):
        sketch = np.linalg.qr(sketch)[0]
        other = np.linalg.qr(back.times(sketch))[0]
        sketch = table.times(other)
    left, scales, _ = np.linalg.svd(sketch, full_matrices=False)
    kept = min(dimensions, len(scales))
    return unit(left[:, :kept] * scales[:kept])
