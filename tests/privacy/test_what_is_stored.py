"""All that is stored, by name. A new column or field has to be written down here, and so be judged.

Nothing here holds a time, a length, a voice, a hand or a device; only gatherings have days.
"""

import contextlib
import sqlite3
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import store
from kiosk.house import House
from store.payloads import Drawing, Memo, Note, Said, Silence, Sound
from tests.support.kiosk_in_folder import app_of

COLUMNS = {
    "meta": "digest name content",
    "slot": "digest id kind name salt passes memory_bytes wrapped public_key master",
    "gathering": (
        "digest id title questions promise state opens closes released repeats public_key"
        " participation revision kind"
    ),
    "gathering_key": "digest id gathering sealed",
    "item": "digest gathering id sealed_to status version mark sealed notes",
    "piece": "digest gathering id sealed_to sealed",
    "receipt": "digest id gathering mark",
    "answer": "digest id gathering place theme answer stage due",
    "themes": "digest id gathering sealed",
    "work": "digest id gathering owner beat tries pieces worker copied",
}
FIELDS = {
    Note: "text doubts said spans",
    Memo: "text doubts said spans is_untranscribed",
    Drawing: "png text said spans places",
    Silence: "said",
    Said: "feeling question is_unpreviewed",
    Sound: "raw_sound media_type recorded_seconds language said",  # until it is words
}
TELLING = ("time", "date", "created", "seconds", "stroke", "pressure", "agent", "address", "number")


def columns(path: Path) -> dict[str, str]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: " ".join(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
            for (name,) in tables.fetchall()
        }


def test_the_database_has_these_columns_and_no_other(house: House):
    """So there is no audit trail either: what a facilitator did, and when, is not written down."""
    path = house.settings.data_dir / "kiosk.db"
    assert columns(path) == COLUMNS
    assert not [name for name in " ".join(COLUMNS.values()).split() if name.startswith(TELLING)]
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE item ADD COLUMN created_at TEXT")
        connection.commit()
    assert columns(path) != COLUMNS  # the comparison does see one


@pytest.mark.parametrize("payload", FIELDS, ids=lambda payload: payload.__name__)
def test_a_contribution_has_these_fields_and_no_other(payload: type[Any]):
    assert " ".join(each.name for each in fields(payload)) == FIELDS[payload]
    if payload is not Sound:
        assert not [name for name in FIELDS[payload].split() if name.startswith(TELLING)]


def test_reading_and_asking_leave_no_row(house: House):
    """Who looked, tried a passphrase or asked for a receipt is not written down; keeping is."""
    client: Any = app_of(house).test_client()

    def rows() -> list[int]:
        count = "SELECT count(*) FROM "
        return [store.database.rows(count + name)[0][0] for name in COLUMNS]

    before = rows()
    client.get("/")
    client.post("/api/receipt", json={"words": "acorn acorn acorn acorn"})
    client.post("/review/unlock", data={"passphrase": "wrong"})
    assert rows() == before
    gathering = store.gatherings.current()
    assert gathering
    store.items.keep(Note("cold"), gathering, token="a-token-of-22-letters-")
    assert rows() != before
