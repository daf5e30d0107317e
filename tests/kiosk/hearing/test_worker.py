"""The worker turns recordings into words, whatever happens to its children."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from kiosk.hearing.worker import MemoState, Patience, Worker
from support.recordings import webm_of
from transcribe.models import IncompleteModelError

DATA = Path(__file__).parents[2] / "data"
MICRO = DATA / "whisper-micro"
SAMPLES = DATA / "asr" / "samples"
WEBM = (SAMPLES / "08-browser.webm").read_bytes()
WEBM_WORDS = "My boss Olga changes the schedule without warning."
PHONE = (SAMPLES / "09-phone-app.m4a").read_bytes()
PHONE_WORDS = "Please fix the coffee machine in the break room."


@dataclass(frozen=True)
class Limits:
    memo_seconds: float = 60
    memo_bytes: int = 1_000_000


def done(worker: Worker, memo_id: str, *, within: float = 90) -> MemoState:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        state = worker.poll(memo_id)
        if state.state in {"ready", "failed"}:
            return state
        time.sleep(0.02)
    raise AssertionError(f"not done: {worker.poll(memo_id)}")


def eventually(holds: object, *, within: float = 40) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker(MICRO, limits=Limits())
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture
def own_worker() -> Iterator[Worker]:
    """For tests that break it."""
    worker = Worker(MICRO, limits=Limits(), patience=Patience(ear=4, model=8))
    worker.start()
    yield worker
    worker.stop()


@pytest.mark.parametrize(("sound", "words"), [(WEBM, WEBM_WORDS), (PHONE, PHONE_WORDS)])
def test_a_whole_recording_becomes_its_words(worker, sound, words):
    worker.submit("memo", sound, recorded_seconds=None)
    state = done(worker, "memo")
    assert state.transcript.text == words
    assert state.progress == 1
    worker.cancel("memo")


@pytest.mark.parametrize(("sound", "words"), [(WEBM, WEBM_WORDS), (PHONE, PHONE_WORDS)])
def test_a_recording_fed_in_pieces_becomes_the_same_words(worker, sound, words):
    """It is transcribed while its visitor talks."""
    worker.begin("memo")
    for at in range(0, len(sound), 1500):
        worker.feed("memo", sound[at : at + 1500])
    worker.finish("memo", recorded_seconds=None)
    assert done(worker, "memo").transcript.text == words
    worker.cancel("memo")


def test_words_appear_before_the_end(worker):
    """Whoever wants to may watch their words come."""
    sound = webm_of("05-long.flac")
    worker.begin("memo")
    worker.feed("memo", sound[: len(sound) * 3 // 4])
    eventually(lambda: "Kevin" in worker.poll("memo").words_so_far)
    worker.feed("memo", sound[len(sound) * 3 // 4 :])
    worker.finish("memo", recorded_seconds=None)
    assert done(worker, "memo").transcript.text.endswith("Thank you for listening.")
    worker.cancel("memo")


@pytest.mark.parametrize(
    ("sound", "code"),
    [
        (b"ffconcat version 1.0\nfile secret.wav", "wrong_type"),
        (b"", "wrong_type"),
        (b"\x1a\x45\xdf\xa3" + bytes(200), "unreadable"),
        (bytes(1_000_001), "too_large"),
    ],
)
def test_what_is_no_memo_is_refused_with_a_reason(worker, sound, code):
    worker.submit("memo", sound, recorded_seconds=None)
    assert done(worker, "memo").error == code
    worker.cancel("memo")


def test_silence_gives_no_words(worker):
    worker.submit("memo", webm_of("06-silence.flac"), recorded_seconds=5)
    assert done(worker, "memo").error == "nothing_heard"
    worker.cancel("memo")


def test_a_lost_end_is_told(worker):
    worker.submit("memo", WEBM, recorded_seconds=9)
    assert done(worker, "memo").is_truncated
    worker.cancel("memo")


def test_the_queue_is_fair_and_its_place_is_visible(worker):
    """Ten people stop at once: each sees how many come before, and nobody is lost."""
    ids = [f"memo{number}" for number in range(10)]
    for memo_id in ids:
        worker.submit(memo_id, WEBM, recorded_seconds=4.3)
    assert [worker.poll(memo_id).place for memo_id in ids][-1] >= 7
    ready_at = {}
    while len(ready_at) < len(ids):
        for memo_id in ids:
            if worker.poll(memo_id).state == "ready":
                ready_at.setdefault(memo_id, time.monotonic())
        time.sleep(0.01)
    assert sorted(ids, key=ready_at.get) == ids
    for memo_id in ids:
        assert worker.poll(memo_id).transcript.text == WEBM_WORDS
        worker.cancel(memo_id)


def test_a_forgotten_memo_is_gone(worker):
    worker.submit("memo", WEBM, recorded_seconds=4.3)
    worker.cancel("memo")
    assert worker.poll("memo").error == "unknown"
    worker.feed("memo", b"late")
    worker.finish("memo", recorded_seconds=1)
    assert worker.poll("memo").error == "unknown"


def test_a_recording_sent_again_takes_the_place_of_the_first(worker):
    """After a cut connection a browser may send its memo once more."""
    worker.submit("memo", PHONE, recorded_seconds=3.2)
    worker.submit("memo", WEBM, recorded_seconds=4.3)
    assert done(worker, "memo").transcript.text == WEBM_WORDS
    worker.cancel("memo")


def test_a_model_that_dies_costs_no_memo(own_worker):
    """Whoever was speaking or waiting still gets their words."""
    own_worker.begin("talking")
    own_worker.feed("talking", WEBM[:9000])
    own_worker.submit("waiting", PHONE, recorded_seconds=3.2)
    eventually(lambda: own_worker.poll("waiting").state == "working")
    own_worker._model.kill()
    own_worker.feed("talking", WEBM[9000:])
    own_worker.finish("talking", recorded_seconds=4.3)
    assert done(own_worker, "waiting").transcript.text == PHONE_WORDS
    assert done(own_worker, "talking").transcript.text == WEBM_WORDS


@pytest.mark.slow
def test_a_model_that_stalls_is_replaced(own_worker):
    eventually(lambda: own_worker.is_loaded)
    stalled = own_worker._model.pid
    psutil.Process(stalled).suspend()
    own_worker.submit("memo", WEBM, recorded_seconds=4.3)
    assert done(own_worker, "memo").transcript.text == WEBM_WORDS
    assert own_worker._model.pid != stalled


@pytest.mark.slow
def test_an_ear_that_stalls_is_given_up_after_three_tries(own_worker):
    """A recording that hangs its decoder holds nobody else up."""
    eventually(lambda: own_worker.is_loaded)
    own_worker.begin("memo")
    own_worker.feed("memo", WEBM)
    for _ in range(3):
        eventually(lambda: own_worker._memos["memo"].ear)
        stalled = own_worker._memos["memo"].ear
        psutil.Process(stalled.pid).suspend()
        own_worker.finish("memo", recorded_seconds=1)
        eventually(lambda gone=stalled: own_worker._memos["memo"].ear is not gone)
    own_worker.submit("other", PHONE, recorded_seconds=3.2)
    assert done(own_worker, "other").transcript.text == PHONE_WORDS
    assert done(own_worker, "memo").error == "unreadable"


def test_without_a_model_memos_wait_until_there_is_one():
    worker = Worker(None, limits=Limits())
    worker.start()
    try:
        assert not worker.has_model
        worker.submit("memo", WEBM, recorded_seconds=4.3)
        assert worker.poll("memo").state == "waiting"
        with pytest.raises(IncompleteModelError):
            worker.load(DATA)
        worker.load(MICRO)
        assert done(worker, "memo").transcript.text == WEBM_WORDS
    finally:
        worker.stop()


def test_a_broken_model_is_given_up_and_hands_the_sound_back(tmp_path):
    """The memo can still be sealed for later."""
    for each in MICRO.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes()[:1000])
    worker = Worker(tmp_path, limits=Limits())
    worker.start()
    try:
        worker.submit("memo", WEBM, recorded_seconds=4.3)
        assert done(worker, "memo").error == "no_model"
        assert not worker.has_model
        assert worker.take_sound("memo") == WEBM
        assert worker.take_sound("memo") == b""
    finally:
        worker.stop()


def test_children_end_with_the_worker():
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    worker = Worker(MICRO, limits=Limits())
    worker.start()
    eventually(lambda: worker.is_loaded)
    worker.begin("memo")
    worker.feed("memo", WEBM[:500])
    eventually(lambda: worker._memos["memo"].ear)
    worker.stop()
    assert {c.pid for c in psutil.Process().children(recursive=True)} <= before
    assert os.getpid() not in before
