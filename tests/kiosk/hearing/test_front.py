"""Hearing turns recordings into words, whatever happens to its children."""

import errno
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import pytest

from kiosk.hearing import ears, model_process
from kiosk.hearing.front import Hearing, MemoState, Patience
from tests.support.places import DATA
from tests.support.recordings import submit, webm_of
from transcribe.models import IncompleteModelError

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


def done(hearing: Hearing, memo_id: str, *, within: float = 90) -> MemoState:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        state = hearing.poll(memo_id)
        if state.stage.is_over:
            return state
        time.sleep(0.02)
    raise AssertionError(f"not done: {hearing.poll(memo_id)}")


def eventually(holds: object, *, within: float = 40) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(scope="module")
def hearing() -> Iterator[Hearing]:
    hearing = Hearing(MICRO, limits=Limits())
    hearing.start()
    yield hearing
    hearing.stop()


@pytest.fixture
def own_hearing() -> Iterator[Hearing]:
    """For tests that break it."""
    hearing = Hearing(MICRO, limits=Limits(), patience=Patience(ear=4, model=8))
    hearing.start()
    yield hearing
    hearing.stop()


@pytest.mark.parametrize(("sound", "words"), [(WEBM, WEBM_WORDS), (PHONE, PHONE_WORDS)])
def test_a_whole_recording_becomes_its_words(hearing, sound, words):
    submit(hearing, "memo", sound, recorded_seconds=None)
    state = done(hearing, "memo")
    assert state.transcript.text == words
    assert state.progress == 1
    hearing.cancel("memo")


@pytest.mark.parametrize(("sound", "words"), [(WEBM, WEBM_WORDS), (PHONE, PHONE_WORDS)])
def test_a_recording_fed_in_pieces_becomes_the_same_words(hearing, sound, words):
    """It is transcribed while its visitor talks."""
    hearing.begin("memo")
    for at in range(0, len(sound), 1500):
        hearing.feed("memo", sound[at : at + 1500])
    hearing.finish("memo", recorded_seconds=None)
    assert done(hearing, "memo").transcript.text == words
    hearing.cancel("memo")


