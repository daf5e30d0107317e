"""`kiosk launch`: a browser that fills the screen, and of which nothing is left."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.network import screen
from tests.support.byte_search import files_holding

pytest.importorskip("playwright", reason="needs playwright")
from playwright.sync_api import Playwright

from .chromium import CHROMIUM, START_SECONDS, UNSEEN, documented_switches
from .conftest import Used
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
def launched(url: str, memory: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """The program, started as an operator does; the profile it made, and the browser's home."""
    program, home = folder / "browser", folder / "home"
    program.write_text(f'#!/bin/sh\nexec {CHROMIUM} {" ".join(UNSEEN)} "$@"\n')
    program.chmod(0o755)
    home.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "launch", "--browser", str(program),
         "--port", url.rsplit(":", 1)[1], "--data-dir", str(folder / "data")],
        env={**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(memory)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        end = time.monotonic() + START_SECONDS
        while not (found := list(memory.glob("*/DevToolsActivePort"))) or not found[0].read_text():
            assert time.monotonic() < end, "the browser did not start"
            time.sleep(0.1)
        yield found[0].parent, home
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def test_after_the_end_nothing_of_a_visit_is_left(
    engine: Playwright, used: Used, memory: Path, tmp_path: Path
) -> None:
    """The words are found where they were planted, and nowhere once the browser has ended."""
    planted = tmp_path / "home" / "planted"
    with launched(used.kiosk.url, memory, tmp_path) as (profile, home):
        port = (profile / "DevToolsActivePort").read_text().split()[0]
        page = engine.chromium.connect_over_cdp(f"http://127.0.0.1:{port}").contexts[0].pages[0]
        page.set_default_timeout(90_000)
        assert page.url == f"{used.kiosk.url}/"  # shown without anybody's doing
        receipt = visit_us(page, used.kiosk.url)
        planted.write_text(KEPT)
        assert files_holding(tmp_path, KEPT) == [planted]
        planted.unlink()
        assert len([each for each in profile.rglob("*") if each.is_file()]) > 5  # it was in use
        assert home.is_dir()
    assert {each.name for each in memory.iterdir()} <= {"dconf"}  # the desktop's own settings
    for folder in (memory, tmp_path):
        assert files_holding(folder, KEPT, STRUCK, UNSENT, receipt, used.kiosk.url) == []


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
