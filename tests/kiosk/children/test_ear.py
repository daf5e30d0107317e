"""Recordings become samples, or a plain refusal; never anything else."""

import io

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.container import container_of
from capture.errors import CaptureError, UnreadableError, WrongTypeError
from capture.sound import SAMPLE_RATE, pcm_from
from kiosk.children.child import Child
from kiosk.children.ear_frames import FROM_EAR, End, Opening, Piece
from tests.support.places import SAMPLES
from tests.support.recordings import FRAGMENTED, clip_from, decoded, recorded, sample

WEBM = (SAMPLES / "08-browser.webm").read_bytes()
PHONE = (SAMPLES / "09-phone-app.m4a").read_bytes()


def spoken() -> np.ndarray:
    return decoded(WEBM).samples


RECORDERS = {
    "Chromium, Android: WebM": ("webm", "libopus", {}),
    "Chromium in slices: WebM without a length": ("webm", "libopus", {"live": "1"}),
    "Firefox: Ogg": ("ogg", "libopus", {}),
    "iPad: fragmented MP4": ("mp4", "aac", FRAGMENTED),
    "recorder apps: MP4, index last": ("mp4", "aac", {}),
    "Chromium: Opus in MP4": ("mp4", "libopus", FRAGMENTED),
    "Chromium: PCM in WebM": ("matroska", "pcm_f32le", {}),
    "the kiosk's own microphone: WAV": ("wav", "pcm_s16le", {}),
}


@pytest.mark.parametrize("recorder", RECORDERS)
def test_what_browsers_record_is_decoded_whole(recorder):
    """Whoever brings a tablet of whatever make is heard to the end."""
    container, codec, options = RECORDERS[recorder]
    sound = spoken()
    clip = decoded(
        recorded(sound, container, codec, **options),
        recorded_seconds=len(sound) / SAMPLE_RATE,
        limit_seconds=60,
    )
    assert not clip.is_truncated
    assert clip.seconds == pytest.approx(len(sound) / SAMPLE_RATE, abs=0.15)
    assert likeness(clip.samples, sound) > 0.9


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """How alike two sounds are, 0 to 1, at the best offset."""
    size = 1 << (len(one) + len(other)).bit_length()
    product = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)))
    return float(product.max() / (np.linalg.norm(one) * np.linalg.norm(other)))


class Pieces:
    """A recording that arrives in slices and cannot be rewound."""

    def __init__(self, sound: bytes, size: int) -> None:
        self._sound, self._size = io.BytesIO(sound), size

    def read(self, size: int = -1) -> bytes:
        return self._sound.read(min(size, self._size))


@pytest.mark.parametrize("recorder", [name for name in RECORDERS if "index last" not in name])
def test_a_growing_recording_gives_the_same_samples(recorder):
    """Words can come while somebody still talks, and they are the same words."""
    container, codec, options = RECORDERS[recorder]
    sound = recorded(spoken(), container, codec, **options)
    pieces = pcm_from(Pieces(sound, 700), container=container_of(sound), limit_seconds=60)
    grown = np.frombuffer(b"".join(pieces), np.int16).astype(np.float32) / np.float32(32768)
    assert np.array_equal(grown, decoded(sound).samples)


@pytest.mark.parametrize("name", ["02-phone.flac", "08-browser.webm", "09-phone-app.m4a"])
def test_a_process_of_its_own_gives_the_same_samples(name):
    """Without files and sockets, and within its memory, to the bit."""
    ear = Child("kiosk.children.ear")
    for frame in (Opening(60, is_own_file=True), Piece((SAMPLES / name).read_bytes()), End()):
        ear.post(frame)
    try:
        clip = clip_from(lambda: ear.receive(FROM_EAR))
    finally:
        ear.close()
    assert np.array_equal(clip.samples, sample(name))


def test_a_lost_end_is_noticed():
    """Half a memo is not passed off as a whole one."""
    half = WEBM[: len(WEBM) // 2]
    assert decoded(half, recorded_seconds=4.34, limit_seconds=60).is_truncated
    assert not decoded(WEBM, recorded_seconds=4.34, limit_seconds=60).is_truncated


def test_endless_sound_stops_at_the_limit():
    """A small file that unpacks to hours costs us minutes at most."""
    silence = np.zeros(20 * SAMPLE_RATE, np.float32)
    clip = decoded(
        recorded(silence, "webm", "libopus", live="1"), recorded_seconds=None, limit_seconds=3
    )
    assert clip.seconds == 3
    assert clip.is_truncated


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"ffconcat version 1.0\nfile secret.wav",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
        b"#EXTM3U\nhttp://example.org/a.ts\n",
        b"<html>",
        b"fLaC" + bytes(100),
        b"ID3" + bytes(100),
    ],
)
def test_anything_but_a_recording_is_the_wrong_type(body):
    """A playlist that names other files is not even opened."""
    with pytest.raises(WrongTypeError):
        decoded(body)


@pytest.mark.parametrize("head", [WEBM[:200], PHONE[:2000], b"OggS" + bytes(500), b"RIFF0000WAVE"])
def test_a_recording_without_sound_is_unreadable(head):
    with pytest.raises(UnreadableError):
        decoded(head)


def test_a_film_without_sound_is_unreadable():
    target = io.BytesIO()
    with av.open(target, "w", format="matroska") as opened:
        stream = opened.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 32
        opened.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        opened.mux(stream.encode(None))
    with pytest.raises(UnreadableError):
        decoded(target.getvalue())


PLACES = st.lists(st.tuples(st.integers(0, 15_000), st.integers(0, 255)), max_size=40)


def _damage(sound: bytes, places: list[tuple[int, int]], length: int) -> bytes:
    body = bytearray(sound)
    for place, value in places:
        body[place % len(body)] = value
    return bytes(body[:length])


@given(st.builds(_damage, st.sampled_from([WEBM, PHONE]), PLACES, st.integers(20, 28_000)))
def test_damage_means_fewer_samples_or_a_refusal(body):
    """Nothing that arrives makes the decoder do anything else."""
    try:
        clip = decoded(body, recorded_seconds=None, limit_seconds=10)
    except CaptureError:
        return
    assert 0 < clip.seconds <= 10
    assert np.abs(clip.samples).max() <= 1
