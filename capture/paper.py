"""Sheets of paper on a photograph: found, cropped, straightened, lit evenly.

Whatever lies beside the sheet is gone: a badge on the table says as much as a name on the paper. A
sheet is a large piece of the picture whose four straight edges are seen (`edges`). Where none is,
or it fills the picture, the picture stays whole. Its light is evened by what paper is near each
place; colours stay, for each of the three is evened by itself.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from capture.edges import Corner, Edges

SMALL_PX = 240  # longer side of the picture in which the sheet is looked for
FINE_PX = 480  # of the one in which its edges are told to the pixel
REACHES = (14, 5)  # px of that one: how far from where it was seen an edge may be, twice
LARGE_PX = 1600  # longer side of the sheet that comes out
LEAST_CHOSEN = 0.004  # of the picture; three corners that enclose less are a line
LEAST_SHARE = 0.08  # of the picture; a smaller bright piece is a label or a lamp
WHOLE_SHARE = 0.94  # of the picture: nothing worth cutting lies round it
RIM = 0.01  # of a side: shadow and table at the very edge
TILE = 16  # px; in each, the paper is as bright as the brightest fifth
PAPER_PERCENTILE = 80
WHITE = 232.0  # what evened paper is lifted to white from
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Sheet:
    """What of a picture is shown, of shape (height, width, 3), and where its corners were.

    Corners are shares of a photograph's width and height; empty where no edges were found, and none
    where the picture is no photograph.
    """

    pixels: Pixels
    corners: tuple[Corner, ...] | None = ()


def sheet_of(pixels: Pixels, chosen: Sequence[Corner] = ()) -> Sheet:
    """Return the sheet on a photograph, straight and evenly lit.

    Args:
        pixels: Of shape (height, width, 3).
        chosen: Its four corners as somebody saw them, in shares, in any order.
    """
    height, width = pixels.shape[:2]
    corners = _in_order([(x * width, y * height) for x, y in chosen]) or find_sheet(pixels)
    if not corners:
        return Sheet(evened(pixels))
    shares = tuple((float(x / width), float(y / height)) for x, y in corners)
    return Sheet(evened(straightened(pixels, corners)), shares)


def are_corners(chosen: Sequence[Corner]) -> bool:
    """Tell whether four places in shares of a photograph are the corners of a sheet on it."""
    if len(chosen) != 4 or not all(0 <= each <= 1 for corner in chosen for each in corner):
        return False
    round_it = _in_order(chosen)
    turns = [_turn(round_it[at - 2], round_it[at - 1], round_it[at]) for at in range(len(round_it))]
    return min(turns) > LEAST_CHOSEN


def find_sheet(pixels: Pixels) -> list[Corner] | None:
    """Return the corners of the sheet: top left, top right, bottom right, bottom left."""
    small = Edges(_smaller(pixels, SMALL_PX, 5))
    figure = small.figure(least_share=LEAST_SHARE, most_share=WHOLE_SHARE)
    if figure is None:
        return None
    fine = Edges(_smaller(pixels, FINE_PX, 3))
    corners = _scaled(figure, fine.width / small.width, fine.height / small.height)
    for reach in REACHES:
        corners = fine.refined(corners, reach=reach)
    height, width = pixels.shape[:2]
    return _in_order(_scaled(corners, width / fine.width, height / fine.height))


def _smaller(pixels: Pixels, longer_px: int, grain_px: int) -> Pixels:
    """Return a small copy without grain."""
    height, width = pixels.shape[:2]
    scale = longer_px / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = Image.fromarray(pixels).resize(size, Image.Resampling.BOX)
    return np.asarray(small.filter(ImageFilter.MedianFilter(grain_px)))


def _scaled(corners: Sequence[Corner], across: float, down: float) -> list[Corner]:
    return [(x * across, y * down) for x, y in corners]


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


def _turn(a: Corner, b: Corner, c: Corner) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _in_order(corners: Sequence[Corner]) -> list[Corner]:
    """Return four corners clockwise from the top left; of none, none."""
    if not corners:
        return []
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
