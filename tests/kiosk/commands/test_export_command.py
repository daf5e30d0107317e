"""`kiosk export` for a session: cards as a PDF or a page, and everything in one ZIP."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import store
from kiosk.commands.main import main
from kiosk.house import House
from store.items import Note
from tests.support.desk_helpers import filled
from tests.support.places import PASSPHRASE

BEGINS = {"deck.pdf": b"%PDF", "deck.html": b"<!doctype html>", "session.zip": b"PK"}


@pytest.mark.parametrize("name", BEGINS)
def test_what_a_session_needs_is_written_without_a_desk(
    house: House, tmp_path: Path, name: str, readable: Callable[[Path], bool]
):
    gathering = filled(*(Note(f"The canteen is cold, number {number}") for number in range(4)))
    with store.keys.unlock(PASSPHRASE) as master:
        for item in store.items.released(gathering.id, master):
            store.items.move(item.id, "approved", version=item.version)
    store.close()
    passphrase = tmp_path / "pass.txt"
    passphrase.write_text(PASSPHRASE)
    form = "session" if name.endswith(".zip") else "deck"
    done = CliRunner().invoke(
        main,
        ["export", "--data-dir", str(house.settings.data_dir), "--passphrase-file", str(passphrase),
         "--gathering", gathering.id, "--format", form, "-o", str(tmp_path / name)],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert (tmp_path / name).read_bytes().startswith(BEGINS[name])
    assert readable(passphrase)  # as files are unless somebody takes care
    assert not readable(tmp_path / name)
    if form == "session":
        assert "themes.csv" in zipfile.ZipFile(tmp_path / name).namelist()
