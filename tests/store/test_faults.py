"""Short versions of `./dev faults`: the same code, fewer rounds."""

import contextlib
import sqlite3

import pytest

from store import receipts
from store.file import check
from tests.faults import damage, disk, kill, order, syscalls
from tests.support.store_folder import kendall, kendall_deviation


def test_order_cannot_be_told_from_chance_after_release(tmp_path):
    """The control inside finds the order of arrival in the bytes before release."""
    assert order.report(tmp_path, 6)


def test_kendalls_tau_knows_order_from_chance():
    assert kendall(range(30)) == 1
    assert kendall(range(30, 0, -1)) == -1
    assert kendall_deviation(30) == pytest.approx(0.128, abs=0.001)


def test_changed_bytes_are_noticed_or_harmless(tmp_path):
    assert damage.report(tmp_path, 40)


def test_a_change_that_sqlite_itself_misses_is_noticed_by_the_digest(tmp_path):
    """Why rows carry digests: SQLite's own check finds nothing wrong with this file."""
    damage.prepare(tmp_path / "data")
    path = tmp_path / "data" / "kiosk.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (sealed,) = connection.execute("SELECT sealed FROM item").fetchone()
    content = path.read_bytes()
    at = content.index(sealed[-400:]) + 99
    path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert check.look_at(connection).damaged == {"item": 1}


def test_kill_9_loses_doubles_and_invents_nothing(tmp_path):
    assert kill.report(tmp_path, 25)


@pytest.mark.skipif(not syscalls.is_possible(), reason="strace may not watch here")
def test_no_answer_before_everything_is_on_disk_and_no_loss_at_a_power_cut(tmp_path):
    """The control is SQLite with synchronous=OFF, which must be caught."""
    assert syscalls.report(tmp_path, keeps=10, cuts=60)


def test_full_disks_refuse_clearly_and_still_give_back(monkeypatch):
    monkeypatch.setattr(receipts, "ANSWER_SECONDS", 0.001)
    with disk.small_disk("6m") as folder:
        if folder is None:
            pytest.skip("may not mount here")
        assert disk.full(folder) == []


def test_a_locked_database_is_waited_for(tmp_path):
    assert disk.locked(tmp_path / "locked", 1) == []


def test_a_long_locked_database_says_come_again(tmp_path, monkeypatch):
    monkeypatch.setattr(disk.file_database, "BUSY_SECONDS", 1)
    assert disk.locked(tmp_path / "locked", 3.5) == []


def test_a_disk_that_cannot_be_written_says_so(tmp_path):
    faults = disk.read_only(tmp_path / "data")
    if faults is None:
        pytest.skip("may not mount here")
    assert faults == []


def test_a_jumping_clock_purges_nothing(tmp_path):
    assert disk.jumping_clock(tmp_path / "data", 30) == []
