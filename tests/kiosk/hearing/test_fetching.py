"""A model is fetched by a program of its own; the kiosk hears with it once it is there."""

import sys
import time
from pathlib import Path

import pytest

from kiosk.hearing.fetching import Fetched, Fetching

FETCHES = """
import json, sys, pathlib
print(json.dumps({"done": 40, "of": 100}), flush=True)
folder = pathlib.Path(sys.argv[3]) / "models" / sys.argv[1]
folder.mkdir(parents=True)
"""
STUCK = 'import time; print(\'{"done": 7, "of": 100}\', flush=True); time.sleep(60)'
FAILS = "import sys; print('noise', flush=True); sys.exit('Neither the hub nor an index is there.')"


def fetching(tmp_path: Path, program: str, taken: list[Path]) -> Fetching:
    command = (sys.executable, "-c", program)
    return Fetching(tmp_path, on_installed=taken.append, command=command)


def ended(each: Fetching) -> Fetched:
    for _look in range(600):
        if each.now.state != "going":
            return each.now
        time.sleep(0.05)
    raise AssertionError(each.now)


def test_what_was_fetched_is_heard_with_at_once(tmp_path: Path):
    taken: list[Path] = []
    it = fetching(tmp_path, FETCHES, taken)
    assert it.now == Fetched()
    it.start("base")
    assert it.now.state == "going"
    assert ended(it) == Fetched(state="ready", name="base", done_bytes=40, all_bytes=100)
    assert taken == [tmp_path / "models" / "base"]


def test_what_went_wrong_is_told_and_can_be_tried_again(tmp_path: Path):
    taken: list[Path] = []
    it = fetching(tmp_path, FAILS, taken)
    it.start("base")
    assert (ended(it).state, it.now.problem) == ("failed", "Neither the hub nor an index is there.")
    it.start("small")
    assert it.now.name == "small"
    assert ended(it).state == "failed"
    assert taken == []


def test_one_download_at_a_time_and_none_after_the_kiosk(tmp_path: Path):
    it = fetching(tmp_path, STUCK, [])
    it.start("base")
    it.start("small")
    assert it.now.name == "base"
    for _look in range(200):
        if it.now.done_bytes == 7:
            break
        time.sleep(0.05)
    it.stop()
    assert ended(it).state == "failed"


def test_a_model_that_is_none_is_told(tmp_path: Path):
    def refuse(folder: Path) -> None:
        raise ValueError(f"{folder.name} is incomplete.")

    it = Fetching(tmp_path, on_installed=refuse, command=(sys.executable, "-c", FETCHES))
    it.start("base")
    assert (ended(it).state, it.now.problem) == ("failed", "base is incomplete.")


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_tells_a_program_how_far_it_is(
    as_json: bool,  # noqa: FBT001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    from click.testing import CliRunner

    from kiosk.commands import models
    from transcribe.models import Installed

    def install(name: str, folder: Path, **wishes: object) -> Installed:
        for done in (0, 1, 500, 1000):
            wishes["on_progress"](done, 1000)  # type: ignore[operator]
        return Installed(name=name, folder=folder / name, size_bytes=1000, source="a test")

    monkeypatch.setattr(models.fetching, "install", install)
    wishes = ["install", "base", "--data-dir", str(tmp_path), *(["--json"] if as_json else [])]
    said = CliRunner().invoke(models.models, wishes).stdout.splitlines()
    lines = ['{"done": 0, "of": 1000}', '{"done": 500, "of": 1000}', '{"done": 1000, "of": 1000}']
    sentence = ["base is installed and checked. Start the kiosk to use it."]
    assert said == (lines if as_json else sentence)


def test_a_program_that_does_not_start_is_not_on_its_way_for_ever(tmp_path: Path):
    it = Fetching(tmp_path, on_installed=lambda _folder: None, command=(str(tmp_path / "none"),))
    with pytest.raises(OSError, match="none"):
        it.start("base")
    assert it.now.state == "none"
