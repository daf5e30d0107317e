"""The gate on voices that are hard to tell: a word alone, after silence, over a telephone."""

from pathlib import Path

import pytest

from tests.support.recordings import decoded
from transcribe.gate import Gate

CLIPS = Path(__file__).parents[1] / "data" / "speech"
RATE = 16_000


def spoken_seconds(name: str, *, piece_seconds: float = 1000) -> float:
    samples = decoded((CLIPS / f"{name}.ogg").read_bytes()).samples
    gate, step = Gate(), int(piece_seconds * RATE)
    for at in range(0, len(samples), step):
        gate.add(samples[at : at + step])
    gate.finish()
    return sum(run.end - run.start for run in gate.runs) / RATE


@pytest.mark.parametrize("name", ["one-4", "one-16", "late-0", "late-2"])
def test_one_word_passes_alone_and_after_long_silence(name: str):
    assert 0.2 < spoken_seconds(name) < 1


def test_a_telephones_band_is_speech():
    assert spoken_seconds("gate-phone8k-mulaw-01") > 12


def test_a_mouth_is_no_word():
    assert spoken_seconds("mouth-06") == 0


@pytest.mark.parametrize("name", ["late-0", "gate-phone8k-mulaw-01"])
def test_heard_in_pieces_it_is_the_same(name: str):
    """The memory is dropped at the same moment, however the sound came."""
    whole = spoken_seconds(name)
    assert spoken_seconds(name, piece_seconds=0.37) == whole
    assert spoken_seconds(name, piece_seconds=1.0) == whole
