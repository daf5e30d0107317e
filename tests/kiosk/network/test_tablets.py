"""A tablet with a gathering of its own: asked there, counted apart, and told by no answer."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import store
from kiosk.guard import FROM_NETWORK
from kiosk.house import House
from kiosk.network.tablets import OWN_TITLE, title_of
from kiosk.settings import Settings, SettingsError
from kiosk.visit.promises import seal_of
from store.gatherings import Gathering
from store.promise import Promise
from tests.support.desk_helpers import Desk, today
from tests.support.kiosk_in_folder import app_of
from tests.support.places import PASSPHRASE

TEXT = {"Content-Type": "text/plain"}
SAID = b"The blue heater at Werk Neun is cold."
CANTEEN, YARD = "192.168.1.31", "192.168.1.32"


@pytest.fixture
def common(house: House) -> Gathering:
    """Open before, and asked wherever nothing else is said."""
    del house
    found = store.gatherings.current()
    assert found
    return found


@pytest.fixture
def night(common: Gathering) -> Gathering:
    """The canteen's own, opened last, with a name that only it knows."""
    with store.keys.unlock(PASSPHRASE) as master:
        store.lists.save(master, '{"rooms": ["blue heater"]}', begun={common.id})
    return store.gatherings.new(
        "Night  shift", questions=("And at night?",), promise=Promise(threshold=3), today=today()
    )


@pytest.fixture
def at(house: House, night: Gathering) -> Callable[..., Any]:
    """The browser of a tablet, known by its address."""
    house.settings = replace(house.settings, tablets={CANTEEN: "night shift"})
    app = app_of(house)

    def browser(address: str, **environ: object) -> Any:
        client = app.test_client()
        client.environ_base |= {"REMOTE_ADDR": address, **environ}
        return client

    return browser


def seal(client: Any, **headers: str) -> str:
    return str(client.get("/api/promise", headers=headers).json["seal"])


def draft(client: Any) -> str:
    return str(client.post("/api/drafts", data=SAID, headers=TEXT).json["draft"])


def text_of(client: Any, made: str) -> str:
    return str(client.get(f"/api/drafts/{made}").json["text"])


def keep(client: Any, made: str, **wish: object) -> Any:
    return client.post(f"/api/drafts/{made}/keep", json=wish)


def kept(gathering: Gathering) -> int:
    rows = store.rows.models.ItemRow
    with store.database.reading():
        return int(rows.select().where(rows.gathering == bytes.fromhex(gathering.id)).count())


def test_a_tablet_asks_its_own_and_all_others_what_they_asked_before(
    at: Any, common: Gathering, night: Gathering
):
    """Though the night shift's was opened last."""
    assert store.gatherings.current() == night
    assert seal(at(CANTEEN)) == seal_of(night)
    assert "And at night?" in at(CANTEEN).get("/").text
    for address in (YARD, "127.0.0.1"):
        assert seal(at(address)) == seal_of(common)


def test_each_draft_is_redacted_and_kept_by_the_rules_of_its_own_gathering(
    at: Any, common: Gathering, night: Gathering
):
    """Both stand open at once, and begin before either is kept."""
    canteen, yard = at(CANTEEN), at(YARD)
    here, there = draft(canteen), draft(yard)
    assert "blue heater" not in text_of(canteen, here)
    assert "blue heater" in text_of(yard, there)
    assert keep(canteen, here, promise=seal_of(night), question=0).status_code == 201
    assert keep(yard, there, promise=seal_of(common), question=1).status_code == 201
    assert (kept(night), kept(common)) == (1, 1)


def test_strength_is_the_gatherings_own(at: Any, night: Gathering, house: House):
    store.strength.announce("strict")
    store.strength.announce("light")
    later = store.gatherings.new("Spring", today=today())
    assert house.rules_of(night.id).strength == "strict"
    assert house.rules_of(later.id).strength == "light"
    del at


def test_what_was_made_at_one_tablet_is_not_kept_at_another_under_its_promise(
    at: Any, night: Gathering, common: Gathering
):
    made = draft(at(YARD))
    assert keep(at(CANTEEN), made).status_code == 409
    assert keep(at(CANTEEN), made, promise=seal_of(common)).status_code == 409
    assert (kept(night), kept(common)) == (0, 0)


def test_what_another_gathering_takes_out_is_taken_out_and_shown_before_it_is_kept(
    at: Any, common: Gathering, night: Gathering
):
    """The tablet's own gathering opens between preview and Keep, and knows a name more."""
    yard, canteen = at(YARD), at(CANTEEN)
    made = draft(yard)
    assert "blue heater" in text_of(yard, made)
    refused = keep(canteen, made, promise=seal_of(night))
    assert refused.status_code == 409
    assert refused.json["looks_different"] is True
    assert refused.json["promise"]["seal"] == seal_of(night)
    assert "blue heater" not in text_of(canteen, made)
    assert keep(canteen, made, promise=seal_of(night)).status_code == 201
    assert (kept(night), kept(common)) == (1, 0)


def test_k_counts_for_each_gathering_alone(at: Any, common: Gathering, night: Gathering):
    for address in (CANTEEN, CANTEEN, YARD, YARD, YARD):
        client = at(address)
        assert keep(client, draft(client)).status_code == 201
    assert store.gatherings.close(night.id, today=today()).state == "closed"
    assert store.gatherings.close(common.id, today=today()).state == "released"


