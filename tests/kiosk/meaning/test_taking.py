"""What is taken to a session: cards, a tagged PDF, one file that agrees with itself."""

import csv
import io
import json
import re
import zipfile

import numpy as np
import pypdf
import pytest
import typst
from PIL import Image

import store
from capture import drawing
from kiosk.desk.opened import Reading
from kiosk.meaning import kept, pdf
from kiosk.meaning.paper import LINE, PAPERS, PER_PAGE, ROOM, SIZES, Paper, PaperCard, is_rtl, paper
from kiosk.meaning.session_files import Wish, pack
from kiosk.meaning.signs import spelled
from store.items import Note
from store.payloads import Drawing, Said, Silence
from tests.support.desk_helpers import Desk, filled
from tests.support.page_lint import faults
from tests.support.places import HOME, PASSPHRASE

NOTES = (
    *(Note(f"The canteen is cold, number {number}") for number in range(9)),
    Note("#strong[Night] shift | *cold* $x^2$ <b>no</b> =1+1"),
    Note("أريد ضوءًا أفضل في القاعة"),
)
PICTURE = Drawing(drawing.encode(np.full((90, 160, 3), 200, np.uint8)), text="more light")
LAYOUT = {"size": "a4", "per_page": 4}


@pytest.fixture
def desk(client):
    return Desk(client)


def url_of(gathering, rest=""):
    return f"/review/gatherings/{gathering.id}/{rest}"


def approve(gathering):
    with store.keys.unlock(PASSPHRASE) as master:
        for item in store.items.released(gathering.id, master):
            store.items.move(item.id, "approved", version=item.version)


@pytest.fixture
def gathering(desk):
    """Approved notes, some in a theme, a silence, a drawing; one note is not approved."""
    made = filled(*NOTES, PICTURE, Silence(Said("tired")), Note("Nobody decided on this"))
    approve(made)
    with store.keys.unlock(PASSPHRASE) as master:
        items = store.items.released(made.id, master)
        away = next(each for each in items if "Nobody decided" in getattr(each.payload, "text", ""))
        store.items.move(away.id, "released", version=away.version)
        canteen = [each for each in items if "canteen" in getattr(each.payload, "text", "")]
    for item in canteen:
        desk.follow(url_of(made, f"read/{item.id}/theme"), name="Cold food")
    return made


def paper_of(gathering, *, seed=None, drawings=False):
    with store.keys.unlock(PASSPHRASE) as master:
        here = Reading(gathering.id, store.items.released(gathering.id, master))
        if drawings:
            here.on_the_wall = {item.id for item in here.items if item.kind == "drawing"}
        return paper(here, kept.load(gathering.id, master), gathering.title, seed=seed)


def text_of(content):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_paper_shows_what_is_approved_and_drawings_that_were_ticked(gathering):
    texts = [card.text for card in paper_of(gathering).cards()]
    assert "Nobody decided on this" not in texts
    assert "more light" not in texts
    assert len(texts) == len(NOTES) + 1
    assert "more light" in [card.text for card in paper_of(gathering, drawings=True).cards()]


def test_the_pdf_is_tagged_says_its_language_and_tells_nothing_else(gathering):
    made = pdf.pdf_of(paper_of(gathering, drawings=True), **LAYOUT)
    reader = pypdf.PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/StructTreeRoot"]
    assert set(reader.metadata) <= {"/Title", "/Creator"}
    assert reader.metadata["/Title"] == gathering.title
    assert b"pdfuaid" in made or b"pdfuaid" in root["/Metadata"].get_data()
    xmp = root["/Metadata"].get_data().decode()
    assert not re.search(r"CreateDate|ModifyDate|dc:creator|20\d\d-", xmp)


def test_words_of_visitors_are_printed_whole_and_never_as_markup(gathering):
    text = " ".join(text_of(pdf.pdf_of(paper_of(gathering), **LAYOUT)).split())
    assert "#strong[Night] shift | *cold* $x^2$ <b>no</b> =1+1" in text
    assert "[PERSON" not in text


def card_of(text):
    return PaperCard(text, b"", is_rtl(text), 0, "note", 1)


