import logging
import sqlite3
import threading

import pytest

import store
from store import errors, items
from store.file import check, engine, pages
from store.file import database as file_database
from store.items import Note
from store.rows import database, migrations, models
from tests.support.store_folder import DAY, token


def test_every_connection_has_the_settings_that_the_promise_rests_on(recovery_code):
    def settings():
        with store.connection():
            found.append(
                {name: database.rows(f"PRAGMA {name}")[0][0] for name in file_database.PRAGMAS}
            )

    found = []
    for _ in range(2):
        thread = threading.Thread(target=settings)
        thread.start()
        thread.join()
    assert found == [file_database.PRAGMAS] * 2
    wanted = {"journal_mode": "truncate", "synchronous": 3, "secure_delete": 1, "temp_store": 2}
    assert wanted.items() <= found[0].items()


@pytest.mark.parametrize("name", ["journal_mode", "secure_delete", "synchronous"])
def test_a_setting_that_sqlite_does_not_take_stops_the_start(data_dir, monkeypatch, name):
    """A SQLite that quietly ignores a pragma is played by a pragma it does not know."""
    monkeypatch.setitem(file_database.PRAGMAS, name, "unheard_of")
    with pytest.raises((errors.UnsafeDatabaseError, errors.StoreError), match=name):
        store.open(data_dir)


