"""Whoever copies the server's disk reads nothing, and of what is gone not even its seal.

Each search first finds what was planted, in a table and in the server's journal.
"""

import pytest

from store import gatherings, items, receipts
from store.items import Note
from store.promise import Promise
from store.rows import database
from store.rows.models import TABLES
from tests.support.byte_search import files_holding
from tests.support.store_folder import DAY, UNTHROTTLED, K, token

KEPT, WITHDRAWN, PURGED = "canteen is cold", "lift is broken", "parking is full"
EVERYTHING = tuple(each._meta.table_name for each in TABLES)


def seals(on_server):
    """The sealed bytes that lie there now, a stretch of each."""
    return {bytes(sealed)[99:399] for (sealed,) in database.rows("SELECT sealed FROM item")}


@pytest.fixture
def lived(on_server, gathering, monkeypatch):
    """Words were kept, taken back, released and purged; returns the seals of what is gone."""
    monkeypatch.setattr(receipts, "TAKING_BACK_SECONDS", 0.001)
    monkeypatch.setattr(database, "_tries", UNTHROTTLED)
    old = gatherings.new("Old", promise=Promise(threshold=K), today=DAY)
    for _ in range(K):
        items.keep(Note(PURGED), old, token=token())
    gone = items.keep(Note(WITHDRAWN), gathering, token=token())
    lost = seals(on_server)
    for _ in range(K):
        items.keep(Note(KEPT * 400), gathering, token=token())
    assert receipts.withdraw(gone.words)
    assert gatherings.close(old.id, today=DAY).state == "released"
    gatherings.purge(old.id)
    assert gatherings.close(gathering.id, today=DAY).state == "released"
    return lost


def test_words_stand_in_no_file_of_the_server(on_server, lived):
    folder = on_server.server.folder
    with on_server.connect() as connection:
        connection.execute("CREATE TABLE planted (words text)")
        connection.execute("INSERT INTO planted VALUES ('so: ' || %s)", (KEPT,))
        connection.execute("CHECKPOINT")
        places = {path.parent.name for path in files_holding(folder, KEPT)}
        assert "pg_wal" in places
        assert len(places) > 1  # and the table's own
        connection.execute("DROP TABLE planted")
        connection.execute("CHECKPOINT")
    holding = files_holding(folder / "data" / "base", KEPT, WITHDRAWN, PURGED)
    assert holding == []
    assert files_holding(folder, WITHDRAWN, PURGED) == []  # its log and its journal, too


def test_of_what_was_taken_back_or_purged_no_seal_is_left_in_a_table(on_server, lived):
    planted = next(iter(seals(on_server)))
    assert planted in on_server.raw(*EVERYTHING)
    raw = on_server.raw(*EVERYTHING)
    assert [seal for seal in lived if seal in raw] == []
    assert len(lived) == K + 1
