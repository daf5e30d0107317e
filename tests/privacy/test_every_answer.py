"""What every answer carries, on every route: no cookie, no file time, no outside host, no frame.

Each rule first finds its fault in the answer of a careless application.
"""

import base64
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import store
from kiosk.house import House
from kiosk.meaning.book import Book, Card, add
from kiosk.meaning.written import write
from tests.support.desk_helpers import Desk, filled, new_gathering
from tests.support.kiosk_in_folder import app_of
from tests.support.places import HOME, PASSPHRASE

PLAIN = {"Content-Type": "text/plain"}
DAY = 86_400  # seconds
FORBIDDEN = ("ETag", "Last-Modified", "Server", "Expires", "Age", "Via", "X-Powered-By")
WANTED = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def careless(tmp_path: Path) -> FlaskClient:
    """What a Flask application sends when nobody has thought about it."""
    app = flask.Flask(__name__)
    app.secret_key = secrets.token_bytes(16)
    (tmp_path / "page.html").write_text("<p>A page</p>")

    @app.get("/file")
    def file() -> Any:
        return flask.send_file(tmp_path / "page.html")

    @app.get("/said")
    def said() -> str:
        flask.flash("The canteen is cold.")
        return "kept"

    return app.test_client()


def faults(answer: TestResponse) -> list[str]:
    """Everything wrong with the headers of an answer."""
    headers = answer.headers
    found = [name for name in FORBIDDEN if name in headers]
    found += [name for name, value in WANTED.items() if headers.get(name) != value]
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy:
        found.append("policy")
    if "unsafe" in policy or "*" in policy or re.search(r"https?:", policy):
        found.append("loose policy")
    if headers.get("Referrer-Policy") not in {"no-referrer", "same-origin"}:
        found.append("referrer")
    for cookie in headers.getlist("Set-Cookie"):
        found += cookie_faults(cookie)
    return found


def cookie_faults(cookie: str) -> list[str]:
    """What a cookie tells, and what it lacks."""
    value = cookie.split(";", maxsplit=1)[0].partition("=")[2]
    found = [f"cookie is readable: {part}" for part in value.split(".") if is_readable(part)]
    found += [
        f"cookie without {attribute}"
        for attribute in ("HttpOnly", "SameSite=Strict", "Path=/review")
        if value and attribute not in cookie
    ]
    return found


def is_readable(part: str) -> bool:
    """Whether a part of a cookie is a text or a time, once decoded."""
    try:
        content = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        return False
    is_text = len(content) > 3 and content.isascii() and content.decode("ascii").isprintable()
    is_time = len(content) == 4 and abs(int.from_bytes(content) - time.time()) < DAY
    return is_text or is_time


def test_a_careless_application_would_be_noticed(careless: FlaskClient):
    with careless.get("/file") as answer:
        found = faults(answer)
    assert {"ETag", "Last-Modified", "Cache-Control", "policy", "referrer"} <= set(found)
    said = faults(careless.get("/said"))
    assert len([fault for fault in said if fault.startswith("cookie is readable")]) == 2
    assert "cookie without SameSite=Strict" in said


@pytest.fixture
def places(house: House) -> dict[str, str]:
    """A value that leads somewhere, for each variable part of an address."""
    gathering = filled()
    with store.keys.unlock(PASSPHRASE) as master:
        items = store.items.released(gathering.id, master)
        drawing = next(item for item in items if item.kind == "drawing")
        book = add(Book(), "Light", [Card(drawing.id)])
        store.themes.change(gathering.id, master, lambda _before: write(book))
    app = app_of(house)
    draft = app.test_client().post("/api/drafts", data="cold", headers=PLAIN).json
    assert draft
    return {
        "gathering_id": gathering.id,
        "item_id": drawing.id,
        "draft_id": draft["draft"],
        "filename": "css/main.css",
        "name": "visit.css",
        "act": "approve",
        "number": "0",
        "theme_id": book.themes[0].id,
        "where": "earlier",
    }


