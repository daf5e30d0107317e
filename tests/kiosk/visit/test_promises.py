"""Keep counts for the promise that was on the screen, and a draft for the visit that made it."""

import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

import store
from kiosk.drafts import AGAIN_SECONDS, Drafts
from kiosk.house import House
from kiosk.settings import Limits
from kiosk.visit.promises import seal_of
from kiosk.visit.request import one_at_a_time
from store.house_words import HouseWords
from store.kinds import Kind
from store.promise import Promise, Wording
from store.rows import database
from store.rows.models import ItemRow
from store.throttle import Stretches
from tests.support.kiosk_in_folder import app_of

TEXT = {"Content-Type": "text/plain"}
KEY = {"Idempotency-Key": "0123456789abcdef0123"}


def seal(client: FlaskClient) -> str:
    return str(client.get("/api/promise").json["seal"])  # type: ignore[index]


def make(client: FlaskClient, **headers: str) -> str:
    sent = {**TEXT, **{name.replace("_", "-"): value for name, value in headers.items()}}
    answer = client.post("/api/drafts", data=b"The lift is broken.", headers=sent)
    assert answer.status_code == 201, answer.text
    return str(answer.json["draft"])


def keep(client: FlaskClient, draft: str, wish: dict[str, Any], **headers: str) -> Any:
    return client.post(f"/api/drafts/{draft}/keep", json=wish, headers=headers)


def stricter() -> store.gatherings.Gathering:
    """What a facilitator does meanwhile: the promise becomes stricter."""
    gathering = store.gatherings.current()
    assert gathering
    promise = replace(gathering.promise, threshold=gathering.promise.threshold + 1)
    return store.gatherings.tighten(gathering.id, promise)


def another() -> store.gatherings.Gathering:
    """What a facilitator does meanwhile: another gathering is the open one."""
    before = store.gatherings.current()
    assert before
    return store.gatherings.new("Winter", questions=("And now?", "Or?"), today=before.opens)


def items() -> int:

    with database.reading():
        return int(ItemRow.select().count())


@pytest.mark.parametrize("meanwhile", [stricter, another])
def test_a_changed_promise_is_shown_before_anything_is_kept(client: FlaskClient, meanwhile: Any):
    seen = seal(client)
    draft = make(client, X_Promise=seen)
    now = meanwhile()
    refused = keep(client, draft, {"promise": seen})
    assert refused.status_code == 409
    assert refused.mimetype == "application/problem+json"
    assert refused.json["promise"]["seal"] == seal_of(now) == seal(client)
    assert any(str(now.promise.threshold) in each for each in refused.json["promise"]["sentences"])
    assert items() == 0
    assert client.get(f"/api/drafts/{draft}").json["text"] == "The lift is broken."  # type: ignore[index]
    assert keep(client, draft, {"promise": seal(client)}).status_code == 201
    assert items() == 1


@pytest.mark.parametrize("meanwhile", [stricter, another])
def test_a_client_that_says_nothing_keeps_only_under_the_promise_of_its_draft(
    client: FlaskClient, meanwhile: Any
):
    assert keep(client, make(client), {}).status_code == 201
    draft = make(client)
    meanwhile()
    assert keep(client, draft, {}).status_code == 409
    assert items() == 1


def test_a_question_of_another_gathering_is_never_put_to_a_note(client: FlaskClient):
    draft = make(client)
    another()
    assert keep(client, draft, {"question": 0}).status_code == 409


def test_a_silence_is_bound_too(client: FlaskClient):
    seen = seal(client)
    stricter()
    silence = {"kind": "silence", "feeling": "not_yet"}
    refused = client.post("/api/items", json=silence, headers={**KEY, "X-Promise": seen})
    assert refused.status_code == 409
    assert refused.json["promise"]["seal"] == seal(client)  # type: ignore[index]
    kept = client.post("/api/items", json=silence, headers={**KEY, "X-Promise": seal(client)})
    assert kept.status_code == 201


def test_a_visitor_is_asked_and_promised_in_their_language(client: FlaskClient):
    """As far as facilitators wrote it; what an item answers is the gathering's own question."""
    words = Wording(questions=("Co ma się zmienić?", "Co ma zostać?"), readers="Rada pracowników",
                    readers_of="The works council")  # fmt: skip
    gathering = store.gatherings.new(
        "Two tongues",
        questions=("What should change?", "What should stay?"),
        promise=Promise(readers=("The works council",), threshold=3),
        wordings={"pl": words, "de": Wording(readers="Der Vorstand", readers_of="Somebody else")},
        today=date(2040, 3, 2),
    )
    polish, german = client.get("/?lang=pl").text, client.get("/?lang=de").text
    assert "Co ma zostać?" in polish
    assert "Rada pracowników" in polish
    assert "What should" not in polish
    assert "The works council" in german  # the promise has changed since that was translated
    assert "Der Vorstand" not in german
    assert client.get("/api/promise?lang=pl").json["questions"] == list(words.questions)  # type: ignore[index]
    assert seal_of(gathering) != seal_of(replace(gathering, wordings={}))
    kept = client.post("/api/items?question=1&lang=pl", data=b"The light.", headers={**KEY, **TEXT})
    assert kept.status_code == 201


