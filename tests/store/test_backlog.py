import threading

import pytest

import store
from store import backlog, gatherings, items
from store.backlog import LEASE_SECONDS, Worker
from store.errors import LeaseLostError, WrongStateError
from store.items import Memo, Note, Said, Status
from store.rows import models
from tests.support.store_folder import DAY, token

SOUND = bytes(range(256)) * 400
WORDS = Memo("It is cold in here.", (), Said("tired"))


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def worker():
    return Worker()


def hold(gathering, worker=None):
    return items.hold_sound(
        SOUND, gathering, token=token(), media_type="audio/webm", said=Said("tired"),
        worker_public_key=worker and worker.public_key,
    )  # fmt: skip


def test_a_live_worker_turns_its_copy_into_words_without_the_key(gathering, worker, master):
    hold(gathering, worker)
    assert backlog.is_waiting()
    job = backlog.claim(worker)
    assert (job.sound.raw_sound, job.sound.media_type) == (SOUND, "audio/webm")
    backlog.renew(worker, job)
    backlog.finish(worker, job, WORDS)
    assert not backlog.is_waiting()
    assert models.PieceRow.select().count() == 0
    for _ in range(2):
        items.keep(Note("x"), gathering, token=token())
    gatherings.close(gathering.id, today=DAY)
    assert WORDS in {each.payload for each in items.released(gathering.id, master)}


def test_after_a_restart_a_memo_waits_for_a_facilitator(gathering, worker, master):
    hold(gathering, worker)
    reborn = Worker()
    assert backlog.claim(reborn) is None
    job = backlog.claim(reborn, master=master)
    assert job.sound.raw_sound == SOUND
    backlog.finish(reborn, job, WORDS)
    assert models.ItemRow.get().status == Status.SEALED


def test_a_waiting_memo_can_be_withdrawn_and_its_worker_learns_of_it(gathering, worker):
    words = hold(gathering, worker).words
    job = backlog.claim(worker)
    assert store.receipts.withdraw(words)
    with pytest.raises(LeaseLostError):
        backlog.finish(worker, job, WORDS)
    assert models.PieceRow.select().count() == models.ItemRow.select().count() == 0


def test_a_transcript_with_pieces_can_be_withdrawn(gathering, worker):
    words = hold(gathering, worker).words
    backlog.finish(worker, backlog.claim(worker), Memo("word " * 8_000))
    assert models.PieceRow.select().count() == 2
    assert store.receipts.withdraw(words)
    assert models.PieceRow.select().count() == 0


def test_a_claimed_memo_is_nobody_elses_while_its_worker_lives(gathering, worker, master):
    hold(gathering)
    clock = Clock()
    other = Worker(clock=clock)
    job = backlog.claim(worker, master=master)
    for _ in range(5):
        assert backlog.claim(other, master=master) is None
        clock.now += LEASE_SECONDS
        backlog.renew(worker, job)
    assert backlog.claim(worker, master=master) is None


def test_the_memo_of_a_silent_worker_goes_to_another(gathering, worker, master):
    hold(gathering)
    clock = Clock()
    other = Worker(clock=clock)
    job = backlog.claim(worker, master=master)
    assert backlog.claim(other, master=master) is None
    clock.now += LEASE_SECONDS
    again = backlog.claim(other, master=master)
    assert (again.id, again.tries) == (job.id, 2)
    with pytest.raises(LeaseLostError):
        backlog.renew(worker, job)
    with pytest.raises(LeaseLostError):
        backlog.finish(worker, job, WORDS)
    backlog.finish(other, again, WORDS)


def test_after_three_tries_it_could_not_be_transcribed_and_is_told(gathering, worker, master):
    hold(gathering, worker)
    for _ in range(3):
        backlog.fail(worker, backlog.claim(worker))
    assert backlog.claim(worker) is None
    assert models.ItemRow.get().status == Status.FAILED
    for _ in range(3):  # one without words does not count
        items.keep(Note("x"), gathering, token=token())
    gatherings.close(gathering.id, today=DAY)
    failed = [each for each in items.released(gathering.id, master) if each.status == Status.FAILED]
    assert [each.payload for each in failed] == [
        Memo("", said=Said("tired", is_unpreviewed=True), is_untranscribed=True)
    ]
    assert models.PieceRow.select().count() == models.WorkRow.select().count() == 0


def test_three_workers_that_fall_silent_count_as_three_tries(gathering, worker, master):
    hold(gathering)
    clock = Clock()
    backlog.claim(worker, master=master)
    for tries in (2, 3):
        after = Worker(clock=clock)
        assert backlog.claim(after, master=master) is None
        clock.now += LEASE_SECONDS
        assert backlog.claim(after, master=master).tries == tries
    last = Worker(clock=clock)
    assert backlog.claim(last, master=master) is None
    assert models.ItemRow.get().status == Status.WAITING
    clock.now += LEASE_SECONDS
    assert backlog.claim(last, master=master) is None
    assert models.ItemRow.get().status == Status.FAILED


