"""Files for a sense-making session: what is listed, no more, and no order or date in it."""

import csv
import io
import json
import re
import zipfile
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture import drawing
from kiosk.desk import export, export_tables
from store.items import Item
from store.payloads import Drawing, Kind, Memo, Note, Said, Silence
from store.status import Status

PICTURE = drawing.encode(np.full((9, 16, 3), 200, np.uint8))
MARKED = "0123456789abcdef0123456789abcdef"  # an item's id; no file may hold it


def item(payload, kind, **more):
    return Item(MARKED, MARKED, kind, payload, more.pop("status", Status.APPROVED), **more)


ITEMS = [
    item(Note("Too loud, says [PERSON 1].", ((0, 3),), Said(question="What?")), Kind.NOTE,
         labels=("noise", "canteen"), note="Ask the canteen.", version=77),
    item(Memo("It is cold.", said=Said("tired")), Kind.MEMO),
    item(Drawing(PICTURE, text="more light"), Kind.DRAWING),
    item(Silence(Said("not_yet")), Kind.SILENCE, status=Status.DISCARDED),
    item(Note("=1+1"), Kind.NOTE),
]  # fmt: skip


def lines(content):
    return [json.loads(line) for line in content.decode().splitlines()]


def test_a_json_line_has_the_listed_fields_and_no_other():
    """Scripts rely on kind, text, status and labels; ids, versions and doubts stay here."""
    themes = {MARKED: ["Canteen", "Noise"]}
    records = lines(export.write_export(ITEMS, form="jsonl", themes=themes))
    assert {tuple(record) for record in records} == {export.FIELDS}
    (noise,) = [record for record in records if "loud" in record["text"]]
    assert noise == {
        "kind": "note",
        "text": "Too loud, says [PERSON 1].",
        "status": "approved",
        "labels": ["noise", "canteen"],
        "themes": ["Canteen", "Noise"],
        "question": "What?",
        "feeling": "",
        "drawing": None,
    }


@pytest.mark.parametrize("form", export.FORMATS)
def test_no_file_tells_an_id_or_a_version(form):
    """Nothing in an export finds its row in the database again."""
    content = export.write_export(ITEMS, form=form)
    content = unpacked(content)
    assert b"Too loud" in content
    assert MARKED.encode() not in content
    assert b"77" not in export.write_export(ITEMS, form="jsonl")


def test_the_order_is_drawn_anew_for_each_file():
    """Two exports laid side by side tell nothing of the order of the desk."""
    many = [item(Note(f"{number:03}"), Kind.NOTE) for number in range(100)]
    orders = {
        tuple(r["text"] for r in lines(export.write_export(many, form="jsonl"))) for _ in range(9)
    }
    assert len(orders) == 9
    rising = [sum(one < two for one, two in pairwise(order)) for order in orders]
    assert all(25 < count < 75 for count in rising)


def test_an_archive_has_fixed_dates_and_whole_pictures():
    """Whoever gets the file does not learn when it was made, and has every drawing."""
    archive = zipfile.ZipFile(io.BytesIO(export.write_export(ITEMS, form="zip")))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in archive.infolist()} == {3}
    (named,) = [r["drawing"] for r in lines(archive.read("items.jsonl")) if r["drawing"]]
    assert archive.read(named) == PICTURE
    assert named.encode() in archive.read("items.html")
    assert named.encode() in archive.read("items.csv")


def test_equal_archives_are_equal_to_the_byte(monkeypatch):
    """Besides the order nothing varies: no time, no name of the machine."""
    monkeypatch.setattr(export.secrets.SystemRandom, "shuffle", lambda _self, _items: None)
    assert export.write_export(ITEMS, form="zip") == export.write_export(ITEMS, form="zip")


def test_the_page_is_whole_and_runs_nothing():
    """One HTML file holds its drawings, and what a visitor wrote stays text in it."""
    attack = item(Note("<script>alert(1)</script>"), Kind.NOTE, labels=("<b>",))
    page = export.write_export([attack, ITEMS[2]], form="html", title="Autumn & winter").decode()
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page
    assert "Autumn &amp; winter" in page
    assert 'src="data:image/png;base64,' in page
    assert "default-src 'none'" in page
    assert "http:" not in page.replace("http-equiv", "")


