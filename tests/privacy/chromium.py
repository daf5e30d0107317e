"""A Chromium as people start it: its own profile, its own switches, quit as a person quits it."""

import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright

from tests.support.places import DOCS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
GUIDE = DOCS / "operator.md"
UNSEEN = ("--headless=new", "--no-sandbox", "--remote-debugging-port=0")  # containers test as root
START_SECONDS = 30


def documented_switches() -> list[str]:
    """What the operator's guide tells people to start Chromium with, less window and profile."""
    command = re.search(r"`chromium ([^`]+)`", GUIDE.read_text(encoding="utf-8"))
    assert command
    switches = [each for each in shlex.split(command[1]) if each.startswith("--")]
    return [each for each in switches if not each.startswith(("--kiosk", "--user-data-dir"))]


@contextmanager
def chromium(engine: Playwright, profile: Path, *switches: str) -> Iterator[Page]:
    """Start a Chromium on a profile; at the end it is quit, and has written what it writes."""
    process = subprocess.Popen(
        [CHROMIUM, *UNSEEN, f"--user-data-dir={profile}", "--no-first-run", *switches,
         "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        browser = engine.chromium.connect_over_cdp(f"http://127.0.0.1:{_port(profile)}")
        browser.contexts[0].set_default_timeout(90_000)  # ms; reading a drawing takes its time
        yield browser.contexts[0].pages[0]
        browser.new_browser_cdp_session().send("Browser.close")
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()


def _port(profile: Path) -> int:
    """Where it can be steered; it says so in a file of its profile."""
    said = profile / "DevToolsActivePort"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if said.exists() and (lines := said.read_text().split()):
            return int(lines[0])
        time.sleep(0.1)
    raise AssertionError("Chromium did not start")
