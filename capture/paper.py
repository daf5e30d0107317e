"""Sheets of paper on a photograph: found, cropped, straightened, lit evenly.

Whatever lies beside the sheet is gone: a badge on the table says as much as a name on the paper. A
sheet is the largest bright piece of the picture whose four straight edges are seen. Where no such
piece is, or it fills the picture, the picture stays whole. Its light is evened by what paper is
near each place; colours stay, for each of the three is evened by itself.
"""

import itertools
import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

SMALL_PX = 240  # longer side of the picture in which the sheet is looked for
LARGE_PX = 1600  # longer side of the sheet that comes out
LEAST_SHARE = 0.12  # of the picture; a smaller bright piece is a label or a lamp
LEAST_FILLED = 0.8  # of the four-sided figure round it; less is no sheet
HOLES = 0.2  # of a sheet may be ink
BEYOND = 0.02  # of a side; a corner further outside the picture is guessed
DARK = 60  # where all is dark, nothing can be told from a colour
WHOLE_SHARE = 0.94  # of the picture: nothing worth cutting lies round it
RIM = 0.01  # of a side: shadow and table at the very edge
TILE = 16  # px; in each, the paper is as bright as the brightest fifth
PAPER_PERCENTILE = 80
WHITE = 232.0  # what evened paper is lifted to white from
Pixels = NDArray[np.uint8]
Corner = tuple[float, float]


@dataclass(frozen=True)
class Sheet:
    """What of a photograph is shown, of shape (height, width, 3), and whether edges were found."""

    pixels: Pixels
    is_found: bool


def sheet_of(pixels: Pixels) -> Sheet:
    """Return the sheet on a photograph, straight and evenly lit."""
    corners = find_sheet(pixels)
    return Sheet(evened(straightened(pixels, corners) if corners else pixels), corners is not None)


def find_sheet(pixels: Pixels) -> list[Corner] | None:
    """Return the corners of the sheet: top left, top right, bottom right, bottom left."""
    height, width = pixels.shape[:2]
    scale = SMALL_PX / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = Image.fromarray(pixels).resize(size, Image.Resampling.BOX)
    found = [each for mask in _papery(small.filter(ImageFilter.MedianFilter(5)))
             if (each := _sheet_in(mask))]  # fmt: skip
    if not found:
        return None
    across, down = width / size[0], height / size[1]
    return _in_order([(x * across, y * down) for x, y in max(found, key=lambda each: each[0])[1]])


def _sheet_in(mask: NDArray[np.bool_]) -> tuple[float, list[Corner]] | None:
    """Return how much of a four-sided figure is paper, and its corners, where a sheet shows."""
    height, width = mask.shape
    piece = _largest_piece(mask)
    hull = _hull(piece) if piece else []
    four = _four_sided(hull)
    if four is None:
        return None
    share = _area(four) / (width * height)
    filled = _area(hull) / max(_area(four), 1.0) * min(1.0, len(piece or ()) / _area(hull) + HOLES)
    beyond = (
        max(max(-x, x - width) / width for x, _ in four),
        max(max(-y, y - height) / height for _, y in four),
    )
    if not LEAST_SHARE <= share <= WHOLE_SHARE or filled < LEAST_FILLED or max(beyond) > BEYOND:
        return None
    return filled, four


