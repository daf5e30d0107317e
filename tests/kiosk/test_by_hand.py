"""An operator's sound files go the way of a memo, and are decoded where they can do no harm."""

from collections.abc import Iterator

import pytest

from capture.errors import UnreadableError, WrongTypeError
from kiosk import by_hand
from kiosk.commands.transcribe import FileLimits
from kiosk.hearing.front import Hearing
from tests.support.places import MICRO, SAMPLES
from transcribe.transcript import TranscribeError, Transcript

WORDS = {
    "01-manager.flac": "My manager Sarah never listens.",
    "08-browser.webm": "My boss Olga changes the schedule without warning.",
    "09-phone-app.m4a": "Please fix the coffee machine in the break room.",
}


@pytest.fixture(scope="module")
def hearing() -> Iterator[Hearing]:
    hearing = Hearing(MICRO, limits=FileLimits(memo_seconds=4))
    hearing.start()
    yield hearing
    hearing.stop()


def transcript_of(sound: bytes, hearing: Hearing) -> Transcript:
    return by_hand.transcribe(sound, hearing, language=None, on_progress=lambda _: None)


@pytest.mark.parametrize("name", WORDS)
def test_a_file_gives_its_words(name: str, hearing: Hearing) -> None:
    transcript = transcript_of((SAMPLES / name).read_bytes(), hearing)
    assert transcript.text == WORDS[name]
    assert transcript.segments[0].words[0].probability > 0


def test_a_long_file_ends_at_the_limit(hearing: Hearing) -> None:
    assert transcript_of((SAMPLES / "05-long.flac").read_bytes(), hearing).seconds == 7


def test_a_file_without_speech_has_no_words_and_is_no_failure(hearing: Hearing) -> None:
    transcript = transcript_of((SAMPLES / "06-silence.flac").read_bytes(), hearing)
    assert transcript.text == ""
    assert transcript.seconds > 1


def test_a_file_that_cannot_be_decoded_says_why(hearing: Hearing) -> None:
    with pytest.raises(WrongTypeError):
        transcript_of(b"ffconcat version 1.0\nfile secret.wav", hearing)
    with pytest.raises(UnreadableError):
        transcript_of((SAMPLES / "08-browser.webm").read_bytes()[:200], hearing)


def test_a_model_that_cannot_be_loaded_says_so(tmp_path) -> None:
    for each in MICRO.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes()[:1000])
    hearing = Hearing(tmp_path, limits=FileLimits())
    hearing.start()
    try:
        with pytest.raises(TranscribeError):
            transcript_of((SAMPLES / "08-browser.webm").read_bytes(), hearing)
    finally:
        hearing.stop()
