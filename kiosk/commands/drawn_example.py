"""Three small invented drawings for the demo, drawn here so that nobody else's work is needed."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

PAPER, INK, RED, BLUE = "#fffdf7", "#2b2b2b", "#b3402e", "#2e5fb3"
SIZE = (1280, 960)  # px


def draw_example(number: int) -> NDArray[np.uint8]:
    """Pixels: a lamp over a bicycle shed, an empty cup, or a crowded table."""
    image = Image.new("RGB", SIZE, PAPER)
    (_lamp, _cup, _table)[number % 3](ImageDraw.Draw(image))
    return np.asarray(image)


def _wobbly(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], ink: str) -> None:
    bent = [
        (x + 5 * math.sin(index * 1.7), y + 4 * math.cos(index * 2.3))
        for index, (x, y) in enumerate(points)
    ]
    pen.line(bent, fill=ink, width=9, joint="curve")


def _lamp(pen: ImageDraw.ImageDraw) -> None:
    _wobbly(pen, [(320, 820), (320, 420), (640, 250), (960, 420), (960, 820)], INK)
    _wobbly(pen, [(640, 250), (640, 340)], INK)
    pen.ellipse((590, 340, 690, 440), outline=RED, width=9)
    for centre in (500, 780):
        pen.ellipse((centre - 90, 640, centre + 90, 820), outline=BLUE, width=9)
    _wobbly(pen, [(500, 730), (600, 600), (720, 600), (780, 730)], BLUE)


def _cup(pen: ImageDraw.ImageDraw) -> None:
    _wobbly(pen, [(420, 340), (460, 760), (820, 760), (860, 340), (420, 340)], INK)
    pen.arc((820, 420, 1000, 640), -80, 100, fill=INK, width=9)
    _wobbly(pen, [(470, 420), (810, 420)], RED)
    for x in (540, 640, 740):
        _wobbly(pen, [(x, 260), (x + 20, 220), (x - 10, 180), (x + 10, 140)], BLUE)


def _table(pen: ImageDraw.ImageDraw) -> None:
    pen.ellipse((300, 380, 980, 660), outline=INK, width=9)
    for step in range(9):
        angle = step * 2 * math.pi / 9
        x, y = 640 + 470 * math.cos(angle), 520 + 270 * math.sin(angle)
        ink = RED if step == 4 else BLUE
        pen.ellipse((x - 36, y - 36, x + 36, y + 36), outline=ink, width=9)
