import pytest

import store
from store import board, lists
from store.errors import DamagedError, LockedError, UnknownGatheringError, UnknownItemError
from store.rows import database, meta
from tests.support.store_folder import DAY

NAMES = '{"staff": ["Wilhelmina Oyelaran"]}'


def test_lists_are_read_by_facilitators_and_by_the_running_kiosk(master):
    assert lists.load(master) is lists.running() is None
    lists.save(master, NAMES)
    assert lists.load(master) == lists.running() == NAMES


def test_lists_survive_a_restart_locked(master, data_dir):
    lists.save(master, NAMES)
    store.close()
    store.open(data_dir)
    assert lists.running() == NAMES


def test_a_database_without_its_device_key_tells_no_names(master, data_dir):
    """What a backup is: the file alone."""
    lists.save(master, NAMES)
    (data_dir / lists.KEY_FILE).unlink()
    assert lists.running() is None
    assert lists.load(master) == NAMES
    lists.adopt(master)
    assert lists.running() == NAMES


def test_the_device_key_is_its_owners_only(master, data_dir, engine):
    lists.save(master, NAMES)
    assert (data_dir / lists.KEY_FILE).stat().st_mode & 0o777 == 0o600
    if engine == "sqlite":
        assert (data_dir / "kiosk.db").stat().st_mode & 0o777 == 0o600


def test_a_locked_key_saves_and_loads_no_lists(master):
    lists.save(master, NAMES)
    master.wipe()
    with pytest.raises(LockedError):
        lists.save(master, "{}")
    with pytest.raises(LockedError):
        lists.load(master)


def test_damaged_lists_say_so(master):
    lists.save(master, NAMES)
    with database.writing():
        meta.write(meta.LISTS, b"x" * 90)
    with pytest.raises(DamagedError):
        lists.load(master)


def test_answers_stand_in_the_order_they_were_published(gathering):
    made = [board.publish(gathering.id, theme, "Soon.") for theme in ("Warmth", "Air", "Light")]
    assert board.of(gathering.id) == board.everything() == tuple(made)
    changed = board.change(made[1].id, theme="Air", answer="Done.")
    board.remove(made[0].id)
    after = board.publish(gathering.id, "Noise", "Later.")
    assert board.of(gathering.id) == (changed, made[2], after)


def test_the_latest_gatherings_answers_come_first(gathering):
    old = board.publish(gathering.id, "Warmth", "Soon.")
    later = store.gatherings.new("Summer", today=DAY.replace(month=6))
    new = board.publish(later.id, "Air", "Now.")
    assert board.everything() == (new, old)


def test_answers_outlive_the_words_they_answer(gathering):
    answer = board.publish(gathering.id, "Warmth", "A heater came.")
    store.gatherings.purge(gathering.id)
    assert board.everything() == (answer,)


def test_answers_belong_to_a_gathering(gathering):
    with pytest.raises(UnknownGatheringError):
        board.publish("00" * 16, "x", "y")
    with pytest.raises(UnknownItemError):
        board.change("00" * 16, theme="x", answer="y")