def test_a_failed_memo_can_be_tried_again_until_release(gathering, worker, master):
    hold(gathering, worker)
    for _ in range(3):
        backlog.fail(worker, backlog.claim(worker))
    backlog.retry(gathering.id)
    job = backlog.claim(worker, master=master)
    assert (job.sound.raw_sound, job.tries) == (SOUND, 1)
    backlog.finish(worker, job, WORDS)
    for _ in range(2):
        items.keep(Note("x"), gathering, token=token())
    gatherings.close(gathering.id, today=DAY)
    with pytest.raises(WrongStateError):
        backlog.retry(gathering.id)


def test_a_gathering_is_not_released_while_a_memo_waits(gathering, worker):
    hold(gathering, worker)
    for _ in range(3):
        items.keep(Note("x"), gathering, token=token())
    assert gatherings.close(gathering.id, today=DAY).state == "closed"
    backlog.finish(worker, backlog.claim(worker), WORDS)
    gatherings.tick(DAY)
    assert gatherings.get(gathering.id).state == "released"


def test_an_orderly_stop_lets_go_without_costing_a_try(gathering, worker, master):
    backlog.announce(worker)
    assert backlog.announced() == worker.public_key
    hold(gathering)
    backlog.claim(worker, master=master)
    backlog.withdraw_announcement(worker)
    assert backlog.announced() is None
    assert backlog.claim(Worker(), master=master).tries == 1


def test_a_memo_given_back_costs_no_try_and_a_damaged_one_keeps_none_waiting(gathering, master):
    """A disk that was full for a moment, and an item that nobody can read any more."""
    hold(gathering)
    hold(gathering)
    worker = Worker()
    first = backlog.claim(worker, master=master)
    backlog.give_back(worker, first)
    again = backlog.claim(worker, master=master)
    assert (again.id, again.tries) == (first.id, 1)
    backlog.give_back(worker, again)
    row = models.ItemRow.id == first.id
    models.ItemRow.update(sealed=b"damaged").where(row).execute()
    assert backlog.claim(worker, master=master).id != first.id


def test_memos_go_to_the_worker_of_their_own_host(gathering, worker, master):
    """Another host announces its own later; ours is the one that hears our tablets at once."""
    other = Worker()
    backlog.announce(worker)
    with store.database.writing():
        store.meta.write(backlog.WORKER_KEY, other.public_key)  # as another process does
    assert backlog.announced() == worker.public_key
    backlog.withdraw_announcement(worker)
    assert backlog.announced() == other.public_key


def test_damaged_sound_is_given_up_at_once(gathering, master):
    hold(gathering)
    models.PieceRow.update(sealed=b"x" * 40).execute()
    assert backlog.claim(Worker(), master=master) is None
    assert models.ItemRow.get().status == Status.FAILED


def test_nothing_on_disk_tells_when_a_memo_was_claimed(gathering, worker, master):
    hold(gathering)
    backlog.claim(worker, master=master)
    columns = {
        name: type(getattr(models.WorkRow.get(), name)) for name in models.WorkRow._meta.fields
    }
    assert {name for name, kind in columns.items() if kind in {int, float}} == {"beat", "tries"}


def test_many_workers_at_once_get_each_memo_once(gathering, master):
    for _ in range(20):
        hold(gathering)
    claimed = []

    def work():
        with store.connection():
            worker = Worker()
            while job := backlog.claim(worker, master=master):
                claimed.append(job.id)
                backlog.finish(worker, job, WORDS)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(claimed) == len(set(claimed)) == 20
    assert models.WorkRow.select().count() == models.PieceRow.select().count() == 0


def test_words_enough_can_be_released_without_the_recordings_that_wait(gathering, master):
    """A facilitator's way out where no model will come: said so, and the sound is erased."""
    small = gatherings.new("Small", promise=gathering.promise, today=DAY)
    hold(small)
    for _ in range(2):
        items.keep(Note("x"), small, token=token())
    gatherings.close(small.id, today=DAY)
    with pytest.raises(WrongStateError):
        gatherings.release_without_sound(small.id, today=DAY)
    assert backlog.is_waiting()
    gatherings.purge(small.id)
    hold(gathering)
    for _ in range(3):
        items.keep(Note("x"), gathering, token=token())
    gatherings.close(gathering.id, today=DAY)
    released = gatherings.release_without_sound(gathering.id, today=DAY)
    assert released.state == "released"
    assert not backlog.is_waiting()
    assert sorted(each.status for each in items.released(gathering.id, master)) == [
        Status.FAILED,
        *[Status.RELEASED] * 3,
    ]