def _papery(small: Image.Image) -> Iterator[NDArray[np.bool_]]:
    """Yield what may be paper: what is bright, bright in its darkest colour, or grey."""
    colours = np.asarray(small).astype(np.int64)
    darkest, brightest = colours.min(axis=2), colours.max(axis=2)
    yield _brighter(np.asarray(small.convert("L")).astype(np.int64))
    yield _brighter(darkest)
    yield _brighter(255 * darkest // np.maximum(brightest, 1)) & (brightest > DARK)


def straightened(pixels: Pixels, corners: Sequence[Corner]) -> Pixels:
    """Return what lies between four corners, as if seen from straight above."""
    top_left, top_right, bottom_right, bottom_left = corners
    width = (math.dist(top_left, top_right) + math.dist(bottom_left, bottom_right)) / 2
    height = (math.dist(top_left, bottom_left) + math.dist(top_right, bottom_right)) / 2
    scale = min(1.0, LARGE_PX / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    rim_x, rim_y = size[0] * RIM, size[1] * RIM
    places = [
        (-rim_x, -rim_y), (size[0] + rim_x, -rim_y),
        (size[0] + rim_x, size[1] + rim_y), (-rim_x, size[1] + rim_y),
    ]  # fmt: skip
    seen = Image.fromarray(pixels).transform(
        size,
        Image.Transform.PERSPECTIVE,
        _perspective(places, corners),
        Image.Resampling.BICUBIC,
    )
    return np.asarray(seen)


def evened(pixels: Pixels) -> Pixels:
    """Return the picture as if its paper were white and lit from everywhere."""
    height, width = pixels.shape[:2]
    tiles = max(1, height // TILE), max(1, width // TILE)
    high, wide = tiles[0] * TILE, tiles[1] * TILE
    if high > height or wide > width:
        return pixels
    cut = pixels[:high, :wide].reshape(tiles[0], TILE, tiles[1], TILE, 3)
    paper = np.percentile(cut, PAPER_PERCENTILE, axis=(1, 3)).astype(np.uint8)
    light = Image.fromarray(paper)
    for _ in range(2):  # a filled shape is darker than the paper beside it, and is no shadow
        light = light.filter(ImageFilter.MaxFilter(5))
    light = light.filter(ImageFilter.GaussianBlur(3))
    lit = np.asarray(light.resize((width, height), Image.Resampling.BICUBIC)).clip(24, 255)
    even = pixels.astype(np.float32) * (255.0 / lit)
    return np.asarray((even * (255.0 / WHITE)).clip(0, 255), np.uint8)


def _brighter(grey: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return where it is brighter than what parts best into two (Otsu 1979)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(float)
    below = counts.cumsum()
    sums = (counts * np.arange(256)).cumsum()
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return np.asarray(grey > int(np.argmax(np.where(np.isfinite(apart), apart, 0))))


def _largest_piece(mask: NDArray[np.bool_]) -> list[tuple[int, int]] | None:
    """Return the places `(x, y)` of the largest joined piece of a mask, if it is large enough."""
    height, width = mask.shape
    left = mask.copy()
    best: list[tuple[int, int]] = []
    for start in zip(*np.nonzero(mask), strict=True):
        if not left[start]:
            continue
        piece, queue = [], deque([(int(start[0]), int(start[1]))])
        left[start] = False
        while queue:
            y, x = queue.popleft()
            piece.append((x, y))
            for ny, nx in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                if 0 <= ny < height and 0 <= nx < width and left[ny, nx]:
                    left[ny, nx] = False
                    queue.append((ny, nx))
        if len(piece) > len(best):
            best = piece
    if len(best) < LEAST_SHARE * height * width / 2:
        return None
    return best


def _hull(places: Sequence[tuple[int, int]]) -> list[Corner]:
    """Return the convex hull of squares, clockwise on a screen (Andrew's monotone chain)."""
    rows: dict[int, tuple[int, int]] = {}
    for x, y in places:
        low, high = rows.get(y, (x, x))
        rows[y] = min(low, x), max(high, x)
    ends = [(x, y) for y, (low, high) in rows.items() for x in (low, high + 1)]
    ordered = sorted({*ends, *((x, y + 1) for x, y in ends)})

    def chain(way: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        kept: list[tuple[int, int]] = []
        for place in way:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], place) <= 0:
                kept.pop()
            kept.append(place)
        return kept[:-1]

    return [(float(x), float(y)) for x, y in chain(ordered) + chain(ordered[::-1])]


def _four_sided(hull: list[Corner]) -> list[Corner] | None:
    """Return the hull with its least edges taken away, their neighbours going on till they meet."""
    figure = list(hull)
    while len(figure) > 4:
        tries = [each for at in range(len(figure)) if (each := _without_edge(figure, at))]
        if not tries:
            return None
        figure = min(tries, key=lambda each: each[0])[1]
    return figure if len(figure) == 4 else None


def _without_edge(figure: list[Corner], at: int) -> tuple[float, list[Corner]] | None:
    """Return how much a figure grows, and how it is, without the edge that begins at a corner."""
    count = len(figure)
    before, start = figure[at - 1], figure[at]
    end, after = figure[(at + 1) % count], figure[(at + 2) % count]
    meets = _crossing(before, start, end, after)
    if meets is None or math.dist(start, meets) + math.dist(end, meets) > SMALL_PX:
        return None
    if (meets[0] - start[0]) * (start[0] - before[0]) + (meets[1] - start[1]) * (
        start[1] - before[1]
    ) < 0:
        return None  # they part instead
    grown = abs(_turn(start, end, meets)) / 2
    kept = [corner for index, corner in enumerate(figure) if index not in {at, (at + 1) % count}]
    where = at if at < count - 1 else len(kept)
    return grown, [*kept[:where], meets, *kept[where:]]


def _crossing(a: Corner, b: Corner, c: Corner, d: Corner) -> Corner | None:
    """Return where the lines through a and b and through c and d meet."""
    across, down = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    slope = across[0] * down[1] - across[1] * down[0]
    if abs(slope) < 1e-9:
        return None
    share = ((c[0] - a[0]) * down[1] - (c[1] - a[1]) * down[0]) / slope
    return a[0] + share * across[0], a[1] + share * across[1]


def _turn(a: Corner, b: Corner, c: Corner) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _area(figure: Sequence[Corner]) -> float:
    pairs = itertools.pairwise([*figure, figure[0]])
    return abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in pairs)) / 2


def _in_order(corners: Sequence[Corner]) -> list[Corner]:
    """Return four corners clockwise from the top left."""
    middle = (sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4)
    around = sorted(corners, key=lambda each: math.atan2(each[1] - middle[1], each[0] - middle[0]))
    first = min(range(4), key=lambda at: sum(around[at]))
    return around[first:] + around[:first]


def _perspective(places: Sequence[Corner], corners: Sequence[Corner]) -> list[float]:
    """Return Pillow's eight numbers that take each place of the new picture to its corner."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(places, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    solved = np.linalg.solve(np.array(rows, float), np.array(wanted, float))
    return [float(each) for each in solved]