def test_words_appear_before_the_end(hearing):
    """Whoever wants to may watch their words come."""
    sound = webm_of("05-long.flac")
    hearing.begin("memo")
    hearing.feed("memo", sound[: len(sound) * 3 // 4])
    eventually(lambda: "Kevin" in hearing.poll("memo").words_so_far)
    hearing.feed("memo", sound[len(sound) * 3 // 4 :])
    hearing.finish("memo", recorded_seconds=None)
    assert done(hearing, "memo").transcript.text.endswith("Thank you for listening.")
    hearing.cancel("memo")


@pytest.mark.parametrize(
    ("sound", "code"),
    [
        (b"ffconcat version 1.0\nfile secret.wav", "wrong_type"),
        (b"", "wrong_type"),
        (b"\x1a\x45\xdf\xa3" + bytes(200), "unreadable"),
        (bytes(1_000_001), "too_large"),
    ],
)
def test_what_is_no_memo_is_refused_with_a_reason(hearing, sound, code):
    submit(hearing, "memo", sound, recorded_seconds=None)
    assert done(hearing, "memo").fault == code
    hearing.cancel("memo")


def test_silence_gives_no_words(hearing):
    submit(hearing, "memo", webm_of("06-silence.flac"), recorded_seconds=5)
    assert done(hearing, "memo").fault == "nothing_heard"
    hearing.cancel("memo")


def test_a_lost_end_is_told(hearing):
    submit(hearing, "memo", WEBM, recorded_seconds=9)
    assert done(hearing, "memo").is_truncated
    hearing.cancel("memo")


def test_the_queue_is_fair_and_its_place_is_visible(hearing):
    """Ten people stop at once: each sees how many come before, and nobody is lost."""
    ids = [f"memo{number}" for number in range(10)]
    for memo_id in ids:
        submit(hearing, memo_id, WEBM, recorded_seconds=4.3)
    assert [hearing.poll(memo_id).place for memo_id in ids][-1] >= 7
    ready_at = {}
    while len(ready_at) < len(ids):
        for memo_id in ids:
            if hearing.poll(memo_id).stage == "ready":
                ready_at.setdefault(memo_id, time.monotonic())
        time.sleep(0.01)
    assert sorted(ids, key=ready_at.get) == ids
    for memo_id in ids:
        assert hearing.poll(memo_id).transcript.text == WEBM_WORDS
        hearing.cancel(memo_id)


def test_a_forgotten_memo_is_gone(hearing):
    submit(hearing, "memo", WEBM, recorded_seconds=4.3)
    hearing.cancel("memo")
    assert hearing.poll("memo").fault == "unknown"
    hearing.feed("memo", b"late")
    hearing.finish("memo", recorded_seconds=1)
    assert hearing.poll("memo").fault == "unknown"


def test_a_recording_sent_again_takes_the_place_of_the_first(hearing):
    """After a cut connection a browser may send its memo once more."""
    submit(hearing, "memo", PHONE, recorded_seconds=3.2)
    submit(hearing, "memo", WEBM, recorded_seconds=4.3)
    assert done(hearing, "memo").transcript.text == WEBM_WORDS
    hearing.cancel("memo")


def test_a_model_that_dies_costs_no_memo(own_hearing):
    """Whoever was speaking or waiting still gets their words."""
    own_hearing.begin("talking")
    own_hearing.feed("talking", WEBM[:9000])
    submit(own_hearing, "waiting", PHONE, recorded_seconds=3.2)
    eventually(lambda: own_hearing.poll("waiting").stage.is_started)
    own_hearing._minder.model.kill()
    own_hearing.feed("talking", WEBM[9000:])
    own_hearing.finish("talking", recorded_seconds=4.3)
    assert done(own_hearing, "waiting").transcript.text == PHONE_WORDS
    assert done(own_hearing, "talking").transcript.text == WEBM_WORDS


@pytest.mark.slow
def test_a_model_that_stalls_is_replaced(own_hearing):
    eventually(lambda: own_hearing.is_loaded)
    stalled = own_hearing._minder.model.pid
    psutil.Process(stalled).suspend()
    submit(own_hearing, "memo", WEBM, recorded_seconds=4.3)
    assert done(own_hearing, "memo").transcript.text == WEBM_WORDS
    assert own_hearing._minder.model.pid != stalled


@pytest.mark.slow
def test_an_ear_that_stalls_is_given_up_after_three_tries(own_hearing):
    """A recording that hangs its decoder holds nobody else up."""
    eventually(lambda: own_hearing.is_loaded)
    own_hearing.begin("memo")
    own_hearing.feed("memo", WEBM)
    for _ in range(3):
        ears = own_hearing._minder.ears
        eventually(lambda ears=ears: ears.pid_of("memo"))
        stalled = ears.pid_of("memo")
        psutil.Process(stalled).suspend()
        own_hearing.finish("memo", recorded_seconds=1)
        eventually(lambda ears=ears, gone=stalled: ears.pid_of("memo") != gone)
    submit(own_hearing, "other", PHONE, recorded_seconds=3.2)
    assert done(own_hearing, "other").transcript.text == PHONE_WORDS
    assert done(own_hearing, "memo").fault == "unreadable"


def test_without_a_model_memos_wait_until_there_is_one():
    hearing = Hearing(None, limits=Limits())
    hearing.start()
    try:
        assert not hearing.has_model
        submit(hearing, "memo", WEBM, recorded_seconds=4.3)
        assert hearing.poll("memo").stage == "waiting"
        with pytest.raises(IncompleteModelError):
            hearing.load(DATA)
        hearing.load(MICRO)
        assert done(hearing, "memo").transcript.text == WEBM_WORDS
    finally:
        hearing.stop()


def test_a_broken_model_is_given_up_and_hands_the_sound_back(tmp_path):
    """The memo can still be sealed for later."""
    for each in MICRO.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes()[:1000])
    hearing = Hearing(tmp_path, limits=Limits())
    hearing.start()
    try:
        submit(hearing, "memo", WEBM, recorded_seconds=4.3)
        assert done(hearing, "memo").fault == "no_model"
        assert not hearing.has_model
        assert hearing.take_sound("memo") == WEBM
        assert hearing.take_sound("memo") == b""
    finally:
        hearing.stop()


def test_children_end_with_the_worker():
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    hearing = Hearing(MICRO, limits=Limits())
    hearing.start()
    eventually(lambda: hearing.is_loaded)
    hearing.begin("memo")
    hearing.feed("memo", WEBM[:500])
    eventually(lambda: hearing._minder.ears.pid_of("memo"))
    hearing.stop()
    assert {c.pid for c in psutil.Process().children(recursive=True)} <= before
    assert os.getpid() not in before


def test_a_machine_without_a_free_process_is_asked_again(own_hearing, monkeypatch):
    """Too many processes for a moment: whoever speaks then waits, and nothing ends for good."""
    refused: list[str] = []

    def none_left(module: str, *_arguments: str) -> None:
        refused.append(module)
        raise BlockingIOError(errno.EAGAIN, "no process left")

    eventually(lambda: own_hearing.is_loaded)
    with monkeypatch.context() as no_ears:
        no_ears.setattr(ears, "Child", none_left)
        with monkeypatch.context() as no_model:
            no_model.setattr(model_process, "Child", none_left)
            submit(own_hearing, "memo", WEBM, recorded_seconds=4.3)
            eventually(lambda: "kiosk.children.ear" in refused)
            own_hearing._minder.model.kill()
            eventually(lambda: "kiosk.children.model" in refused)
        eventually(lambda: own_hearing.is_loaded)
        assert own_hearing.poll("memo").stage == "waiting"
    assert done(own_hearing, "memo").transcript.text == WEBM_WORDS
