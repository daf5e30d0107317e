"""Disks, locks, clocks and models that fail, as visitors, facilitators and operators meet it.

The store's own tests break the same things harder (`tests/store/test_faults.py`); here it is the
answer that counts: its status, its sentence, and that the same request can be sent again.
"""

import ast
import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import store
from kiosk.house import House
from kiosk.places import HERE
from store import receipts
from store.file import database as file_database
from store.file import engine, reserve
from store.payloads import Note
from store.rows import database
from store.rows.engine import Place
from tests.faults.disk import small_disk
from tests.support.desk_helpers import Desk, filled, new_gathering, today
from tests.support.kiosk_in_folder import app_of, set_up_folder
from tests.support.places import HOME, MICRO, PASSPHRASE

from .conftest import SPOKEN

TEXT = {"Content-Type": "text/plain"}
TOKEN = {"Idempotency-Key": "a-token-of-22-letters-"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "ANSWER_SECONDS", 0.001)
    monkeypatch.setattr(reserve, "SIZE", 1 << 20)
    monkeypatch.setattr(file_database, "BUSY_SECONDS", 1)


def items_in(data_dir: Path) -> int:
    with contextlib.closing(sqlite3.connect(data_dir / "kiosk.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM item").fetchone()[0])


def make_draft(client: Any, text: str = "The canteen is cold.") -> str:
    made = client.post("/api/drafts", data=text, headers=TEXT)
    assert made.status_code == 201
    return str(made.json["draft"])


