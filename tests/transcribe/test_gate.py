"""Where nobody speaks, no words come: the fixed set of sounds that are not speech."""

import functools
import io
import wave

import numpy as np
import pytest
from faster_whisper import WhisperModel
from hypothesis import given
from hypothesis import strategies as st

from tests.support.places import MICRO
from tests.support.recordings import sample
from transcribe.engine import WhisperTranscriber
from transcribe.gate import Gate, Run
from transcribe.voice import reading_voice

RATE = 16_000
SECONDS = 8
TIME = np.arange(SECONDS * RATE) / RATE


def noise(*, low: float = 0, high: float = RATE / 2, slope: float = 0, seed: int = 1) -> np.ndarray:
    """Random sound between two pitches; slope 1 is pink, 2 brown."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(len(TIME)))
    pitch = np.fft.rfftfreq(len(TIME), 1 / RATE)
    spectrum *= (pitch >= low) & (pitch <= high)
    spectrum /= np.maximum(pitch, 20) ** (slope / 2)
    sound = np.fft.irfft(spectrum, len(TIME))
    return sound / np.abs(sound).max()


def tone(pitch: float, *, harmonics: int = 1) -> np.ndarray:
    parts = [np.sin(2 * np.pi * pitch * n * TIME) / n for n in range(1, harmonics + 1)]
    return np.sum(parts, axis=0) / harmonics


def struck(sound: np.ndarray, *, every: float, fading: float, uneven: float = 0) -> np.ndarray:
    """Let a sound ring as if struck every so many seconds."""
    chance = np.random.default_rng(7)
    at, loudness = 0.1, np.zeros(len(TIME))
    while at < SECONDS:
        since = TIME - at
        loudness = np.maximum(loudness, (since >= 0) * np.exp(-np.abs(since) / fading))
        at += every * (1 + uneven * chance.uniform(-1, 1))
    return sound * loudness


def melody(*, harmonics: int, fading: float) -> np.ndarray:
    pitches = 262 * 2 ** (np.array([0, 4, 7, 12, 7, 4, 2, 5, 9, 14, 9, 5, 7, 11, 14, 19]) / 12)
    notes = []
    for number in range(SECONDS * 2):
        since = np.arange(RATE // 2) / RATE
        pitch = pitches[number % len(pitches)]
        parts = [np.sin(2 * np.pi * pitch * n * since) / n for n in range(1, harmonics + 1)]
        notes.append(np.sum(parts, axis=0) * np.exp(-since / fading))
    return np.concatenate(notes) / harmonics


def breath() -> np.ndarray:
    return noise(low=300, high=4000, slope=1) * np.maximum(0, np.sin(2 * np.pi * 0.3 * TIME)) ** 2


def swelling(pitch: float, *, every: float) -> np.ndarray:
    """A motor under changing load, as often as every so many seconds."""
    return 0.5 * tone(pitch, harmonics=24) * (1 + 0.6 * np.sin(2 * np.pi * TIME / every))


SOUNDS = {
    "nothing at all": lambda: np.zeros(len(TIME)),
    "a quiet room": lambda: 0.002 * noise(slope=1),
    "white noise": lambda: 0.3 * noise(),
    "loud white noise": noise,
    "pink noise": lambda: 0.4 * noise(slope=1),
    "a ventilator": lambda: 0.3 * noise(high=900, slope=2) + 0.1 * tone(120, harmonics=3),
    "rain": lambda: 0.2 * noise(low=2000),
    "mains hum": lambda: 0.3 * tone(50, harmonics=8),
    "hum of 60 Hz": lambda: 0.5 * tone(60, harmonics=12),
    "a refrigerator": lambda: 0.2 * tone(100, harmonics=4) + 0.05 * noise(slope=1),
    "a test tone": lambda: 0.5 * tone(440),
    "a whistle": lambda: 0.4 * tone(1800),
    "an alarm": lambda: 0.5 * tone(900, harmonics=3) * (np.sin(2 * np.pi * 2 * TIME) > 0),
    "a siren": lambda: 0.5 * np.sin(2 * np.pi * (700 * TIME + 150 * np.sin(2 * np.pi * TIME / 2))),
    "a piano": lambda: melody(harmonics=5, fading=0.25),
    "an organ": lambda: 0.6 * melody(harmonics=8, fading=9),
    "a flute": lambda: 0.5 * melody(harmonics=2, fading=2),
    "a chord": lambda: sum(tone(pitch, harmonics=4) for pitch in (262, 330, 392)) / 3,
    "drums": lambda: 0.8 * struck(noise(high=3000, slope=1), every=0.5, fading=0.05),
    "a keyboard": lambda: 0.3 * struck(noise(low=1500), every=0.17, fading=0.008, uneven=0.6),
    "heavy typing": lambda: struck(noise(low=400, slope=1), every=0.22, fading=0.02, uneven=0.7),
    "knocks": lambda: struck(tone(180, harmonics=3), every=0.6, fading=0.03, uneven=0.3),
    "steps": lambda: 0.6 * struck(noise(high=300, slope=1), every=0.55, fading=0.06),
    "breath": lambda: 0.3 * breath(),
    "breath close by": breath,
    "a machine": lambda: 0.5 * tone(75, harmonics=20) * (1 + 0.4 * np.sin(2 * np.pi * 7 * TIME)),
    "a drill": lambda: swelling(150, every=1 / 6) + 0.1 * noise(slope=1),
    "a drill that pulses": lambda: swelling(180, every=1 / 3) + 0.1 * noise(slope=1),
    "knuckles on a table": lambda: struck(
        tone(200, harmonics=4) + 0.3 * noise(high=2000, slope=1), every=0.8, fading=0.02, uneven=0.3
    ),
}  # fmt: skip


@functools.cache
def whisper() -> WhisperTranscriber:
    return WhisperTranscriber(MICRO, cpu_threads=1)


@pytest.mark.parametrize("sound", SOUNDS)
def test_what_is_not_speech_gives_no_words(sound):
    """An invented sentence would be put into somebody's mouth."""
    samples = SOUNDS[sound]().astype(np.float32)
    assert whisper().transcribe(samples, language=None, on_progress=None).text == ""


