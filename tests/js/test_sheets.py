"""The style sheets: one a part and a screen, all of them loaded, none of them long."""

import re

import pytest

from kiosk.static_files import sheets
from tests.support.places import HOME

CSS = HOME / "static" / "css"
ROOMS = ("", "visit", "later", "desk", "wall", "keys")


def test_every_sheet_is_loaded_by_a_page_and_only_once():
    """A sheet that no page names is a screen without its looks."""
    named = [*sheets("visit"), *(each for each in sheets("desk") if each.startswith("desk/"))]
    named += [each for each in sheets("wall") if each not in {*sheets(), *named}]
    for room in ("later", "keys"):
        named += [each for each in sheets(room) if each not in sheets()]
    entries = {"main.css", "visit.css", "desk.css", "wall.css", "later.css", "keys.css"}
    paper = {
        "paper/page.css",
        "paper/deck.css",
        "paper/a4.css",
        "paper/letter.css",
        "paper/shape.css",
    }  # alone: meaning/deck.html, shape_file.html
    there = {path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")} - entries - paper
    assert there == set(named)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("room", ROOMS)
def test_a_page_reads_what_is_shared_first(room: str):
    assert sheets(room)[: len(sheets())] == sheets()
    assert sheets()[0] == "reset.css"


def test_every_sheet_fills_a_layer_that_has_its_place_in_the_order():
    order = re.search(r"@layer ([^;]+);", (CSS / "main.css").read_text(encoding="utf-8"))
    assert order
    for entry in ("main", "visit", "later", "desk", "wall", "keys"):
        text = (CSS / f"{entry}.css").read_text(encoding="utf-8")
        layers = re.findall(r'@import url\("[^"]+"\) layer\((\w+)\);', text)
        assert len(layers) == text.count("@import ")
        assert set(layers) <= set(order[1].split(", "))


PHYSICAL = re.compile(
    r"\b(?:margin|padding|border|inset|scroll-\w+)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:"
    r"|border-(?:top|bottom)-(?:left|right)|text-align:\s*(?:left|right)|(?:float|clear):\s*(?:left|right)"
    r"|gradient\(\s*to (?:left|right)|translateX\(|translate\((?!calc\([^()]*(?:var\(--way\)))"
)
FOUR_VALUES = re.compile(
    r"(margin|padding|inset|border-width|border-radius):\s*"
    r"([\w.%-]+) ([\w.%-]+) ([\w.%-]+) ([\w.%-]+);"
)
# A cover lies on a drawing, which has one left side in every language.
ONE_SIDED = {"parts/covers.css": ["translate("], "visit/draw.css": ["translate(", "translate("]}


def physical_sides(css: str) -> list[str]:
    """What says left or right where a page from right to left needs start or end."""
    found = [match[0] for match in PHYSICAL.finditer(css)]
    for match in FOUR_VALUES.finditer(css):
        name, first, second, third, fourth = match.groups()
        is_even = (
            second == fourth if name != "border-radius" else (first, third) == (second, fourth)
        )
        if not is_even:
            found.append(match[0])
    return found


def test_a_physical_side_is_noticed():
    for each in ("a { left: 0; }", "margin-left: 1px", "text-align: right", "translateX(-50%)"):
        assert physical_sides(each)
    assert physical_sides("padding: 1px 2px 1px 4px;")
    assert physical_sides("border-radius: 5rem 1rem 1rem 5rem;")
    for fine in ("margin-inline-start: 1px", "padding: 1px 2px 3px 2px;", "translateY(1px)"):
        assert not physical_sides(fine)


def test_no_sheet_says_left_or_right():
    """Arabic turns the page: only what is drawn has one left side in every language."""
    found = {
        path.relative_to(CSS).as_posix(): sides
        for path in CSS.rglob("*.css")
        if (sides := physical_sides(path.read_text(encoding="utf-8")))
    }
    assert found == ONE_SIDED
