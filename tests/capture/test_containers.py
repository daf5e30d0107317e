"""Recordings that people bring: several tracks, several recordings in one file, odd channels."""

import io

import av
import numpy as np
import pytest

from capture.container import container_of
from capture.sound import SAMPLE_RATE
from tests.support.recordings import FRAGMENTED, decoded, recorded, sample

RATE = 48_000


@pytest.fixture(scope="module")
def spoken() -> np.ndarray:
    return sample("01-manager.flac")


def loudness(samples: np.ndarray) -> float:
    return float(np.sqrt((samples**2).mean()))


@pytest.mark.parametrize(
    ("container", "codec", "options"),
    [
        ("webm", "libopus", {"live": "1"}),
        ("ogg", "libopus", {}),
        ("wav", "pcm_s16le", {}),
        ("mp4", "aac", FRAGMENTED),
        ("mp4", "aac", {}),  # its index comes last
    ],
)
def test_a_recorder_that_was_started_again_loses_nothing(spoken, container, codec, options):
    one = recorded(spoken, container, codec, **options)
    seconds = decoded(one).seconds
    assert decoded(one + one).seconds == pytest.approx(2 * seconds, abs=0.1)
    assert decoded(one * 3).seconds == pytest.approx(3 * seconds, abs=0.15)


def test_a_second_recording_still_ends_at_the_limit(spoken):
    one = recorded(spoken, "webm", "libopus", live="1")
    assert decoded(one * 3, limit_seconds=4).seconds == pytest.approx(4, abs=0.01)


def test_a_damaged_second_recording_does_not_cost_the_first(spoken):
    one = recorded(spoken, "webm", "libopus", live="1")
    assert decoded(one + one[:100]).seconds == pytest.approx(decoded(one).seconds, abs=0.05)


def two_tracks(first: np.ndarray, second: np.ndarray) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="webm") as opened:
        streams = [opened.add_stream("libopus", rate=RATE, layout="mono") for _ in range(2)]
        for stream, samples in zip(streams, (first, second), strict=True):
            frame = av.AudioFrame.from_ndarray(
                (samples * 32767).astype(np.int16).reshape(1, -1), format="s16", layout="mono"
            )
            frame.sample_rate = SAMPLE_RATE
            resampler = av.AudioResampler(
                format=stream.codec_context.format, layout="mono", rate=RATE, frame_size=960
            )
            for part in (*resampler.resample(frame), *resampler.resample(None)):
                opened.mux(stream.encode(part))
            opened.mux(stream.encode(None))
    return target.getvalue()


def test_a_silent_track_is_passed_by(spoken):
    """Screen recorders write one for the system's sound, and put it first."""
    silent = np.zeros_like(spoken)
    wanted = loudness(decoded(recorded(spoken, "webm", "libopus")).samples)
    for tracks in ((silent, spoken), (spoken, silent)):
        heard = decoded(two_tracks(*tracks))
        assert loudness(heard.samples) == pytest.approx(wanted, rel=0.1)
    assert loudness(decoded(two_tracks(silent, silent)).samples) < 0.001


def stereo(left: np.ndarray, right: np.ndarray) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="wav") as opened:
        stream = opened.add_stream("pcm_s16le", rate=SAMPLE_RATE, layout="stereo")
        both = (np.column_stack((left, right)) * 32767).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(both, format="s16", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        opened.mux(stream.encode(frame))
        opened.mux(stream.encode(None))
    return target.getvalue()


def test_channels_that_cancel_each_other_are_not_mixed(spoken):
    heard = decoded(stereo(spoken, -spoken)).samples
    assert loudness(heard) == pytest.approx(loudness(spoken), rel=0.05)
    assert len(heard) == pytest.approx(len(spoken), abs=800)


def test_two_voices_on_two_channels_are_both_heard(spoken):
    other = sample("03-forklift.flac")[: len(spoken)]
    voice = spoken[: len(other)]
    heard = decoded(stereo(voice, other)).samples[: len(other)]
    assert abs(np.corrcoef(heard, (voice + other)[: len(heard)])[0, 1]) > 0.98


def test_a_head_is_named_whatever_the_recording_is_called(spoken):
    for container, codec, name in (("webm", "libopus", "matroska"), ("mp4", "aac", "mov")):
        assert container_of(recorded(spoken, container, codec)[:12]) == name
