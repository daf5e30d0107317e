"""What lies on a disk: keys that are not guessed, exports that only their owner reads."""

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import store
from kiosk.commands.main import main
from kiosk.commands.parts import write_private
from kiosk.desk.gathering_form import today
from kiosk.house import House
from tests.support.places import DOCS, HOME, PASSPHRASE


@pytest.mark.parametrize("weak", ["a", "aaaaaaaa", "12345678", "letmein1", "passphrase"])
def test_init_refuses_what_a_thief_guesses_first(tmp_path: Path, weak: str):
    """Reported: the one letter a was taken. A strong one is, so that we would see it."""
    passphrase = tmp_path / "pass.txt"
    passphrase.write_text(weak + "\n")
    wanted = ["init", "--data-dir", str(tmp_path / "data"), "--passphrase-file", str(passphrase)]
    refused = CliRunner().invoke(main, wanted)
    assert refused.exit_code == 1
    assert "easy to guess" in refused.output
    assert not (tmp_path / "data" / "kiosk.db").exists()


def test_init_takes_a_strong_one(tmp_path: Path):
    passphrase = tmp_path / "pass.txt"
    passphrase.write_text("heron lamp tuesday orchard\n")
    wanted = ["init", "--data-dir", str(tmp_path / "data"), "--passphrase-file", str(passphrase)]
    taken = CliRunner().invoke(main, wanted)
    store.close()
    assert taken.exit_code == 0, taken.output


@pytest.mark.skipif(sys.platform == "win32", reason="rights of another kind")
def test_an_export_is_its_owners_alone_also_over_an_older_file(tmp_path: Path):
    path = tmp_path / "export.csv"
    path.write_bytes(b"older and longer")
    path.chmod(0o644)
    write_private(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == b"new"


def test_what_is_said_about_old_backups_is_true():
    """Reported: "also in backups", though one made before a purge gave every item back."""
    code = (HOME / "kiosk" / "commands" / "gathering.py").read_text(encoding="utf-8")
    guide = (DOCS / "facilitator.md").read_text(encoding="utf-8")
    assert "Backups made before still have it" in code
    assert "Also in backups" not in code
    assert "backups die with it" not in guide
    assert "nor older backups" in guide
    for said in (code, guide):
        assert "two facilitators together" in " ".join(said.split())
    pages = [HOME / "kiosk" / "templates" / "desk" / name for name in ("people", "recovery")]
    for page in (each.with_suffix(".html").read_text(encoding="utf-8") for each in pages):
        told = re.sub(r'"\s+"', "", page)  # a sentence may go over several lines
        assert "old backups" in told  # what an old code still opens
        assert "opens nothing any more" not in told


def test_a_backup_with_one_facilitator_says_that_the_code_is_the_only_way(
    house: House, tmp_path: Path
):
    """Whoever has lost the code hears it while there is still something to save."""
    alone = CliRunner().invoke(main, ["backup", str(tmp_path / "one"), *here(house)]).output
    assert "There is one facilitator" in alone
    assert "Make a new one at the desk" in alone
    with store.keys.unlock(PASSPHRASE) as master:
        store.keys.add_facilitator(master, "Bea", "violet kettle monday harbour")
    both = CliRunner().invoke(main, ["backup", str(tmp_path / "two"), *here(house)]).output
    assert "two facilitators together" in both
    assert "There is one facilitator" not in both


def test_a_purged_gathering_comes_back_from_an_old_backup_as_is_said_and_no_further(
    house: House, tmp_path: Path
):
    """Reported: backup, close, purge, restore, close, export gave all items back."""
    gathering = store.gatherings.current()
    assert gathering
    for number in range(4):
        note = store.Note(f"number {number}")
        store.items.keep(note, gathering, token=f"a-token-of-22-letter-{number}")
    assert CliRunner().invoke(main, ["backup", str(tmp_path / "old"), *here(house)]).exit_code == 0
    store.open(house.settings.data_dir)
    store.gatherings.close(gathering.id, today=today())
    store.gatherings.purge(gathering.id)
    store.close()
    new = ["--data-dir", str(tmp_path / "new")]
    passphrase = tmp_path / "pass.txt"
    passphrase.write_text(PASSPHRASE)
    no_code = ["--code-file", str(passphrase)]
    done = CliRunner().invoke(main, ["restore", str(tmp_path / "old"), *new, *no_code])
    assert "opens nothing here" in done.output
    assert "still locked" in done.output
    with_key = [*new, "--passphrase-file", str(passphrase)]
    CliRunner().invoke(main, ["gathering", "close", gathering.id, *new])
    wanted = ["export", "--gathering", gathering.id, "--format", "jsonl", "--status", "all"]
    refused = CliRunner().invoke(main, [*wanted, "-o", str(tmp_path / "out"), *with_key])
    store.close()
    assert refused.exit_code == 1
    assert not (tmp_path / "out").exists()


def here(house: House) -> list[str]:
    return ["--data-dir", str(house.settings.data_dir)]
