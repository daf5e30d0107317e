# ruff: noqa: S608 - the names in statements are our own tables and columns
"""What a repair brings back of a damaged database, what it must not, and what it leaves alone."""

import os
import shutil
import sqlite3
from collections import namedtuple
from pathlib import Path

import pytest

import store
from store import items, receipts, repair
from store.errors import BusyError, DamagedError, FullError, NewerDatabaseError
from store.file import backup, check
from store.items import Drawing, Note
from store.promise import Promise
from store.rows import database, models
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, token

PAGE = 4096
Row = namedtuple("Row", "table column where")


def contents(folder: Path) -> dict[str, bytes]:
    """What is in a folder, but for empty journals, which come and go."""
    found = {each.name: each.read_bytes() for each in folder.iterdir()}
    return {name: each for name, each in found.items() if each or not name.endswith("-journal")}


def value(data_dir: Path, table: str, column: str, where: str = "1") -> bytes:
    connection = sqlite3.connect(data_dir / "kiosk.db")
    ((found,),) = connection.execute(f"SELECT {column} FROM {table} WHERE {where} LIMIT 1")
    connection.close()
    return found if isinstance(found, bytes) else found.encode()


def hit(data_dir: Path, content: bytes) -> None:
    """Change one bit of a value wherever it stands in the file."""
    path = data_dir / "kiosk.db"
    whole = path.read_bytes()
    tail = content[-40:]
    assert whole.count(tail) == 1
    at = whole.index(tail) + len(tail) // 2
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])


def wipe_first_page(data_dir: Path) -> None:
    """With the schema gone, SQLite reads nothing at all."""
    path = data_dir / "kiosk.db"
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    with pytest.raises(DamagedError):
        store.open(data_dir)


def released(gathering, data_dir: Path) -> items.Released:
    store.open(data_dir)
    assert check.damage().is_healthy
    if store.gatherings.get(gathering.id).state == "open":
        store.gatherings.close(gathering.id, today=DAY)
    with store.keys.unlock(PASSPHRASE) as master:
        return items.released(gathering.id, master)


def payloads(found) -> set:
    return {each.payload for each in found}


@pytest.fixture
def kept(gathering) -> dict[str, object]:
    """Words and what was said, of a store that is closed then."""
    made = [Note(f"number {number}") for number in range(30)] + [Drawing(b"x" * 70_000)]
    found = {items.keep(each, gathering, token=token()).words: each for each in made}
    store.close()
    return found


def test_where_nothing_is_damaged_nothing_is_changed(kept, data_dir):
    before = contents(data_dir)
    assert repair.repair(data_dir) is None
    assert contents(data_dir) == before


def test_without_its_first_page_everything_comes_back(kept, gathering, data_dir):
    wipe_first_page(data_dir)
    damaged = (data_dir / "kiosk.db").read_bytes()
    done = repair.repair(data_dir)
    assert done.kept == data_dir / "kiosk.db.damaged"
    assert done.kept.read_bytes() == damaged
    assert (done.without_key, done.gatherings_gone, done.are_receipts_lost) == ((), 0, False)
    assert (data_dir / "kiosk.db").stat().st_mode & 0o777 == 0o600
    store.open(data_dir)
    tables = [database.rows(f"SELECT count(*) FROM {t._meta.table_name}") for t in models.TABLES]
    assert done.rows == sum(count for ((count,),) in tables)
    assert {receipts.look_up(words).state for words in list(kept)[:5]} == {"kept"}
    assert payloads(released(gathering, data_dir)) == set(kept.values())


def test_a_header_that_lies_about_the_size_of_pages_hides_nothing(kept, gathering, data_dir):
    path = data_dir / "kiosk.db"
    content = path.read_bytes()
    path.write_bytes(content[:16] + (8192).to_bytes(2) + content[18:])
    with pytest.raises(DamagedError):
        store.open(data_dir)
    assert repair.repair(data_dir)
    assert payloads(released(gathering, data_dir)) == set(kept.values())


