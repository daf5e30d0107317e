"""From a person at the tablet to a line in an export, on real parts: the reason for everything."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import postgres
from tests.support.byte_search import files_holding
from tests.support.places import DATA, PASSPHRASE
from tests.support.running import init, kiosk, running
from tests.support.settled import settle


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, has_touch=True, permissions=["microphone"]
    )
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def keep(page: Page) -> str:
    """Press Keep; the four words."""
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("heading", name=re.compile("(is|are) safe$")).wait_for()
    words = page.locator(".kept__words").inner_text()
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name=re.compile("^Speak")).wait_for()
    return " ".join(words.split())


def speak(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Speak")).click()
    page.locator("[data-act=record]").click()
    page.locator("[data-screen=speak] [data-act=done]").wait_for()
    page.wait_for_timeout(5_500)  # the sentence takes 2.7 s; speech cannot be hurried
    page.locator("[data-screen=speak] [data-act=done]").click()
    page.locator("strike-words").wait_for()


def write(page: Page, words: str) -> None:
    page.get_by_role("button", name=re.compile("^Write")).click()
    page.locator("textarea").fill(words)
    page.locator("[data-screen=write] [data-act=done]").click()


def draw(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Draw")).click()
    settle(page)
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 300, steps=12)
    page.mouse.up()
    page.locator("[data-screen=draw] [data-act=done]").click()
    page.locator("cover-board img").wait_for()


def leave_three(page: Page) -> None:
    """Speak, write and draw, as a visitor; strike one more word of what was spoken."""
    speak(page)
    preview = page.locator("strike-words")
    expect(preview).to_contain_text("is always late")
    expect(preview).to_contain_text("a person")
    expect(preview).not_to_contain_text("Sean")
    preview.get_by_text("trainer", exact=True).click()
    assert len(keep(page).split()) == 4
    write(page, "Ask joe@example.com why the canteen is cold.")
    expect(page.locator("strike-words")).to_contain_text("an e-mail address")
    keep(page)
    draw(page)
    keep(page)


def close_and_approve(page: Page) -> str:
    """Unlock, close, read and approve all three, by keyboard; what was on the screen."""
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("link", name="Feedback").first.click()
    page.get_by_role("link", name=re.compile("^Close")).click()
    page.get_by_role("button", name=re.compile("^Close")).click()
    page.get_by_role("link", name=re.compile("^Read")).first.click()
    page.locator("desk-keys:defined").wait_for(state="attached")
    item, seen = page.locator(".reader__item"), []
    for number in (1, 2, 3):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{number} of 3")
        seen.append(item.inner_text())
        page.keyboard.press("a")
    expect(item.locator(".badge")).to_have_text("approved")  # the last one stays where it is
    return "\n".join(seen)


def test_from_the_tablet_to_the_export(page: Page, tmp_path: Path):
    """With a restart between keeping and reading; only the passphrase opens what was kept."""
    the_whole_way(page, tmp_path / "data", tmp_path)


def test_the_same_where_a_server_keeps_it(
    page: Page, tmp_path: Path, postgres_server: postgres.Server
):
    """And what was said stands in no file of the server, its log and its journal among them."""
    data = tmp_path / "data"
    data.mkdir()
    settings = postgres.settings_for(postgres_server.new())
    (data / "settings.toml").write_text(settings, encoding="utf-8")
    the_whole_way(page, data, tmp_path)
    assert not (data / "kiosk.db").exists()
    (tmp_path / "out.jsonl").rename(postgres_server.folder / "planted")
    said = ("is always late", "why the canteen is cold", "joe@example.com")
    assert files_holding(postgres_server.folder, *said) == [postgres_server.folder / "planted"]
    (postgres_server.folder / "planted").unlink()


def the_whole_way(page: Page, data: Path, tmp_path: Path) -> None:
    init(data)
    micro = ("--model", DATA / "whisper-micro")
    with running(data, *micro) as first:
        page.goto(first.url)
        leave_three(page)
    with running(data, *micro) as second:
        page.goto(f"{second.url}/review/")
        seen = close_and_approve(page)
    assert "[REMOVED] [PERSON 1] is always late." in seen
    assert "Ask [EMAIL] why the canteen is cold." in seen

    listed = json.loads(kiosk("gathering", "list", "--json", "--data-dir", data).stdout)
    target = tmp_path / "out.jsonl"
    done = kiosk(
        *("export", "--data-dir", data, "--gathering", listed[0]["id"], "--format", "jsonl"),
        *("--passphrase-file", data.parent / "passphrase", "-o", target),
    )
    assert done.returncode == 0, done.stderr
    rows = {row["kind"]: row for row in map(json.loads, target.read_text().splitlines())}
    assert sorted(rows) == ["drawing", "memo", "note"]
    assert {row["status"] for row in rows.values()} == {"approved"}
    assert rows["memo"]["text"] == "My [REMOVED] [PERSON 1] is always late."
    assert rows["note"]["text"] == "Ask [EMAIL] why the canteen is cold."
