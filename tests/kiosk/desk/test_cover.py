"""Covering: the words under a covered place, the place of covered words, and everything at once."""

import re

import numpy as np
import pytest

import store
from capture import drawing
from kiosk.desk.cover.hits import hits, phrases_of, stand_in
from kiosk.desk.cover.theme_words import reworded, texts_in, texts_of
from kiosk.meaning import kept
from kiosk.meaning.book import Book, Theme, add
from store.items import Item, Note
from store.payloads import Drawing, Gap, Place
from tests.support.desk_helpers import Desk, filled, item_of
from tests.support.places import PASSPHRASE

WHITE = drawing.encode(np.full((90, 160, 3), 240, np.uint8))
SHEET = Drawing(
    WHITE,
    text="ask Fridtjof\nmore light",
    places=(
        Place(0, 3, 0, 0, 30, 10),
        Place(4, 12, 40, 0, 60, 10),
        Place(13, 17, 0, 60, 30, 10),
        Place(18, 23, 40, 60, 40, 10),
    ),
)

BENS = "walnut harbour ladder seven"


@pytest.fixture
def desk(client):
    return Desk(client)


def opened(gathering):
    with store.keys.unlock(PASSPHRASE) as master:
        return store.items.released(gathering.id, master)


def url_of(gathering, item, act):
    return f"/review/gatherings/{gathering.id}/read/{item.id}/{act}"


def test_covering_a_spot_takes_only_the_words_under_it(desk, client):
    """Whoever paints over a name leaves the rest of the sheet readable for a screen reader."""
    gathering = filled(SHEET, Note("b"), Note("c"))
    item = item_of(gathering, "drawing")
    desk.follow(url_of(gathering, item, "cover"), version=1, box="45-2-10-4")
    left = item_of(gathering, "drawing")
    assert left.payload.text == "ask [COVERED]\nmore light"
    words = [left.payload.text[each.start : each.end] for each in left.payload.places]
    assert words == ["ask", "more", "light"]
    desk.follow(url_of(gathering, item, "cover"), version=2, box="0-60-10-4")
    assert item_of(gathering, "drawing").payload.text == "ask [COVERED]\n[COVERED] light"


def test_words_of_unknown_place_all_go(desk):
    """Of drawings kept by an older version nobody knows which words lay under the spot."""
    gathering = filled(Drawing(WHITE, text="ask Fridtjof"), Note("b"), Note("c"))
    item = item_of(gathering, "drawing")
    desk.follow(url_of(gathering, item, "cover"), version=1, box="0-0-10-10")
    assert item_of(gathering, "drawing").payload.text == "[COVERED]"


NAMED = (
    Note("Old Fridtjof from the yard, says [PERSON 1].", spans=(Gap(33, 43, "PERSON"),)),
    Note("FRIDTJOF, always Fridtjof! And Fridtjofs sister."),
    SHEET,
    Note("Nothing here."),
)


def everywhere(desk, gathering, item, **fields):
    page = desk.post(url_of(gathering, item, "everywhere"), **fields)
    assert page.status_code == 200
    offered = re.findall(r'name="hit" value="([^"]+)"( checked)?', page.text)
    return page.text, {value: bool(ticked) for value, ticked in offered}


def test_a_name_is_covered_wherever_it_stands_in_one_step(desk, client):
    """Texts, the words and the pixels of drawings, notes, labels, and the local lists."""
    gathering = filled(*NAMED)
    first = next(item for item in opened(gathering) if "Old" in getattr(item.payload, "text", ""))
    calm = next(item for item in opened(gathering) if item.payload == NAMED[3])
    desk.follow(url_of(gathering, calm, "note"), version=1, note="Ask Fridtjof.")
    desk.follow(url_of(gathering, calm, "label"), version=2, add="with Fridtjof, yard")
    with store.keys.unlock(PASSPHRASE) as master:
        kept.change(gathering.id, master, lambda book: add(book, "Fridtjof and the yard"))
    page, found = everywhere(desk, gathering, first, word="4-12")
    assert "They stand in 8 places" in page
    assert list(found.values()).count(False) == 1  # the longer word is somebody else's to judge
    done = desk.follow(
        url_of(gathering, first, "everywhere/cover"),
        typed="Fridtjof", hit=list(found), list="staff",
    )  # fmt: skip
    assert "Covered in 8 places." in done
    assert "local lists" in done
    for item in opened(gathering):
        said = " ".join((str(getattr(item.payload, "text", "")), item.note, *item.labels))
        assert "fridtjof" not in said.casefold()
    left = next(item for item in opened(gathering) if item.id == calm.id)
    with store.keys.unlock(PASSPHRASE) as master:
        assert [each.name for each in kept.load(gathering.id, master).themes] == [
            "[COVERED] and the yard"
        ]
    assert (left.note, left.labels) == ("Ask [COVERED].", ("with [COVERED]", "yard"))
    drawn = item_of(gathering, "drawing")
    assert drawn.payload.text == "ask [COVERED]\nmore light"
    pixels = drawing.rebuild(client.get(url_of(gathering, drawn, "drawing.png")).data)
    assert (pixels[0:10, 40:100] == drawing.COVER).all()
    assert (pixels[60:70] == 240).all()
    assert "Fridtjof" in desk.page("/review/lists/")