def test_the_bare_model_would_have_invented_words():
    """The set is worth something: without the gate, some of it becomes sentences."""
    bare = WhisperModel(str(MICRO), device="cpu", compute_type="int8", cpu_threads=1)
    texts = []
    for sound in ("a test tone", "an organ", "a machine", "a chord"):
        segments, _ = bare.transcribe(SOUNDS[sound]().astype(np.float32))
        texts.append("".join(segment.text for segment in segments))
    assert any(texts)


@pytest.mark.parametrize(
    ("noisy", "loudness"), [("a quiet room", 1), ("mains hum", 0.2), ("a ventilator", 0.1)]
)
def test_speech_is_heard_through_them(noisy, loudness):
    """A gate that let nobody through would pass every test above."""
    speech = sample("03-forklift.flac")
    samples = speech + loudness * SOUNDS[noisy]().astype(np.float32)[: len(speech)]
    heard = whisper().transcribe(samples.astype(np.float32), language=None, on_progress=None).text
    assert heard == "The forklift in the warehouse is not safe."


@pytest.mark.skipif(reading_voice() is None, reason="needs espeak-ng")
@pytest.mark.parametrize("word", ["No.", "Yes.", "Stop it.", "Why?", "Pay.", "Too hot."])
def test_one_short_word_is_heard_in_perfect_silence(word):
    """As a browser that takes noise out would send it; a knock must not be told by its quiet."""
    with wave.open(io.BytesIO(reading_voice().read(word))) as opened:
        frames, rate = opened.readframes(opened.getnframes()), opened.getframerate()
    spoken = np.frombuffer(frames, np.int16).astype(np.float32) / 32768
    places = np.arange(int(len(spoken) * RATE / rate)) * rate / RATE
    samples = np.interp(places, np.arange(len(spoken)), spoken).astype(np.float32)
    quiet = np.zeros(RATE // 2, np.float32)
    gate = Gate()
    gate.add(np.concatenate((quiet, samples, quiet)))
    gate.finish()
    assert gate.runs


@given(st.lists(st.integers(1, 40_000), min_size=1, max_size=12))
def test_piece_by_piece_the_gate_judges_the_same(cuts):
    """Live and afterwards agree on who spoke when, to the sample."""
    speech = sample_of_pauses()
    at_once, growing = Gate(), Gate()
    at_once.add(speech)
    at_once.finish()
    at = 0
    for cut in cuts:
        growing.add(speech[at : at + cut])
        at += cut
    growing.add(speech[at:])
    growing.finish()
    assert growing.runs == at_once.runs != []


@functools.cache
def sample_of_pauses() -> np.ndarray:
    return sample("12-pauses.flac")


def test_speech_without_a_pause_is_cut_where_it_is_weakest():
    gate = Gate()
    gate.add(np.tile(sample("03-forklift.flac")[6000:42_000], 10))
    gate.runs, gate.speaking_since = [Run(0, gate.heard)], None
    assert gate.split(5 * RATE, search=2 * RATE)
    first, second = gate.runs
    assert (first.start, second.end) == (0, gate.heard)
    assert first.end == second.start
    assert 3 * RATE <= first.end <= 5 * RATE
