"""Memos without words hold nobody back: they go on waiting apart, k at a time as ever."""

import pytest

import store
from store import backlog, gatherings, items, receipts
from store.backlog import Worker
from store.errors import NotReleasedError, WrongStateError
from store.payloads import Memo, Note, Said
from store.promise import Promise
from store.rows import models
from store.waiting import release_without_waiting
from tests.support.store_folder import DAY, K, token

SOUND = b"sound" * 9_000


@pytest.fixture
def full(gathering):
    """Enough words, and as many memos that wait."""
    for number in range(K):
        items.keep(Note(f"{number}"), gathering, token=token())
    words = [items.hold_sound(SOUND, gathering, token=token()).words for _ in range(K)]
    gatherings.close(gathering.id, today=DAY)
    return gathering, words


def apart(gathering, master):
    return release_without_waiting(gathering.id, master, title="Apart", today=DAY)


def heard(master, count):
    worker = Worker()
    for _ in range(count):
        job = backlog.claim(worker, master=master)
        assert job.sound.raw_sound == SOUND
        backlog.finish(worker, job, Memo("words", said=job.sound.said))
    gatherings.tick(DAY)


def test_the_others_are_read_and_memos_go_on_waiting(full, master):
    """Without them now; with them when their words are there, k or more at once."""
    gathering, _ = full
    waiting = apart(gathering, master)
    assert gatherings.get(gathering.id).state == "released"
    assert {each.kind for each in items.released(gathering.id, master)} == {"note"}
    assert (waiting.state, waiting.title) == ("closed", "Apart")
    heard(master, K - 1)
    with pytest.raises(NotReleasedError):
        items.released(waiting.id, master)
    heard(master, 1)
    found = items.released(waiting.id, master)
    assert [each.payload.text for each in found] == ["words"] * K
    assert all(each.payload.said.is_unpreviewed for each in found)
    assert found.damaged == 0
    assert len(items.released(gathering.id, master)) == K


def test_what_waits_apart_keeps_the_lists_and_the_strength_it_was_said_under(gathering, master):
    """And leaves none of both behind, once it is carried."""
    store.lists.save(master, '{"rooms": ["then"]}')
    store.strength.announce("light")
    for _ in range(K):
        items.keep(Note("x"), gathering, token=token())
    items.hold_sound(SOUND, gathering, token=token())
    store.lists.save(master, '{"rooms": ["now"]}')
    store.strength.announce("strict")
    gatherings.close(gathering.id, today=DAY)
    waiting = apart(gathering, master)
    assert "then" in store.lists.of(waiting.id)
    assert store.strength.of(waiting.id) == "light"
    after = gatherings.new("After", promise=gathering.promise, today=DAY)
    gatherings.merge_forward(waiting.id, after.id)
    assert store.strength.of(waiting.id) == "strict"
    assert "now" in store.lists.of(waiting.id)


def test_fewer_than_k_of_them_stay_sealed_until_carried(full, master):
    gathering, words = full
    waiting = apart(gathering, master)
    assert receipts.withdraw(words[0])  # their visitors can still take them back
    heard(master, K - 1)
    assert gatherings.get(waiting.id).state == "closed"
    after = gatherings.new("After", promise=gathering.promise, today=DAY)
    gatherings.merge_forward(waiting.id, after.id)
    for _ in range(K):
        items.keep(Note("own"), after, token=token())
    gatherings.close(after.id, today=DAY)
    assert len(items.released(after.id, master)) == 2 * K - 1


def test_the_key_of_the_others_opens_none_of_those_that_wait(full, master):
    """Purging one leaves the other: each is sealed to a key of its own."""
    gathering, _ = full
    waiting = apart(gathering, master)
    owner = bytes.fromhex(waiting.id)
    for table in (models.ItemRow, models.PieceRow):
        rows = list(table.select().where(table.gathering == owner))
        assert rows
        assert {bytes(row.sealed_to) for row in rows} == {owner}
    gatherings.purge(gathering.id)
    heard(master, K)
    assert len(items.released(waiting.id, master)) == K


def test_too_few_words_stay_sealed_and_nothing_is_moved(gathering, master):
    for _ in range(K - 1):
        items.keep(Note("x"), gathering, token=token())
    items.hold_sound(SOUND, gathering, token=token())
    for _ in range(2):  # open, then closed
        with pytest.raises(WrongStateError):
            apart(gathering, master)
        if gatherings.get(gathering.id).state == "open":
            gatherings.close(gathering.id, today=DAY)
    assert len(gatherings.everything()) == 1


def test_where_nothing_waits_nothing_is_made(recovery_code, master):
    """A memo that became words meanwhile needs no gathering of its own."""
    made = gatherings.new("Empty", promise=Promise(threshold=K), today=DAY)
    for _ in range(K):
        items.keep(Note("x"), made, token=token())
    row = models.GatheringRow.get(models.GatheringRow.id == bytes.fromhex(made.id))
    with store.database.writing():
        row.rewrite(state="closed", closes=DAY.isoformat())
    assert apart(made, master) is None
    assert gatherings.get(made.id).state == "released"


def test_only_what_nobody_previewed_says_so(gathering, master):
    for _ in range(K):
        items.keep(Note("seen", said=Said("tired")), gathering, token=token())
    assert not any(each.payload.said.is_unpreviewed for each in _released(gathering, master))


def _released(gathering, master):
    gatherings.close(gathering.id, today=DAY)
    return items.released(gathering.id, master)