def test_no_step_brings_a_covered_name_back(desk):
    """An older note with the name would come back with U; that step is dropped."""
    gathering = filled(*NAMED)
    item = next(each for each in opened(gathering) if each.payload == NAMED[3])
    undo = f"/review/gatherings/{gathering.id}/undo"
    desk.follow(url_of(gathering, item, "note"), version=1, note="Ask Fridtjof.")
    desk.follow(url_of(gathering, item, "note"), version=2, note="Asked.")
    desk.follow(undo)
    assert "Fridtjof" in next(each for each in opened(gathering) if each.id == item.id).note
    desk.follow(f"/review/gatherings/{gathering.id}/redo")
    _, found = everywhere(desk, gathering, item, typed="Fridtjof")
    desk.follow(url_of(gathering, item, "everywhere/cover"), typed="Fridtjof", hit=list(found))
    assert "nothing of yours" in desk.follow(undo)
    assert next(each for each in opened(gathering) if each.id == item.id).note == "Asked."


def test_no_step_brings_a_covered_name_back_into_a_theme(desk):
    """Neither a renamed theme nor a removed one comes back with the name."""
    gathering = filled(*NAMED)
    item = next(each for each in opened(gathering) if each.payload == NAMED[3])
    named = Theme("ab", "Fridtjof", originals=(Theme("cd", "Yard", meaning="of Fridtjof"),))
    assert list(texts_of(named)) == ["Fridtjof", "Yard", "of Fridtjof"]
    book = reworded(Book((named,)), lambda text: text.replace("Fridtjof", "X"))
    assert texts_in(book) == ["X", "Yard", "of X"]
    desk.follow(url_of(gathering, item, "theme"), name="Fridtjof")
    undo = f"/review/gatherings/{gathering.id}/undo"
    _, found = everywhere(desk, gathering, item, typed="Fridtjof")
    assert any(each.startswith("theme-") for each in found)
    desk.follow(url_of(gathering, item, "everywhere/cover"), typed="Fridtjof", hit=list(found))
    assert "nothing of yours" in desk.follow(undo)


def test_a_covered_name_goes_from_the_board_and_from_what_was_typed_and_not_kept(desk, client):
    """Of whoever typed it; `will` stays where it was left, and other gatherings are others."""
    gathering = filled(Note("Ask Will."), Note("Will it be warm?"), Note("It will."))
    other = filled(Note("a"), Note("b"), Note("c"), title="Other")
    item = next(each for each in opened(gathering) if each.payload.text == "Ask Will.")
    with store.keys.unlock(PASSPHRASE) as master:
        store.keys.add_facilitator(master, "Ben", BENS)
    board = f"/review/gatherings/{gathering.id}/board/"
    desk.follow(board, theme="Heat, and Will", answer="We asked\nWill.", state="heard")
    desk.follow(board, theme="Of Will", answer="Taken down.", state="heard")
    taken = store.board.of(gathering.id)[1]
    desk.follow(f"{board}remove", answer_id=taken.id)
    assert desk.post("/review/unsaved", place=f"item/{gathering.id}/{item.id}/note",
                     words="Will says it will.").status_code == 204  # fmt: skip
    assert desk.post("/review/unsaved", place=f"board/{other.id}/answer",
                     words="Will again.").status_code == 204  # fmt: skip
    bens = Desk(client.application.test_client(), BENS)
    bens.post("/review/unsaved", place=f"board/{gathering.id}/answer", words="To WILL, thanks")
    page, found = everywhere(desk, gathering, item, typed="Will")
    assert "on the board, which everybody sees" in page
    assert len(found) == 5
    verb = next(each for each in opened(gathering) if each.payload.text == "It will.")
    ticked = [each for each in found if not each.startswith(verb.id)]
    done = desk.follow(url_of(gathering, item, "everywhere/cover"), typed="Will", hit=ticked)
    assert "Covered in 4 places." in done
    (answer,) = store.board.of(gathering.id)
    assert (answer.theme, answer.answer) == ("Heat, and …", "We asked\n….")
    desk.follow(f"{board}put-back")
    assert store.board.of(gathering.id)[1].theme == "Of …"
    assert ">\n[COVERED] says it will.</textarea>" in desk.page(
        f"/review/gatherings/{gathering.id}/read/{item.id}"
    )
    assert ">\nWill again.</textarea>" in desk.page(f"/review/gatherings/{other.id}/board/")
    assert "To [COVERED], thanks</textarea>" in bens.page(board)