def addresses(app: flask.Flask, places: dict[str, str], methods: set[str]) -> list[tuple[str, str]]:
    """Every method and address of the kiosk, with real values in it."""

    def fill(rule: str) -> str:
        return re.sub(r"<(?:.*:)?(\w+)>", lambda found: places[found[1]], rule)

    return [
        (method, fill(rule.rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & methods)
    ]


def every_answer(house: House, places: dict[str, str]) -> Iterator[tuple[str, TestResponse]]:
    """Ask every address, as a visitor and at an unlocked desk."""
    app = app_of(house)
    desk_client = app.test_client()
    Desk(desk_client)
    for client in (app.test_client(), desk_client):
        for method, path in addresses(app, places, {"GET", "POST"}):
            if path != "/review/lock":
                yield f"{method} {path}", client.open(path, method=method)
    yield "unlock", app.test_client().post("/review/unlock", data={"passphrase": PASSPHRASE})
    yield "lock", desk_client.post("/review/lock")


@pytest.fixture
def asked(house: House, places: dict[str, str]) -> list[tuple[str, TestResponse]]:
    return list(every_answer(house, places))


def test_every_answer_has_strict_headers_and_no_file_time(asked: list[tuple[str, TestResponse]]):
    assert len(asked) > 100
    assert {answer.status_code for _, answer in asked} > {200, 303, 404}
    assert [(name, faults(answer)) for name, answer in asked if faults(answer)] == []


def test_only_the_desk_sets_cookies_and_they_decode_to_nothing(
    house: House, asked: list[tuple[str, TestResponse]]
):
    """That they decode to nothing is among the faults above; here is who sets one at all."""
    setting = {name for name, answer in asked if answer.headers.getlist("Set-Cookie")}
    assert "unlock" in setting
    assert all(name in {"unlock", "lock"} or "/review" in name for name in setting)
    cookies = [each for _, answer in asked for each in answer.headers.getlist("Set-Cookie")]
    assert [cookie for cookie in cookies if cookie_faults(cookie)] == []
    assert app_of(house).secret_key is None  # so flash() and session cannot write one at all


def test_asking_changes_nothing(house: House, places: dict[str, str]):
    """A picture or link on another site can make a browser ask; asking must not act."""
    app = app_of(house)
    client = app.test_client()
    desk = Desk(client)
    database = house.settings.data_dir / "kiosk.db"
    before = database.read_bytes()
    for _method, path in addresses(app, places, {"GET"}):
        client.get(path)
    assert database.read_bytes() == before
    desk.post(f"/review/gatherings/{new_gathering().id}/close")
    assert database.read_bytes() != before


OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
FOREIGN = (
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": "http://localhost:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


def test_no_other_site_can_send_anything(house: House, places: dict[str, str]):
    """On every route that changes something; the same request from our own page passes."""
    app = app_of(house)
    client = app.test_client()
    sent = addresses(app, places, {"POST", "DELETE"})
    assert len(sent) > 25
    for foreign in FOREIGN:
        for method, path in sent:
            answer = client.open(path, method=method, headers={**OWN, **foreign})
            assert answer.status_code == 403, (path, foreign)
    assert client.post("/api/drafts", data="cold", headers={**PLAIN, **OWN}).status_code == 201


def test_no_route_answers_to_a_foreign_name(house: House, places: dict[str, str]):
    """A page elsewhere could point its own name at us (DNS rebinding) and read along."""
    app = app_of(house)
    client = app.test_client()
    for host in ("evil.example", "localhost.evil.example", "192.0.2.1", "kiosk", "[::1"):
        for method, path in addresses(app, places, {"GET", "POST", "DELETE"}):
            answer = client.open(path, method=method, headers={"Host": host})
            assert answer.status_code == 421, (path, host)
            assert len(answer.data) < 500
    assert client.get("/", headers={"Host": "localhost:8080"}).status_code == 200


def foreign_addresses(text: str) -> list[str]:
    """Addresses a browser could be led to, less the names of markup dialects."""
    found = re.findall(r"""(?:https?:)?//[\w.-]+\.\w\w+[^\s"')]*""", text)
    return [each for each in found if "www.w3.org/" not in each]


def served_files() -> list[Path]:
    kinds = {".css", ".js", ".svg", ".json", ".html"}
    static = [path for path in (HOME / "static").rglob("*") if path.suffix in kinds]
    return static + list((HOME / "kiosk" / "templates").rglob("*.html"))


def test_no_page_style_or_module_names_another_host():
    assert foreign_addresses('@import url("https://fonts.example/a.css")')
    assert foreign_addresses("<img src='//pixel.example/1'>")
    assert foreign_addresses('import "http://cdn.example/x.js"')
    files = served_files()
    assert len(files) > 50
    assert [
        (path.name, found) for path in files if (found := foreign_addresses(code_of(path)))
    ] == []


def code_of(path: Path) -> str:
    """A file without its comments, which may cite."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in {".js", ".css"}:
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        text = re.sub(r"(?m)(^|\s)//.*$", "", text)
    return text


def test_the_user_agent_is_stored_nowhere(house: House):
    """Nor is anything else of a request's headers."""
    marked = {"User-Agent": "Zanzibar/1.0", "X-Forwarded-For": "198.51.100.77"}
    client = app_of(house).test_client()
    draft: Any = client.post("/api/drafts", data="cold", headers={**PLAIN, **marked}).json
    kept = client.post(f"/api/drafts/{draft['draft']}/keep", json={}, headers=marked)
    assert kept.status_code == 201
    content = (house.settings.data_dir / "kiosk.db").read_bytes()
    assert b"sealed" in content  # the search would find what is stored in the clear
    assert b"Zanzibar" not in content
    assert b"198.51.100.77" not in content
    with_kept = store.gatherings.current()
    assert with_kept
    for number in range(2):
        store.items.keep(store.Note("x"), with_kept, token=f"a-token-for-header-{number}")
    store.gatherings.close(with_kept.id, today=with_kept.opens)
    with store.keys.unlock(PASSPHRASE) as master:
        released = str([item.payload for item in store.items.released(with_kept.id, master)])
    assert "cold" in released
    assert "Zanzibar" not in released