def test_on_a_full_disk_a_visitor_is_told_and_may_send_the_same_again(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    """SQLite itself refuses: it may not make its file larger."""
    client: Any = app_of(house).test_client()
    pages = (house.settings.data_dir / "kiosk.db").stat().st_size // 4096
    draft = make_draft(client, "x" * 9_000)
    with monkeypatch.context() as full:
        full.setitem(file_database.PRAGMAS, "max_page_count", pages)
        store.close()
        database.attach(engine, Place(house.settings.data_dir))
        refused = client.post(f"/api/drafts/{draft}/keep", json={})
        assert refused.status_code == 507
        assert "no room" in refused.json["detail"]
        assert items_in(house.settings.data_dir) == 0
        assert client.get("/", headers={"Accept": "text/html"}).status_code == 200
    store.close()
    database.attach(engine, Place(house.settings.data_dir))
    kept = client.post(f"/api/drafts/{draft}/keep", json={})
    assert kept.status_code == 201
    assert client.post(f"/api/drafts/{draft}/keep", json={}).json == kept.json
    assert items_in(house.settings.data_dir) == 1


@pytest.fixture
def disk() -> Iterator[Path]:
    """A disk of a few megabytes, where we may mount one."""
    with small_disk("6m") as folder:
        if folder is None:
            pytest.skip("may not mount here")
        yield folder


@pytest.fixture
def data_dir(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """On the small disk, for tests that ask for one."""
    if "disk" in request.fixturenames:
        return Path(request.getfixturevalue("disk")) / "data"
    return tmp_path / "data"


def fill(folder: Path) -> None:
    with contextlib.suppress(OSError), (folder / "ballast").open("ab", buffering=0) as ballast:
        while True:
            ballast.write(bytes(512))


def test_with_not_one_block_left_reading_and_taking_back_still_work(disk: Path, house: House):
    """A real file system without room; what is asked for here is asked over HTTP."""
    client: Any = app_of(house).test_client()
    released = filled(Note("one"), Note("two"), Note("three"))
    words = client.post(f"/api/drafts/{make_draft(client)}/keep", json={}).json["receipt"]
    desk = Desk(client)
    fill(disk)
    refused = client.post("/api/items", data="x" * 9_000, headers={**TEXT, **TOKEN})
    while refused.status_code == 201:  # the file had a free page or two
        token = {"Idempotency-Key": f"a-token-{time.monotonic_ns()}"}
        refused = client.post("/api/items", data="x" * 9_000, headers={**TEXT, **token})
    assert refused.status_code == 507
    assert client.post("/api/receipt", json={"words": words}).json["state"] == "sealed"
    assert client.delete("/api/receipt", json={"words": words}).json["state"] == "withdrawn"
    assert client.post("/api/receipt", json={"words": words}).json["state"] == "unknown"
    assert "one" in desk.follow(f"/review/gatherings/{released.id}/filter", words="one")
    purged = desk.post(f"/review/gatherings/{released.id}/purge", typed=released.title)
    assert purged.status_code == 303
    assert store.gatherings.get(released.id).state == "purged"


def test_a_disk_that_becomes_read_only_is_a_plain_sentence(disk: Path, house: House):
    client: Any = app_of(house).test_client()
    draft = make_draft(client)
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    try:
        database._engine, database._folder = engine, house.settings.data_dir
        file_database._folder = house.settings.data_dir
        refused = client.post(f"/api/drafts/{draft}/keep", json={})
        assert refused.status_code == 503
        assert "Nothing" in refused.json["detail"] or "nothing" in refused.json["detail"]
        assert client.get("/healthz").status_code == 200
    finally:
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert client.post(f"/api/drafts/{draft}/keep", json={}).status_code == 201


def test_while_the_database_is_locked_503_and_then_the_same_token_is_kept_once(house: House):
    client: Any = app_of(house).test_client()
    send = {"data": "The canteen is cold.", "headers": {**TEXT, **TOKEN}}
    path = house.settings.data_dir / "kiosk.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        refused = client.post("/api/items", **send)
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        holder.execute("ROLLBACK")
    kept = client.post("/api/items", **send)
    assert kept.status_code == 201
    again = client.post("/api/items", **send)
    assert (again.status_code, again.json) == (200, kept.json)
    assert items_in(house.settings.data_dir) == 1


def test_a_lock_of_a_moment_is_waited_for(house: House):
    client: Any = app_of(house).test_client()
    path = house.settings.data_dir / "kiosk.db"
    with contextlib.closing(
        sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    ) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        timer = threading.Timer(0.3, holder.execute, ("ROLLBACK",))
        timer.start()
        kept = client.post("/api/items", data="cold", headers={**TEXT, **TOKEN})
        timer.join()
    assert kept.status_code == 201


def test_eight_people_sending_one_token_at_once_keep_one_item(house: House):
    app = app_of(house)
    answers: list[Any] = []

    def send() -> None:
        answer = app.test_client().post("/api/items", data="cold", headers={**TEXT, **TOKEN})
        answers.append((answer.status_code, answer.json))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(status for status, _ in answers) == [200] * 7 + [201]
    assert len({str(said) for _, said in answers}) == 1
    assert items_in(house.settings.data_dir) == 1


def test_one_damaged_item_is_told_and_the_others_stay_readable(house: House):
    """A byte turned over inside one sealed row; SQLite itself does not mind it."""
    gathering = filled(*(Note(f"number {number}") for number in range(5)))
    client: Any = app_of(house).test_client()
    desk = Desk(client)
    page = desk.client.get(f"/review/gatherings/{gathering.id}/read", follow_redirects=True).text
    assert "damaged" not in page
    desk.post("/review/lock")
    store.close()
    path = house.settings.data_dir / "kiosk.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (sealed,) = connection.execute("SELECT sealed FROM item").fetchone()
        content = path.read_bytes()
        at = content.index(sealed[-400:]) + 99
    path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    store.open(house.settings.data_dir)
    Desk(client)
    page = client.get(f"/review/gatherings/{gathering.id}/read", follow_redirects=True).text
    assert "1 item is damaged" in page
    assert sum(f"number {number}" in page for number in range(5)) == 4


def test_with_a_damaged_model_notes_go_on_and_sound_waits(
    make_house: Callable[..., House], tmp_path: Path
):
    broken = tmp_path / "broken"
    broken.mkdir()
    for each in MICRO.iterdir():
        (broken / each.name).write_bytes(each.read_bytes()[:1000])
    client: Any = app_of(make_house(model=broken)).test_client()
    sound = {"Content-Type": "audio/webm", "X-Recorded-Seconds": "4.3"}
    memo = client.post("/api/drafts", data=SPOKEN.read_bytes(), headers=sound).json["draft"]
    assert client.post(f"/api/drafts/{make_draft(client)}/keep", json={}).status_code == 201
    end = time.monotonic() + 60
    while (state := client.get(f"/api/drafts/{memo}").json["state"]) == "working":
        assert time.monotonic() < end
        time.sleep(0.1)
    assert state == "later"
    assert client.post(f"/api/drafts/{memo}/keep", json={}).status_code == 201


class Jumping:
    """A wall clock somebody sets about; the monotonic one does not follow."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._true, self._ahead = time.time, 0.0
        monkeypatch.setattr(time, "time", lambda: self._true() + self._ahead)

    def by(self, days: float) -> None:
        self._ahead += days * 86_400


def test_a_clock_that_jumps_ends_no_draft_no_desk_and_no_limit(
    make_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
):
    """Ten years on, two hundred back: drafts live by minutes that pass, not by dates."""
    house = make_house(contributions_per_hour=3)
    client: Any = app_of(house).test_client()
    desk = Desk(client)
    draft = make_draft(client)
    clock = Jumping(monkeypatch)
    for days in (3_650, -73_000, 36_500):
        clock.by(days)
        assert client.get(f"/api/drafts/{draft}").json["state"] == "ready"
        assert desk.page("/review/")
    assert client.post(f"/api/drafts/{draft}/keep", json={}).status_code == 201
    for _ in range(5):
        house.shares.count(HERE)
    clock.by(1)
    refused = client.post("/api/drafts", data="one more", headers=TEXT)
    assert refused.status_code == 429
    for _ in range(5):
        client.post("/review/unlock", data={"passphrase": "wrong"})
    clock.by(1)
    assert client.post("/review/unlock", data={"passphrase": PASSPHRASE}).status_code == 429


def test_a_day_that_goes_back_reopens_nothing_and_purges_nothing(house: House):
    gathering = new_gathering("jumping")
    client: Any = app_of(house).test_client()
    words = client.post(f"/api/drafts/{make_draft(client)}/keep", json={}).json["receipt"]
    for days in (-4_000, 4_000, -1, 1):
        store.gatherings.tick(today() + timedelta(days=days))
    assert store.gatherings.get(gathering.id).state == "open"
    assert client.post("/api/receipt", json={"words": words}).json["state"] == "sealed"


WALL_CLOCK = {"time", "time_ns", "now", "utcnow", "today", "fromtimestamp"}
ASKED_AND_NOT_KEPT = {
    "kiosk/desk/door.py",  # digits of an app, which change each half minute
    "kiosk/desk/gathering_form.py",  # the day, for gatherings
    "kiosk/desk/people/page.py",  # those digits, of the second person at a restored copy
    "kiosk/desk/people/second_step.py",  # those digits, when they are switched on
    "kiosk/network/lan.py",  # from when to when a certificate is good
}


def wall_clock_calls(code: str) -> list[int]:
    """Lines that ask what time of day it is."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WALL_CLOCK
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and ast.unparse(node.func.value).split(".")[-1] in {"time", "datetime", "date"}
    ]


def test_nothing_asks_for_the_time_of_day_but_what_needs_a_date():
    """So no time can be stored, and no limit can be stretched by setting the clock."""
    assert wall_clock_calls("import time\nx = 1\ny = time.time()") == [3]
    assert wall_clock_calls("datetime.datetime.now(tz=None)") == [1]
    assert wall_clock_calls("time.monotonic()") == []
    asking = {
        str(path.relative_to(HOME))
        for package in ("kiosk", "capture", "transcribe", "redact", "store")
        for path in (HOME / package).rglob("*.py")
        if wall_clock_calls(path.read_text(encoding="utf-8"))
    }
    assert asking <= ASKED_AND_NOT_KEPT


def unreadable_settings(folder: Path) -> None:
    (folder / "settings.toml").write_bytes(b"[limits\xff")


def no_toml(folder: Path) -> None:
    (folder / "settings.toml").write_text("[limits]\nnote_characters = many\n")


def out_of_range(folder: Path) -> None:
    (folder / "settings.toml").write_text("[server]\nport = 123456\n")


def no_database(folder: Path) -> None:
    (folder / "kiosk.db").write_bytes(b"not a database at all " * 500)


def cut_database(folder: Path) -> None:
    content = (folder / "kiosk.db").read_bytes()
    (folder / "kiosk.db").write_bytes(content[: len(content) // 2 - 7])


def foreign_address(folder: Path) -> None:
    (folder / "settings.toml").write_text('[server]\nhost = "192.0.2.1"\n')


def model_missing(folder: Path) -> None:
    (folder / "settings.toml").write_text('[speech]\nmodel = "huge"\n')


BROKEN = {
    unreadable_settings: "settings.toml",
    no_toml: "settings.toml",
    out_of_range: "port",
    no_database: "damaged",
    cut_database: "damaged",
    foreign_address: "192.0.2.1",
    model_missing: "huge",
}


@pytest.fixture
def set_up(tmp_path: Path) -> Path:
    set_up_folder(tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("harm", BROKEN, ids=lambda harm: harm.__name__)
def test_a_kiosk_that_cannot_start_says_what_is_wrong_in_one_line(
    set_up: Path, harm: Callable[[Path], None]
):
    harm(set_up)
    assert BROKEN[harm] in last_words(set_up)


def test_so_does_a_kiosk_that_may_not_write(set_up: Path, unwritable):
    with unwritable(set_up):
        assert "written" in last_words(set_up)


def last_words(folder: Path) -> str:
    """What a kiosk that cannot start says: one line, within five seconds of work."""
    before = os.times()
    ended = subprocess.run(
        [sys.executable, "-m", "kiosk", "serve", "--data-dir", folder, "--port", "0"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    after = os.times()
    assert ended.returncode == 1, ended.stdout
    (line,) = ended.stderr.splitlines()
    assert "Traceback" not in line
    assert after.children_user + after.children_system - sum(before[2:4]) < 5
    return line