def full_cards(per_page):
    """Texts that fill each size of letters to its last one, and words that are long themselves."""
    for _name, room, _line in SIZES:
        length = int(ROOM[per_page] * room)
        yield card_of(("wide MAMMA " * 200)[:length])
        yield card_of("\n".join("n" * (length // (1 + LINE[per_page] * 5 // 3))))
    words = ("Arbeitsunfähigkeitsbescheinigungen", "Aufstiegsmöglichkeiten", "n" * LINE[per_page])
    for word in words:
        yield card_of(f"{word} {word}")


def ink(cards, size, per_page):
    """Where something is printed on the sheets of cards; dots are half a millimetre."""
    data = pdf._data(Paper("Shift", [], cards), size, per_page)
    source = (HOME / "kiosk" / "meaning" / "deck.typ").read_bytes()
    inputs = {"data": json.dumps(data)}
    pages = typst.compile(source, format="png", ppi=50.8, sys_inputs=inputs)
    sheets = pages[1 : 1 + len(data["sheets"])]
    return [np.asarray(Image.open(io.BytesIO(each)).convert("L")) < 200 for each in sheets]


def outside(sheet, per_page):
    """How much is printed where cards are cut apart, 5 mm to each side."""
    margin, edge = 24, 10
    inner = sheet[margin:-margin, margin:-margin]
    rows, columns = per_page // pdf.COLUMNS[per_page], pdf.COLUMNS[per_page]
    height, width = (inner.shape[0] - 4) / rows, inner.shape[1] / columns
    found = 0
    for row in range(rows + 1):
        at = round(row * height)
        found += inner[max(0, at - edge) : at + edge, :].sum()
    for column in range(columns + 1):
        at = round(column * width)
        found += inner[:, max(0, at - edge) : at + edge].sum()
    return int(found)


@pytest.mark.parametrize("size", PAPERS)
@pytest.mark.parametrize("per_page", PER_PAGE)
def test_no_word_is_printed_where_cards_are_cut_apart(monkeypatch, size, per_page):
    """First we see that letters too large for their card are found there."""
    cards = list(full_cards(per_page))
    with monkeypatch.context() as patch:
        patch.setattr(PaperCard, "size", lambda _card, _per_page: "large")
        assert sum(outside(sheet, per_page) for sheet in ink(cards, size, per_page))
    sheets = ink(cards, size, per_page)
    assert len(sheets) > 0
    assert all(sheet.any() for sheet in sheets)
    assert [outside(sheet, per_page) for sheet in sheets] == [0] * len(sheets)


@pytest.mark.parametrize("per_page", PER_PAGE)
def test_a_long_note_is_on_a_page_of_its_own_with_its_last_word(per_page):
    card = card_of("word " * 900 + "end.")
    assert card.size(per_page) == "alone"
    assert card_of("Short.").size(per_page) == "large"
    made = pdf.pdf_of(Paper("Shift", [], [card]), size="a4", per_page=per_page)
    words = text_of(made).split()
    assert words.count("word") == 900
    assert "end." in words


def test_a_word_without_end_is_printed_on_several_lines():
    """Whoever leans on a key writes a word that is wider than any paper."""
    (sheet,) = ink([card_of("Short.")], "a4", 4)
    assert sheet.any()
    made = pdf.pdf_of(Paper("Shift", [], [card_of("a" * 400)]), size="a4", per_page=4)
    lines = [line for line in text_of(made).split("\n") if set(line.strip("\u200b ")) == {"a"}]
    assert len(lines) > 5
    assert sum(line.count("a") for line in lines) == 400


def test_a_little_picture_that_no_font_has_is_printed_as_its_name():
    """A thumb in one note may not cost a room all of its cards."""
    cards = [card_of("Well done 👍🏽, 20 °C again"), card_of("Plain words")]
    text = " ".join(text_of(pdf.pdf_of(Paper("Shift", [], cards), **LAYOUT)).split())
    assert "20 °C again" in text
    assert "Plain words" in text
    assert "(thumbs up sign)," in text or "👍" in text  # some machines have a font for it
    assert spelled(Paper("☀️", [], cards)).title == "(black sun with rays)"


def test_letters_that_no_font_has_are_said_and_leave_the_other_files(desk, gathering):
    """Empty boxes in the place of words would be worse than no PDF: the page to print has them."""
    url = url_of(gathering, "session")
    assert desk.post(f"{url}/pdf").mimetype == "application/pdf"
    made = filled(Note("Written in \U0010fffd"), *NOTES)
    approve(made)
    said = desk.follow(url_of(made, "session/pdf"))
    assert "The page to print has them all." in said
    files = opened(desk.post(url_of(made, "session")).data)
    assert "cards.pdf" not in files
    assert "\U0010fffd" in files["cards.html"].decode()


def test_a_script_from_the_right_begins_on_the_right():
    assert is_rtl("  «أريد» light")
    assert not is_rtl("12: light أريد")
    assert not is_rtl("")


def test_the_page_to_print_has_the_same_words(desk, gathering):
    page = desk.page(url_of(gathering, "session/cards?size=letter&per_page=8"))
    assert "cards--8" in page
    assert page.count("The canteen is cold, number") >= 9
    assert "Nobody decided" not in page
    assert "=1+1" in page


def opened(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_table_text_and_data_of_one_press_agree(gathering):
    files = opened(pack(paper_of(gathering, drawings=True), gathering, Wish(), shape=b"the shape"))
    assert set(files) == {
        "cards.html", "cards.pdf", "drawings/0001.png", "manifest.json", "shape.html",
        "themes.csv", "themes.json", "themes.md",
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(files["themes.csv"].decode("utf-8-sig"))))
    data = json.loads(files["themes.json"])
    in_data = [
        (theme["name"], card["contribution"])
        for theme in [*data["themes"], {"name": "", "cards": data["said_by_few"]}]
        for card in theme["cards"]
    ]
    assert [(row["name"], row["contribution"]) for row in rows] == in_data
    assert files["themes.md"].decode().count("\n- ") == len(rows)
    assert "\\*cold\\*" in files["themes.md"].decode()
    assert "'=1+1" not in files["themes.json"].decode()
    manifest = json.loads(files["manifest.json"])
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    assert manifest["promise"]["threshold"] == 3
    assert manifest["keep_until"] > gathering.opens.isoformat()


def test_two_archives_differ_in_nothing_but_the_order(gathering):
    one, same, other = (
        pack(paper_of(gathering, seed=seed), gathering, Wish(), shape=b"") for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other
    rows = [sorted(opened(each)["themes.csv"].split(b"\n")) for each in (one, other)]
    strip = [[re.sub(rb'"\d+"', b"", row) for row in each] for each in rows]
    assert sorted(strip[0]) == sorted(strip[1])


def test_nothing_private_is_in_any_file(desk, gathering):
    with store.keys.unlock(PASSPHRASE) as master:
        item = store.items.released(gathering.id, master)[0]
        version = store.items.label(item.id, ["secret label"], master, version=item.version)
        store.items.annotate(item.id, "secret note", master, version=version)
    files = opened(desk.post(url_of(gathering, "session")).data)
    assert b"Cold food" in files["themes.csv"]
    for name, content in files.items():
        assert b"secret" not in content, name
        assert item.id.encode() not in content, name
        assert b"approved" not in content, name


def test_the_shape_goes_along_as_the_desk_shows_it(desk, gathering):
    """As a page that needs nothing else, with the same words and numbers."""
    shown = (
        desk.page(url_of(gathering, "shape")).split("</p>\n  </div>", 1)[1].split("</desk-keys>")[0]
    )
    files = opened(desk.post(url_of(gathering, "session")).data)
    page = files["shape.html"].decode()
    assert faults(page) == ["an inline style"]
    words = [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in (shown, page)]
    assert words[0]
    assert words[0] in words[1]
    assert "src=" not in page
    assert "href=" not in page


def test_each_theme_on_paper_has_a_pattern_of_its_own(gathering):
    """Not by colour alone, on paper either: in black each is told from the others."""
    css = (HOME / "static" / "css" / "paper" / "deck.css").read_text()
    on_screen = (HOME / "static" / "css" / "desk" / "themes.css").read_text()
    patterns = [re.findall(rf"hue--{n} {{\n(.*?)\n}}", css, re.DOTALL)[0] for n in range(1, 10)]
    assert len({each.split("--pattern:")[-1] for each in patterns}) == len(patterns)
    assert [each for each in patterns if each not in on_screen] == []


def test_a_passphrase_seals_the_file_and_a_weak_one_is_refused(desk, gathering):
    pyrage = pytest.importorskip("pyrage")
    refused = desk.post(url_of(gathering, "session"), passphrase="canteen")
    assert refused.status_code == 422
    sealed = desk.post(url_of(gathering, "session"), passphrase=PASSPHRASE)
    assert sealed.headers["Content-Disposition"].endswith('session.zip.age"')
    assert b"canteen" not in sealed.data
    assert "themes.csv" in opened(pyrage.passphrase.decrypt(sealed.data, PASSPHRASE))


def test_without_typst_the_page_and_the_files_are_still_there(desk, gathering, monkeypatch):
    assert "A PDF" in desk.page(url_of(gathering, "session"))
    monkeypatch.setattr(pdf, "can_print", lambda: False)
    assert "A PDF" not in desk.page(url_of(gathering, "session"))
    assert "cards.pdf" not in opened(desk.post(url_of(gathering, "session")).data)
