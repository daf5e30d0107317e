"""Whoever copies the data folder reads nothing; each search first finds what was planted."""

import base64
import zlib

import pytest

import store
from store import items, review
from store.backlog import Worker
from store.items import Drawing, Memo, Note
from store.rows import meta, models
from store.seals import vault
from tests.support.byte_search import files_holding
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, token

KEPT, WITHDRAWN, PURGED = "canteen is cold", "lift is broken", "parking is full"
FORGOTTEN, LABELLED, STAFF = "nobody may know", "heating matters", "Wilhelmina Oyelaran"
EVERYTHING = (KEPT, WITHDRAWN, PURGED, FORGOTTEN, LABELLED, STAFF, PASSPHRASE)


def in_every_form(words):
    return {
        "plain": words.encode(),
        "wide": words.encode("utf-16-le"),
        "base64": b"xy" + base64.b64encode(b"x" + words.encode() + b"yz"),
        "deflated": b"head" + zlib.compress(words.encode() * 3),
    }


def found(folder):
    return {words for words in EVERYTHING if files_holding(folder, words)}


def test_the_search_finds_what_was_planted(tmp_path):
    for words in EVERYTHING:
        for name, content in in_every_form(words).items():
            (tmp_path / name).write_bytes(b"\0" * 99 + content + b"\0" * 99)
            assert files_holding(tmp_path, words) == [tmp_path / name]
            (tmp_path / name).unlink()


@pytest.fixture
def temp_dir(tmp_path, monkeypatch):
    """SQLite would put a clear copy here if its temporary files were files."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def live(gathering, master):
    """Do everything the store can do with marked words."""
    store.lists.save(master, f'{{"staff": ["{STAFF}"]}}')
    for words in (KEPT, PURGED, KEPT * 400):
        items.keep(Note(words), gathering, token=token())
    items.keep(Drawing(KEPT.encode() * 4_000, KEPT), gathering, token=token())
    withdrawn = items.keep(Memo(WITHDRAWN * 500), gathering, token=token())
    worker = Worker()
    items.hold_sound(
        KEPT.encode() * 3_000, gathering, token=token(), worker_public_key=worker.public_key
    )
    yield
    job = store.backlog.claim(worker)
    store.backlog.finish(worker, job, Memo(FORGOTTEN))
    assert store.receipts.withdraw(withdrawn.words)
    yield
    store.gatherings.close(gathering.id, today=DAY)
    for item in items.released(gathering.id, master):
        version = items.label(item.id, [LABELLED], master, version=item.version)
        version = items.annotate(item.id, LABELLED, master, version=version)
        if item.kind == "note":
            items.cover(item.id, [(0, 999)], [], master, version=version)
    yield
    store.backup.backup(store.database.folder() / "carried.away")
    store.gatherings.purge(gathering.id)
    yield


def test_no_word_is_readable_in_any_file_at_any_time(
    gathering, master, data_dir, temp_dir, tmp_path
):
    for _ in live(gathering, master):
        assert found(tmp_path) == set()


def test_journal_is_empty_after_each_act(gathering, master, data_dir):
    for _ in live(gathering, master):
        assert (data_dir / "kiosk.db-journal").stat().st_size == 0
        assert sorted(path.name for path in data_dir.iterdir() if path.name != "carried.away") == [
            "device.key", "kiosk.db", "kiosk.db-journal", "kiosk.reserve",
        ]  # fmt: skip


def sealed_bytes(data_dir):
    """Ciphertext has no words; its own bytes show whether deleting erases."""
    return (data_dir / "kiosk.db").read_bytes()


def test_deleted_bytes_are_overwritten_in_the_file(gathering, data_dir, monkeypatch):
    """With secure_delete off the sealed bytes stay, so we would have seen them."""

    def remains():
        kept = items.keep(Note(KEPT), gathering, token=token())
        sealed = bytes(models.ItemRow.get().sealed)[-1000:]
        assert sealed[-500:] in sealed_bytes(data_dir)
        store.receipts.withdraw(kept.words)
        return sealed[-500:] in sealed_bytes(data_dir)

    assert not remains()
    store.database.run("PRAGMA secure_delete = off")
    assert remains()


def test_a_purged_key_opens_nothing_any_more(gathering, master, data_dir):
    """An old copy of the rows is worth nothing without the gathering's key."""
    items.keep(Note(KEPT), gathering, token=token())
    head = next(iter(vault.heads(bytes.fromhex(gathering.id))))
    sealed_key = bytes(models.KeyRow.get().sealed)
    assert store.keys.gathering_key(master, head.sealed_to)
    store.gatherings.purge(gathering.id)
    assert sealed_key not in sealed_bytes(data_dir)
    with pytest.raises(store.errors.DamagedError):
        store.keys.gathering_key(master, head.sealed_to)


def test_covers_erase_the_old_version(gathering, master, data_dir):
    for _ in range(3):
        items.keep(Note(KEPT), gathering, token=token())
    store.gatherings.close(gathering.id, today=DAY)
    item = items.released(gathering.id, master)[0]
    old = bytes(models.ItemRow.get(id=bytes.fromhex(item.id)).sealed)[-500:]
    assert old in sealed_bytes(data_dir)
    review.cover(item.id, [(0, 7)], [], master, version=item.version)
    assert old not in sealed_bytes(data_dir)


def test_the_heartbeat_makes_the_file_time_the_clocks_and_not_a_visitors(gathering, data_dir):
    before = meta.read(meta.HEARTBEAT)
    store.gatherings.tick(DAY)
    first = (data_dir / "kiosk.db").stat().st_mtime_ns
    store.gatherings.tick(DAY)
    assert (data_dir / "kiosk.db").stat().st_mtime_ns > first
    assert meta.read(meta.HEARTBEAT) != before