def test_items_below_a_broken_page_come_back(kept, gathering, data_dir):
    connection = sqlite3.connect(data_dir / "kiosk.db")
    ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'item'")
    connection.close()
    path = data_dir / "kiosk.db"
    content = bytearray(path.read_bytes())
    content[(root - 1) * PAGE] = 0xFF
    path.write_bytes(content)
    assert repair.repair(data_dir)
    found = payloads(released(gathering, data_dir))
    assert found < set(kept.values())
    assert len(found) >= 25


def test_a_row_whose_digest_is_wrong_does_not_come_back(kept, gathering, data_dir):
    """One bit of a sealed contribution: SQLite sees nothing, we leave it out."""
    sealed = value(data_dir, "item", "sealed")
    hit(data_dir, sealed)
    assert sealed[-300:-50] in (data_dir / "kiosk.db").read_bytes()
    done = repair.repair(data_dir)
    assert sealed[-300:-50] in done.kept.read_bytes()
    assert sealed[-300:-50] not in (data_dir / "kiosk.db").read_bytes()
    found = payloads(released(gathering, data_dir))
    assert len(found) == len(kept) - 1
    assert found < set(kept.values())


def test_what_was_taken_back_or_purged_does_not_come_back(gathering, data_dir):
    """The control is a contribution that nobody took back."""
    other = store.gatherings.new("Other", promise=Promise(threshold=3), today=DAY)
    words = {name: items.keep(Note(name), gathering, token=token()).words for name in "abcd"}
    words["purged"] = items.keep(Note("purged"), other, token=token()).words
    rows = {bytes(row.sealed) for row in models.ItemRow.select()}
    assert receipts.withdraw(words["a"])
    store.gatherings.purge(other.id)
    gone = rows - {bytes(row.sealed) for row in models.ItemRow.select()}
    store.close()
    wipe_first_page(data_dir)
    assert repair.repair(data_dir)
    content = (data_dir / "kiosk.db").read_bytes()
    assert len(gone) == 2
    assert not any(each[-300:] in content for each in gone)
    assert all(each[-300:] in content for each in rows - gone)
    store.open(data_dir)
    states = {name: receipts.look_up(each).state for name, each in words.items()}
    assert states == dict.fromkeys("bcd", "kept") | dict.fromkeys(("a", "purged"), "unknown")
    assert payloads(released(gathering, data_dir)) == {Note("b"), Note("c"), Note("d")}


def test_a_gathering_whose_key_was_hit_starts_anew_with_another(kept, gathering, data_dir):
    """What it had sealed is gone, and does not count towards k; nobody speaks into a void."""
    hit(data_dir, value(data_dir, "gathering_key", "sealed"))
    done = repair.repair(data_dir)
    assert done.without_key == ("Spring",)
    store.open(data_dir)
    assert receipts.look_up(next(iter(kept))).state == "unknown"
    assert store.gatherings.current().promise == gathering.promise
    for number in range(3):
        items.keep(Note(f"later {number}"), gathering, token=token())
    found = released(gathering, data_dir)
    assert payloads(found) == {Note(f"later {number}") for number in range(3)}


def test_a_released_gathering_without_its_key_says_that_all_are_lost(gathering, data_dir):
    for number in range(4):
        items.keep(Note(f"number {number}"), gathering, token=token())
    store.gatherings.close(gathering.id, today=DAY)
    store.close()
    hit(data_dir, value(data_dir, "gathering_key", "sealed"))
    assert repair.repair(data_dir).without_key == ("Spring",)
    found = released(gathering, data_dir)
    assert (len(found), found.damaged) == (0, 4)


def test_without_a_promise_nothing_of_a_gathering_stays_that_no_purge_would_reach(
    kept, gathering, data_dir
):
    hit(data_dir, value(data_dir, "gathering", "questions"))
    assert repair.repair(data_dir).gatherings_gone == 1
    store.open(data_dir)
    assert store.gatherings.everything() == []
    for table in (models.ItemRow, models.PieceRow, models.KeyRow):
        assert table.select().count() == 0


def test_without_the_secret_of_the_words_the_rest_goes_on(kept, gathering, data_dir):
    hit(data_dir, value(data_dir, "meta", "content", "name = 'device'"))
    assert repair.repair(data_dir).are_receipts_lost
    assert payloads(released(gathering, data_dir)) == set(kept.values())


