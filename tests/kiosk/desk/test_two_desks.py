"""Two desks at one gathering: what one of them covers or discards, the other one does not see."""

import random

import pytest

import store
from kiosk.desk.opened import opened
from store.items import Note
from tests.support.desk_helpers import Desk, filled, versions
from tests.support.places import PASSPHRASE

NOTES = (
    Note("Old Fridtjof from the yard knows."),
    Note("The canteen is too loud."),
    Note("More light in the yard."),
)
SEEN = "Fridtjof"


@pytest.fixture
def desks(client):
    """Two facilitators, each with a browser; both have opened the gathering before."""
    one, two = Desk(client), Desk(client.application.test_client())
    gathering = filled(*NOTES)
    for desk in (one, two):
        assert SEEN in everything_of(desk, gathering)
    return one, two, gathering


def url_of(gathering, rest):
    return f"/review/gatherings/{gathering.id}/{rest}"


def everything_of(desk, gathering):
    """All that a desk can say of a gathering: lists, search, themes, every form of export."""
    said = [desk.client.get(url_of(gathering, "read"), follow_redirects=True).text]
    found = desk.post(url_of(gathering, "filter"), words=SEEN)
    page = desk.client.get(found.location, follow_redirects=True).text
    said.append(page.replace(f'value="{SEEN}"', ""))
    desk.post(url_of(gathering, "filter"), clear="1")
    said.append(desk.page(url_of(gathering, "themes")))
    said += [
        desk.post(url_of(gathering, "export"), form=form, status="all").text
        for form in ("jsonl", "csv", "html")
    ]
    return "\n".join(said)


def the_note(desk, gathering):
    found = desk.post(url_of(gathering, "filter"), words=SEEN)
    item = desk.client.get(found.location).location.rsplit("/", 1)[1]
    desk.post(url_of(gathering, "filter"), clear="1")
    return item


def test_what_one_desk_covers_no_other_desk_shows_finds_or_exports(desks):
    """Two facilitators read; the first covers a name, and the second has no trace of it left."""
    one, two, gathering = desks
    item = the_note(one, gathering)
    one.follow(url_of(gathering, f"read/{item}/cover"), version=1, word="4-12")
    assert SEEN not in everything_of(two, gathering)
    assert "[COVERED]" in everything_of(two, gathering)  # the rest of the note is there


def test_what_one_desk_discards_leaves_the_other_desks_themes_and_exports(desks):
    """Labels and decisions are one truth, too: the second desk counts what the first one made."""
    one, two, gathering = desks
    item = the_note(one, gathering)
    one.follow(url_of(gathering, f"read/{item}/label"), version=1, add="yard")
    assert "Old Fridtjof" in two.page(url_of(gathering, "themes"))
    one.post(url_of(gathering, f"read/{item}/approve"), version=2)
    assert SEEN in two.post(url_of(gathering, "export"), form="jsonl", status="approved").text
    assert "1 item" in two.page(url_of(gathering, "export"))
    one.post(url_of(gathering, f"read/{item}/discard"), version=3)
    assert SEEN not in two.page(url_of(gathering, "themes"))
    assert SEEN not in two.post(url_of(gathering, "export"), form="jsonl", status="approved").text
    assert "0 items" in two.page(url_of(gathering, "export"))


def test_what_one_desk_purges_is_gone_at_the_other(desks):
    """Nothing stays readable in the memory of a desk that was not told."""
    one, two, gathering = desks
    one.follow(url_of(gathering, "purge"), typed=gathering.title)
    for page in ("read", "themes", "export"):
        assert two.client.get(url_of(gathering, page)).status_code == 404


def test_the_version_of_a_gathering_is_a_number_that_each_change_raises(client):
    """No name and no time in it: so it tells that something changed, and nothing else."""
    gathering = filled(*NOTES)
    seen = [store.items.revision(gathering.id)]
    with store.keys.unlock("heron lamp tuesday orchard") as master:
        item = store.items.released(gathering.id, master)[0]
        version = store.items.move(item.id, "approved", version=item.version)
        seen.append(store.items.revision(gathering.id))
        version = store.items.label(item.id, ["yard"], master, version=version)
        seen.append(store.items.revision(gathering.id))
        version = store.items.annotate(item.id, "ask", master, version=version)
        seen.append(store.items.revision(gathering.id))
        store.items.cover(item.id, [(0, 3)], [], master, version=version)
        seen.append(store.items.revision(gathering.id))
    assert seen == sorted(set(seen))
    assert all(isinstance(number, int) for number in seen)


def test_in_a_wild_order_each_desk_sees_with_its_next_request_what_the_store_has(desks):
    """Two people, sixty acts, covers, undo and all: nobody goes on working with what is past."""
    *both, gathering = desks
    chance = random.Random(12)  # noqa: S311 - a wild order, the same each time
    fields = {"cover": {"word": "0-3"}, "label": {"add": "yard"}, "note": {"note": "Ask."}}
    acts = ("approve", "discard", "reopen", "worry", "calm", "undo", "redo", "bulk", *fields)
    behind = 0
    with store.keys.unlock(PASSPHRASE) as master:
        for _ in range(60):
            desk, act = chance.choice(both), chance.choice(acts)
            item_id, version = chance.choice(list(versions(gathering).items()))
            if act in {"undo", "redo"}:
                desk.post(url_of(gathering, act))
            elif act == "bulk":
                desk.post(url_of(gathering, act), act="label", add="all", count=len(NOTES))
            else:
                more = fields.get(act, {})
                desk.post(url_of(gathering, f"read/{item_id}/{act}"), version=version, **more)
            now = {item.id: item for item in store.items.released(gathering.id, master)}
            for session in desk.client.application.extensions["desk_sessions"].all():
                held = session.opened[gathering.id].items
                behind += {item.id: item for item in held} != now
                seen = opened(session, gathering.id)
                assert {item.id: item for item in seen.items} == now
                assert {item.id for item in seen.calm()} == {
                    i for i in now if not now[i].is_worrying
                }
    assert behind > 10  # the other desk's, before its next request: so a difference would be found
