"""A kiosk that cannot start says what is wrong and what to do, in one line that is true."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import store
from kiosk import advice
from kiosk.commands import doctor
from kiosk.settings import Settings
from store import errors
from store.file import backup
from tests.support.kiosk_in_folder import set_up_folder
from tests.support.running import kiosk, running

NOBODY = 65_534
SERVE = (sys.executable, "-m", "kiosk", "serve", "--data-dir")
# Root without the right to pass over rights: rights then hold as for everybody.
AN_ORDINARY_USER = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner")
needs_root = pytest.mark.skipif(
    not shutil.which("setpriv") or os.geteuid() != 0, reason="needs root and setpriv"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    set_up_folder(tmp_path / "data")
    return tmp_path / "data"


def start(data_dir: Path, *, by: tuple[str, ...] = ()) -> str:
    """What a start that has to fail says: one line."""
    ended = subprocess.run(
        [*by, *SERVE, data_dir], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    (line,) = ended.stderr.splitlines()
    assert "Traceback" not in line
    return line


def followed(command: str, **instead: Path) -> subprocess.CompletedProcess[str]:
    for word, path in instead.items():
        command = command.replace(word, str(path))
    return kiosk(*shlex.split(command))


def test_with_a_damaged_database_the_advice_brings_the_kiosk_back(folder: Path):
    """Followed word by word: repair, check, destroy the damaged file, start."""
    database = folder / "kiosk.db"
    database.write_bytes(bytes(4096) + database.read_bytes()[4096:])
    line = start(folder)
    assert line.startswith("The database is damaged. Make a new one of all that is whole: ")
    command, check = re.findall(r": kiosk ([^;]+)", line)
    repaired = followed(command)
    assert repaired.returncode == 0, repaired.stderr
    assert "database: whole; a repair left kiosk.db.damaged" in followed(check).stdout
    (kept,) = re.findall(r"kept as (\S+)\. ", repaired.stdout)
    Path(kept).unlink()
    assert "ok    database: whole\n" in followed(check).stdout
    with running(folder) as again:
        assert again.call("GET", "/healthz") == (200, "ok")
        assert [each.title for each in gatherings_of(folder)] == ["Autumn"]


def gatherings_of(folder: Path) -> list[store.gatherings.Gathering]:
    store.open(folder)
    try:
        return store.gatherings.everything()
    finally:
        store.close()


def test_where_no_repair_helps_the_advice_leads_to_the_backup(folder: Path, tmp_path: Path):
    """Followed word by word: repair, which refuses; move the file, restore the backup, start."""
    store.open(folder)
    backup.backup(tmp_path / "last.backup")
    store.close()
    database = folder / "kiosk.db"
    database.write_bytes(database.read_bytes()[:5000])
    (command, _) = re.findall(r": kiosk ([^;]+)", start(folder))
    refused = followed(command)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert f"Nothing was changed. Move {database}* to a safe place" in refused.stderr
    command, check = re.findall(r": kiosk ([^;\n]+)", refused.stderr)
    for each in folder.glob("kiosk.db*"):
        each.rename(tmp_path / each.name)
    restored = followed(command, BACKUP=tmp_path / "last.backup")
    assert restored.returncode == 0, restored.stderr
    assert "database: whole" in followed(check).stdout
    with running(folder) as again:
        assert again.call("GET", "/healthz") == (200, "ok")


@pytest.mark.parametrize("harm", [b"", b"not a database at all " * 500])
def test_every_command_says_so_and_doctor_goes_on(folder: Path, harm: bytes):
    """The one command made for trouble does not stop at it."""
    content = (folder / "kiosk.db").read_bytes()
    (folder / "kiosk.db").write_bytes(harm or content[: len(content) // 2])
    ended = kiosk("gathering", "list", "--data-dir", folder)
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "kiosk repair" in ended.stderr
    found = doctor.check_database(Settings(data_dir=folder))
    assert not found.is_fine
    assert "kiosk repair" in found.advice


@needs_root
def test_a_folder_of_somebody_else_names_who_has_to_own_it(folder: Path):
    """Followed word by word, the advice is enough."""
    for path in (folder / "kiosk.db", folder):
        os.chown(path, NOBODY, NOBODY)
    line = start(folder, by=AN_ORDINARY_USER)
    assert line.startswith("settings.toml cannot be read (Permission denied).")
    folder.chmod(0o755)
    assert start(folder, by=AN_ORDINARY_USER) == (
        "The database cannot be opened. "
        f"{folder} and all in it must belong to root, who runs the kiosk: "
        f"sudo chown -R root {folder}"
    )
    subprocess.run(["chown", "-R", "root", folder], check=True)
    with running(folder, command=(*AN_ORDINARY_USER, *SERVE, str(folder), "--port", "0")) as again:
        assert again.call("GET", "/healthz") == (200, "ok")


@needs_root
def test_a_folder_that_cannot_be_made_is_to_be_chosen_elsewhere(tmp_path: Path):
    (tmp_path / "theirs").mkdir(mode=0o755)
    os.chown(tmp_path / "theirs", NOBODY, NOBODY)
    line = start(tmp_path / "theirs" / "data", by=AN_ORDINARY_USER)
    assert line == (
        "Cannot write in the data folder (Permission denied). "
        f"root may not make {tmp_path / 'theirs/data'}. Choose another folder with --data-dir."
    )


@needs_root
def test_on_a_disk_that_takes_no_changes_owning_it_is_no_advice(folder: Path, unwritable):
    with unwritable(folder):
        line = start(folder)
    assert line.endswith(f"{folder} is on a disk that takes no changes: mount it for writing.")


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_settings_in_another_encoding_ask_for_utf_8(folder: Path, encoding: str):
    """As Windows saves them, or an old editor; it is no matter of rights."""
    path = folder / "settings.toml"
    path.write_text('# Küche\n[speech]\nlanguage = "de"\n', encoding=encoding)
    assert start(folder) == (
        f"{path} is not UTF-8 text. Open it in an editor and save it as UTF-8."
    )


def test_settings_with_the_mark_that_windows_puts_first_are_read(folder: Path):
    """Notepad's own UTF-8: who follows the advice there must not fail again."""
    path = folder / "settings.toml"
    path.write_text('# Küche\n[speech]\nlanguage = "de"\n', encoding="utf-8-sig")
    assert Settings.read(folder).speech.language == "de"


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (errors.FullError, "Make room"),
        (errors.BusyError, "Another kiosk"),
        (errors.NewerDatabaseError, "Install that version"),
        (errors.WrongPassphraseError, "^$"),
    ],
)
def test_each_trouble_has_its_own_advice(tmp_path: Path, error: type[errors.StoreError], what: str):
    assert re.search(what, advice.for_store(error(""), tmp_path))