def test_the_cost_of_a_receipt_is_known_without_its_row(kept, data_dir, monkeypatch):
    monkeypatch.setattr(store.derive, "RECEIPT_COST", store.derive.TEST_COST)
    path = data_dir / "kiosk.db"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"receipt cost", b"RECEIPT COST"))
    assert repair.repair(data_dir)
    store.open(data_dir)
    assert receipts.look_up(next(iter(kept))).state == "kept"


@pytest.mark.parametrize(
    "row",
    [
        Row("meta", "content", "name = 'master public key'"),
        Row("slot", "wrapped", "kind = 'passphrase'"),
    ],
)
def test_what_would_open_for_nobody_is_refused_and_left_as_it_was(kept, data_dir, row):
    hit(data_dir, value(data_dir, *row))
    if row.table == "slot":  # one of two is enough, so the printed code goes as well
        hit(data_dir, value(data_dir, "slot", "wrapped", "kind = 'recovery'"))
    before = contents(data_dir)
    with pytest.raises(DamagedError):
        repair.repair(data_dir)
    assert contents(data_dir) == before


@pytest.mark.parametrize("content", [b"", b"short", b"not a database at all " * 5000])
def test_a_file_that_holds_nothing_of_ours_is_refused_and_left_as_it_was(kept, data_dir, content):
    (data_dir / "kiosk.db").write_bytes(content)
    before = contents(data_dir)
    with pytest.raises(DamagedError):
        repair.repair(data_dir)
    assert contents(data_dir) == before


def test_one_slot_is_enough(kept, gathering, recovery_code, data_dir):
    hit(data_dir, value(data_dir, "slot", "wrapped", "kind = 'passphrase'"))
    assert repair.repair(data_dir)
    store.open(data_dir)
    store.keys.recover(recovery_code, name="Ann", passphrase=PASSPHRASE)
    assert payloads(released(gathering, data_dir)) == set(kept.values())


def test_a_memo_whose_place_in_the_queue_was_hit_counts_as_not_transcribed(gathering, data_dir):
    """Otherwise its gathering would wait for it for ever."""
    items.hold_sound(b"sound" * 9000, gathering, token=token())
    for number in range(3):
        items.keep(Note(f"number {number}"), gathering, token=token())
    store.close()
    hit(data_dir, value(data_dir, "work", "pieces"))
    assert repair.repair(data_dir)
    found = released(gathering, data_dir)
    assert len(found) == 4
    assert sum(getattr(each.payload, "is_untranscribed", False) for each in found) == 1


def test_a_voice_whose_memo_was_hit_does_not_stay(gathering, data_dir):
    items.hold_sound(b"sound" * 9000, gathering, token=token())
    store.close()
    hit(data_dir, value(data_dir, "item", "sealed"))
    assert repair.repair(data_dir)
    store.open(data_dir)
    assert models.PieceRow.select().count() == models.WorkRow.select().count() == 0


def test_where_the_store_is_open_nothing_is_repaired(kept, data_dir):
    hit(data_dir, value(data_dir, "item", "sealed"))
    store.open(data_dir)
    with pytest.raises(BusyError, match="stop the kiosk"):
        repair.repair(data_dir)
    store.close()
    assert not (data_dir / "kiosk.db.damaged").exists()
    assert repair.repair(data_dir)


def test_while_it_is_repaired_nobody_opens_the_store(kept, data_dir, monkeypatch):
    hit(data_dir, value(data_dir, "item", "sealed"))
    tried = []

    def verify(path: Path) -> None:
        with pytest.raises(BusyError):
            store.open(data_dir)
        tried.append(path)

    monkeypatch.setattr(backup, "verify", verify)
    assert repair.repair(data_dir)
    assert len(tried) == 1


