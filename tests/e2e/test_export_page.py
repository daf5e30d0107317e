"""The page that leaves the kiosk as a file: with a screen reader, in any look, at any size."""

from pathlib import Path

import numpy as np
import pytest

from capture import drawing
from kiosk.desk import export
from store.items import Item
from store.payloads import Drawing, Kind, Memo, Note, Payload, Said, Silence
from store.status import Status

pytest.importorskip("playwright")
from playwright.sync_api import Browser

ID = "00" * 16
PICTURE = drawing.encode(np.full((90, 160, 3), 200, np.uint8))


def item(payload: Payload, kind: Kind, **more) -> Item:
    return Item(ID, ID, kind, payload, more.pop("status", Status.APPROVED), **more)


ITEMS = [
    item(Note("Too loud.", said=Said(question="What?")), Kind.NOTE, labels=("noise",), note="Ask."),
    item(Memo("It is cold.", said=Said("tired")), Kind.MEMO, is_worrying=True),
    item(Drawing(PICTURE, text="more light"), Kind.DRAWING),
    item(Drawing(PICTURE), Kind.DRAWING),
    item(Silence(Said("not_yet")), Kind.SILENCE, status=Status.DISCARDED),
]


@pytest.fixture
def page_of(tmp_path: Path):
    """Writes a file, with whatever one can ask for in it; a fault is put in place of a word."""

    def write(fault: tuple[str, str] = ("", "")) -> str:
        content = export.write_export(ITEMS, form="html", title="Autumn", with_notes=True).decode()
        assert fault[0] in content
        file = tmp_path / "contributions.html"
        file.write_text(content.replace(*fault) if fault[0] else content, encoding="utf-8")
        return file.as_uri()

    return write


@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}]
)
def test_axe_finds_nothing_in_the_exported_page(browser: Browser, page_of, faults_of, look):
    """At three sizes; it is printed, passed on and read by people whom nobody asked."""
    context = browser.new_context(bypass_csp=True, **look)
    page = context.new_page()
    for width, height in ((1280, 800), (390, 844), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(page_of())
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_axe_would_have_found_a_fault_in_it(browser: Browser, page_of, faults_of):
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for fault in (('<html lang="en">', "<html>"), ('alt="more light"', ""), ("#5d554b", "#c9c2b8")):
        page.goto(page_of(fault))
        assert faults_of(page) != []
    context.close()
