"""From the file to a server and back: everything, once, also when it is cut off."""

import shutil
import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest

import store
from store import backup, errors, items, receipts
from store.items import Drawing, Note
from store.move import move, remove_left
from store.promise import Promise
from store.rows import database
from store.rows.engine import Place
from store.rows.shelf import Shelf
from store.seals import derive
from tests.support import postgres
from tests.support.places import PASSPHRASE
from tests.support.raw_copy import raw_copy
from tests.support.store_folder import DAY, token


@pytest.fixture
def kept(data_dir):
    """A store in a file: one gathering released, one open. Returns four words of the open one."""
    store.open(data_dir, receipt_cost=derive.TEST_COST)
    store.keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    for title in ("Spring", "Summer"):
        gathering = store.gatherings.new(title, promise=Promise(threshold=3), today=DAY)
        words = [
            items.keep(payload, gathering, token=token()).words
            for payload in (*(Note(f"{title} {n}") for n in range(300)), Drawing(b"x" * 70_000))
        ]
        if title == "Spring":
            store.gatherings.close(gathering.id, today=DAY)
    store.close()
    return words[0]


@pytest.fixture
def places(server, data_dir):
    return Place(data_dir), Place(data_dir, server.new(), postgres.UNSAFE)


@contextmanager
def opened(place):
    store.open(place.folder, url=place.url, allowed=place.allowed)
    try:
        yield
    finally:
        store.close()


def everything(place):
    """All rows, and all that is released, opened."""
    with opened(place), store.keys.unlock(PASSPHRASE) as master:
        past = next(g for g in store.gatherings.everything() if g.state == "released")
        texts = sorted(repr(each.payload) for each in items.released(past.id, master))
        assert store.damage().is_healthy
        return Shelf(database.db.execute_sql, database.db.param).digest(), texts


def test_everything_moves_to_a_server_and_back(kept, places):
    file, server = places
    before = everything(file)
    move(file, server)
    assert everything(server) == before
    with opened(server):
        assert receipts.look_up(kept).state == "kept"
        assert receipts.withdraw(kept)
    after = everything(server)
    remove_left(file)
    move(server, file)
    assert everything(file) == after != before


def test_the_old_place_stays_and_opens_for_nobody_until_it_is_removed(kept, places, data_dir):
    file, server = places
    move(file, server)
    with pytest.raises(errors.WrongStateError, match="moved to a server"):
        store.open(data_dir)
    assert (data_dir / "kiosk.db.moved").exists()
    remove_left(file)
    assert not (data_dir / "kiosk.db.moved").exists()
    move(server, file)
    with pytest.raises(errors.WrongStateError, match="moved away"):
        store.open(data_dir, url=server.url, allowed=server.allowed)
    remove_left(server)
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT to_regclass('item')").fetchone() == (None,)
    with pytest.raises(errors.WrongStateError):
        remove_left(server)


def test_a_move_that_was_cut_off_goes_on_where_it_was(kept, places, monkeypatch):
    file, server = places
    before = everything(file)
    real, put = Shelf.put, []

    def cut(shelf, table, rows):
        if len(put) == 3:
            raise KeyboardInterrupt
        put.append(len(rows))
        real(shelf, table, rows)

    monkeypatch.setattr(Shelf, "put", cut)
    with pytest.raises(KeyboardInterrupt):
        move(file, server)
    monkeypatch.undo()
    with pytest.raises(errors.BusyError, match="cut off"):
        store.open(file.folder, url=server.url, allowed=server.allowed)
    told = []
    move(file, server, lambda done, total: told.append((done, total)))
    assert told[0][0] > sum(put) > 0
    assert told[-1][0] == told[-1][1]
    assert everything(server) == before


def test_what_changed_since_it_was_cut_off_is_moved_as_it_is_now(kept, places, monkeypatch):
    file, server = places

    def cut(done, _total):
        if done > 500:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(file, server, cut)
    with opened(file):
        assert receipts.withdraw(kept)
    before = everything(file)
    move(file, server)
    assert everything(server) == before


def test_nothing_is_moved_while_somebody_works_there(kept, places, data_dir):
    file, server = places
    with opened(file), pytest.raises(errors.BusyError):
        move(file, server)
    move(file, server)
    with opened(server), pytest.raises(errors.BusyError):
        move(server, file)


def test_nothing_is_moved_over_what_is_kept(kept, places, tmp_path, server):
    file, target = places
    other = Place(tmp_path / "other", target.url, target.allowed)
    with opened(other):
        store.keys.set_up(PASSPHRASE, name="Bea", cost=derive.TEST_COST)
    with pytest.raises(errors.AlreadyExistsError):
        move(file, target)
    assert everything(file)


def test_a_backup_of_each_engine_restores_into_the_other(kept, places, tmp_path, server):
    file, _ = places
    _, texts = everything(file)
    with opened(file):
        backup.backup(tmp_path / "of a file")
    there = Place(tmp_path / "b", server.new(), postgres.UNSAFE)
    backup.restore(tmp_path / "of a file", there.folder, url=there.url, allowed=there.allowed)
    assert everything(there)[1] == texts
    with opened(there):
        backup.backup(tmp_path / "of a server")
        with pytest.raises(errors.AlreadyExistsError):
            backup.backup(tmp_path / "of a server")
    backup.restore(tmp_path / "of a server", tmp_path / "c")
    assert everything(Place(tmp_path / "c"))[1] == texts
    with pytest.raises(errors.AlreadyExistsError):
        backup.restore(tmp_path / "of a file", there.folder, url=there.url, allowed=there.allowed)


def test_a_damaged_backup_is_not_restored_to_a_server(kept, places, tmp_path, server):
    file, target = places
    with opened(file):
        raw_copy(tmp_path / "copy")
    shutil.copy(tmp_path / "copy", tmp_path / "damaged")
    with closing(sqlite3.connect(tmp_path / "damaged")) as connection, connection:
        connection.execute("UPDATE item SET sealed = zeroblob(4144)")
    with pytest.raises(errors.DamagedError):
        backup.restore(tmp_path / "damaged", tmp_path / "x", url=target.url, allowed=target.allowed)
    backup.restore(tmp_path / "copy", tmp_path / "x", url=target.url, allowed=target.allowed)
