import re
import time
from collections.abc import Callable
from typing import Any

import pytest

import store
from kiosk.desk import setup
from kiosk.house import House
from store.seals import derive
from tests.support.kiosk_in_folder import app_of

FORM = {
    "title": "Autumn",
    "questions": "What should change?\nWhat should stay?",
    "readers": "Two members of the works council",
    "threshold": "5",
    "retention_days": "90",
}


@pytest.fixture
def fresh(make_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client of a kiosk nobody has set up; making keys is quick in tests."""
    original = store.keys.set_up
    monkeypatch.setattr(
        store.keys,
        "set_up",
        lambda words, name: original(words, name=name, cost=derive.TEST_COST),
    )
    house = make_house(set_up=False)
    setup.code_for(house)
    client = app_of(house).test_client()
    client.code = house.set_up_code
    return client


def enter(client: Any) -> None:
    assert client.post("/setup/", data={"code": client.code}).status_code == 303


def choose_passphrase(client: Any) -> Any:
    passphrase = "heron lamp tuesday orchard"
    form = {"name": "Ada", "passphrase": passphrase, "again": passphrase}
    return client.post("/setup/passphrase", data=form)


def test_a_fresh_kiosk_leads_to_set_up_and_takes_nothing_yet(fresh: Any):
    assert fresh.get("/").location == "/setup/"
    answer = fresh.post("/api/drafts", data="hello", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 503


def test_set_up_leads_from_the_code_to_an_open_kiosk(fresh: Any):
    fresh.page("/setup/")
    enter(fresh)
    fresh.page("/setup/passphrase")
    shown = choose_passphrase(fresh)
    assert re.search(r"<span>[A-Z0-9]{4}</span>", shown.text)
    fresh.page("/setup/gathering")
    further = fresh.post("/setup/gathering", data=FORM).location
    assert further == "/review/speech/?first=1"  # nothing here understands speech yet
    assert "Let it understand speech" in fresh.page(further)
    assert "What should change?" in fresh.page("/")
    gathering = store.gatherings.current()
    assert gathering
    assert gathering.wordings == {}
    assert (gathering.promise.threshold, gathering.promise.retention_days) == (5, 90)


def test_without_the_code_nobody_sets_the_kiosk_up(fresh: Any):
    assert fresh.get("/setup/passphrase").status_code == 403
    assert choose_passphrase(fresh).status_code == 403
    assert fresh.post("/setup/", data={"code": "AAAA-AAAA"}).status_code == 422
    assert not store.keys.is_set_up()


def test_wrong_codes_slow_down_and_block_nobody(fresh: Any, monkeypatch: Any):
    """Others on the network use up none of the tries of whoever stands here; a minute is enough."""
    far = {"REMOTE_ADDR": "192.0.2.7"}
    for _try in range(40):
        answer = fresh.post("/setup/", data={"code": "AAAA-AAAA"}, environ_base=far)
    assert answer.status_code == 429
    for _try in range(5):
        assert fresh.post("/setup/", data={"code": "AAAA-AAAA"}).status_code == 422
    assert fresh.post("/setup/", data={"code": fresh.code}).status_code == 429
    tries = fresh.application.extensions["setup_tries"]["here"]
    later = time.monotonic() + 61
    monkeypatch.setattr(tries, "clock", lambda: later)
    assert fresh.post("/setup/", data={"code": fresh.code}).status_code == 303


def test_a_code_may_be_typed_in_small_letters_and_without_its_hyphen(fresh: Any):
    answer = fresh.post("/setup/", data={"code": fresh.code.lower().replace("-", "")})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"passphrase": "short", "again": "short"}, "passphrase"),
        ({"again": "something else"}, "again"),
        ({"name": " "}, "name"),
    ],
)
def test_a_passphrase_that_cannot_be_used_is_explained_and_the_name_stays(
    fresh: Any, change: dict[str, str], field: str
):
    enter(fresh)
    words = "heron lamp tuesday orchard"
    form = {"name": "Ada", "passphrase": words, "again": words, **change}
    answer = fresh.post("/setup/passphrase", data=form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert words not in answer.text
    assert not store.keys.is_set_up()


@pytest.mark.parametrize("field", ["title", "questions", "readers", "threshold", "retention_days"])
def test_a_gathering_that_cannot_be_opened_is_explained_and_loses_nothing(fresh: Any, field: str):
    enter(fresh)
    choose_passphrase(fresh)
    answer = fresh.post("/setup/gathering", data={**FORM, field: ""})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert all(FORM[name] in answer.text for name in ("title", "readers") if name != field)


def test_set_up_cannot_be_entered_twice(fresh: Any):
    enter(fresh)
    choose_passphrase(fresh)
    fresh.post("/setup/gathering", data=FORM)
    assert fresh.get("/setup/").location == "/"
    assert choose_passphrase(fresh).location == "/"


def test_the_strength_of_a_passphrase_is_told_and_longer_is_stronger(fresh: Any):
    def score(words: str) -> int:
        return int(fresh.post("/setup/passphrase/strength", data=words.encode()).json["score"])

    assert score("password") == 0
    assert score("heron lamp tuesday orchard") == 4


def test_an_interrupted_set_up_goes_on_at_the_desk(fresh: Any):
    """The keys are made, the browser was closed: the desk can open the first gathering."""
    enter(fresh)
    choose_passphrase(fresh)
    fresh.page("/review/")


def test_a_language_chosen_in_set_up_stays_and_opens_the_desk(fresh: Any):
    """The page with the recovery code offers none: leaving it would lose the code."""
    page = fresh.page("/setup/?lang=de")
    assert 'lang="de"' in page
    assert 'href="/setup/?lang=pl"' in page
    enter(fresh)
    assert '<html lang="de"' in fresh.page("/setup/passphrase")
    shown = choose_passphrase(fresh)
    assert '<html lang="de"' in shown.text
    assert "?lang=" not in shown.text
    assert '<html lang="de"' in fresh.page("/setup/gathering")
    fresh.post("/setup/gathering", data=FORM)
    assert '<html lang="de"' in fresh.page("/review/")


def test_the_question_that_set_up_begins_with_is_asked_in_every_language(fresh: Any):
    enter(fresh)
    choose_passphrase(fresh)
    fresh.post("/setup/gathering?lang=de", data={**FORM, "questions": "Was sollten wir wissen?"})
    assert "Co powinniśmy wiedzieć?" in fresh.page("/?lang=pl")
    assert "What should we know?" in fresh.page("/?lang=en")
    assert "Was sollten wir wissen?" in fresh.page("/?lang=de")
