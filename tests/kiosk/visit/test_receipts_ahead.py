"""The four words are worked out while their visitor reads, so that Keep has only to seal."""

from threading import Event, get_ident
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk.house import House
from store.seals import derive

MINE = {"Content-Type": "text/plain", "X-Visit": "a" * 32}


@pytest.fixture
def hashed_here(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each slow hash, whether the thread that answers a request worked it out."""
    found: list[bool] = []
    me, slow = get_ident(), derive.slow

    def counted(*arguments: Any, **named: Any) -> bytes:
        found.append(get_ident() == me)
        return slow(*arguments, **named)

    monkeypatch.setattr(derive, "slow", counted)
    return found


def made(client: FlaskClient, text: str = "the canteen is cold") -> str:
    return str(client.post("/api/drafts", data=text, headers=MINE).json["draft"])


def test_keep_waits_for_no_slow_hash_of_its_own(
    client: FlaskClient, house: House, hashed_here: list[bool]
):
    """First we see that we would notice one: where a place has used its share of them up."""
    draft = made(client)
    while not house.hashes_ahead.is_used_up("here"):
        house.hashes_ahead.count("here")
    late = made(client)
    assert client.post(f"/api/drafts/{late}/keep", json={}, headers=MINE).status_code == 201
    assert sorted(hashed_here) == [False, True]
    hashed_here.clear()
    kept = client.post(f"/api/drafts/{draft}/keep", json={}, headers=MINE)
    assert kept.status_code == 201
    assert hashed_here == []
    again = client.post(f"/api/drafts/{draft}/keep", json={}, headers=MINE)
    assert again.json == kept.json  # worked out anew: nothing of it was remembered
    assert hashed_here == [True]


def test_words_that_are_ready_are_for_nobody_but_their_visit(client: FlaskClient):
    draft = made(client)
    theirs = {**MINE, "X-Visit": "b" * 32}
    answer = client.post(f"/api/drafts/{draft}/keep", json={}, headers=theirs)
    assert answer.status_code == 404
    assert client.post(f"/api/drafts/{draft}/keep", json={}, headers=MINE).status_code == 201


def test_keep_waits_for_nobody_elses_drafts(
    client: FlaskClient, house: House, hashed_here: list[bool]
):
    """Hundreds of drafts from elsewhere stood before it in the one thread: ten seconds and more."""
    busy = Event()
    house.meanwhile.submit(busy.wait, 60)
    draft = made(client)
    found = house.drafts.find(draft)
    assert found
    assert found.receipt
    assert not found.receipt.done()  # it would wait
    assert client.post(f"/api/drafts/{draft}/keep", json={}, headers=MINE).status_code == 201
    forgotten = made(client)
    client.delete(f"/api/drafts/{forgotten}", headers=MINE)
    busy.set()
    house.meanwhile.submit(int).result()  # all that stood in line is done, or was called off
    assert hashed_here == [True]


def test_a_draft_that_was_forgotten_takes_its_words_along(client: FlaskClient, house: House):
    draft = made(client)
    found = house.drafts.find(draft)
    assert found
    assert found.receipt
    assert found.receipt.result().words
    assert client.delete(f"/api/drafts/{draft}", headers=MINE).status_code == 204
    assert house.drafts.find(draft) is None
    assert found.receipt is None
