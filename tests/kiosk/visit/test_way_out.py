"""Whether the kiosk's own screen can be left: with a PIN, by who knows it, where it can end."""

from dataclasses import replace

import pytest

from kiosk.guard import FROM_NETWORK
from kiosk.house import House
from kiosk.settings import Screen
from kiosk.visit.way_out import IS_THERE_SECONDS, TRIES, TRIES_SECONDS, WayOut
from store.throttle import Throttle
from tests.support.kiosk_in_folder import LintingClient

PIN = "482913"


@pytest.fixture
def with_pin(house: House) -> None:
    house.settings = replace(house.settings, screen=Screen(exit_pin=PIN))


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
def test_the_browser_is_ended_once_by_the_pin_alone(client: LintingClient) -> None:
    for wrong in ("", "482914", PIN + "0", 482913, None):
        assert ask(client, wrong) == 403
        client.application.extensions["way_out"].tries.forgive()
    assert client.post("/exit/asked").json == {"end": False}
    assert ask(client, PIN) == 204
    assert client.post("/exit/asked").json == {"end": True}
    assert client.post("/exit/asked").json == {"end": False}


@pytest.mark.usefixtures("with_pin")
def test_after_five_wrong_pins_even_the_right_one_has_to_wait(client: LintingClient) -> None:
    assert [ask(client, "000001") for _try in range(5)] == [403] * 5
    refused = client.post("/exit/", json={"pin": PIN})
    assert refused.status_code == 429
    assert client.post("/exit/asked").json == {"end": False}


@pytest.mark.usefixtures("with_pin")
def test_no_refusal_tells_when_somebody_tried(client: LintingClient) -> None:
    """The rest of the wait would say it to the second."""
    now = [0.0]
    tries = Throttle(TRIES, seconds=TRIES_SECONDS, clock=lambda: now[0])
    client.application.extensions["way_out"] = WayOut(tries=tries)
    assert [ask(client, "000001") for _try in range(TRIES)] == [403] * TRIES
    told, left = set(), set()
    for now[0] in (1.0, 200.0, 500.0):
        refused = client.post("/exit/", json={"pin": PIN})
        told.add((refused.status_code, refused.headers["Retry-After"], refused.text))
        left.add(tries.wait_seconds())
    assert len(left) == 3  # what it must not tell
    assert len(told) == 1


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
