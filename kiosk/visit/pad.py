"""What the drawing pad offers: inks, papers, signs, faces and printed sheets, with their names.

Paths are SVG's, stroked, in a box of 100 by 100; the page shows them as buttons, and its modules
paint the very same.
"""

import math
import re
from functools import cache

from kiosk.feelings import feelings
from kiosk.i18n import _

# Any two differ by 12 (CIEDE2000) or more, also to protan, deutan and tritan eyes: test_pad.py.
INKS = (
    "#1c2f33", "#c92f11", "#356fdb", "#137d4d", "#ffe338", "#652b9b",
    "#e47000", "#f98bbb", "#37dce5", "#8fca71", "#632e17", "#858a8b",
)  # fmt: skip
_ARC_FLAGS = {2, 3, 4}  # of an arc's seven numbers, what is no length
PAPERS = ("#ffffff", "#fff3d6", "#e3f0fb", "#e4f4e4", "#fbe6ea", "#e9e6f4")  # pale: any ink shows


def inks() -> list[tuple[str, str]]:
    """Each ink with its name; the first one is in hand when a visitor comes."""
    names = (
        _("Dark"), _("Red"), _("Blue"), _("Green"), _("Yellow"), _("Violet"),
        _("Orange"), _("Pink"), _("Turquoise"), _("Light green"), _("Brown"), _("Grey"),
    )  # fmt: skip
    return list(zip(INKS, names, strict=True))


def papers() -> list[tuple[str, str]]:
    """Each paper with its name, white first."""
    names = (
        _("White paper"), _("Cream paper"), _("Blue paper"), _("Green paper"), _("Rose paper"),
        _("Lilac paper"),
    )  # fmt: skip
    return list(zip(PAPERS, names, strict=True))


def signs() -> list[tuple[str, str]]:
    """Each small picture that a touch puts on the sheet: its path and its name."""
    return [
        (_HEART, _("Heart")),
        ("M50 10 62 38 92 41 69 61 76 91 50 75 24 91 31 61 8 41 38 38Z", _("Star")),
        (_SUN, _("Sun")),
        (_CLOUD, _("Cloud")),
        (_CLOUD + "M34 80l-6 14M52 80l-6 14M70 80l-6 14", _("Rain")),
        (_CLOUD + "M54 76 42 88h12l-8 10", _("Storm")),
        ("M12 50 50 16 88 50M22 42V88H78V42M42 88V62H58V88", _("House")),
        (_PERSON, _("Person")),
        (_TWO, _("Two people")),
        ("M10 20H90V70H46L28 88V70H10Z", _("Speech bubble")),
        ("M50 90a40 40 0 1 0-.1 0ZM50 26V50L66 60", _("Clock")),
        ("M36 64C16 44 30 12 50 12S84 44 64 64V74H36ZM38 84H62M44 93H56", _("Idea")),
        ("M10 50H88M62 24 88 50 62 76", _("Arrow")),
        ("M12 54 40 82 88 20", _("Tick")),
        ("M18 18 82 82M82 18 18 82", _("Cross")),
        ("M30 32a20 20 0 1 1 28 18q-8 4-8 16M50 84v2", _("Question mark")),
        ("M50 12V62M50 84v2", _("Exclamation mark")),
    ]  # fmt: skip


def faces() -> list[tuple[str, str]]:
    """A face for each feeling that can be said, with the feeling's name."""
    return [(_ROUND + _FEATURES[code], name) for code, name in feelings() if code in _FEATURES]


def templates() -> list[tuple[str, str, bool]]:
    """Each printed sheet: its path, its name, and whether it is square and not as wide as paper."""
    return [
        (_WHEEL + _small_faces(), _("Feelings wheel"), True),
        (_PLAN, _("Floor plan"), False),
        ("M4 50H95L91 46M95 50 91 54M16 46v8M34 46v8M52 46v8M70 46v8", _("Timeline"), False),
        (_ICEBERG, _("Iceberg"), False),
        (_WEATHER, _("Weather"), True),
        ("M4 4H48V47H4ZM52 4H96V47H52ZM4 53H48V96H4ZM52 53H96V96H52Z", _("Comic strip"), False),
    ]


@cache
def _small_faces() -> str:
    """A face of each feeling in each of the wheel's eight outer fields, from the top round."""
    angles = [(2 * number + 1) * math.pi / len(_FEATURES) for number in range(len(_FEATURES))]
    return "".join(
        _smaller(_ROUND + face, (50 + 31 * math.sin(angle), 50 - 31 * math.cos(angle)), 0.15)
        for face, angle in zip(_FEATURES.values(), angles, strict=True)
    )