def fail_with(error: Exception):
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(
    ("owner", "name", "what", "error"),
    [
        (shutil, "disk_usage", lambda _: Usage(9, 9, 1000), FullError),
        (backup, "rebuild", fail_with(FullError("full")), FullError),
        (backup, "verify", fail_with(DamagedError("damaged")), DamagedError),
        (Path, "replace", fail_with(OSError(5, "no")), FullError),
        (os, "chown", fail_with(PermissionError(1, "no")), FullError),
        (Path, "replace", fail_with(KeyboardInterrupt()), KeyboardInterrupt),
    ],
)
def test_whatever_fails_all_stays_as_it_was(kept, data_dir, monkeypatch, owner, name, what, error):
    hit(data_dir, value(data_dir, "item", "sealed"))
    (data_dir / "kiosk.db-journal").write_bytes(bytes(8000))  # SQLite does not play this one
    before = contents(data_dir)
    monkeypatch.setattr(owner, name, what)
    with pytest.raises(error):
        repair.repair(data_dir)
    monkeypatch.undo()
    assert contents(data_dir) == before


def test_a_journal_goes_with_the_file_it_belongs_to(kept, data_dir):
    hit(data_dir, value(data_dir, "item", "sealed"))
    (data_dir / "kiosk.db-journal").write_bytes(bytes(8000))
    assert repair.repair(data_dir)
    assert (data_dir / "kiosk.db.damaged-journal").read_bytes() == bytes(8000)
    assert backup.journals(data_dir / "kiosk.db") == []


def test_a_change_that_was_cut_off_is_no_damage(kept, gathering, data_dir, tmp_path):
    """SQLite takes it back by itself; only then do we look."""
    connection = sqlite3.connect(data_dir / "kiosk.db", isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE item SET sealed = zeroblob(4000)")
    connection.execute("UPDATE piece SET sealed = zeroblob(30000)")
    shutil.copytree(data_dir, tmp_path / "cut")
    connection.rollback()
    connection.close()
    assert backup.journals(tmp_path / "cut" / "kiosk.db")
    with pytest.raises(DamagedError):
        backup.verify(tmp_path / "cut" / "kiosk.db")
    assert repair.repair(tmp_path / "cut") is None
    assert payloads(released(gathering, tmp_path / "cut")) == set(kept.values())


def test_a_newer_database_is_left_alone(kept, data_dir):
    connection = sqlite3.connect(data_dir / "kiosk.db")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    hit(data_dir, value(data_dir, "item", "sealed"))
    with pytest.raises(NewerDatabaseError):
        repair.repair(data_dir)


def test_an_earlier_damaged_file_is_not_lost_to_a_later_one(kept, data_dir):
    names = []
    for _ in range(2):
        hit(data_dir, value(data_dir, "item", "sealed"))
        names.append(repair.repair(data_dir).kept.name)
    assert names == ["kiosk.db.damaged", "kiosk.db.damaged2"]


def test_on_a_disk_without_links_a_copy_is_kept(kept, data_dir, monkeypatch):
    monkeypatch.setattr(os, "link", fail_with(PermissionError(1, "no links")))
    hit(data_dir, value(data_dir, "item", "sealed"))
    damaged = (data_dir / "kiosk.db").read_bytes()
    done = repair.repair(data_dir)
    assert done.kept.read_bytes() == damaged
    assert done.kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_the_new_file_belongs_to_whom_the_old_one_did(kept, data_dir):
    """Or a kiosk that root repaired could not write any more."""
    hit(data_dir, value(data_dir, "item", "sealed"))
    os.chown(data_dir / "kiosk.db", 65_534, 65_534)
    assert repair.repair(data_dir)
    assert (data_dir / "kiosk.db").stat().st_uid == 65_534


def test_sectors_that_cannot_be_read_cost_only_what_stood_there(kept, tmp_path, monkeypatch):
    """The disk is a true edge: a file stands in whose 20th block gives an error."""
    path = tmp_path / "some"
    whole = bytes([1]) * 100_000
    path.write_bytes(whole)

    class Failing:
        def __init__(self, file) -> None:
            self.file, self.at = file, 0

        def seek(self, at: int) -> None:
            self.at = at
            self.file.seek(at)

        def read(self, size: int) -> bytes:
            if self.at == 20 * PAGE:
                raise OSError(5, "Input/output error")
            return self.file.read(size)

        def __enter__(self):
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

    really = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *a, **k: Failing(really(self, *a, **k)))
    found = backup._content(path)
    assert found == whole[: 20 * PAGE] + bytes(PAGE) + whole[21 * PAGE :]
