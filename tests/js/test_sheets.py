"""The style sheets: one a part and a screen, all of them loaded, none of them long."""

import re

import pytest

from kiosk.static_files import sheets
from tests.support.places import HOME

CSS = HOME / "static" / "css"
ROOMS = ("", "visit", "desk")


def test_every_sheet_is_loaded_by_a_page_and_only_once():
    """A sheet that no page names is a screen without its looks."""
    named = [*sheets("visit"), *(each for each in sheets("desk") if each.startswith("desk/"))]
    entries = {"main.css", "visit.css", "desk.css"}
    there = {path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")} - entries
    assert there == set(named)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("room", ROOMS)
def test_a_page_reads_what_is_shared_first(room: str):
    assert sheets(room)[: len(sheets())] == sheets()
    assert sheets()[0] == "reset.css"


def test_every_sheet_fills_a_layer_that_has_its_place_in_the_order():
    order = re.search(r"@layer ([^;]+);", (CSS / "main.css").read_text(encoding="utf-8"))
    assert order
    for entry in ("main", "visit", "desk"):
        text = (CSS / f"{entry}.css").read_text(encoding="utf-8")
        layers = re.findall(r'@import url\("[^"]+"\) layer\((\w+)\);', text)
        assert len(layers) == text.count("@import ")
        assert set(layers) <= set(order[1].split(", "))
