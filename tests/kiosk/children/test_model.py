"""Who stops talking just after a stretch began is not made to wait for two."""

import numpy as np
import pytest

from kiosk.children.model_frames import Ended, Sound
from kiosk.children.recordings import GUESS_SECONDS, Recording, Recordings
from tests.support.places import MICRO
from tests.support.recordings import sample
from transcribe.engine import AbandonedError, WhisperTranscriber
from transcribe.stretches import Stretch
from transcribe.transcript import SAMPLE_RATE

WINDOW_SECONDS = 30.0
TALK = sample("02-phone.flac")[: 7 * SAMPLE_RATE // 2]  # without drawing breath
QUIET = np.zeros(2 * SAMPLE_RATE, np.float32)


def frame(samples: np.ndarray) -> bytes:
    return (samples * 32767).astype(np.int16).tobytes()


def spoken(recordings: Recordings, samples: np.ndarray) -> None:
    recordings.put(Sound(1, "en", is_live=True, blob=frame(samples)))


def first_stretch(recordings: Recordings) -> tuple[Recording, Stretch]:
    """Say a sentence and draw breath: a stretch that closed while its speaker goes on."""
    spoken(recordings, np.concatenate((sample("01-manager.flac"), QUIET)))
    recording = recordings.next()
    return recording, recording.waiting.pop(0)


def test_a_stretch_is_given_up_when_its_speaker_stops_and_the_rest_fits_in() -> None:
    recordings = Recordings(WINDOW_SECONDS)
    recording, stretch = first_stretch(recordings)
    assert not recordings.is_better_heard_whole(recording, stretch)  # the speaker goes on
    spoken(recordings, sample("02-phone.flac"))
    assert not recordings.is_better_heard_whole(recording, stretch)
    recordings.put(Ended(1, "en", is_live=True))
    assert recordings.is_better_heard_whole(recording, stretch)
    recordings.put_back(recording, stretch)
    assert recordings.next() is recording
    both = recording.waiting.pop(0)
    assert both.seconds > stretch.seconds + 1
    assert recording.is_hurried
    assert not recordings.is_better_heard_whole(recording, both)  # or it would never end


def test_a_stretch_is_heard_to_its_end_when_the_rest_needs_a_window_of_its_own() -> None:
    recordings = Recordings(WINDOW_SECONDS)
    recording, stretch = first_stretch(recordings)
    spoken(recordings, np.tile(sample("05-long.flac"), 4))
    recordings.put(Ended(1, "en", is_live=True))
    assert not recordings.is_better_heard_whole(recording, stretch)


def test_a_chosen_language_and_the_screens_are_told_apart() -> None:
    recordings = Recordings(WINDOW_SECONDS)
    samples = np.concatenate((sample("01-manager.flac"), QUIET))
    recordings.put(Sound(1, "en", is_live=True, blob=frame(samples), likely="ar"))
    recording = recordings.next()
    assert (recording.said, recording.likely, recording.language) == ("en", "ar", None)


def test_somebody_else_who_stops_talking_changes_nothing() -> None:
    recordings = Recordings(WINDOW_SECONDS)
    recording, stretch = first_stretch(recordings)
    recordings.put(Ended(2, "en", is_live=True))
    assert not recordings.is_better_heard_whole(recording, stretch)


def test_the_model_stops_half_way_and_hears_the_next_stretch() -> None:
    whisper = WhisperTranscriber(MICRO, cpu_threads=1)
    recordings = Recordings(whisper.window_seconds)
    _, stretch = first_stretch(recordings)
    with pytest.raises(AbandonedError):
        whisper.hear(stretch, language="en", is_pointless=lambda: True)
    segments, _ = whisper.hear(stretch, language="en", is_pointless=lambda: False)
    assert "".join(segment.text for segment in segments) == "My manager Sarah never listens."


@pytest.mark.parametrize(("is_certain", "language"), [(True, "de"), (False, None)])
def test_only_a_language_that_is_certain_is_not_looked_for(
    *, is_certain: bool, language: str | None
) -> None:
    """What was merely chosen is believed, see `WhisperTranscriber.hear`."""
    recordings = Recordings(WINDOW_SECONDS)
    recordings.put(
        Sound(1, "de", is_live=False, blob=frame(sample("02-phone.flac")), is_certain=is_certain)
    )
    recordings.put(Ended(1, "de", is_live=False, is_certain=is_certain))
    recording = recordings.next()
    assert (recording.language, recording.said) == (language, "de")


def test_the_words_of_who_talks_on_are_guessed_and_again_when_more_was_said() -> None:
    recordings = Recordings(WINDOW_SECONDS)
    recordings.pass_seconds = 0.1
    spoken(recordings, TALK)
    recording = recordings.next(may_guess=lambda: True)
    assert not recording.waiting
    assert not recording.is_finished
    assert (
        GUESS_SECONDS <= recording.cutter.so_far().spoken_seconds == recording.cutter.open_seconds
    )
    recording.guessed_seconds = recording.cutter.open_seconds
    spoken(recordings, QUIET)  # closes the stretch, which is more than a guess
    assert recordings.next(may_guess=lambda: True).waiting


def test_where_three_wait_at_once_one_reading_is_followed_for_each() -> None:
    recordings = Recordings(WINDOW_SECONDS)
    for ticket in (1, 2, 3):
        recordings.put(Sound(ticket, "en", is_live=False, blob=frame(sample("02-phone.flac"))))
    for ticket in (1, 2):
        recordings.put(Ended(ticket, "en", is_live=False))
    recordings.next()
    assert not recordings.is_crowded
    recordings.put(Ended(3, "en", is_live=False))
    first = recordings.next()
    assert recordings.is_crowded
    recordings.forget(first.ticket)
    assert not recordings.is_crowded


def test_nobodys_words_are_guessed_while_somebody_waits() -> None:
    recordings = Recordings(WINDOW_SECONDS)
    spoken(recordings, TALK)
    assert not recordings.is_awaited()
    recordings.put(Ended(2, "en", is_live=True))
    assert recordings.is_awaited()
    assert recordings.next(may_guess=lambda: True).ticket == 2
