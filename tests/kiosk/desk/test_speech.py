"""The desk and set-up offer a speech model; it is fetched only when somebody asks."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.desk import speech
from kiosk.hearing.fetching import Fetched
from tests.support.desk_helpers import Desk


@pytest.fixture
def desk(client: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(speech, "_speed", lambda: 1.0)
    return Desk(client)


@pytest.fixture
def asked(house: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(house.fetching, "start", names.append)
    return names


def test_nothing_is_fetched_before_somebody_asks(desk: Desk, asked: list[str]):
    assert "Let it understand speech" in desk.page("/review/")
    page = desk.page("/review/speech/")
    assert asked == []
    assert desk.post("/review/speech/", model="small").status_code == 303
    assert asked == ["small"]
    assert "fits this machine" in page


def test_no_model_is_offered_that_is_slower_than_speech_here(desk: Desk):
    page = desk.page("/review/speech/")
    assert 'value="base"' in page
    assert 'value="small"' in page
    assert 'value="medium"' not in page  # 75 seconds a minute
    assert ".en" not in page


def test_only_a_model_of_the_catalogue_is_fetched_and_only_by_a_facilitator(
    desk: Desk, client: Any, asked: list[str]
):
    for name in ("", "../../up", "owner/model", "--endpoint"):
        assert desk.post("/review/speech/", model=name).status_code == 404
    desk.post("/review/lock")
    assert client.post("/review/speech/", data={"model": "base"}).location.startswith("/review/un")
    assert client.get("/review/speech/progress").status_code == 303
    assert asked == []


def test_a_page_that_follows_a_download_locks_like_any_other(desk: Desk):
    sessions = desk.client.application.extensions["desk_sessions"]
    (session,) = sessions.all()
    session.used -= 540
    before = session.used
    assert desk.client.get("/review/speech/progress").status_code == 200
    assert session.used == before
    assert "Passphrase" in desk.page("/review/unlock?locked=1")
    assert sessions.all() == []


def test_a_model_that_does_not_load_is_named(
    desk: Desk, house: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert "damaged" not in desk.page("/review/speech/")  # there is none
    monkeypatch.setattr(house, "model_folder", tmp_path / "base")
    assert "The model base is damaged" in desk.page("/review/speech/")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (Fetched(state="going", name="base", done_bytes=40, all_bytes=100), 'value="40"'),
        (Fetched(state="failed", name="base", problem="No room."), "No room."),
    ],
)
def test_the_page_says_how_far_it_is(desk: Desk, house: Any, now: Fetched, words: str):
    house.fetching._now = now
    assert words in desk.page("/review/speech/")
    told = desk.client.get("/review/speech/progress").json
    assert (told["state"], told["done_bytes"]) == (now.state, now.done_bytes)
