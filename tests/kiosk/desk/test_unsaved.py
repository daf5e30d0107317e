"""Words that were typed and not kept come back, to whoever typed them, and lie nowhere readable."""

import pickle

import pytest

import store
from kiosk.desk.session import DeskSessions
from kiosk.desk.unsaved import LONGEST_SECONDS, MOST_PLACES, Place, Unsaved, place_of
from store.items import Note
from store.seals.keys import MasterKey
from tests.support.desk_helpers import Desk, filled, item_of
from tests.support.places import PASSPHRASE

WORDS = "Ask the canteen before Friday."
PLACE = Place("item", "ab" * 16, "cd" * 16, "note")
OTHER = "walnut harbour ladder seven"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_a_lock_typed_words_are_offered_again(client):
    """Typed, then locked: the note is in its field again, and said to be unkept."""
    desk = Desk(client)
    gathering = filled(*[Note("a"), Note("b"), Note("c")])
    item = item_of(gathering, "note")
    url = f"/review/gatherings/{gathering.id}/read/{item.id}"
    place = f"item/{gathering.id}/{item.id}/note"
    assert desk.post("/review/unsaved", place=place, words=WORDS).status_code == 204
    desk.post("/review/lock")
    again = Desk(client)
    assert url in again.page("/review/")
    page = again.page(url)
    assert f">\n{WORDS}</textarea>" in page
    assert "These words are not kept yet." in page
    again.follow(url + "/note", version=1, note=WORDS)
    assert "not kept yet" not in again.page(url)
    assert "not kept yet" not in again.page("/review/")


def test_nobody_else_is_offered_them(client):
    """Another facilitator at the same desk sees an empty field."""
    desk = Desk(client)
    with store.keys.unlock(PASSPHRASE) as master:
        store.keys.add_facilitator(master, "Ben", OTHER)
    gathering = filled(*[Note("a"), Note("b"), Note("c")])
    item = item_of(gathering, "note")
    place = f"item/{gathering.id}/{item.id}/note"
    desk.post("/review/unsaved", place=place, words=WORDS)
    desk.post("/review/lock")
    client.post("/review/unlock", data={"passphrase": OTHER})
    assert WORDS not in client.get(f"/review/gatherings/{gathering.id}/read/{item.id}").text
    assert "not kept yet" not in client.get("/review/").text


def test_they_lie_sealed_and_the_running_kiosk_cannot_open_them():
    """A look into what is held finds the words only before they are sealed."""
    kept = Unsaved()
    with MasterKey(b"k" * 32, "Ada") as master:
        kept.save(master, PLACE, WORDS)
        assert kept.of(master) == {PLACE: WORDS}
    planted = pickle.dumps({"words": WORDS})
    assert WORDS.encode() in planted  # so they would be found
    assert WORDS.encode() not in pickle.dumps(kept._sealed)


def test_they_end_with_a_day_and_with_their_place():
    clock = Clock()
    kept = Unsaved(clock=clock)
    with MasterKey(b"k" * 32, "Ada") as master:
        kept.save(master, PLACE, WORDS)
        kept.save(master, PLACE, " ")  # emptied again
        assert kept.of(master) == {}
        kept.save(master, PLACE, WORDS)
        clock.now = LONGEST_SECONDS + 1.0
        assert kept.of(master) == {}
        for number in range(MOST_PLACES + 5):
            kept.save(master, Place("item", "ab" * 16, f"{number:032x}", "note"), WORDS)
        assert len(kept.of(master)) == MOST_PLACES
        kept.forget_person("Ada")
        assert kept.of(master) == {}


@pytest.mark.parametrize(
    ("page", "fields"),
    [("new", {"title": "Winter in the yard", "questions": "Is it warm?", "readers": "The council",
              "questions_de": "Ist es warm?", "readers_de": "Der Rat"}),
     ("care", {"helpline": "Anna, 4711", "when_worried": "Call Anna."})],
)  # fmt: skip
def test_longer_forms_are_offered_again_too(client, page, fields):
    """A new gathering, and what the house writes down: until they are kept."""
    desk = Desk(client)
    url = "/review/gatherings/new" if page == "new" else "/review/care/"
    for field, words in fields.items():
        assert f'data-unsaved="{page}/{field}"' in desk.page(url)
        desk.post("/review/unsaved", place=f"{page}/{field}", words=words)
    desk.post("/review/lock")
    again = Desk(client)
    assert f'href="{url}"' in again.page("/review/").split("not kept yet")[1].split("</ul>")[0]
    shown = again.page(url)
    assert all(words in shown for words in fields.values())
    again.follow(url, threshold=3, retention_days=9, kind="session", **fields)
    assert "not kept yet" not in again.page("/review/")


def test_the_heading_of_an_answer_comes_back_with_it(client):
    desk = Desk(client)
    gathering = filled(*[Note("a"), Note("b"), Note("c")])
    for field, words in (("theme", "Too cold"), ("answer", "We heat.")):
        desk.post("/review/unsaved", place=f"board/{gathering.id}/{field}", words=words)
    url = f"/review/gatherings/{gathering.id}/board/"
    page = desk.page(url)
    assert 'value="Too cold"' in page
    assert "We heat.</textarea>" in page
    desk.follow(url, theme="Too cold", answer="We heat.")
    assert "not kept yet" not in desk.page("/review/")


@pytest.mark.parametrize(
    "name", ["", "item/x/y/note", "item/" + "0" * 32, "board/../answer", "new/k"]
)
def test_a_made_up_place_is_none(name):
    assert place_of(name) is None


def test_typing_keeps_a_desk_awake():
    """The beat is a request like any other: the idle time begins anew."""
    clock = Clock()
    sessions = DeskSessions(idle_seconds=600, longest_seconds=28_800, clock=clock)
    token = sessions.begin(MasterKey(b"k" * 32, "Ada"))
    for _minute in range(30):
        clock.now += 60
        assert sessions.find(token)
    clock.now += 601
    assert sessions.find(token) is None


def test_a_removed_facilitators_desks_are_locked_at_once(client):
    """Whoever is taken off the list reads nothing more, also where they are reading now."""
    desk = Desk(client)
    with store.keys.unlock(PASSPHRASE) as master:
        store.keys.add_facilitator(master, "Ben", OTHER)
    other = client.application.test_client()
    other.post("/review/unlock", data={"passphrase": OTHER})
    assert other.get("/review/").status_code == 200
    desk.follow("/review/people/remove", name="Ben", own=PASSPHRASE)
    assert other.get("/review/").status_code == 303
    assert "Gatherings" in desk.page("/review/")


def test_a_changed_passphrase_locks_the_persons_other_desks(client):
    """The tablet that was left somewhere does not go on with the old one."""
    desk, left_somewhere = Desk(client), client.application.test_client()
    left_somewhere.post("/review/unlock", data={"passphrase": PASSPHRASE})
    assert left_somewhere.get("/review/").status_code == 200
    desk.follow("/review/people/passphrase", own=PASSPHRASE, passphrase=OTHER, again=OTHER)
    assert left_somewhere.get("/review/").status_code == 303
    assert "People" in desk.page("/review/people/")


def test_all_desks_are_locked_with_one_touch(client):
    desk, other = Desk(client), Desk(client.application.test_client())
    assert desk.post("/review/people/lock-all").status_code == 303
    for each in (desk, other):
        assert each.client.get("/review/").status_code == 303
