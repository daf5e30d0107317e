"""Whether the kiosk's own screen can be left: with a PIN, by who knows it, where it can end."""

from dataclasses import replace

import pytest

from kiosk.guard import FROM_NETWORK
from kiosk.house import House
from kiosk.settings import Screen
from kiosk.visit.way_out import IS_THERE_SECONDS, WRONG_SECONDS, WayOut
from tests.support.kiosk_in_folder import LintingClient

PIN = "482913"


@pytest.fixture
def with_pin(house: House) -> None:
    house.settings = replace(house.settings, screen=Screen(exit_pin=PIN))


@pytest.fixture
def waited(client: LintingClient) -> list[float]:
    """The waits after wrong PINs, which nobody waits for here."""
    found: list[float] = []
    client.application.extensions["way_out"] = WayOut(sleep=found.append)
    return found


def ask(client: LintingClient, pin: object) -> int:
    return client.post("/exit/", json={"pin": pin}).status_code


def test_without_a_pin_nothing_leads_out(client: LintingClient) -> None:
    assert client.post("/exit/asked").json == {"end": False}
    assert "data-exit" not in client.page("/")
    assert client.get("/exit/").headers["Location"] == "/"
    assert ask(client, "") == ask(client, PIN) == 404


@pytest.mark.usefixtures("with_pin")
def test_the_page_is_there_only_while_something_can_end_the_browser(client: LintingClient) -> None:
    assert 'data-exit="/exit/"' in client.page("/")
    assert client.get("/exit/").headers["Location"] == "/"
    client.post("/exit/asked")
    assert "go back" in client.page("/exit/")


@pytest.mark.usefixtures("with_pin")
def test_the_browser_is_ended_once_by_the_pin_alone(
    client: LintingClient, waited: list[float]
) -> None:
    wrong = ("", "482914", PIN + "0", 482913, None, "\ud800")
    assert [ask(client, each) for each in wrong] == [403] * len(wrong)
    assert waited == [WRONG_SECONDS] * len(wrong)
    assert client.post("/exit/asked").json == {"end": False}
    assert ask(client, PIN) == 204
    assert waited == [WRONG_SECONDS] * len(wrong)
    assert client.post("/exit/asked").json == {"end": True}
    assert client.post("/exit/asked").json == {"end": False}


@pytest.mark.usefixtures("with_pin")
def test_guessing_pins_takes_months(client: LintingClient) -> None:
    """A wrong one keeps its turn while it waits: guessing at several places is no faster."""
    meanwhile = []

    def try_others(_seconds: float) -> None:
        meanwhile.append([ask(client, pin) for pin in ("000002", PIN)])

    client.application.extensions["way_out"] = WayOut(sleep=try_others)
    assert ask(client, "000001") == 403
    assert meanwhile == [[429, 429]]
    assert client.post("/exit/asked").json == {"end": False}
    on_average = 10**6 / 2 * WRONG_SECONDS
    assert on_average > 50 * 24 * 3600
    assert ask(client, PIN) == 204


@pytest.mark.usefixtures("with_pin")
def test_who_comes_next_learns_nothing_of_who_tried_before(
    client: LintingClient, waited: list[float]
) -> None:
    """There was a count: the next person's first refusal told how often somebody had tried."""

    def answers() -> list[tuple[int, str]]:
        found = [client.post("/exit/", json={"pin": pin}) for pin in (*["000001"] * 9, PIN)]
        return [(each.status_code, each.text) for each in found]

    alone = answers()
    assert [status for status, _text in alone] == [403] * 9 + [204]
    for _try in range(100):
        assert ask(client, "000001") == 403
    assert answers() == alone
    assert set(waited) == {WRONG_SECONDS}


@pytest.mark.usefixtures("with_pin")
def test_no_other_tablet_can_end_it_or_is_told_of_it(client: LintingClient) -> None:
    afar = {"environ_overrides": {FROM_NETWORK: True}}
    assert "data-exit" not in client.page("/", **afar)
    assert client.get("/exit/", **afar).headers["Location"] == "/"
    assert client.post("/exit/", json={"pin": PIN}, **afar).status_code == 404
    assert client.post("/exit/asked", **afar).status_code == 404


def test_a_pin_that_nobody_heard_does_not_end_a_later_browser() -> None:
    now = [0.0]
    way = WayOut(clock=lambda: now[0])
    way.want()
    now[0] += IS_THERE_SECONDS
    assert not way.asked()
    assert way.is_watched
    way.want()
    assert way.asked()
    now[0] += IS_THERE_SECONDS
    assert not way.is_watched
