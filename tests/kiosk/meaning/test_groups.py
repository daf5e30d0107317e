"""Suggested groups at the desk: advice that changes nothing until somebody accepts it."""

import re

import pytest

import store
from kiosk.meaning import kept
from kiosk.meaning.book import Card
from store.items import Note
from store.payloads import Said, Silence
from tests.support.desk_helpers import Desk, filled, versions
from tests.support.places import PASSPHRASE

CANTEEN = [
    f"The canteen food is cold {when}" for when in ("again", "on Friday", "in winter", "at noon")
]
PARKING = [
    f"Parking at the gate is full {when}" for when in ("today", "on Monday", "in spring", "early")
]
ALONE = "Zebras delight Hildegard"
NOTES = tuple(Note(text) for text in (*CANTEEN, *PARKING, ALONE))


@pytest.fixture
def desk(client):
    return Desk(client)


def url_of(gathering, rest=""):
    return f"/review/gatherings/{gathering.id}/{rest}"


def themes(gathering):
    """The names of the themes that each text is in."""
    texts = text_by_id(gathering)
    with store.keys.unlock(PASSPHRASE) as master:
        book = kept.load(gathering.id, master)
    return {
        text: tuple(each.name for each in book.themes if Card(item_id) in each.cards)
        for item_id, text in texts.items()
    }


def forms(page):
    """The number of each suggested group with the items in it."""
    parts = re.split(r'<section class="card stack" aria-labelledby="group-(\d+)">', page)[1:]
    return {
        int(number): re.findall(r'name="item" value="(\w+)"', rest.split("</section>")[0])
        for number, rest in zip(parts[::2], parts[1::2], strict=True)
    }


def text_by_id(gathering):
    with store.keys.unlock(PASSPHRASE) as master:
        items = store.items.released(gathering.id, master)
    return {item.id: getattr(item.payload, "text", "") for item in items}


def test_asking_for_groups_changes_nothing_and_shows_the_loose_pile(desk):
    gathering = filled(*NOTES, Silence(Said("tired")))
    assert "Press “Suggest groups”" in desk.page(url_of(gathering, "groups/"))
    page = desk.follow(url_of(gathering, "groups/"), count=2)
    assert set(themes(gathering).values()) == {()}
    texts = text_by_id(gathering)
    groups = [{texts[each] for each in ids} for ids in forms(page).values()]
    assert groups
    assert all(group <= set(CANTEEN) or group <= set(PARKING) for group in groups)
    loose = page.split('id="loose"')[1]
    assert ALONE in loose
    assert "1 item has no words" in loose


def test_a_group_is_accepted_without_what_was_unticked_and_undone_in_one_step(desk):
    gathering = filled(*NOTES)
    page = desk.follow(url_of(gathering, "groups/"), count=2)
    number, ids = next(iter(forms(page).items()))
    left_out, *kept = ids
    page = desk.follow(url_of(gathering, f"groups/{number}/accept"), item=kept, name="Cold, food")
    assert number not in forms(page)
    texts = text_by_id(gathering)
    now = themes(gathering)
    assert {now[texts[each]] for each in kept} == {("Cold, food",)}
    assert now[texts[left_out]] == ()
    desk.post(url_of(gathering, "undo"))
    assert set(themes(gathering).values()) == {()}


def test_a_dismissed_group_leaves_and_its_items_stay_as_they_are(desk):
    gathering = filled(*NOTES)
    number = next(iter(forms(desk.follow(url_of(gathering, "groups/"), count=2))))
    page = desk.follow(url_of(gathering, f"groups/{number}/dismiss"))
    assert number not in forms(page)
    assert set(themes(gathering).values()) == {()}
    assert "not there any more" in desk.follow(url_of(gathering, f"groups/{number}/dismiss"))


def test_a_theme_needs_a_name_and_an_item(desk):
    gathering = filled(*NOTES)
    number, ids = next(iter(forms(desk.follow(url_of(gathering, "groups/"), count=2)).items()))
    for fields in ({"name": "  ", "item": ids}, {"name": "Food"}, {"name": "Food", "item": "x"}):
        assert "give the theme a name" in desk.follow(url_of(gathering, f"groups/{number}/accept"),
                                                      **fields)  # fmt: skip
    assert set(themes(gathering).values()) == {()}


def test_near_copies_come_as_a_stack_and_are_never_called_people(desk):
    gathering = filled(*NOTES, Note("The canteen food is cold, again!!"))
    page = desk.follow(url_of(gathering, "groups/"), count=2)
    assert "1 similar note <kbd" in page
    assert "people" not in page.split("<main")[1].split("</main>")[0]


def test_a_word_that_is_covered_leaves_the_suggestions_too(desk):
    gathering = filled(*NOTES)
    page = desk.follow(url_of(gathering, "groups/"), count=2)
    assert forms(page)
    item_id = forms(page)[min(forms(page))][0]
    version = versions(gathering)[item_id]
    desk.post(url_of(gathering, f"read/{item_id}/cover"), version=version, word="0-3")
    assert forms(desk.page(url_of(gathering, "groups/"))) == {}


def test_another_desk_sees_no_suggestions_of_mine(desk):
    gathering = filled(*NOTES)
    assert forms(desk.follow(url_of(gathering, "groups/"), count=2))
    other = Desk(desk.client.application.test_client())
    assert forms(other.page(url_of(gathering, "groups/"))) == {}
