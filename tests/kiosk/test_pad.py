"""What the pad offers: colours that every eye tells apart, and pictures that a canvas can paint."""

import itertools
import math
import re

import pytest

from kiosk.visit import pad
from tests.js.test_colours import contrast

LEAST = 12  # CIEDE2000
# A colour without one sort of cone: Machado, Oliveira and Fernandes 2009, severity 1, linear RGB.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)
Three = tuple[float, float, float]


def seen(colour: str, eye: str) -> Three:
    """A colour in CIELAB, as an eye sees it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    turned = [min(max(each, 0), 1) for each in times(EYES[eye], linear)]
    x, y, z = (_root(each / white) for each, white in zip(times(XYZ, turned), WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def times(matrix: tuple[Three, ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _root(value: float) -> float:
    return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def difference(one: Three, other: Three) -> float:
    """CIEDE2000 (Sharma, Wu and Dalal 2005)."""
    l1, a1, b1 = one
    l2, a2, b2 = other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1, h2 = (math.degrees(math.atan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(size * math.cos(math.radians(n * hue + shift)) for size, n, shift in waves)
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    blue = 60 * math.exp(-(((hue - 275) / 25) ** 2))
    turned = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(blue))
    return math.sqrt(dl**2 + dc**2 + dh**2 + turned * dc * dh)


def test_the_difference_of_colours_is_the_published_one() -> None:
    """Pairs 1, 7, 17 and 25 of the paper's table."""
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for one, other, published in pairs:
        assert difference(one, other) == pytest.approx(published, abs=2e-4)


@pytest.mark.parametrize("eye", EYES)
def test_every_eye_tells_any_two_inks_apart(eye: str) -> None:
    assert len(pad.INKS) == 12
    alike = {
        f"{one} {other}": round(difference(seen(one, eye), seen(other, eye)), 1)
        for one, other in itertools.combinations(pad.INKS, 2)
        if difference(seen(one, eye), seen(other, eye)) < LEAST
    }
    assert alike == {}
    if eye == "deutan":  # to whom red and olive are one
        assert difference(seen("#b3321f", eye), seen("#6f6400", eye)) < LEAST


def test_papers_are_so_pale_that_dark_ink_stands_out() -> None:
    assert all(contrast(pad.INKS[0], paper) > 10 for paper in pad.PAPERS)


def test_every_picture_is_a_path_in_a_box_of_a_hundred() -> None:
    """Absolute places lie in it, and nothing but a path's own signs is there."""
    paths = [path for path, *_ in [*pad.signs(), *pad.faces(), *pad.templates()]]
    assert len(pad.faces()) == 8
    assert len(pad.templates()) == 6
    for path in paths:
        assert re.fullmatch(r"[MLHVCAZSQTmlhvcazsqt\d .\-]+", path), path
        places = [float(each) for each in re.findall(r"[MLHV]\s*(-?\d+(?:\.\d+)?)", path)]
        assert all(0 <= each <= 100 for each in places), path


def test_each_face_of_the_wheel_is_round() -> None:
    """A round drawn small ends a little beside where it began, or a browser draws nothing."""
    wheel = next(path for path, _name, is_square in pad.templates() if is_square)
    rounds = re.findall(r"a(\d+\.\d+) \1 0 1 0 (\S+) 0Z", wheel)
    assert len(rounds) >= len(pad.faces())
    assert all(float(beside) for _radius, beside in rounds)
