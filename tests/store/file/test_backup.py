import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

import store
from store import items, receipts
from store.errors import (
    AlreadyExistsError,
    BusyError,
    DamagedError,
    FullError,
    NewerDatabaseError,
)
from store.file import backup, check, database
from store.items import Drawing, Note
from store.rows import models
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, token

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
    with store.keys.unlock_with_code(recovery_code) as code:
        store.held.let_go(code)
    store.keys.recover(recovery_code, name="Eve", passphrase="from the printed sheet")
    for _ in range(3):
        items.keep(NOTE, gathering, token=token())  # what came back is read with k new ones
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
    plain = database.path().read_bytes()
    assert all(each in plain for each in sealed)
    receipts.withdraw(kept.words)
    gone = sealed - {bytes(row.sealed)[-500:] for row in models.ItemRow.select()}
    backup.backup(tmp_path / "after")
    carried = (tmp_path / "after").read_bytes()
    assert len(gone) == 1
    assert not any(each in carried for each in gone)


def leave_hot_journal(folder):
    """Cut a kiosk off in the middle of a large change: its journal holds the pages from before."""
    path = folder / "kiosk.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = truncate")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE item SET sealed = zeroblob(4000)")
        connection.execute("UPDATE piece SET sealed = zeroblob(30000)")
        hot = path.with_name("kiosk.db-journal").read_bytes()
    assert len(hot) > 4096
    return hot


@pytest.mark.parametrize("end", ["-journal", "-wal"])
def test_a_journal_that_would_be_played_into_the_backup_is_no_place_for_it(
    copy, gathering, data_dir, tmp_path, end
):
    """First without our check: the pages of another database land in the restored one."""
    for number in range(60):
        items.keep(Note(f"later {number}"), gathering, token=token())
    store.close()
    hot = leave_hot_journal(data_dir)
    for name in ("unchecked", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"kiosk.db{end}").write_bytes(hot)
    shutil.copy(copy, tmp_path / "unchecked" / "kiosk.db")
    if end == "-journal":
        with contextlib.closing(sqlite3.connect(tmp_path / "unchecked" / "kiosk.db")) as played:
            assert not check.look_at(played).is_healthy
    with pytest.raises(AlreadyExistsError, match=f"Move .*kiosk.db{end} to a safe place"):
        backup.restore(copy, tmp_path / "new")
    assert [each.name for each in (tmp_path / "new").iterdir()] == [f"kiosk.db{end}"]
    (tmp_path / "new" / f"kiosk.db{end}").rename(tmp_path / "safe")
    backup.restore(copy, tmp_path / "new")
    store.open(tmp_path / "new")
    assert check.damage().is_healthy


def test_an_empty_journal_is_no_obstacle(copy, data_dir, tmp_path):
    """As every kiosk leaves one."""
    shutil.copy(data_dir / "kiosk.db-journal", tmp_path)
    (tmp_path / "new").mkdir()
    (tmp_path / "kiosk.db-journal").rename(tmp_path / "new" / "kiosk.db-journal")
    store.close()
    backup.restore(copy, tmp_path / "new")
    store.open(tmp_path / "new")
    assert check.damage().is_healthy


def test_under_a_running_kiosk_nothing_is_restored(copy, data_dir):
    """Moved away while it runs, its database would go on taking contributions, unseen."""
    (data_dir / "kiosk.db").rename(data_dir.parent / "moved")
    with pytest.raises(BusyError):
        backup.restore(copy, data_dir)
    store.close()
    backup.restore(copy, data_dir)


def test_a_restore_that_a_power_cut_ended_can_be_begun_again(copy, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "kiosk.restoring").write_bytes(b"half")
    backup.restore(copy, tmp_path / "new")
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["kiosk.db"]


def test_a_damaged_backup_is_refused_and_leaves_the_folder_as_it_was(copy, tmp_path):
    content = bytearray(copy.read_bytes())
    content[-3000] ^= 1
    (tmp_path / "damaged").write_bytes(content)
    for bad in (tmp_path / "damaged", tmp_path / "missing", __file__):
        with pytest.raises(DamagedError):
            backup.restore(bad, tmp_path / "new")
    assert not (tmp_path / "new" / "kiosk.db").exists()


def test_a_newer_backup_is_refused(copy, tmp_path):
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


def test_a_rebuild_reads_what_sqlite_cannot(gathering, data_dir, tmp_path):
    kept = [items.keep(payload, gathering, token=token()) for payload in (NOTE, DRAWING, NOTE)]
    store.close()
    content = bytearray((data_dir / "kiosk.db").read_bytes())
    content[:1024] = bytes(1024)
    (data_dir / "kiosk.db").write_bytes(content)
    with pytest.raises(DamagedError):
        store.open(data_dir)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert backup.rebuild(data_dir / "kiosk.db", elsewhere / "kiosk.db") > 10
    store.open(elsewhere)
    assert check.damage().is_healthy
    assert receipts.look_up(kept[0].words).state == "kept"
    store.gatherings.close(gathering.id, today=DAY)
    with store.keys.unlock(PASSPHRASE) as master:
        assert {each.payload for each in items.released(gathering.id, master)} == {NOTE, DRAWING}


def test_healthy_items_are_read_around_a_broken_page(gathering, master, data_dir):
    """The page that leads to all the others is hit; without salvage nothing would be read."""
    kept = [Note(f"number {number}") for number in range(40)]
    for payload in kept:
        items.keep(payload, gathering, token=token())
    store.gatherings.close(gathering.id, today=DAY)
    ((root,),) = store.database.rows("SELECT rootpage FROM sqlite_master WHERE name = 'item'")
    store.database.db.close()
    content = bytearray((data_dir / "kiosk.db").read_bytes())
    content[(root - 1) * 4096] = 0xFF
    (data_dir / "kiosk.db").write_bytes(content)
    with pytest.raises(DamagedError), database.reporting():
        store.database.rows("SELECT id FROM item")
    found = items.released(gathering.id, master)
    assert {each.payload for each in found} < set(kept)
    assert len(found) >= 30
    assert found.damaged == 40 - len(found)


def test_a_rebuild_finds_rows_from_before_a_table_had_all_its_columns(data_dir, tmp_path):
    """After an update the old rows lie there as they were written, shorter than the new ones."""
    data_dir.mkdir()
    with contextlib.closing(sqlite3.connect(data_dir / "kiosk.db")) as connection:
        connection.executescript(Path("tests/data/schemas/0001.sql").read_text("utf-8"))
    store.open(data_dir)
    expected = store.gatherings.everything()
    assert len(expected) > 1
    store.close()
    content = bytearray((data_dir / "kiosk.db").read_bytes())
    content[:100] = bytes(100)
    (data_dir / "kiosk.db").write_bytes(content)
    (tmp_path / "elsewhere").mkdir()
    backup.rebuild(data_dir / "kiosk.db", tmp_path / "elsewhere" / "kiosk.db")
    store.open(tmp_path / "elsewhere")
    assert store.gatherings.everything() == expected