def test_no_table_numbers_its_rows_or_knows_the_time(recovery_code):
    schema = dict(database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    assert set(schema) == {table._meta.table_name for table in models.TABLES}
    for name, sql in schema.items():
        assert sql.endswith("WITHOUT ROWID"), name
        assert "AUTOINCREMENT" not in sql
        columns = {row[1] for row in database.rows(f"PRAGMA table_info({name})")}
        assert columns == set(
            next(t for t in models.TABLES if t._meta.table_name == name)._meta.fields
        )
        assert not columns & {"time", "created", "updated", "at", "sequence", "number", "date"}
    dated = {row[1] for row in database.rows("PRAGMA table_info(gathering)")}
    assert {"opens", "closes", "released"} <= dated


def test_a_request_closes_the_connection_it_opened(gathering):
    def request():
        with store.connection():
            store.gatherings.current()
            with store.connection():
                pass
            opened.append(not database.db.is_closed())
        opened.append(not database.db.is_closed())

    opened = []
    thread = threading.Thread(target=request)
    thread.start()
    thread.join()
    assert opened == [True, False]


def test_eight_threads_keep_at_once(gathering):
    def client():
        with store.connection():
            for _ in range(5):
                items.keep(Note("x"), gathering, token=token())

    threads = [threading.Thread(target=client) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert models.ItemRow.select().count() == 40


def test_a_file_that_is_no_database_is_said_to_be_damaged(data_dir):
    data_dir.mkdir()
    (data_dir / "kiosk.db").write_bytes(b"not a database at all " * 500)
    with pytest.raises(errors.DamagedError):
        store.open(data_dir)


def test_a_folder_that_cannot_be_made_is_said_to_be_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(errors.ReadOnlyError):
        store.open(tmp_path / "file" / "data")


def test_errors_and_logs_never_quote_what_was_said(gathering, caplog):
    """At DEBUG peewee logs statements with values, so the values have to be sealed already."""
    secret = "the canteen is cold"
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("planted").debug("%s", secret)
        assert secret in caplog.text
        caplog.clear()
        kept = items.keep(Note(secret), gathering, token=token())
        with pytest.raises(errors.StoreError) as refused:
            items.keep(Note(secret), "00" * 16, token=token())
    chain = refused.value
    assert secret not in caplog.text
    assert kept.words not in caplog.text
    assert secret not in f"{chain!r}{chain.__cause__!r}"


def test_messages_of_sqlite_do_not_come_through(recovery_code):
    with pytest.raises(errors.StoreError) as refused, database.writing():
        database.run("INSERT INTO meta VALUES ('x', 'secret', NULL)")
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


# Migrations.


def test_a_new_database_has_the_newest_schema(recovery_code):
    assert database.rows("PRAGMA user_version") == [(migrations.newest(),)]
    assert database.rows("PRAGMA application_id") == [(file_database.APPLICATION_ID,)]


@pytest.mark.parametrize("version", range(1, migrations.newest() + 1))
def test_every_released_schema_opens_with_its_data(version, data_dir):
    """The files were written by the released versions themselves: tests/data/schemas."""
    from pathlib import Path

    dump = Path("tests/data/schemas") / f"{version:04}.sql"
    data_dir.mkdir()
    with sqlite3.connect(data_dir / "kiosk.db") as connection:
        connection.executescript(dump.read_text("utf-8"))
    connection.close()
    store.open(data_dir)
    try:
        assert database.rows("PRAGMA user_version") == [(migrations.newest(),)]
        assert check.damage().is_healthy
        with store.keys.unlock("a long enough passphrase") as master:  # the dumps' own
            past = next(each for each in store.gatherings.everything() if each.state == "released")
            texts = {each.payload.text for each in items.released(past.id, master)}
            assert texts == {"one", "two", "three"}
            assert store.lists.load(master) == '{"staff": []}'
            assert ("Theme" in store.themes.read(past.id, master)) == (version > 3)
        words = "coerce ammonia erupt headset"
        assert store.receipts.look_up(words).state == "kept"
        items.keep(Note("after the update"), store.gatherings.current(), token=token())
    finally:
        store.close()


def test_a_newer_database_is_not_touched(recovery_code, data_dir):
    database.run("PRAGMA user_version = 999")
    store.close()
    before = (data_dir / "kiosk.db").read_bytes()
    with pytest.raises(errors.NewerDatabaseError):
        store.open(data_dir)
    assert (data_dir / "kiosk.db").read_bytes() == before


def test_a_step_that_fails_leaves_the_old_schema(recovery_code, data_dir, tmp_path, monkeypatch):
    steps = tmp_path / "steps"
    steps.mkdir()
    later = migrations.newest() + 1
    (steps / f"{later:04}.sql").write_text("CREATE TABLE half (x);\nNONSENSE;\n")
    monkeypatch.setattr(migrations, "STEPS", steps)
    store.close()
    with pytest.raises(errors.StoreError):
        store.open(data_dir)
    monkeypatch.undo()
    store.open(data_dir)
    assert database.rows("SELECT name FROM sqlite_master WHERE name = 'half'") == []


def test_a_later_step_runs_once_and_keeps_the_data(gathering, data_dir, tmp_path, monkeypatch):
    items.keep(Note("x"), gathering, token=token())
    steps = tmp_path / "steps"
    steps.mkdir()
    later = migrations.newest() + 1
    (steps / f"{later:04}.sql").write_text("ALTER TABLE item ADD COLUMN mood TEXT;\n")
    monkeypatch.setattr(migrations, "STEPS", steps)
    for _ in range(2):
        store.close()
        store.open(data_dir)
        assert database.rows("PRAGMA user_version") == [(later,)]
    assert store.gatherings.current() == gathering
    assert gathering.opens == DAY


def places(data_dir):
    """Where sealed contributions lie in the file, in order of arrival."""
    content = (data_dir / "kiosk.db").read_bytes()
    return [content.index(bytes(sealed)[-400:]) for sealed in arrivals]


arrivals = []


def test_a_tick_forgets_the_order_of_what_came_since_the_last(gathering, data_dir):
    """Before it, places in the file follow arrival; afterwards they follow random ids."""
    arrivals.clear()
    for number in range(20):
        before = {bytes(row.id) for row in models.ItemRow.select(models.ItemRow.id)}
        items.keep(Note(str(number)), gathering, token=token())
        arrivals.extend(
            bytes(row.sealed) for row in models.ItemRow.select() if bytes(row.id) not in before
        )
    assert places(data_dir) == sorted(places(data_dir))
    store.gatherings.tick(DAY)
    assert places(data_dir) != sorted(places(data_dir))


def test_a_tick_rewrites_the_file_only_where_somebody_wrote(gathering, data_dir, monkeypatch):
    written = []
    real = engine.write_anew
    monkeypatch.setattr(engine, "write_anew", lambda: (written.append(1), real()))
    store.gatherings.tick(DAY)
    store.gatherings.tick(DAY)
    assert len(written) == 1
    other = sqlite3.connect(data_dir / "kiosk.db")
    with other:
        other.execute("UPDATE answer SET place = place + 1")
        other.execute("CREATE TABLE by_another_process (x)")
        other.execute("DROP TABLE by_another_process")
    other.close()
    store.gatherings.tick(DAY)
    assert len(written) == 2


def test_reading_the_file_past_sqlite_does_not_drop_its_locks(gathering):
    """A second handle that is closed would; another process would then write in between."""
    import subprocess
    import sys

    other = f"""
import sqlite3
connection = sqlite3.connect({str(file_database.path())!r}, timeout=0.1, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
    print("got in")
except sqlite3.OperationalError:
    print("waited")
"""

    def another_process():
        return subprocess.run(
            [sys.executable, "-c", other], capture_output=True, text=True, check=True
        ).stdout.strip()

    with database.writing():
        pages.raw()
        assert another_process() == "waited"
        file_database.path().read_bytes()
        assert another_process() == "got in"