def test_what_somebody_changed_meanwhile_is_looked_at_once_more(desk):
    """All that was confirmed is covered, or nothing is."""
    gathering = filled(*NAMED)
    item, other = (i for i in opened(gathering) if "ridtjof" in getattr(i.payload, "text", "") and
                   isinstance(i.payload, Note))  # fmt: skip
    _, found = everywhere(desk, gathering, item, typed="Fridtjof")
    with store.keys.unlock(PASSPHRASE) as master:
        store.items.cover(other.id, [(0, 1)], (), master, version=other.version)
    url = url_of(gathering, item, "everywhere/cover")
    answer = desk.post(url, typed="Fridtjof", hit=list(found))
    assert answer.status_code == 422
    assert "nothing was covered" in answer.text
    assert "Fridtjof" in next(i for i in opened(gathering) if i.id == item.id).payload.text


def test_only_what_was_found_can_be_covered(desk):
    """A form of somebody's own making covers nothing else."""
    gathering = filled(*NAMED)
    item = next(each for each in opened(gathering) if each.payload == NAMED[3])
    made_up = f"{item.id}-{item.version}-text-0-7"
    answer = desk.post(url_of(gathering, item, "everywhere/cover"), typed="Fridtjof", hit=[made_up])
    assert answer.status_code == 422
    assert next(i for i in opened(gathering) if i.id == item.id).payload.text == "Nothing here."
    answer = desk.post(url_of(gathering, item, "everywhere/cover"), typed="Fridtjof")
    assert "Nothing was marked" in answer.text


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Zoë Müller-Straße", "zoe muller-strasse", ["Zoë Müller-Straße"]),
        ("Anna and Annabel", "Anna", ["Anna", "Annabel"]),
        ("Al and Alfred", "Al", ["Al"]),  # too short for a beginning
        ("[PERSON 1] is a person 1", "person 1", ["person 1"]),  # placeholders are not words
        ("nobody", "", []),
    ],
)
def test_words_are_found_as_people_write_them(text, typed, found):
    spans = (Gap(0, 10, "PERSON"),) if text.startswith("[") else ()
    item = Item("00" * 16, "00" * 16, store.items.Kind.NOTE, Note(text, spans=spans), "released")
    assert [hit.words for hit in hits([item], phrases_of(typed))] == found


def test_a_step_is_judged_by_whole_words():
    assert stand_in("ask Anna.", ["anna"])
    assert not stand_in("ask Annabel.", ["anna"])


@pytest.mark.parametrize(("count", "told"), [(2, "fewer than 3 of 4"), (3, "3 places in 3 of 4")])
def test_how_often_the_machine_missed_something_is_told_from_k_up(desk, count, told):
    """A number of one or two would point at somebody."""
    gathering = filled(*(Note(f"Fridtjof {number}") for number in range(4)))
    for item in opened(gathering)[:count]:
        desk.follow(url_of(gathering, item, "cover"), version=1, word="0-8")
    page = " ".join(desk.page(f"/review/gatherings/{gathering.id}/export").split())
    assert f"something in {told}" in page or f"{told} items (75 %)" in page
