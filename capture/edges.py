"""The four straight edges of a sheet in a small picture, by how much brighter it is inside them.

What counts is the ratio of the light on both sides of an edge: a shadow that falls across sheet and
table changes neither side against the other. Lines are found by the votes of all places where the
picture grows brighter (Hough, by direction); four of them that turn round a place are a figure; and
the figure wins whose sides are edges nearly all along.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Corner = tuple[float, float]
Floats = NDArray[np.float64]

RATIO = 0.16  # of the light, as a logarithm: so much brighter is paper than what lies beside it
COLOURLESS = 0.12  # the same of how colourless it is, of 1
HUE = 0.11  # the same of red, and of blue, beside green
DARK = 24.0  # of 255, added to all light: where it is dark a ratio is noise
APART = 2.5  # px from an edge, to either side
CLOSE = 2.0  # the same, where an edge is told to the pixel
LOOSE = {
    -2: 0.75,
    -1: 0.9,
    0: 1.0,
    1: 0.9,
    2: 0.75,
}  # px beside its line an edge counts so; paper curls
PLACES = 40  # of a side that are looked at
TURNED = 12  # degrees that a place's direction may differ from its line's
LINES = 40  # that are tried, those with most votes first
NEAR_DEGREES, NEAR_PX = 8, 4  # within these two lines are one
CORNER = (35, 145)  # degrees that neighbouring edges turn
BESIDE_PX = 2  # a corner so far outside the picture is one still
LEAST_SIDE = 0.45  # of a side must be an edge
SHORTEST = 0.2  # of the picture's shorter side
BESIDE_RIM = 0.55  # what a side counts that is the rim of the picture
TRIED = 15  # figures that are looked at closely
PAPER = 0.5  # how much it counts which share of a figure has the colour of its paper
AREA = 0.12  # how much a figure's size counts, as a logarithm
SURE = 0.9  # of all sides together must be the edge of paper; else half a sheet may be cut off


@dataclass(frozen=True)
class Line:
    """A line `rho` pixels from the picture's middle, in the direction `theta` of the bright side.

    `edge` sums up along it from its first pixel on, how much of it is an edge.
    """

    theta: float
    rho: float
    edge: Floats


class Edges:
    """Where a small picture of shape (height, width, 3) has edges of something bright."""

    def __init__(self, small: NDArray[np.uint8]) -> None:
        colours = small.astype(np.float64)
        darkest, brightest = colours.min(axis=2), colours.max(axis=2)
        grey = colours @ np.array([0.299, 0.587, 0.114])
        colourless = (darkest + DARK) / (brightest + DARK)
        self._seen = np.stack(
            [
                np.log(grey + DARK) / RATIO,
                np.log(darkest + DARK) / RATIO,
                colourless / COLOURLESS,
            ]
        )
        logs = np.log(colours + DARK)
        self._hue = np.stack([logs[..., 0] - logs[..., 1], logs[..., 2] - logs[..., 1]]) / HUE
        self.height: int = small.shape[0]
        self.width: int = small.shape[1]
        self._reach = math.ceil(math.hypot(self.height, self.width) / 2) + 1

    def figure(self, *, least_share: float, most_share: float) -> list[Corner] | None:
        """Return the corners of the surest figure, clockwise, in pixels; none where none is sure.

        Args:
            least_share: Of the picture, that it takes.
            most_share: The same.
        """
        found = []
        for weight, corners in self._figures():
            share = _area(corners) / (self.width * self.height)
            if least_share <= share <= most_share:
                found.append((weight + AREA * math.log(share), corners))
        found = sorted(found, key=lambda each: -each[0])[:TRIED]
        close = [(*self._closely(corners), corners) for _, corners in found]
        sure, _, corners = max(close, key=lambda each: each[1], default=(0.0, 0.0, []))
        return corners if sure >= SURE else None

    def _figures(self) -> Iterator[tuple[float, list[Corner]]]:
        """Yield all that four lines make, and how much of their sides are edges."""
        lines = sorted([*self._lines(), *self._rims()], key=lambda each: each.theta)
        meets = {(a, b): self._meet(lines[a], lines[b])
                 for a, b in itertools.permutations(range(len(lines)), 2)
                 if CORNER[0] <= (lines[b].theta - lines[a].theta) % 360 <= CORNER[1]}  # fmt: skip
        meets = {pair: met for pair, met in meets.items() if self._is_inside(met)}
        after: dict[int, list[int]] = {}
        for a, b in meets:
            after.setdefault(a, []).append(b)
        sides: dict[tuple[int, int, int], tuple[float, float]] = {}
        for (a, b), begin in meets.items():
            for c in after.get(b, ()):
                side = self._side(lines[b], begin, meets[b, c])
                if side:
                    sides[a, b, c] = side
        for a, b, c in sides:
            for d in after.get(c, ()):
                round_it = ((a, b, c), (b, c, d), (c, d, a), (d, a, b))
                if a == min(a, b, c, d) and all(each in sides for each in round_it):
                    edge, length = (sum(sides[each][at] for each in round_it) for at in (0, 1))
                    yield edge / length, [meets[d, a], meets[a, b], meets[b, c], meets[c, d]]

    def _closely(self, corners: list[Corner]) -> tuple[float, float]:
        """Return how much of a figure's sides is the edge of its paper, and its weight by all."""
        paper, share = self._paper(corners)
        edge = whole = 0.0
        for begin, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            theta, rho, along = self._laid(begin, end)
            steps = [
                self._step(theta, rho + off, along, paper=paper).clip(0, 1) * worth
                for off, worth in LOOSE.items()
            ]
            part = BESIDE_RIM if self._is_rim(begin, end) else np.max(steps, axis=0).mean()
            edge, whole = edge + math.dist(begin, end) * part, whole + math.dist(begin, end)
        size = _area(corners) / (self.width * self.height)
        return edge / whole, edge / whole + PAPER * share + AREA * math.log(size)

    def _paper(self, corners: list[Corner]) -> tuple[Floats, float]:
        """Return the colour of most of a figure, and how much of it has this colour."""
        down, across = (each.ravel() for each in np.mgrid[0.04:0.96:24j, 0.04:0.96:24j])
        shares = (
            (1 - across) * (1 - down),
            across * (1 - down),
            across * down,
            (1 - across) * down,
        )
        x = sum(each * x for each, (x, _) in zip(shares, corners, strict=True))
        y = sum(each * y for each, (_, y) in zip(shares, corners, strict=True))
        rows, columns = (np.round(each).astype(int) for each in (y, x))
        seen = self._hue[:, rows.clip(0, self.height - 1), columns.clip(0, self.width - 1)]
        paper = np.median(seen, axis=1)
        return paper, float((np.abs(seen - paper[:, None]).max(axis=0) < 1).mean())

    def _is_rim(self, begin: Corner, end: Corner) -> bool:
        """Tell whether a side is the rim of the picture."""
        near = BESIDE_PX
        return (
            max(begin[0], end[0]) < near or min(begin[0], end[0]) > self.width - near
            or max(begin[1], end[1]) < near or min(begin[1], end[1]) > self.height - near
        )  # fmt: skip

    def _laid(self, begin: Corner, end: Corner) -> tuple[float, float, Floats]:
        """Return the line through two corners, and places between them."""
        theta = math.degrees(math.atan2(end[0] - begin[0], begin[1] - end[1])) % 360
        turn = math.radians(theta)
        x, y = begin[0] - self.width / 2, begin[1] - self.height / 2
        start = x * math.sin(turn) - y * math.cos(turn)
        along = np.linspace(start, start + math.dist(begin, end), PLACES + 4)[2:-2]
        return theta, x * math.cos(turn) + y * math.sin(turn), along

    def _lines(self) -> list[Line]:
        """Return the lines with most votes."""
        down = self._seen[:, 4:, 2:-2] - self._seen[:, :-4, 2:-2]
        across = self._seen[:, 2:-2, 4:] - self._seen[:, 2:-2, :-4]
        steep = np.hypot(down, across)
        best = steep.argmax(axis=0)[None]
        steep, down, across = (
            np.take_along_axis(each, best, 0)[0] for each in (steep, down, across)
        )
        rows, columns = np.nonzero(steep > 1)
        y, x = rows + 2 - self.height / 2 + 0.5, columns + 2 - self.width / 2 + 0.5
        strong = np.minimum(steep[rows, columns], 2)
        own = np.degrees(np.arctan2(down[rows, columns], across[rows, columns]))
        votes = np.zeros((360, 2 * self._reach))
        for turn in range(-TURNED, TURNED + 1):
            theta = np.round(own + turn).astype(int) % 360
            rho = x * np.cos(np.radians(theta)) + y * np.sin(np.radians(theta))
            place = theta * 2 * self._reach + np.round(rho).astype(int) + self._reach
            votes += np.bincount(place, strong, votes.size).reshape(votes.shape)
        votes[:, 1:-1] += (votes[:, 2:] + votes[:, :-2]) / 2
        found = []
        for _ in range(LINES):
            theta, at = np.unravel_index(votes.argmax(), votes.shape)
            if votes[theta, at] < SHORTEST * min(self.height, self.width):
                break
            found.append(self._line(float(theta), float(at - self._reach)))
            near = np.arange(theta - NEAR_DEGREES, theta + NEAR_DEGREES + 1) % 360
            votes[near, max(0, at - NEAR_PX) : at + NEAR_PX + 1] = 0
        return found

    def _line(self, theta: float, rho: float) -> Line:
        along = np.arange(-self._reach, self._reach + 1, dtype=np.float64)
        steps = [
            self._step(theta, rho + off, along).clip(0, 1) * worth for off, worth in LOOSE.items()
        ]
        return Line(theta, rho, np.concatenate([[0.0], np.max(steps, axis=0).cumsum()]))

    def _rims(self) -> list[Line]:
        """Return the rims of the picture: a sheet may reach beyond one."""
        even: Floats = np.arange(2 * self._reach + 2) * np.float64(BESIDE_RIM)
        return [
            Line(theta, -half, even)
            for theta, half in (
                (0, self.width / 2), (90, self.height / 2),
                (180, self.width / 2), (270, self.height / 2),
            )
        ]  # fmt: skip

    def _step(
        self, theta: float, rho: float, along: Floats, *,
        paper: Floats | None = None, apart: float = APART,
    ) -> Floats:  # fmt: skip
        """Return how much brighter it is on the bright side of each place of a line.

        With the colour of `paper`, where it has this colour, and a step may be one of colour, too.
        """
        across, down = math.cos(math.radians(theta)), math.sin(math.radians(theta))
        x = self.width / 2 - 0.5 + rho * across + along * down
        y = self.height / 2 - 0.5 + rho * down - along * across
        inside = x + apart * across, y + apart * down
        outside = x - apart * across, y - apart * down
        step: Floats = (self._at(*inside) - self._at(*outside)).max(axis=0)
        if paper is not None:
            own = np.abs(self._at(*inside, of=self._hue) - paper[:, None]).max(axis=0)
            other = np.abs(self._at(*outside, of=self._hue) - paper[:, None]).max(axis=0)
            step = np.where(own < 1, np.maximum(step, other), 0.0)
        return np.nan_to_num(step, nan=0.0)

    def _at(self, x: Floats, y: Floats, of: Floats | None = None) -> Floats:
        columns, rows = np.round(x).astype(int), np.round(y).astype(int)
        is_in = (columns >= 0) & (columns < self.width) & (rows >= 0) & (rows < self.height)
        seen = (self._seen if of is None else of)[
            :, rows.clip(0, self.height - 1), columns.clip(0, self.width - 1)
        ]
        return np.where(is_in, seen, np.nan)

    def _meet(self, one: Line, other: Line) -> Corner:
        """Return where two lines meet, in pixels."""
        first, second = math.radians(one.theta), math.radians(other.theta)
        slope = math.sin(second - first)
        x = (one.rho * math.sin(second) - other.rho * math.sin(first)) / slope
        y = (other.rho * math.cos(first) - one.rho * math.cos(second)) / slope
        return x + self.width / 2, y + self.height / 2

    def _is_inside(self, corner: Corner) -> bool:
        x, y = corner
        return (
            -BESIDE_PX <= x <= self.width + BESIDE_PX and -BESIDE_PX <= y <= self.height + BESIDE_PX
        )

    def _side(self, line: Line, begin: Corner, end: Corner) -> tuple[float, float] | None:
        """Return how many pixels of a side are an edge, and how long it is."""
        start, stop = self._along(line, begin), self._along(line, end)
        length = stop - start
        if length < SHORTEST * min(self.height, self.width):
            return None
        first, last = round(start) + self._reach, round(stop) + self._reach
        edge = float(line.edge[min(last, len(line.edge) - 1)] - line.edge[max(0, first)])
        return (edge, length) if edge >= LEAST_SIDE * length else None

    def _along(self, line: Line, place: Corner) -> float:
        turn = math.radians(line.theta)
        x, y = place[0] - self.width / 2, place[1] - self.height / 2
        return x * math.sin(turn) - y * math.cos(turn)

    def refined(self, corners: list[Corner], *, reach: int) -> list[Corner]:
        """Return the same figure, its sides laid through the edges as they are found near them.

        Args:
            corners: In pixels of this picture.
            reach: How many pixels from a side its edge may be.
        """
        paper, _ = self._paper(corners)
        sides = []
        offs = np.arange(-reach, reach + 1)
        for begin, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            theta, rho, along = self._laid(begin, end)
            steps = [self._step(theta, rho + off, along, paper=paper, apart=CLOSE) for off in offs]
            weights = np.array(steps).clip(0, 1.5) ** 3
            strong = weights.sum(axis=0)
            if not self._is_rim(begin, end) and (strong > 0.5).sum() > PLACES / 2:
                found = (weights * offs[:, None]).sum(axis=0) / (strong + 1e-9)
                slope, shift = np.polyfit(along, found, 1, w=np.sqrt(strong.clip(0, 4)))
                turned = math.atan(slope)
                theta = (theta + math.degrees(turned)) % 360
                rho = (rho + shift) * math.cos(turned)
            sides.append(Line(theta, rho, np.zeros(1)))
        return [self._meet(sides[at - 1], sides[at]) for at in range(4)]


def _area(figure: list[Corner]) -> float:
    pairs = itertools.pairwise([*figure, figure[0]])
    return abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in pairs)) / 2
