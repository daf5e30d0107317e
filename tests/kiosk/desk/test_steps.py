"""Undo and redo: whatever a desk did, in reverse; and nothing that it did not do."""

import random

import pytest

import store
from kiosk.desk.steps import MOST, Change, Marks, Step, Steps, marks_of
from store.items import Note
from tests.support.desk_helpers import Desk, filled, versions
from tests.support.places import PASSPHRASE

NOTES = tuple(Note(f"Number {number} of the notes") for number in range(6))
ACTS = ("approve", "discard", "reopen", "label", "note", "worry", "calm")


@pytest.fixture
def desk(client):
    return Desk(client)


def url_of(gathering, rest):
    return f"/review/gatherings/{gathering.id}/{rest}"


def everything(gathering) -> dict[str, Marks]:
    with store.keys.unlock(PASSPHRASE) as master:
        return {item.id: marks_of(item) for item in store.items.released(gathering.id, master)}


def act(desk, gathering, item_id, name, version, number=0):
    fields = {"label": {"add": f"label {number}"}, "note": {"note": f"note {number}"}}.get(name, {})
    return desk.post(url_of(gathering, f"read/{item_id}/{name}"), version=version, **fields)


def test_two_hundred_steps_go_back_and_forth_again(desk):
    """Decisions, labels, notes and worries in a wild order: each undo gives what was before."""
    gathering = filled(*NOTES)
    chance = random.Random(7)  # noqa: S311 - a wild order, the same each time
    seen = [everything(gathering)]
    while len(seen) <= MOST:
        item_id = chance.choice(list(seen[0]))
        name = chance.choice(ACTS)
        act(desk, gathering, item_id, name, versions(gathering)[item_id], len(seen))
        if (now := everything(gathering)) != seen[-1]:
            seen.append(now)
    for before in reversed(seen[:-1]):
        desk.post(url_of(gathering, "undo"))
        assert everything(gathering) == before
    assert "nothing of yours to take back" in desk.follow(url_of(gathering, "undo"))
    assert everything(gathering) == seen[0]
    for after in seen[1:]:
        desk.post(url_of(gathering, "redo"))
        assert everything(gathering) == after


def test_undo_never_touches_what_is_not_on_its_stack(desk, client):
    """What another desk decided is not mine to take back, however often I press U."""
    mine, other = desk, Desk(client.application.test_client())
    gathering = filled(*NOTES)
    first, second, *_ = everything(gathering)
    act(mine, gathering, first, "approve", 1)
    act(other, gathering, second, "approve", 1)
    for _press in range(3):
        mine.post(url_of(gathering, "undo"))
    now = everything(gathering)
    assert (now[first].status, now[second].status) == ("released", "approved")


def test_undo_leaves_what_somebody_else_has_changed_since(desk, client):
    """My approval, then another one's discard: U says so and changes nothing."""
    mine, other = desk, Desk(client.application.test_client())
    gathering = filled(*NOTES)
    first, *_ = everything(gathering)
    act(mine, gathering, first, "approve", 1)
    act(other, gathering, first, "discard", 2)
    assert "Somebody else has changed that" in mine.follow(url_of(gathering, "undo"))
    assert everything(gathering)[first].status == "discarded"


def test_a_label_by_somebody_else_does_not_hinder_undoing_a_decision(desk, client):
    """A step looks only at what it changed itself."""
    mine, other = desk, Desk(client.application.test_client())
    gathering = filled(*NOTES)
    first, *_ = everything(gathering)
    act(mine, gathering, first, "approve", 1)
    act(other, gathering, first, "label", 2)
    mine.post(url_of(gathering, "undo"))
    assert everything(gathering)[first] == Marks("released", ("label 0",))


def test_the_button_names_what_it_would_take_back(desk):
    """Nobody has to remember what they did last."""
    gathering = filled(*NOTES)
    first, *_ = everything(gathering)
    act(desk, gathering, first, "discard", 1)
    page = desk.client.get(url_of(gathering, "read"), follow_redirects=True).text
    assert "Undo: discard" in page


def test_a_cover_is_on_no_stack(desk):
    """It is final, and U does not pretend otherwise: it takes back the step before."""
    gathering = filled(*NOTES)
    first, *_ = everything(gathering)
    act(desk, gathering, first, "approve", 1)
    desk.post(url_of(gathering, f"read/{first}/cover"), version=2, word="0-6")
    desk.post(url_of(gathering, "undo"))
    with store.keys.unlock(PASSPHRASE) as master:
        item = store.items.find(first, master)
    assert item.status == "released"
    assert item.payload.text.startswith("[COVERED]")


def test_a_second_touch_of_the_same_button_is_harmless(desk):
    """A double click sends the form twice: one approval, no conflict, nothing discarded."""
    gathering = filled(*NOTES)
    with store.keys.unlock(PASSPHRASE) as master:
        first, second, *_ = store.items.released(gathering.id, master)
    answers = [act(desk, gathering, first.id, "approve", 1) for _touch in range(2)]
    assert [answer.location.rsplit("/", 1)[1] for answer in answers] == [second.id] * 2
    now = everything(gathering)
    assert (now[first.id].status, now[second.id].status) == ("approved", "released")
    desk.post(url_of(gathering, "undo"))
    assert everything(gathering)[first.id].status == "released"


def test_buttons_keep_their_places(desk):
    """Approve stands first whatever the state, so that no hand meets Discard in its place."""
    gathering = filled(*NOTES)
    first, *_ = everything(gathering)
    orders = []
    for name in ("reopen", "approve", "discard", "worry"):
        act(desk, gathering, first, name, versions(gathering)[first])
        page = desk.page(url_of(gathering, f"read/{first}"))
        orders.append([key for key in "adwcuyr" if f'data-key="{key}"' in page])
        assert page.index('data-key="a"') < page.index('data-key="d"') < page.index('data-key="w"')
    assert orders == [list("adwcuyr")] * 4


def test_all_that_are_shown_are_decided_and_taken_back_at_once(desk):
    """One step for many; what somebody decided one by one stays as it was decided."""
    gathering = filled(*NOTES)
    first, *others = everything(gathering)
    act(desk, gathering, first, "discard", 1)
    page = desk.follow(url_of(gathering, "bulk"), act="approve", count=len(NOTES))
    assert "Done, for 5 items." in page
    now = everything(gathering)
    assert now[first].status == "discarded"
    assert {now[item].status for item in others} == {"approved"}
    desk.post(url_of(gathering, "undo"))
    now = everything(gathering)
    assert now[first].status == "discarded"
    assert {now[item].status for item in others} == {"released"}
    desk.follow(url_of(gathering, "bulk"), act="label", add="one, two", count=len(NOTES))
    assert {marks.labels for marks in everything(gathering).values()} == {("one", "two")}
    changed = desk.follow(url_of(gathering, "bulk"), act="approve", count=3)
    assert "The list has changed" in changed
    assert desk.post(url_of(gathering, "bulk"), act="cover", count=6).status_code == 404


def test_two_hundred_steps_are_remembered_and_no_more():
    """The stack does not grow with the day."""
    steps = Steps("")
    change = Change("00" * 16, Marks("released"), Marks("approved"))
    for number in range(MOST + 50):
        steps.did(Step(str(number), (change,)))
    assert [steps.done[0].act, len(steps.done)] == ["50", MOST]
    steps.did(Step("nothing", ()))
    assert steps.done[-1].act != "nothing"
