"""Whoever was a facilitator, with an old copy of the file, opens nothing that comes later."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import Aead

import store
from store import errors, gatherings, invitation, items, lists, receipts
from store.items import Drawing, Note
from store.rows import database
from store.rows.models import GatheringRow, KeyRow, Slot
from store.seals import keys, rotation, vault
from tests.support.places import PASSPHRASE
from tests.support.raw_copy import raw_copy
from tests.support.store_folder import DAY, make_old, token

BENS = "another passphrase"


@pytest.fixture
def ben(gathering, master, data_dir, tmp_path):
    """A second facilitator, who carried a copy of the file away."""
    keys.add_facilitator(master, "Ben", BENS)
    items.keep(Note("said while Ben was here"), gathering, token=token())
    return raw_copy(tmp_path / "old copy")


def rows_of(path: Path, table: str) -> list[sqlite3.Row]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own tables


def thieves_keys(old: Path, secret: str) -> list[PrivateKey]:
    """Every private key that a passphrase or code of then gets out of the copy of then."""
    found = []
    for slot in rows_of(old, "slot"):
        key = argon2id.kdf(
            32,
            secret.encode(),
            slot["salt"],
            opslimit=slot["passes"],
            memlimit=slot["memory_bytes"],
        )
        bound = f"release slot 2\0{slot['kind']}\0{slot['name']}".encode()
        with contextlib.suppress(CryptoError):
            own = PrivateKey(Aead(key).decrypt(slot["wrapped"], bound))
            found += [own, PrivateKey(SealedBox(own).decrypt(slot["master"]))]
    assert found, "the thief cannot even open the old copy"
    for row in rows_of(old, "gathering_key"):
        found.append(PrivateKey(SealedBox(found[1]).decrypt(row["sealed"])))
    return found


def opened_by_thief(now: Path, stolen: list[PrivateKey]) -> int:
    """Count the sealed contents of today's file that open with what was stolen."""
    keyring = list(stolen)
    sealed = [row["sealed"] for table in ("item", "piece") for row in rows_of(now, table)]
    sealed += [row["content"] for row in rows_of(now, "meta") if row["name"] == "lists"]
    for _ in range(2):  # slots open master keys, those open gatherings' keys
        for table, column in (("slot", "master"), ("gathering_key", "sealed")):
            for row in rows_of(now, table):
                for key in list(keyring):
                    with contextlib.suppress(CryptoError):
                        keyring.append(PrivateKey(SealedBox(key).decrypt(row[column])))
    count = 0
    for each in sealed:
        for key in keyring:
            with contextlib.suppress(CryptoError):
                SealedBox(key).decrypt(each)
                count += 1
                break
    return count


def say_more(old_gathering):
    """What comes after the removal: in the gathering that collects, and in a new one."""
    items.keep(Note("said later"), old_gathering, token=token())
    items.keep(Drawing(b"P" * 70_000), old_gathering, token=token())
    later = gatherings.new("Summer", today=DAY)
    items.keep(Note("said in a new gathering"), later, token=token())


ACTS = {
    "removed": (BENS, lambda master: keys.remove_facilitator(master, "Ben")),
    "another passphrase": (BENS, lambda master: keys.change_passphrase(master, "Ben", "a third")),
    "another code": ("", keys.renew_recovery_code),
}


@pytest.mark.parametrize("makes_new_key", [False, True])
@pytest.mark.parametrize("act", ACTS)
def test_an_old_slot_in_an_old_copy_opens_nothing_new(
    gathering, master, ben, recovery_code, tmp_path, monkeypatch, act, makes_new_key
):
    """Without the new key, as it was, the thief reads all that comes later."""
    if not makes_new_key:
        monkeypatch.setattr(rotation, "rotate", lambda _: None)
    secret, do = ACTS[act]
    stolen = thieves_keys(ben, secret or recovery_code.replace("-", ""))
    lists.save(master, '{"staff": []}')
    do(master)
    say_more(gathering)
    readable = opened_by_thief(raw_copy(tmp_path / "today"), stolen)
    assert readable == (0 if makes_new_key else 8)


def test_everybody_else_goes_on_as_if_nothing_had_been(
    gathering, master, ben, recovery_code, monkeypatch
):
    """Open desks, words given out, waiting sound, lists, the printed code."""
    keys.add_facilitator(master, "Cleo", "passphrase of Cleo")
    cleos_desk = keys.unlock("passphrase of Cleo")
    lists.save(master, '{"staff": []}')
    kept = [items.keep(Note(f"number {n}"), gathering, token=token()).words for n in range(3)]
    items.hold_sound(b"RIFF" * 20_000, gathering, token=token())
    keys.remove_facilitator(master, "Ben")
    assert all(receipts.look_up(words).state == "kept" for words in kept)
    receipts.withdraw(kept.pop())
    assert keys.is_still_good(cleos_desk)
    job = store.backlog.claim(store.backlog.Worker(), master=cleos_desk)
    assert job is not None
    assert job.sound.raw_sound == b"RIFF" * 20_000
    assert lists.load(cleos_desk) == '{"staff": []}'
    gatherings.close(gathering.id, today=DAY)
    gatherings.release_without_sound(gathering.id, today=DAY)
    with keys.unlock(PASSPHRASE) as again:
        for reader in (cleos_desk, master, again):
            texts = {each.payload.text for each in items.released(gathering.id, reader)}
            assert {"said while Ben was here", "number 0", "number 1"} <= texts
    keys.recover(recovery_code, name="Ann", passphrase="from the sheet")
    assert keys.unlock("from the sheet").name == "Ann"
    assert not keys.is_still_good(master)


