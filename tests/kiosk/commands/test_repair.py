"""`kiosk repair` says in plain words what came through, what did not, and what to do next."""

from pathlib import Path

import pytest

import store
from kiosk.commands import doctor
from kiosk.settings import Settings
from store.rows import models
from tests.support.kiosk_in_folder import open_gathering, set_up_folder
from tests.support.running import kiosk, running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    set_up_folder(tmp_path / "data")
    return tmp_path / "data"


def hit(folder: Path, content: bytes) -> None:
    """Change one bit in the middle of something that stands once in the file."""
    path = folder / "kiosk.db"
    whole = bytearray(path.read_bytes())
    assert whole.count(content) == 1
    whole[whole.index(content) + len(content) // 2] ^= 1
    path.write_bytes(whole)


def test_where_nothing_is_damaged_it_says_so(folder: Path):
    before = (folder / "kiosk.db").read_bytes()
    done = kiosk("repair", "--data-dir", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing is damaged")
    assert (folder / "kiosk.db").read_bytes() == before


def test_it_says_how_much_came_through_and_what_cannot_come_back(folder: Path):
    """A key, a promise and the secret behind the words, each hit by one bit."""
    store.open(folder)
    lost = open_gathering()
    winter = store.gatherings.new("Winter", today=lost.opens)
    key = bytes(models.KeyRow.get(id=bytes.fromhex(winter.id)).sealed)
    device = store.meta.read(store.meta.DEVICE)
    promise = bytes(models.GatheringRow.get(id=bytes.fromhex(lost.id)).public_key)
    store.close()
    assert device
    for content in (key, device, promise):
        hit(folder, content)
    done = kiosk("repair", "--data-dir", folder)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].split(" rows came through")[0].isdigit()
    assert "A key of “Winter” was hit" in lines[1]
    assert "Of 1 gathering(s) the promise itself was hit" in lines[2]
    assert "four words" in lines[3]
    assert "backup" in lines[4]
    assert f"kept as {folder / 'kiosk.db.damaged'}" in done.stdout
    assert "destroy it" in done.stdout
    with running(folder) as again:
        assert again.call("GET", "/healthz") == (200, "ok")


def test_under_a_running_kiosk_it_refuses(folder: Path):
    with running(folder) as alive:
        hit(folder, b"What should change?")
        damaged = (folder / "kiosk.db").read_bytes()
        refused = kiosk("repair", "--data-dir", folder)
        assert alive.call("GET", "/healthz") == (200, "ok")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert f"{folder} is in use: stop the kiosk there first." in refused.stderr
    assert not (folder / "kiosk.db.damaged").exists()
    assert len(damaged) == (folder / "kiosk.db").stat().st_size
    assert kiosk("repair", "--data-dir", folder).returncode == 0


def test_a_killed_kiosk_is_in_nobodys_way(folder: Path):
    """The lock ends with its process, however that ends."""
    with running(folder) as alive:
        alive.process.kill()
        alive.process.wait()
        assert kiosk("repair", "--data-dir", folder).stdout.startswith("Nothing is damaged")


def test_a_folder_without_a_kiosk_is_no_success(tmp_path: Path):
    refused = kiosk("repair", "--data-dir", tmp_path / "none")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "none").exists()


def test_doctor_points_to_it_and_reminds_of_the_damaged_file(folder: Path):
    hit(folder, b"What should change?")
    found = doctor.check_database(Settings(data_dir=folder))
    assert not found.is_fine
    assert f"kiosk repair --data-dir {folder}" in found.advice
    assert kiosk("repair", "--data-dir", folder).returncode == 0
    found = doctor.check_database(Settings(data_dir=folder))
    assert not found.is_fine
    assert "kiosk.db.damaged" in found.seen
    assert "destroy it" in found.advice
    (folder / "kiosk.db.damaged").unlink()
    assert doctor.check_database(Settings(data_dir=folder)).is_fine