def test_once_its_own_is_closed_a_tablet_asks_what_all_others_ask(
    at: Any, common: Gathering, night: Gathering
):
    store.gatherings.close(night.id, today=today())
    assert seal(at(CANTEEN)) == seal(at(YARD)) == seal_of(common)
    again = store.gatherings.new("NIGHT SHIFT", today=today())  # the next of a series
    assert seal(at(CANTEEN)) == seal_of(again)


def test_a_gathering_of_ones_own_is_asked_nowhere_else(at: Any, common: Gathering):
    """Not even where nothing else is open: there the page says so."""
    store.gatherings.close(common.id, today=today())
    assert seal(at(YARD)) == ""
    assert at(YARD).post("/api/drafts", data=SAID, headers=TEXT).status_code == 503
    assert seal(at(CANTEEN)) != ""


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Kiosk.Own-Title", "kiosk.own_title"]
)
def test_no_header_makes_another_tablet_of_a_browser(at: Any, common: Gathering, name: str):
    for value in (CANTEEN, f"for={CANTEEN}", "night shift"):
        assert seal(at(YARD), **{name: value}) == seal_of(common)


def test_behind_the_tls_front_only_what_it_found_counts(at: Any, common: Any, night: Any):
    """There every connection comes from the loopback; no address reaches the application."""
    told = {FROM_NETWORK: True, "HTTP_HOST": "localhost"}
    assert seal(at("127.0.0.1", **told, **{OWN_TITLE: "night shift"})) == seal_of(night)
    assert seal(at("127.0.0.1", **told, **{OWN_TITLE: ""})) == seal_of(common)


def test_the_kiosks_own_screen_can_have_one(at: Any, house: House, night: Any, common: Any):
    house.settings = replace(house.settings, tablets={"here": "Night shift"})
    assert seal(at("127.0.0.1")) == seal_of(night)
    assert seal(at("127.0.0.1", **{FROM_NETWORK: True})) == seal_of(common)


def test_no_answer_tells_where_something_was_said(at: Any, night: Gathering):
    """A note of the canteen's and one of the yard's, kept in one gathering: two equal answers."""
    store.gatherings.close(night.id, today=today())
    answers = [keep(at(each), draft(at(each))) for each in (CANTEEN, YARD)]
    canteen, yard = (dict(each.headers, **{"Content-Length": ""}) for each in answers)
    assert canteen == yard
    assert [sorted(each.json) for each in answers] == [["receipt"], ["receipt"]]


@pytest.mark.parametrize("is_open", [True, False])
def test_the_desk_says_where_each_gathering_is_asked(
    at: Any, common: Gathering, night: Gathering, *, is_open: bool
):
    if not is_open:
        store.gatherings.close(night.id, today=today())
    desk = Desk(at("127.0.0.1"))
    others = desk.page(f"/review/gatherings/{common.id}")
    assert ("It is not open, so they ask this one" in others) == (not is_open)
    assert (CANTEEN in others) == (not is_open)
    own = desk.page(f"/review/gatherings/{night.id}")
    assert ("Only these tablets ask its question" in own) == is_open
    assert (CANTEEN in own) == is_open


def test_a_host_can_have_the_gathering_of_its_place(at: Any, house: House, night: Any, common: Any):
    """For whatever is not named; once that is closed, nothing is asked there, no other place's."""
    house.settings = replace(house.settings, tablets={"all": "Night shift", YARD: common.title})
    assert seal(at(CANTEEN)) == seal_of(night)
    assert seal(at("127.0.0.1")) == seal_of(night)
    assert seal(at(YARD)) == seal_of(common)
    elsewhere = store.gatherings.new("Other place", promise=Promise(threshold=3), today=today())
    store.gatherings.close(common.id, today=today())
    assert seal(at(YARD)) == seal_of(night)  # its own is closed: as all others here
    store.gatherings.close(night.id, today=today())
    refused = at(CANTEEN).post("/api/drafts", data=SAID, headers=TEXT)
    assert refused.status_code == 503
    assert "Nothing is being collected" in refused.json["detail"]
    assert store.gatherings.get(elsewhere.id).state == "open"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[tablets]\n"canteen" = "Night"\n', "is no tablet"),
        ('[tablets]\n"127.0.0.1" = "Night"\n', "is no tablet"),
        ('[tablets]\n"::1" = "Night"\n', "is no tablet"),
        ('[tablets]\n"192.168.1.31" = 3\n', "title of a gathering"),
        ('[tablets]\nhere = " "\n', "title of a gathering"),
        ("tablets = 3\n", "written [tablets]"),
    ],
)
def test_a_wrong_tablet_is_named(tmp_path: Path, text: str, says: str):
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(SettingsError) as error:
        Settings.read(tmp_path)
    assert says in str(error.value)


@pytest.mark.parametrize(
    "seen", ["192.168.1.31", "::ffff:192.168.1.31", "fe80::1", "fe80::1%eth0", "FE80:0::1"]
)
def test_an_address_has_one_spelling(tmp_path: Path, seen: str):
    (tmp_path / "settings.toml").write_text(
        '[tablets]\n"192.168.1.31" = "Night"\n"fe80::0001" = "Night"\nhere = "Day"\n'
    )
    tablets = Settings.read(tmp_path).tablets
    assert title_of(seen, tablets) == "Night"
    assert title_of("192.168.1.33", tablets) == ""
    assert tablets["here"] == "Day"