def test_a_key_of_a_desk_that_was_ended_opens_nothing_and_marks_no_memo(gathering, master, ben):
    """The backlog may still hold it: what waits must wait on, not count as lost."""
    bens_desk = keys.unlock(BENS)
    items.hold_sound(b"RIFF" * 20_000, gathering, token=token())
    keys.remove_facilitator(master, "Ben")
    with pytest.raises(errors.LockedError):
        store.backlog.claim(store.backlog.Worker(), master=bens_desk)
    assert store.backlog.is_waiting()


def test_cut_off_half_way_everything_is_as_before(gathering, master, ben, data_dir, monkeypatch):
    """One transaction: nobody is removed and nothing is sealed anew, or both."""
    before = [bytes(row.sealed) for row in KeyRow.select()]
    monkeypatch.setattr(rotation, "_reseal_rows", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keys.remove_facilitator(master, "Ben")
    monkeypatch.undo()
    assert [bytes(row.sealed) for row in KeyRow.select()] == before
    assert keys.facilitators() == ["Ann", "Ben"]
    for _ in range(2):
        items.keep(Note("more"), gathering, token=token())
    gatherings.close(gathering.id, today=DAY)
    assert len(items.released(gathering.id, master)) == 3
    keys.remove_facilitator(master, "Ben")
    assert len(items.released(gathering.id, master)) == 3


def test_what_is_kept_while_the_key_changes_is_sealed_to_the_new_one(
    gathering, master, ben, monkeypatch
):
    """A contribution is sealed before it is stored; the key may change in between."""
    real, seen = vault.public_key, []

    def removing(gathering_id):
        found = real(gathering_id)
        if not seen:
            seen.append(found)
            keys.remove_facilitator(master, "Ben")
        return found

    database.forget_constant(gathering.id)  # kept before, so it is known
    monkeypatch.setattr(vault, "public_key", removing)
    items.keep(Note("just now"), gathering, token=token())
    assert seen[0] != real(gathering.id)
    items.keep(Note("and another"), gathering, token=token())
    gatherings.close(gathering.id, today=DAY)
    texts = {each.payload.text for each in items.released(gathering.id, master)}
    assert texts == {"said while Ben was here", "just now", "and another"}


def test_a_damaged_row_is_not_made_whole(gathering, master, ben):
    row = database.rows("SELECT id FROM item")[0][0]
    database.run("UPDATE item SET sealed = ? WHERE id = ?", bytes(4144), row)
    keys.remove_facilitator(master, "Ben")
    with pytest.raises(errors.DamagedError):
        vault.head(bytes(row))


def test_boxes_of_the_team_go_on(gathering, master, ben, data_dir, tmp_path):
    """What they keep is for the pair they were told; the team's signature stays the same."""
    first = invitation.read(invitation.invite(gathering.id, master))
    keys.remove_facilitator(master, "Ben")
    second = invitation.read(invitation.invite(gathering.id, master))
    assert (second.team, second.public_key) == (first.team, first.public_key)
    assert second.master != first.master
    keys.renew_recovery_code(master)
    assert invitation.read(invitation.invite(gathering.id, master)).team == first.team


def test_slots_of_older_versions_are_waited_for_and_open_as_before(data_dir):
    """Nobody is locked out: the new key comes when each of them has been opened once."""
    data_dir.mkdir()
    with contextlib.closing(sqlite3.connect(data_dir / "kiosk.db")) as connection:
        connection.executescript(Path("tests/data/schemas/0002.sql").read_text("utf-8"))
    store.open(data_dir)
    try:
        assert Slot.select().where(Slot.public_key.is_null()).count() == 2
        with keys.unlock("a long enough passphrase") as master:
            before = bytes(master.private_key())
            keys.change_passphrase(master, "Ann", "one that nobody has seen")
            assert keys.waits_for() == ["recovery code"]
            assert bytes(master.private_key()) == before
            public = GatheringRow.get(GatheringRow.state == "open").public_key
            keys.renew_recovery_code(master)
            assert keys.waits_for() == []
            assert bytes(master.private_key()) != before
            assert GatheringRow.get(GatheringRow.state == "open").public_key != public
        keys.unlock("one that nobody has seen").wipe()
    finally:
        store.close()


def test_a_new_key_that_waited_is_made_when_the_last_old_slot_is_opened(master, ben):
    keys.add_facilitator(master, "Cleo", "passphrase of Cleo")
    make_old("Ben", BENS, master)
    before = bytes(master.private_key())
    keys.remove_facilitator(master, "Cleo")
    assert keys.waits_for() == ["Ben"]
    assert bytes(master.private_key()) == before
    with keys.unlock(BENS) as bens:
        assert keys.waits_for() == []
        assert bytes(bens.private_key()) != before
        assert keys.is_still_good(master)
        assert bytes(master.private_key()) == bytes(bens.private_key())