def _smaller(path: str, middle: tuple[float, float], scale: float) -> str:
    """Return a path of M, relative lines, curves and arcs, made smaller round another middle."""
    made = []
    for letter, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        values = [float(each) for each in re.findall(r"-?\d*\.?\d+", numbers)]
        for at, value in enumerate(values):
            if letter == "M":
                values[at] = middle[at % 2] + (value - 50) * scale
            elif letter != "a" or at % 7 not in _ARC_FLAGS:
                values[at] = value * scale
        made.append(letter + " ".join(map(_short, values)))
    return "".join(made)


def _short(value: float) -> str:
    """One decimal; but what closes a round must not become nothing, or there is no round."""
    digits = 1 if abs(value) >= 0.05 or not value else 2
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def _cloud(x: int, y: int) -> str:
    return f"M{x + 6} {y + 22}a7 7 0 0 1 1-14 9 9 0 0 1 17-1 7 7 0 0 1 2 15Z"


_WHEEL = (
    "M50 96a46 46 0 1 0-.1 0ZM50 66a16 16 0 1 0-.1 0ZM50 4V34M50 66V96M4 50H34M66 50H96"
    "M17.5 17.5 38.7 38.7M61.3 61.3 82.5 82.5M82.5 17.5 61.3 38.7M38.7 61.3 17.5 82.5"
)
_PLAN = "M8 10H92V90H8ZM8 55H36M46 55H58V90M58 10V34M58 44V55M36 55l8-7M58 34l6 6M20 90h14M70 10h12"
_ICEBERG = (
    "M2 34q6-4 12 0t12 0 12 0 12 0 12 0 12 0 12 0 12 0"
    "M35 33 44 12 54 8 66 35M30 33 20 56 30 76 48 94 70 80 80 56 70 36"
)
_WEATHER = (
    "M2 50H98M50 2V98M26 38a11 11 0 1 0-.1 0ZM26 5v5M26 44v4M4 27h5M43 27h4"
    "M11 12l3 3M41 12l-3 3M11 42l3-3M41 42l-3-3"
    f"{_cloud(60, 14)}{_cloud(10, 60)}M18 84l-2 6M25 84l-2 6M32 84l-2 6"
    f"{_cloud(60, 60)}M76 82l-5 7h6l-4 7"
)
_HEART = "M50 86S12 62 12 36A19 19 0 0 1 50 28 19 19 0 0 1 88 36C88 62 50 86 50 86Z"
_SUN = (
    "M50 70a20 20 0 1 0-.1 0ZM50 8v12M50 80v12M8 50h12M80 50h12"
    "M20 20l9 9M71 71l9 9M80 20l-9 9M29 71l-9 9"
)
_CLOUD = "M28 70a17 17 0 0 1 2-34 22 22 0 0 1 42-2 18 18 0 0 1 2 36Z"
_PERSON = "M50 32a12 12 0 1 0-.1 0ZM50 34V64M24 44 50 40 76 44M50 64 32 92M50 64 68 92"
_TWO = (
    "M34 30a10 10 0 1 0-.1 0ZM66 30a10 10 0 1 0-.1 0ZM16 84V58a18 16 0 0 1 34-6 18 16 0 0 1 34 6V84"
)
_ROUND = "M50 94a44 44 0 1 0-.1 0Z"
_EYES = "M34 40v3M66 40v3"
_FEATURES = {
    "relieved": "M28 42q6 6 12 0M60 42q6 6 12 0M34 64q16 10 32 0",
    "thankful": "M28 43q6-7 12 0M60 43q6-7 12 0M28 58q22 30 44 0Z",
    "hopeful": _EYES + "M32 60q18 16 36 0M28 28l12-4M72 28l-12-4",
    "tired": "M28 42h12M60 42h12M50 82a9 11 0 1 0-.1 0Z",
    "worried": _EYES + "M26 32l14-6M74 32l-14-6M32 70q6-8 12 0t12 0 12 0",
    "sad": _EYES + "M32 72q18-18 36 0M70 50q-5 9 0 11 5-2 0-11Z",
    "angry": "M34 44v3M66 44v3M26 28l16 9M74 28l-16 9M32 72q18-14 36 0",
    "alone": _EYES + "M40 68h20",
}
