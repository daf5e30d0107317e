"""A backup opens what is not released for nobody alone, and never by itself."""

import sqlite3
from contextlib import closing, contextmanager, suppress

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

import store
from store import backup, errors, gatherings, items, receipts
from store.items import Note
from store.release import CARRIED
from store.rows import models
from store.seals import held, keys
from store.seals.recovery_code import plain
from tests.support.places import PASSPHRASE
from tests.support.raw_copy import raw_copy
from tests.support.store_folder import DAY, make_old, token

BENS = "another passphrase"
K = 3


def fill(gathering, *texts):
    return [items.keep(Note(text), gathering, token=token()).words for text in texts]


def texts_of(gathering, master):
    return sorted(each.payload.text for each in items.released(gathering.id, master))


@contextmanager
def restored(copy, folder):
    store.close()
    backup.restore(copy, folder)
    store.open(folder)
    try:
        yield
    finally:
        store.close()


@pytest.fixture
def copy(gathering, master, tmp_path):
    """A backup of a kiosk with two facilitators, one gathering released and one not."""
    keys.add_facilitator(master, "Ben", BENS)
    keys.add_facilitator(master, "Cleo", "passphrase of Cleo")
    fill(gathering, "one", "two", "three")
    gatherings.close(gathering.id, today=DAY)
    now = gatherings.new("Now", promise=gathering.promise, today=DAY)
    fill(now, "four", "five", "six", "seven")
    assert backup.backup(tmp_path / "copy") == {"code", "two"}
    return tmp_path / "copy"


def current():
    found = gatherings.current()
    assert found
    return found


