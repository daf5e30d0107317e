import socket
import time
from pathlib import Path
from typing import Any

import pytest

import store
from kiosk.drafts import Draft, Words
from kiosk.house import House
from kiosk.serve import ServeError, find_model, tidy
from kiosk.settings import Settings
from tests.support.kiosk_in_folder import app_of
from tests.support.places import MICRO
from tests.support.running import kiosk as run
from tests.support.running import running


def test_file_times_tell_when_the_kiosk_ran_not_when_it_was_used(house: House):
    """Row 7 of the threats: after a round of housekeeping the last use cannot be read off."""
    gathering = store.gatherings.current()
    assert gathering
    store.items.keep(store.Note(text="cold"), gathering, token="a-token-of-22-letters-")
    database = house.settings.data_dir / "kiosk.db"
    used = database.stat().st_mtime_ns, database.stat().st_ctime_ns
    time.sleep(0.05)
    tidy(house, app_of(house))
    after = database.stat().st_mtime_ns, database.stat().st_ctime_ns
    assert min(after) > max(used)
    folder = house.settings.data_dir.stat()
    assert min(folder.st_mtime_ns, folder.st_ctime_ns) > max(used)


def test_housekeeping_forgets_old_drafts(make_house: Any):
    house = make_house(draft_minutes=1)
    draft = house.drafts.put(Draft("note", Words("cold")))
    draft.touched -= 61
    tidy(house, app_of(house))
    assert draft.content is None


def test_a_model_is_found_by_folder_by_name_or_as_the_largest_installed(tmp_path: Path):
    settings = Settings(data_dir=tmp_path)
    assert find_model(settings) is None
    assert find_model(settings, str(MICRO)) == MICRO
    for name in ("small", "tiny"):
        (tmp_path / "models" / name).mkdir(parents=True)
        for file in MICRO.iterdir():
            (tmp_path / "models" / name / file.name).write_bytes(file.read_bytes())
    (tmp_path / "models" / "small" / "more.bin").write_bytes(b"x")
    found = find_model(settings)
    assert found
    assert found.name == "small"
    tiny = find_model(settings, "tiny")
    assert tiny
    assert tiny.name == "tiny"


def test_a_model_that_is_not_there_stops_the_start_with_one_sentence(tmp_path: Path):
    with pytest.raises(ServeError, match=r"\.$"):
        find_model(Settings(data_dir=tmp_path), "huge")
    failed = run("serve", "--data-dir", tmp_path, "--model", "huge")
    assert (failed.returncode, len(failed.stderr.splitlines())) == (1, 1)


def test_a_taken_port_stops_the_start_with_one_sentence(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        failed = run("serve", "--data-dir", tmp_path, "--port", port)
    assert (failed.returncode, len(failed.stderr.splitlines())) == (1, 1)
    assert f"port {port}" in failed.stderr


def test_a_second_kiosk_on_one_folder_is_refused_with_one_sentence(tmp_path: Path):
    """Two would each have a desk that does not know the other's locks; after the first, it may."""
    with running(tmp_path / "data"):
        failed = run("serve", "--data-dir", tmp_path / "data", "--port", "0")
        assert (failed.returncode, len(failed.stderr.splitlines())) == (1, 1)
        assert "Another kiosk already serves" in failed.stderr
    with running(tmp_path / "data") as again:
        assert again.call("GET", "/healthz") == (200, "ok")


def test_a_folder_that_cannot_be_written_stops_the_start_with_one_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    failed = run("serve", "--data-dir", tmp_path / "file" / "data", "--port", "0")
    assert (failed.returncode, len(failed.stderr.splitlines())) == (1, 1)
    assert "Traceback" not in failed.stderr
