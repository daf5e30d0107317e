import pytest

import store
from store.errors import (
    AlreadyExistsError,
    DamagedSlotError,
    LastFacilitatorError,
    LockedError,
    NameTakenError,
    NotSetUpError,
    TooManyTriesError,
    UnknownFacilitatorError,
    WrongPassphraseError,
)
from store.rows.models import Slot
from store.seals import derive, keys
from store.throttle import Throttle
from tests.support.places import PASSPHRASE


def test_without_set_up_nothing_unlocks(data_dir):
    store.open(data_dir)
    try:
        assert not keys.is_set_up()
        with pytest.raises(NotSetUpError):
            keys.unlock("anything")
    finally:
        store.close()


def test_set_up_happens_once(recovery_code):
    assert keys.is_set_up()
    with pytest.raises(AlreadyExistsError):
        keys.set_up("another", name="Eve")


def test_the_right_passphrase_opens_and_another_does_not(recovery_code):
    with keys.unlock(PASSPHRASE) as master:
        assert master.name == "Ann"
    with pytest.raises(WrongPassphraseError):
        keys.unlock(PASSPHRASE + "x")


def test_a_passphrase_opens_however_a_keyboard_composes_its_letters(master):
    keys.add_facilitator(master, "Zoé", "cafe\u0301 cre\u0300me")
    assert keys.unlock("café crème", name="Zoé").name == "Zoé"


def test_each_facilitator_opens_the_same_key(master):
    keys.add_facilitator(master, "Ben", "another passphrase")
    with keys.unlock("another passphrase", name="Ben") as same:
        assert bytes(same.private_key()) == bytes(master.private_key())
    with pytest.raises(WrongPassphraseError):
        keys.unlock("another passphrase", name="Ann")


def test_names_are_unique_and_known(master):
    with pytest.raises(NameTakenError):
        keys.add_facilitator(master, "Ann", "x")
    with pytest.raises(UnknownFacilitatorError):
        keys.remove_facilitator(master, "Nobody")
    with pytest.raises(UnknownFacilitatorError):
        keys.change_passphrase(master, "Nobody", "x")


def test_a_removed_facilitator_opens_nothing_and_the_last_one_stays(master):
    keys.add_facilitator(master, "Ben", "another passphrase")
    keys.remove_facilitator(master, "Ben")
    assert keys.facilitators() == ["Ann"]
    with pytest.raises(WrongPassphraseError):
        keys.unlock("another passphrase")
    with pytest.raises(LastFacilitatorError):
        keys.remove_facilitator(master, "Ann")


def test_after_a_change_only_the_new_passphrase_opens(master):
    keys.change_passphrase(master, "Ann", "the new one")
    assert keys.unlock("the new one").name == "Ann"
    with pytest.raises(WrongPassphraseError):
        keys.unlock(PASSPHRASE)


def test_the_recovery_code_gives_a_new_passphrase_however_it_is_typed(recovery_code):
    keys.recover(
        recovery_code.lower().replace("-", " ").replace("0", "o"), name="Ann", passphrase="n"
    )
    assert keys.unlock("n").name == "Ann"
    with pytest.raises(WrongPassphraseError):
        keys.recover("0000-" * 6 + "0000", name="Ann", passphrase="m")


def test_a_renewed_recovery_code_replaces_the_old_one(recovery_code, master):
    fresh = keys.renew_recovery_code(master)
    with pytest.raises(WrongPassphraseError):
        keys.recover(recovery_code, name="Ben", passphrase="b")
    keys.recover(fresh, name="Ben", passphrase="b")
    assert keys.facilitators() == ["Ann", "Ben"]


def test_a_wiped_key_opens_nothing(master):
    secret = master._secret
    assert any(secret)
    master.wipe()
    assert not any(secret)
    with pytest.raises(LockedError):
        master.private_key()
    with pytest.raises(LockedError):
        keys.add_facilitator(master, "Ben", "x")


def test_a_damaged_slot_says_so_and_the_others_still_open(master, recovery_code):
    keys.add_facilitator(master, "Ben", "another passphrase")
    slot = Slot.get(Slot.name == "Ann")
    wrapped = bytes(slot.wrapped)
    Slot.update(wrapped=wrapped[:-1] + bytes([wrapped[-1] ^ 1])).where(Slot.name == "Ann").execute()
    with pytest.raises(DamagedSlotError, match="Ann"):
        keys.unlock(PASSPHRASE)
    assert keys.unlock("another passphrase").name == "Ben"
    keys.recover(recovery_code, name="Ann", passphrase=PASSPHRASE)
    assert keys.unlock(PASSPHRASE).name == "Ann"


def test_a_slot_moved_to_another_name_does_not_open(master):
    keys.add_facilitator(master, "Ben", "another passphrase")
    slot = Slot.get(Slot.name == "Ben")
    slot.rewrite(name="Eve")
    with pytest.raises(WrongPassphraseError):
        keys.unlock("another passphrase")


def test_five_wrong_passphrases_a_minute_and_no_more(recovery_code):
    for _ in range(5):
        with pytest.raises(WrongPassphraseError):
            keys.unlock("wrong")
    with pytest.raises(TooManyTriesError) as refused:
        keys.unlock(PASSPHRASE)
    assert 0 < refused.value.wait_seconds <= 60


def test_other_accounts_share_the_total(recovery_code):
    for name in ("a", "b", "c", "d", "e"):
        with pytest.raises(WrongPassphraseError):
            keys.unlock("wrong", name=name)
    with pytest.raises(TooManyTriesError):
        keys.unlock(PASSPHRASE, name="Ann")


def test_tries_are_forgotten_after_a_minute_by_the_monotonic_clock():
    now = [0.0]
    throttle = Throttle(2, clock=lambda: now[0])
    throttle.take()
    now[0] = 30
    throttle.take()
    with pytest.raises(TooManyTriesError):
        throttle.take()
    now[0] = 61
    throttle.take()


def test_right_passphrases_cost_no_tries(recovery_code):
    for _ in range(8):
        keys.unlock(PASSPHRASE).wipe()


def test_unlocking_without_a_name_takes_one_slow_hash_however_many_there_are(master, monkeypatch):
    for name in ("Ben", "Cleo", "Dan"):
        keys.add_facilitator(master, name, f"passphrase of {name}")
    seen = []
    real = derive.slow
    monkeypatch.setattr(
        derive, "slow", lambda secret, **rest: seen.append(1) or real(secret, **rest)
    )
    assert keys.unlock("passphrase of Dan").name == "Dan"
    with pytest.raises(WrongPassphraseError):
        keys.unlock("passphrase of nobody")
    assert len(seen) == 2