def opened_with_master(path, master):
    """How many gatherings' keys one facilitator's master key opens in a file, without our code."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT sealed FROM gathering_key").fetchall()
    box = SealedBox(master.private_key())
    count = 0
    for (sealed,) in rows:
        with suppress(CryptoError):
            PrivateKey(box.decrypt(sealed))
            count += 1
    return count


def test_one_passphrase_opens_what_is_released_and_nothing_else(copy, tmp_path, master):
    """The control is the file itself, which one passphrase opens: what was in every old backup."""
    assert opened_with_master(raw_copy(tmp_path / "raw"), master) == 2
    assert opened_with_master(copy, master) == 1


def test_after_a_restore_one_facilitator_reads_what_was_released(copy, tmp_path):
    with restored(copy, tmp_path / "new"), keys.unlock(PASSPHRASE) as master:
        past = next(each for each in gatherings.everything() if each.state == "released")
        assert texts_of(past, master) == ["one", "three", "two"]
        assert held.is_holding()
        with pytest.raises(errors.HeldError):
            keys.gathering_key(master, bytes.fromhex(current().id))
        with pytest.raises(errors.WrongPassphraseError):
            held.let_go(master)
        with keys.unlock(PASSPHRASE) as same, pytest.raises(errors.WrongPassphraseError):
            held.let_go(master, same)


@pytest.mark.parametrize("way", ["code", "two", "two, the other way round"])
def test_the_code_or_two_together_open_it_and_k_new_ones_release_it(
    copy, recovery_code, tmp_path, way
):
    with restored(copy, tmp_path / "new"), keys.unlock(PASSPHRASE) as master:
        now = current()
        fill(now, "new 1", "new 2", "new 3")
        if way == "code":
            with keys.unlock_with_code(recovery_code) as code:
                held.let_go(code)
        else:
            with keys.unlock(BENS) as ben:
                held.let_go(*((master, ben) if way == "two" else (ben, master)))
        assert not held.is_holding()
        gatherings.close(now.id, today=DAY)
        assert len(texts_of(now, master)) == 7


def test_two_copies_around_one_visit_do_not_tell_it_apart(copy, recovery_code, master, tmp_path):
    """Before, both were closed and released: their difference was what that one visitor left."""
    fill(current(), "the one visitor")
    backup.backup(tmp_path / "after")
    for name in ("copy", "after"):
        with restored(tmp_path / name, tmp_path / f"from {name}"):
            with keys.unlock_with_code(recovery_code) as code:
                held.let_go(code)
            now = current()
            fill(now, *["made up"] * (K - 1))
            gatherings.close(now.id, today=DAY)
            assert gatherings.get(now.id).state == "closed"
            with keys.unlock(PASSPHRASE) as facilitator, pytest.raises(errors.NotReleasedError):
                items.released(now.id, facilitator)


def test_what_came_back_can_be_carried_and_taken_back(copy, recovery_code, tmp_path):
    """A session whose machine died loses no voice: it is read with the next k."""
    with restored(copy, tmp_path / "new"):
        with keys.unlock_with_code(recovery_code) as code:
            held.let_go(code)
        now = current()
        gatherings.close(now.id, today=DAY)
        following = gatherings.new("Next", promise=now.promise, today=DAY)
        gatherings.merge_forward(now.id, following.id)
        words = fill(following, "a", "b", "c", "d")
        assert receipts.withdraw(words.pop())
        gatherings.close(following.id, today=DAY)
        with keys.unlock(PASSPHRASE) as master:
            assert len(texts_of(following, master)) == 7


def test_while_it_is_held_nothing_is_released_and_no_memo_is_given_up(
    copy, gathering, master, tmp_path
):
    now = current()
    items.hold_sound(b"RIFF" * 20_000, now, token=token())
    backup.backup(tmp_path / "with sound")
    with (
        restored(tmp_path / "with sound", tmp_path / "new"),
        keys.unlock(PASSPHRASE) as facilitator,
    ):
        for _ in range(5):
            assert store.backlog.claim(store.backlog.Worker(), master=facilitator) is None
        assert store.backlog.is_waiting()
        fill(now, *"abcdef")
        gatherings.close(now.id, today=DAY)
        store.backlog.give_up_on(bytes.fromhex(now.id))
        gatherings.tick(DAY)
        assert gatherings.get(now.id).state == "closed"
        with keys.unlock(BENS) as ben:
            held.let_go(ben, facilitator)
        gatherings.tick(DAY)
        assert gatherings.get(now.id).state == "released"


def test_a_new_master_key_waits_until_it_is_open(copy, tmp_path):
    """Made before, it would leave the held keys sealed to one that is gone."""
    with restored(copy, tmp_path / "new"), keys.unlock(PASSPHRASE) as master:
        before = bytes(master.private_key())
        keys.remove_facilitator(master, "Cleo")
        assert bytes(master.private_key()) == before
        with keys.unlock(BENS) as ben:
            held.let_go(master, ben)
        with keys.unlock(PASSPHRASE) as later:
            assert bytes(later.private_key()) != before
            fill(current(), *"abc")
            now = current()
            gatherings.close(now.id, today=DAY)
            assert len(texts_of(now, later)) == 7


def test_a_backup_of_what_is_still_held_is_held_by_the_same(copy, recovery_code, tmp_path):
    with restored(copy, tmp_path / "new"):
        later = gatherings.new("Later", today=DAY)
        fill(later, "eight")
        assert backup.backup(tmp_path / "again") == {"code", "two"}
    with restored(tmp_path / "again", tmp_path / "third"), keys.unlock(PASSPHRASE) as master:
        with pytest.raises(errors.HeldError):
            keys.gathering_key(master, bytes.fromhex(later.id))
        with keys.unlock_with_code(recovery_code) as code:
            held.let_go(code)
        for each in gatherings.everything():
            keys.gathering_key(master, bytes.fromhex(each.id))


def test_a_code_of_an_older_version_opens_nothing_held_and_that_is_said(
    gathering, master, recovery_code, tmp_path
):
    """Its slot cannot be sealed to. Two facilitators can open it; with one, nothing is held."""
    assert backup.backup(tmp_path / "new code") == {"code"}
    make_old(keys.RECOVERY_NAME, plain(recovery_code), master)
    assert backup.backup(tmp_path / "one") == frozenset()
    keys.add_facilitator(master, "Ben", BENS)
    fill(gathering, "one")
    assert backup.backup(tmp_path / "two") == {"two"}
    with restored(tmp_path / "two", tmp_path / "new"), keys.unlock(PASSPHRASE) as ann:
        code = keys.unlock_with_code(recovery_code)
        with code, pytest.raises(errors.WrongPassphraseError):
            held.let_go(code)
        with keys.unlock(BENS) as ben:
            held.let_go(ann, ben)
        keys.gathering_key(ann, bytes.fromhex(gathering.id))


def test_a_copy_that_older_versions_made_is_marked_as_well(copy, tmp_path):
    """It opens as before, yet what waits in it is read with k new ones alone."""
    raw_copy(tmp_path / "older")
    store.close()
    with restored(tmp_path / "older", tmp_path / "new"), keys.unlock(PASSPHRASE) as master:
        now = current()
        assert {row.version for row in models.ItemRow.select()} == {1, CARRIED}
        gatherings.close(now.id, today=DAY)
        assert gatherings.get(now.id).state == "closed"
        keys.gathering_key(master, bytes.fromhex(now.id))