def cells(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_row_for_each_item():
    """A spreadsheet opens it with its umlauts, one row an item."""
    rows = cells(export.write_export(ITEMS, form="csv"))
    assert tuple(rows[0]) == export.FIELDS
    assert len(rows) == 1 + len(ITEMS)
    assert [row[1] for row in rows if "1+1" in row[1]] == ["'=1+1"]


STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
SEPARATORS = (",", ";", "\t", "\n", "\r", "|")


@given(
    st.lists(
        st.sampled_from([*STARTS, *SEPARATORS, '"', "'", " ", "x", "cmd|' /C calc'!A0"])
        | st.text(),
        max_size=12,
    ).map("".join)
)
def test_no_cell_is_taken_for_a_formula_however_the_file_is_cut(text):
    """A German spreadsheet cuts at `;`, a hasty one at line breaks; no word is lost."""
    cell = export_tables.harmless(text)
    for part in re.split(r"[,;|\t\n\r\v\f\x85\u2028\u2029]", cell):
        assert not part.lstrip(' "\ufeff\u200b').startswith(STARTS)
    assert cell.replace("'", "") == text.replace("'", "")
    rows = cells(export.write_export([item(Note(text), Kind.NOTE)], form="csv"))
    assert rows[1][1] == cell


def test_the_measured_attack_computes_nothing():
    """What became a formula in a German spreadsheet, and its relatives."""
    for attack in (
        "x;=cmd|' /C calc'!A0",
        "x\t=1+1",
        'x"; =1+1',
        "x\n=1+1",
        "x, @SUM(1)",
        '=1";=2',
    ):
        content = export.write_export([item(Note(attack), Kind.NOTE)], form="csv").decode(
            "utf-8-sig"
        )
        for separator in (";", "\t", ","):
            for row in csv.reader(io.StringIO(content, newline=""), delimiter=separator):
                assert not [cell for cell in row if cell.lstrip(' "').startswith(STARTS)], attack


def test_every_cell_of_the_workbook_is_text():
    """No formula, no number, no link: what a visitor wrote is shown as it was written."""
    long = "ß" * 50_000
    found = [*ITEMS, item(Note("http://x.example"), Kind.NOTE), item(Note(long), Kind.NOTE)]
    content = export.write_export(found, form="xlsx")
    archive = zipfile.ZipFile(io.BytesIO(content))
    sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    types = set(re.findall(r'<c [^>]*?t="(\w+)"', sheet))
    assert types == {"s"}
    assert sheet.count("<c ") == sheet.count('t="s"')
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    words = archive.read("xl/sharedStrings.xml").decode()
    assert "=1+1" in words
    assert words.count("ß") == 50_000
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "1980-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode()
    assert MARKED not in words


def test_notes_and_worries_stay_at_the_desk_unless_asked_for():
    """They were written for facilitators alone; a file goes to many."""
    worrying = item(Note("dark words"), Kind.NOTE, note="private", is_worrying=True)
    for form in export.FORMATS:
        left = export.write_export(export.chosen([worrying], is_all=True), form=form)
        assert b"dark words" not in unpacked(left)
        plain = unpacked(export.write_export(ITEMS, form=form))
        assert b"Ask the canteen." not in plain
        asked = unpacked(export.write_export([*ITEMS, worrying], form=form, with_notes=True))
        assert b"Ask the canteen." in asked


def unpacked(content):
    """The bytes of a file, and where it is an archive, of all that is in it."""
    if not content.startswith(b"PK"):
        return content
    archive = zipfile.ZipFile(io.BytesIO(content))
    return b"".join(unpacked(archive.read(name)) for name in archive.namelist())


def test_the_page_speaks_its_readers_language(client):
    """Landmarks, and words for what else would be a code."""
    with client.application.test_request_context("/?lang=de"):
        page = export.write_export(ITEMS, form="html", title="Herbst").decode()
    assert '<html lang="de">' in page
    assert "<main>" in page
    assert "verworfen" in page
    assert "Müde" in page
    assert "not_yet" not in page


@pytest.mark.parametrize("form", export.FORMATS)
def test_an_export_of_nothing_is_still_a_file(form):
    """No approved item yet is no error."""
    assert isinstance(export.write_export([], form=form), bytes)
