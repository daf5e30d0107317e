"""`kiosk launch`: a browser that fills the screen, and of which nothing is left."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kiosk.network import screen
from tests.support.byte_search import files_holding

pytest.importorskip("playwright", reason="needs playwright")
from playwright.sync_api import Browser, Error, Page, Playwright, expect

from .chromium import CHROMIUM, START_SECONDS, UNSEEN, documented_switches
from .conftest import PIN, Used
from .test_the_shared_browser import KEPT, STRUCK, UNSENT, visit_us

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium"),
    pytest.mark.skipif(sys.platform != "linux", reason="needs a folder in memory"),
]


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory that is ours alone."""
    made = Path(tempfile.mkdtemp(prefix="launch-", dir=screen.memory()))
    yield made
    shutil.rmtree(made)


@contextmanager
def launched(
    url: str, memory: Path, folder: Path, browser: str
) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """The program, started as an operator does, and the profile it made, once that is in use.

    Args:
        url: Of the kiosk.
        memory: Where the profile goes.
        folder: For the browser's home.
        browser: What is run as one.
    """
    program, home = folder / "browser", folder / "home"
    program.write_text(f"#!/bin/sh\n{browser}\n")
    program.chmod(0o755)
    home.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "launch", "--browser", str(program),
         "--port", url.rsplit(":", 1)[1], "--data-dir", str(folder / "data")],
        env={**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(memory)},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        end = time.monotonic() + 2 * START_SECONDS
        while not (found := list(memory.glob(f"{screen.PREFIX}*"))):
            assert time.monotonic() < end, "the browser did not start"
            time.sleep(0.1)
        yield process, found[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)


def page_of(engine: Playwright, profile: Path) -> Page:
    """What the browser of a profile shows; a machine with much else to do takes its time."""
    said, end = profile / "DevToolsActivePort", time.monotonic() + 2 * START_SECONDS
    while not (said.exists() and said.read_text()):
        assert time.monotonic() < end, "the browser cannot be steered"
        time.sleep(0.1)
    address = f"http://127.0.0.1:{said.read_text().split()[0]}"
    page = _steered(engine, address).contexts[0].pages[0]
    page.set_default_timeout(90_000)
    return page


def _steered(engine: Playwright, address: str) -> Browser:
    """Take hold of a browser; one that is just starting may leave whoever asks first unanswered."""
    for seconds in (20, 40):
        with suppress(Error):
            return engine.chromium.connect_over_cdp(address, timeout=seconds * 1000)
    return engine.chromium.connect_over_cdp(address, timeout=60_000)


def test_staff_end_it_by_a_long_press_and_the_pin_and_nothing_of_a_visit_is_left(
    engine: Playwright, used: Used, memory: Path, tmp_path: Path
) -> None:
    """The words are found where they were planted, and nowhere once the browser has ended.

    Who comes upon the page of the PIN by chance goes back; what was hidden comes back as before.
    """
    url, planted = used.kiosk.url, tmp_path / "home" / "planted"
    chromium = f'exec {CHROMIUM} {" ".join(UNSEEN)} "$@"'
    with launched(url, memory, tmp_path, chromium) as (process, profile):
        page = page_of(engine, profile)
        assert page.url == f"{url}/"  # shown without anybody's doing
        receipt = visit_us(page, url)
        planted.write_text(KEPT)
        assert files_holding(tmp_path, KEPT) == [planted]
        planted.unlink()
        assert len([each for each in profile.rglob("*") if each.is_file()]) > 5  # it was in use
        page.locator(".hide").click()
        hold_the_sign(page)  # what was hidden comes back, and nothing else
        expect(page.get_by_label("What you want to say")).to_have_value(UNSENT)
        page.goto(url)
        hold_the_sign(page)
        expect(page).to_have_url(f"{url}/exit/")
        page.get_by_role("link", name="Back to the start").click()
        expect(page).to_have_url(f"{url}/")
        page.goto(f"{url}/exit/")
        type_pin(page, "482914")
        wrong = "This is not the PIN. Nothing has changed."
        expect(page.get_by_role("status")).to_have_text(wrong, timeout=60_000)
        type_pin(page, PIN)
        told, _ = process.communicate(timeout=120)
    assert (process.returncode, told) == (
        0,
        "Ended with the PIN; nothing is left of the browser.\n",
    )
    assert {each.name for each in memory.iterdir()} <= {"dconf"}  # the desktop's own settings
    for folder in (memory, tmp_path):
        assert files_holding(folder, KEPT, STRUCK, UNSENT, receipt, url) == []


def test_a_signal_ends_it_too(used: Used, memory: Path, tmp_path: Path) -> None:
    """As `systemctl stop` does; what stands for the browser here would never end by itself."""
    standing_in = 'touch "$HOME/here"; exec sleep 600'
    with launched(used.kiosk.url, memory, tmp_path, standing_in) as (process, profile):
        end = time.monotonic() + 2 * START_SECONDS
        while not (tmp_path / "home" / "here").exists():
            assert time.monotonic() < end, "it did not start"
            time.sleep(0.1)
        assert process.poll() is None
    assert process.returncode == 0
    assert not profile.exists()


def hold_the_sign(page: Page) -> None:
    """For more than five seconds, as a finger does."""
    expect(page.locator("visit-flow[inert]")).to_have_count(0)
    expect(page.locator("drawing-board:defined")).to_have_count(1)  # what comes later is there
    expect(page.locator("body[data-still]")).to_have_count(0)
    page.locator(".brand").click(delay=5_500, no_wait_after=True)


def type_pin(page: Page, digits: str) -> None:
    for digit in digits:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="End", exact=True).click()


def test_what_a_crash_left_goes_with_the_next_start(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(memory))
    (memory / f"{screen.PREFIX}old").mkdir()
    (memory / "of-others").mkdir()
    with screen.profile() as made:
        assert made.stat().st_mode & 0o077 == 0
        assert set(memory.iterdir()) == {made, memory / "of-others"}
    assert list(memory.iterdir()) == [memory / "of-others"]


def test_a_folder_on_a_disk_is_not_taken_for_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(screen, "_mounts", lambda: ["/dev/sda1 / ext4 rw 0 0"])
    with pytest.raises(screen.ScreenError, match="memory"):
        screen.memory()


def test_it_starts_the_browser_as_the_guide_does(tmp_path: Path) -> None:
    made = screen.command("chromium", "http://127.0.0.1:8080", tmp_path)
    assert set(documented_switches()) <= set(made)
