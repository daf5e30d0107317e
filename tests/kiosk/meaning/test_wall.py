"""The wall: approved items alone, mixed anew at each opening, drawings only if ticked."""

import re

import numpy as np
import pytest

import store
from capture import drawing
from store.items import Note
from store.payloads import Drawing, Said, Silence
from tests.support.desk_helpers import Desk, filled
from tests.support.places import PASSPHRASE

NOTES = tuple(Note(f"The canteen is cold, number {number}") for number in range(12))
PICTURE = Drawing(drawing.encode(np.full((9, 16, 3), 200, np.uint8)), text="more light")


@pytest.fixture
def desk(client):
    return Desk(client)


def url_of(gathering, rest=""):
    return f"/review/gatherings/{gathering.id}/{rest}"


def items_of(gathering):
    with store.keys.unlock(PASSPHRASE) as master:
        return list(store.items.released(gathering.id, master))


def approve(gathering, but=()):
    for item in items_of(gathering):
        if item.id not in but:
            store.items.move(item.id, "approved", version=item.version)


def cards_on(page):
    return re.findall(r'<p dir="auto">([^<]+)</p></li>', page)


def test_only_what_is_approved_hangs_there(desk):
    gathering = filled(*NOTES, Silence(Said("tired")))
    assert "Nothing is here yet" in desk.page(url_of(gathering, "wall"))
    waiting, discarded, worrying, *_ = [i for i in items_of(gathering) if i.kind == "note"]
    approve(gathering, but={waiting.id, discarded.id})
    store.items.move(discarded.id, "discarded", version=discarded.version)
    with store.keys.unlock(PASSPHRASE) as master:
        store.items.worry(worrying.id, master, is_worrying=True, version=worrying.version + 1)
    shown = cards_on(desk.page(url_of(gathering, "wall")))
    away = {each.payload.text for each in (waiting, discarded, worrying)}
    assert len(shown) == len(NOTES) - 3 + 1
    assert not away & set(shown)
    assert "Tired" in shown


def test_each_opening_mixes_the_cards_anew(desk):
    gathering = filled(*NOTES)
    approve(gathering)
    seen = {tuple(cards_on(desk.page(url_of(gathering, "wall")))) for _ in range(5)}
    assert len(seen) > 1
    assert len({frozenset(each) for each in seen}) == 1


def test_a_drawing_hangs_only_where_somebody_ticked_it(desk):
    """A hand can be recognised: its words do not hang there either before that."""
    gathering = filled(*NOTES, PICTURE)
    approve(gathering)
    assert "drawing.png" not in desk.page(url_of(gathering, "wall"))
    assert "more light" not in desk.page(url_of(gathering, "wall"))
    picture = next(item for item in items_of(gathering) if item.kind == "drawing")
    assert picture.id in desk.page(url_of(gathering, "wall/drawings"))
    desk.follow(url_of(gathering, "wall/drawings"), item=picture.id)
    assert f"{picture.id}/drawing.png" in desk.page(url_of(gathering, "wall"))
    other = Desk(desk.client.application.test_client())
    assert "drawing.png" not in other.page(url_of(gathering, "wall"))


def test_nothing_private_is_on_the_wall(desk):
    gathering = filled(*NOTES)
    item = items_of(gathering)[0]
    with store.keys.unlock(PASSPHRASE) as master:
        version = store.items.label(item.id, ["secret label"], master, version=item.version)
        store.items.annotate(item.id, "secret note", master, version=version)
    approve(gathering)
    assert "secret label" in desk.page(url_of(gathering, f"read/{item.id}"))
    assert "secret" not in desk.page(url_of(gathering, "wall"))


def test_names_are_closed_until_somebody_opens_them_and_dots_are_typed_in(desk):
    gathering = filled(*NOTES)
    approve(gathering)
    desk.follow(url_of(gathering, f"read/{items_of(gathering)[0].id}/theme"), name="Cold food")
    page = desk.page(url_of(gathering, "wall"))
    assert re.search(
        r"<details class=\"wall__name\"><summary>Theme\s1</summary><h2[^>]*>Cold food", page
    )
    theme_id = re.search(r'data-dots="(\w+)"', page)[1]
    counted = desk.follow(url_of(gathering, f"wall/{theme_id}/dots"), dots="7")
    assert re.search(r"●●●●●●●\s+7</output>", counted)
    assert desk.post(url_of(gathering, "wall/00/dots"), dots="7").status_code == 404


def test_a_wrong_number_of_dots_is_taken_back_like_anything_else(desk):
    """The last step goes first; a number that is typed in again is no step."""
    gathering = filled(*NOTES)
    approve(gathering)
    desk.follow(url_of(gathering, f"read/{items_of(gathering)[0].id}/theme"), name="Cold food")
    theme_id = re.search(r'data-dots="(\w+)"', desk.page(url_of(gathering, "wall")))[1]
    for dots in ("7", "70", "70"):
        desk.follow(url_of(gathering, f"wall/{theme_id}/dots"), dots=dots)
    assert re.search(r"●{12}\s+70</output>", desk.page(url_of(gathering, "wall")))
    desk.follow(url_of(gathering, "undo"))
    assert re.search(r"●{7}\s+7</output>", desk.page(url_of(gathering, "wall")))
    desk.follow(url_of(gathering, "undo"))
    assert "Cold food" in (page := desk.page(url_of(gathering, "wall")))
    assert "●" not in page


def test_what_differs_most_in_a_theme_is_marked(desk):
    """An average swallows small voices: the card farthest from its theme says that it differs."""
    other = "My bicycle was stolen from the yard behind the gate"
    gathering = filled(*NOTES, Note(other))
    approve(gathering)
    for item in items_of(gathering):
        desk.follow(url_of(gathering, f"read/{item.id}/theme"), name="Canteen")
    page = desk.page(url_of(gathering, "wall"))
    marked = re.findall(r'a different view</strong><p dir="auto">([^<]+)</p>', page)
    assert other in marked
    assert 0 < len(marked) <= 2
