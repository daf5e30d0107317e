"""A data folder that others can look into is closed, or refused."""

import os
import sys
from pathlib import Path

import pytest

import store
from store.errors import OpenFolderError
from store.file import backup
from store.machine import folder_rights

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights of another kind")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_an_open_folder_is_closed_with_what_is_in_it(recovery_code, data_dir: Path):
    """As one that was copied or unpacked by hand."""
    store.close()
    data_dir.chmod(0o755)
    (data_dir / "kiosk.db").chmod(0o644)
    store.open(data_dir)
    assert (mode(data_dir), mode(data_dir / "kiosk.db")) == (0o700, 0o600)


def test_a_folder_that_somebody_made_for_the_kiosk_is_closed(data_dir: Path):
    data_dir.mkdir(mode=0o755)
    data_dir.chmod(0o755)
    (data_dir / "settings.toml").write_text("")
    store.open(data_dir)
    store.close()
    assert mode(data_dir) == 0o700


@pytest.mark.parametrize("rights", [0o755, 0o1777])
def test_a_folder_of_others_is_refused_and_stays_as_it_is(tmp_path: Path, rights: int):
    """Nobody loses their home, or everybody /tmp, because an option was mistyped."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "letters").write_text("mine")
    home.chmod(rights)
    with pytest.raises(OpenFolderError, match="--data-dir"):
        store.open(home)
    assert home.stat().st_mode & 0o7777 == rights
    assert sorted(each.name for each in home.iterdir()) == ["letters"]


def test_one_that_cannot_be_closed_is_refused(data_dir: Path, monkeypatch):
    data_dir.mkdir()
    data_dir.chmod(0o750)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(OpenFolderError, match="chmod 700"):
        store.open(data_dir)
    assert list(data_dir.iterdir()) == []


def test_a_backup_is_not_restored_into_an_open_folder(gathering, data_dir: Path, tmp_path: Path):
    backup.backup(tmp_path / "copy")
    (tmp_path / "new").mkdir()
    (tmp_path / "new").chmod(0o755)
    backup.restore(tmp_path / "copy", tmp_path / "new")
    assert mode(tmp_path / "new") == 0o700


def test_a_closed_folder_is_left_alone(data_dir: Path, monkeypatch):
    data_dir.mkdir(mode=0o700)
    monkeypatch.setattr(os, "chmod", lambda *_: pytest.fail("changed"))
    folder_rights.close(data_dir)
