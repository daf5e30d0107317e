"""What is written about a request: never what somebody said, at any level, in any error."""

import logging
from typing import Any

import pytest

from kiosk.house import House
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
