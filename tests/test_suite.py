"""How all tests are run: together, and what failed in company once more alone."""

from pathlib import Path

import pytest

from tests.support.suite import Suite

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