def test_the_seal_changes_with_all_that_visitors_are_told(client: FlaskClient):
    gathering = store.gatherings.current()
    assert gathering
    seals = {
        seal_of(each)
        for each in (
            gathering, stricter(), replace(gathering, title="Other"),
            replace(gathering, questions=("Other?",)), replace(gathering, id="00" * 16),
            replace(gathering, kind=Kind.STANDING, closes=gathering.opens),
            replace(gathering, kind=Kind.STANDING, closes=date(2030, 1, 4)),
        )
    }  # fmt: skip
    assert len(seals) == 7
    assert seal(client) in client.get("/").text


def test_visitors_are_told_how_the_gathering_ends(client: FlaskClient):
    """By hand, at once; or at the end of a day, in the words of their language."""
    assert "Open until a facilitator closes it, for good." in client.get("/").text
    before = store.gatherings.current()
    assert before
    store.gatherings.close(before.id, today=before.opens)
    store.gatherings.new("Winter", closes=date(2030, 1, 4), today=before.opens)
    assert "Open until the end of January 4, 2030" in client.get("/?lang=en").text
    assert "4. Januar 2030" in client.get("/?lang=de").text


def test_whoever_needs_somebody_now_is_told_whom_to_ask(client: FlaskClient):
    """Before, in what keeps one safe, and after: nobody may read it for weeks."""
    told = "Nobody may read this for weeks. Talk to somebody"
    for ending, words in ((" you trust now.", ""), (" now: <bdi>116 123</bdi>", "116 123")):
        store.house_words.write(HouseWords(words, ""))
        assert client.get("/").text.count(f"{told}{ending}") == 2
        assert client.get("/safe").text.count(f"{told}{ending}") == 1


def test_a_draft_is_found_by_its_own_visit_alone(client: FlaskClient):
    draft = make(client, X_Visit="a" * 32)
    assert client.get(f"/api/drafts/{draft}", headers={"X-Visit": "a" * 32}).status_code == 200
    for headers in ({}, {"X-Visit": "b" * 32}):
        assert client.get(f"/api/drafts/{draft}", headers=headers).status_code == 404
        assert client.delete(f"/api/drafts/{draft}", headers=headers).status_code == 204
        assert client.post(f"/api/drafts/{draft}/keep", json={}, headers=headers).status_code == 404
    assert client.get(f"/api/drafts/{draft}", headers={"X-Visit": "a" * 32}).status_code == 200
    assert client.delete(f"/api/drafts/{draft}", headers={"X-Visit": "a" * 32}).status_code == 204
    assert client.get(f"/api/drafts/{draft}", headers={"X-Visit": "a" * 32}).status_code == 404


def test_keep_sent_again_gives_the_words_for_a_minute_and_to_that_visit_alone(house: House):
    now = [1000.0]
    house.drafts = Drafts(Limits(draft_minutes=15), clock=lambda: now[0])
    client = app_of(house).test_client()
    now[0] += AGAIN_SECONDS + 1  # no longer just after a start
    mine = {"X-Visit": "a" * 32}
    draft = make(client, X_Visit="a" * 32)
    words = keep(client, draft, {}, **mine).json["receipt"]
    assert keep(client, draft, {}, **mine).json["receipt"] == words
    for other in ({}, {"X-Visit": "b" * 32}):
        assert keep(client, draft, {}, **other).status_code == 404
    now[0] += AGAIN_SECONDS + 1
    assert keep(client, draft, {}, **mine).status_code == 404
    assert items() == 1


def test_nobodys_keep_waits_for_what_somebody_else_sent():
    """There were 64 locks for all: a memo that was waited for held up others' notes by chance."""
    few = tuple(threading.Lock() for _number in range(64))
    tokens = [f"{number:022}" for number in range(1_000)]
    assert any(few[hash(each) % 64] is few[hash(tokens[0]) % 64] for each in tokens[1:])
    with one_at_a_time(tokens[0]):
        assert not one_at_a_time(tokens[0]).acquire(blocking=False)
        others = [one_at_a_time(each) for each in tokens[1:]]
        assert all(each.acquire(blocking=False) for each in others)
    assert one_at_a_time(tokens[0]).acquire(blocking=False)


def test_an_address_that_is_none_of_ours_costs_nothing_and_says_gone(house: House):
    """Found by schemathesis: in the first minute a short one was a fault of ours, 503."""
    client = app_of(house).test_client()
    house.slow_hashes = Stretches(1, drawn=0)
    house.slow_hashes.count("here")  # not one slow hash is left
    for told in ("0", "a" * 21, "a" * 23, "a" * 300):
        assert keep(client, told, {}).status_code == 404
    assert keep(client, "a" * 22, {}).status_code == 429


def test_after_a_start_an_answer_that_got_lost_is_given_once_more(house: House):
    """The kiosk died between the disk and the answer; nobody remembers who was answered."""
    client = app_of(house).test_client()
    draft = make(client)
    words = keep(client, draft, {}).json["receipt"]
    now = [2000.0]
    house.drafts = Drafts(Limits(draft_minutes=15), clock=lambda: now[0])
    again = app_of(house).test_client()
    assert keep(again, draft, {}).json["receipt"] == words
    now[0] += AGAIN_SECONDS + 1
    assert keep(again, draft, {}).status_code == 404
