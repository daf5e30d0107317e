"""The colours of tokens.css, computed: WCAG 2.2 contrast of every pair that meets on a page."""

import re

import pytest

from tests.support.places import HOME

TOKENS = HOME / "static" / "css" / "tokens.css"
GROUNDS = ("paper", "sheet", "sun")
TEXTS = [
    *((text, ground) for text in ("ink", "ink-soft", "link") for ground in GROUNDS),
    *(("ink", door) for door in ("speak", "draw", "write", "sheet-low")),
    *((f"{kind}", f"{kind}-ground") for kind in ("good", "warn", "danger", "info", "placeholder")),
    ("ink-soft", "sheet-low"), ("on-action", "action"), ("on-action", "action-over"),
    ("danger", "sheet"), ("danger", "paper"), ("unsure", "sheet"), ("ink", "hit"),
]  # fmt: skip
LINES = [
    *((line, ground) for line in ("edge-strong", "focus") for ground in ("paper", "sheet")),
    *((f"{door}-edge", door) for door in ("speak", "draw", "write")),
]


def looks() -> dict[str, dict[str, str]]:
    """Each look's colours: what it sets, over what the looks before it set."""
    blocks = re.findall(r":root \{(.*?)\n\s*\}", TOKENS.read_text(encoding="utf-8"), re.DOTALL)
    light, dark, more, more_dark = (
        dict(re.findall(r"--color-([\w-]+): (#[0-9a-f]{3,6});", block)) for block in blocks[:4]
    )
    return {
        "light": light,
        "dark": light | dark,
        "contrast": light | more,
        "dark contrast": light | dark | more | more_dark,
    }


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", ["light", "dark", "contrast", "dark contrast"])
def test_text_has_seven_to_one_and_lines_three_to_one(look: str) -> None:
    """WCAG's strictest level for text: people read it standing, in any light."""
    colours = looks()[look]
    weak = {
        f"{over} on {ground}": round(contrast(colours[over], colours[ground]), 2)
        for pairs, least in ((TEXTS, 7), (LINES, 3))
        for over, ground in pairs
        if contrast(colours[over], colours[ground]) < least
    }
    assert weak == {}


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
