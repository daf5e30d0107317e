import shutil

import pytest

import store
from store import backup, items, models, receipts
from store.errors import AlreadyExistsError, DamagedError, FullError, NewerDatabaseError
from store.items import Drawing, Note
from tests.faults.tools import token

from .conftest import DAY, PASSPHRASE

NOTE, DRAWING = Note("The canteen is cold."), Drawing(b"x" * 70_000)


@pytest.fixture
def copy(gathering, master, tmp_path):
    for payload in (NOTE, DRAWING, NOTE):
        items.keep(payload, gathering, token=token())
    backup.backup(tmp_path / "copy")
    return tmp_path / "copy"


def test_a_backup_restores_on_another_machine_with_the_recovery_code(
    copy, gathering, recovery_code, tmp_path
):
    words = items.keep(NOTE, gathering, token=token()).words
    backup.backup(tmp_path / "later")
    store.close()
    elsewhere = tmp_path / "elsewhere"
    backup.restore(tmp_path / "later", elsewhere)
    store.open(elsewhere)
    assert receipts.look_up(words).state == "kept"
    store.keys.recover(recovery_code, name="Eve", passphrase="from the printed sheet")
    store.gatherings.close(gathering.id, today=DAY)
    with store.keys.unlock("from the printed sheet", name="Eve") as master:
        assert {each.payload for each in items.released(gathering.id, master)} == {NOTE, DRAWING}
    with store.keys.unlock(PASSPHRASE) as same:
        assert same.name == "Ann"


def test_nothing_is_overwritten(copy, data_dir):
    before = copy.read_bytes()
    with pytest.raises(AlreadyExistsError):
        backup.backup(copy)
    with pytest.raises(AlreadyExistsError):
        backup.restore(copy, data_dir)
    assert copy.read_bytes() == before


def test_a_backup_carries_no_remnants(copy, gathering, tmp_path):
    """Withdrawn bytes would be carried along by a plain copy if they were still there."""
    kept = items.keep(NOTE, gathering, token=token())
    sealed = {bytes(row.sealed)[-500:] for row in models.ItemRow.select()}
    plain = (store.database.path()).read_bytes()
    assert all(each in plain for each in sealed)
    receipts.withdraw(kept.words)
    gone = sealed - {bytes(row.sealed)[-500:] for row in models.ItemRow.select()}
    backup.backup(tmp_path / "after")
    carried = (tmp_path / "after").read_bytes()
    assert len(gone) == 1
    assert not any(each in carried for each in gone)


def test_a_damaged_backup_is_refused_and_leaves_the_folder_as_it_was(copy, tmp_path):
    content = bytearray(copy.read_bytes())
    content[-3000] ^= 1
    (tmp_path / "damaged").write_bytes(content)
    for bad in (tmp_path / "damaged", tmp_path / "missing", __file__):
        with pytest.raises(DamagedError):
            backup.restore(bad, tmp_path / "new")
    assert not (tmp_path / "new" / "kiosk.db").exists()


def test_a_newer_backup_is_refused(copy, tmp_path):
    import sqlite3

    connection = sqlite3.connect(copy)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(NewerDatabaseError):
        backup.restore(copy, tmp_path / "new")


def test_a_backup_that_cannot_be_written_leaves_nothing(gathering, tmp_path, monkeypatch):
    def full(_):
        raise FullError("full")

    monkeypatch.setattr(backup, "verify", full)
    with pytest.raises(FullError):
        backup.backup(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_what_was_purged_is_not_in_the_next_backup(copy, gathering, tmp_path):
    store.gatherings.purge(gathering.id)
    backup.backup(tmp_path / "after")
    shutil.copy(tmp_path / "after", tmp_path / "kiosk.db")
    assert (tmp_path / "after").stat().st_size < copy.stat().st_size
    assert models.KeyRow.select().count() == 0
