"""How all tests are run: together, and what failed in company once more alone."""

from pathlib import Path

import pytest

from tests.support.places import HOME
from tests.support.suite import HANGS, Suite, folder

PASSES = "def test_passes(): pass\n"
FAILS = "def test_fails(): raise AssertionError\n"
CRASHES = "import os\ndef test_crashes(): os._exit(3)\n"
ONLY_ALONE = """
from pathlib import Path
def test_fails_the_first_time():
    mark = Path(__file__).with_suffix(".mark")
    seen = mark.exists()
    mark.touch()
    assert seen
"""


def outcome(folder: Path, rest: str, browser: str) -> int:
    """How a suite of these two files ends."""
    home = folder / "home"
    for name, text in {"kiosk/test_rest.py": rest, "e2e/test_browser.py": browser}.items():
        path = home / "tests" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return Suite(folder / "notes", home).run()


@pytest.fixture(autouse=True)
def quick_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """No plugin is needed here, and each takes its time to load."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.mark.parametrize(
    ("rest", "browser", "status"),
    [(PASSES, PASSES, 0), (ONLY_ALONE, FAILS, 1), (PASSES, ONLY_ALONE + FAILS, 1),
     (CRASHES, "syntax error", 1), (ONLY_ALONE, PASSES, 0)],
)  # fmt: skip
def test_only_what_fails_alone_as_well_fails_the_suite(
    tmp_path: Path, rest: str, browser: str, status: int
) -> None:
    assert outcome(tmp_path, rest, browser) == status


def test_what_passes_only_alone_is_named(tmp_path: Path, capfd: pytest.CaptureFixture) -> None:
    assert outcome(tmp_path, PASSES, ONLY_ALONE) == 0
    assert "tests/e2e/test_browser.py: PASSED ONLY ALONE" in capfd.readouterr().out


HANGS_ONCE = """
import subprocess, sys, time
from pathlib import Path
def test_waits_for_ever_the_first_time():
    mark = Path(__file__).with_suffix(".mark")
    if not mark.exists():
        mark.touch()
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        time.sleep(60)
"""


def test_what_waits_for_ever_is_ended_and_told_and_run_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it left something running that holds what it wrote to."""
    soon = tuple(each.replace("600", "3") for each in HANGS)
    assert soon != HANGS
    monkeypatch.setattr("tests.support.suite.HANGS", soon)
    assert outcome(tmp_path, PASSES, HANGS_ONCE) == 0
    told = capfd.readouterr().out
    assert "Timeout" in told
    assert "test_waits_for_ever_the_first_time" in told
    assert "tests/e2e/test_browser.py: PASSED ONLY ALONE" in told


def test_every_file_is_run_once_and_ever_fewer_at_a_time(tmp_path: Path) -> None:
    """Many share what they start; and the last ones do not keep all others waiting."""
    suite = Suite(tmp_path)
    ran: list[str] = []
    for queue in (suite.waiting, suite.others):
        taken = list(iter(queue.take, ()))
        sizes = [sum((HOME / name).stat().st_size for name in names) for names in taken]
        assert len(taken[0]) > 3
        assert sizes[0] > 4 * sizes[-1]
        assert all(len({folder(HOME / name) for name in names}) == 1 for names in taken)
        ran += [name for names in taken for name in names]
    files = [str(path.relative_to(HOME)) for path in (HOME / "tests").rglob("test_*.py")]
    assert len(files) > 100
    assert sorted(ran) == sorted(files)


def test_what_python_has_read_once_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each of hundreds of kiosks compiles all of its code anew, as some machines ask for."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    keeps = "import sys\ndef test_keeps(): assert not sys.dont_write_bytecode\n"
    assert outcome(tmp_path, keeps, keeps) == 0
