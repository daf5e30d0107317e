"""While a gathering collects, no act of a facilitator marks what comes before and after it."""

from dataclasses import replace
from typing import Any

import pytest

import store
from kiosk.desk.gathering_form import today
from redact import LocalLists, Strength, redact
from redact.ordinary import is_ordinary
from tests.support.desk_helpers import Desk
from tests.support.kiosk_in_folder import app_of

TEXT = {"Content-Type": "text/plain"}
SAID = "The blue heater is cold."


@pytest.fixture
def client(house: Any) -> Any:
    return app_of(house).test_client()


def preview(client: Any) -> str:
    draft = client.post("/api/drafts", data=SAID, headers=TEXT).json["draft"]
    return str(client.get(f"/api/drafts/{draft}").json["text"])


def test_the_marking_would_show():
    """The control: what a list changed at once does to the same words."""
    marked = redact(SAID, "en", lists=LocalLists(rooms=("blue heater",))).text
    assert marked != redact(SAID, "en").text


def test_a_list_changed_while_collecting_marks_no_contribution(client: Any):
    """Reported: by which words were gone, each note's hour could be told."""
    desk = Desk(client)
    before = preview(client)
    desk.follow("/review/lists/", rooms="blue heater")
    assert preview(client) == before
    current = store.gatherings.current()
    assert current
    store.gatherings.close(current.id, today=today())
    store.gatherings.new("next", today=today())
    assert "blue heater" not in preview(client)
    desk.follow("/review/lists/", sites="Werk Neun")
    assert "blue heater" not in preview(client)


def test_the_first_lists_count_at_once_where_nothing_was_begun(client: Any):
    """Else the names of everybody would stay in the first gathering of all."""
    Desk(client).follow("/review/lists/", rooms="blue heater")
    assert "blue heater" not in preview(client)


def test_the_lists_of_a_gathering_outlive_a_restart(client: Any, house: Any):
    desk = Desk(client)
    desk.follow("/review/lists/", rooms="blue heater")
    preview(client)
    desk.follow("/review/lists/", sites="Werk Neun")
    again = app_of(replace(house)).test_client()
    assert "blue heater" not in preview(again)


def test_strength_changed_in_the_settings_counts_from_the_next_gathering_on(
    client: Any, house: Any
):
    """First what would show: the same words under another strength."""
    weak, strong = Strength.LIGHT, Strength.STRICT
    unclear = "Ask Fridtjof of Werk Neun, extension 4711."
    assert redact(unclear, "en", strength=weak).text != redact(unclear, "en", strength=strong).text
    current = store.gatherings.current()
    assert current
    store.strength.announce("strict")
    assert house.rules_of(current.id).strength is strong
    store.strength.announce("light")  # the operator edits settings.toml and starts anew
    assert house.rules_of(current.id).strength is strong
    store.gatherings.close(current.id, today=today())
    following = store.gatherings.new("next", today=today())
    assert house.rules_of(following.id).strength is weak
    store.gatherings.purge(current.id)
    assert store.strength.of(current.id) == "light"  # its own is gone with it


@pytest.mark.parametrize("word", ["the", "and", "cold", "because", "nicht", "manager"])
def test_ordinary_words_are_refused_in_lists(client: Any, word: str):
    answer = Desk(client).post("/review/lists/", staff=f"Fridtjof Ness\n{word}")
    assert answer.status_code == 422
    assert "ordinary word" in answer.text
    assert "Fridtjof Ness" in answer.text


@pytest.mark.parametrize(
    "name", ["Fridtjof Ness", "Rose", "Young", "Cook", "Halle Sieben", "Night shift B", "Phoenix"]
)
def test_names_are_not_ordinary(name: str):
    assert not is_ordinary(name)
