"""From a spoken word to an exported line: three visitors, a restart, a release, an export."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from byte_search import files_holding
from microphone_file import MICRO
from running import init, kiosk, running

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]


def keep(page: Page, screen: Screen) -> None:
    screen(page, "preview")
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")
    page.get_by_role("button", name="Finish").click()
    screen(page, "start")


def speak(page: Page, screen: Screen) -> None:
    page.locator(".door--speak").click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_timeout(4000)
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    page.locator(".word", has_text="never").click()
    keep(page, screen)


def draw(page: Page, screen: Screen) -> None:
    page.locator(".door--draw").click()
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 200, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="Done").click()
    keep(page, screen)


def write(page: Page, screen: Screen) -> None:
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").fill("The canteen is cold. Ask kim@example.org.")
    page.get_by_role("button", name="Done").click()
    keep(page, screen)


@pytest.mark.slow
def test_what_three_visitors_kept_is_what_is_exported(
    visit: Visit, screen: Screen, tmp_path: Path
) -> None:
    """Nothing more and nothing less than they saw; unreadable on the disk until then."""
    data_dir = tmp_path / "kiosk" / "data"
    init(data_dir, threshold=3)
    passphrase = ("--passphrase-file", data_dir.parent / "passphrase")
    with running(data_dir, "--model", MICRO) as first:
        page = visit(url=first.url)
        for way in (speak, draw, write):
            way(page, screen)
    planted = data_dir / "planted"
    planted.write_text("The canteen is cold.")
    assert files_holding(data_dir, "canteen is cold") == [planted]
    planted.unlink()
    assert files_holding(data_dir, "canteen is cold") == []
    with running(data_dir, "--model", MICRO):
        pass  # a restart loses nothing
    listed = kiosk("gathering", "list", "--json", "--data-dir", data_dir)
    [gathering] = json.loads(listed.stdout)
    closed = kiosk("gathering", "close", gathering["id"], "--data-dir", data_dir, *passphrase)
    assert closed.returncode == 0, closed.stderr
    out = tmp_path / "out.jsonl"
    exported = kiosk(
        *("export", "--data-dir", data_dir, *passphrase, "--gathering", gathering["id"]),
        *("--status", "all", "-o", out),
    )
    assert exported.returncode == 0, exported.stderr
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {line["kind"]: line["text"] for line in lines} == {
        "memo": "My manager [PERSON 1] [REMOVED] listens.",
        "note": "The canteen is cold. Ask [EMAIL].",
        "drawing": "",
    }
