"""What is written about a request: never what somebody said, at any level, in any error."""

import http.client
import logging
import threading
from contextlib import closing
from typing import Any

import pytest

from kiosk import protection
from kiosk.app import TypeAlone
from kiosk.house import House
from kiosk.network.listener import listener, port_of, run_until_closed
from kiosk.visit import draft_calls
from tests.support.desk_helpers import Desk
from tests.support.kiosk_in_folder import app_of
from tests.support.places import PASSPHRASE

MARK = "zanzibar-marmalade"
KEY = {"Idempotency-Key": "0123456789abcdef0123"}


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def test_a_word_that_is_logged_would_be_found(everything_logged: pytest.LogCaptureFixture):
    logging.getLogger("peewee").setLevel(logging.DEBUG)
    logging.getLogger("peewee").debug("INSERT %s", MARK)
    assert MARK in everything_logged.text


def test_a_whole_visit_at_debug_level_logs_no_word(
    house: House, everything_logged: pytest.LogCaptureFixture
):
    client: Any = app_of(house).test_client()
    text = {"Content-Type": "text/plain"}
    draft = client.post("/api/drafts", data=f"so {MARK} is cold", headers=text).json["draft"]
    client.get(f"/api/drafts/{draft}")
    words = client.post(f"/api/drafts/{draft}/keep", json={}).json["receipt"]
    client.post("/api/receipt", json={"words": words})
    client.delete("/api/receipt", json={"words": words})
    sound = {"Content-Type": "audio/webm", "X-Recorded-Seconds": "4.321"}
    memo = client.post("/api/drafts", data=b"\x1aE\xdf\xa3" + MARK.encode(), headers=sound).json
    assert client.post(f"/api/drafts/{memo['draft']}/keep", json={}).status_code == 201
    Desk(client).post("/review/lists/", staff=MARK)
    for secret in (MARK, draft, words, memo["draft"], "4.321", PASSPHRASE):
        assert secret not in everything_logged.text


def test_no_route_repeats_what_it_cannot_use(
    house: House, everything_logged: pytest.LogCaptureFixture
):
    """Marked nonsense at every route, in path, query, header and body: nothing comes back of it."""
    app = app_of(house)
    client: Any = app.test_client()
    answers = []
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", MARK).replace(f"<path:{name}>", MARK)
        if "<" in path:
            path = path[: path.index("<")] + MARK
        for method in sorted((rule.methods or set()) & {"GET", "POST", "DELETE"}):
            for kind, body in (
                ("application/json", f'{{"words": ["{MARK}"], "struck": "{MARK}"'),
                ("text/plain", MARK + "\udcff"),
                ("image/png", MARK),
                ("application/x-www-form-urlencoded", f"title={MARK}%00&threshold={MARK}"),
            ):
                answers.append(
                    client.open(
                        f"{path}?lang={MARK}&language={MARK}",
                        method=method,
                        data=body.encode("utf-8", "surrogateescape"),
                        headers={**KEY, "Content-Type": kind, "X-Recorded-Seconds": MARK},
                    )
                )
    assert len(answers) > 100
    repeated = [
        (each.request.method, each.request.path)
        for each in answers
        if MARK in each.text and each.request.method != "GET" and each.status_code >= 400
        if "value=" not in each.text  # a form shows again what was typed into it
    ]
    assert repeated == []
    assert [
        each.request.path for each in answers if each.status_code >= 500 and each.status_code != 503
    ] == []
    assert MARK not in everything_logged.text


@pytest.mark.parametrize("is_careless", [True, False])
def test_an_answer_that_breaks_half_way_is_logged_by_its_type_alone(
    house: House, caplog: pytest.LogCaptureFixture, monkeypatch: Any, *, is_careless: bool
):
    """The server writes down what ends a stream; first it does so as if nobody had told it."""
    app = app_of(house)
    text = {"Content-Type": "text/plain"}
    draft = app.test_client().post("/api/drafts", data=MARK, headers=text).json["draft"]

    def breaks(*_: object) -> None:
        raise KeyError(MARK)

    monkeypatch.setattr(draft_calls, "_shown", breaks)
    if is_careless:
        monkeypatch.setattr(TypeAlone, "filter", lambda *_: True)
    server = listener(
        app, host="127.0.0.1", port=0, threads=1, most=5, most_bytes=lambda *_: 64_000
    )
    threading.Thread(target=run_until_closed, args=(server,), daemon=True).start()
    with closing(http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=20)) as line:
        line.request("GET", f"/api/drafts/{draft}/events")
        assert line.getresponse().status == 500
    server.close()
    assert "KeyError" in caplog.text
    assert [each in caplog.text for each in (MARK, draft)] == [is_careless] * 2


def test_what_ends_a_thread_is_logged_by_its_type_alone(
    caplog: pytest.LogCaptureFixture, monkeypatch: Any
):
    monkeypatch.setattr(threading, "excepthook", None)
    protection.quiet_threads()

    def breaks() -> None:
        raise ValueError(MARK)

    ending = threading.Thread(target=breaks)
    ending.start()
    ending.join()
    assert "ValueError ended a thread" in caplog.text
    assert MARK not in caplog.text
