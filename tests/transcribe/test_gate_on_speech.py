"""The gate on voices that are hard to tell: a word alone, after silence, over a telephone."""

from pathlib import Path

import numpy as np
import pytest

from tests.support.recordings import decoded
from transcribe.gate import Gate
from transcribe.stretches import MOST_DOUBTFUL, Cutter, whole

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


@pytest.mark.parametrize("name", ["late-1", "mouth-06"])
def test_what_may_be_a_word_is_kept_for_the_model_to_say(name: str):
    """In the gate's figures a faint "No" and a mouth are alike."""
    cutter = Cutter(whole(30.0))
    cutter.add(decoded((CLIPS / f"{name}.ogg").read_bytes()).samples)
    cutter.finish()
    assert not [*cutter.stretches()]
    assert 0 < len(cutter.doubtful()) <= MOST_DOUBTFUL


def test_nothing_is_doubtful_beside_speech_or_in_silence():
    spoken, silent = Cutter(whole(30.0)), Cutter(whole(30.0))
    clips = [decoded((CLIPS / f"{name}.ogg").read_bytes()).samples for name in ("one-4", "late-1")]
    spoken.add(np.concatenate(clips))
    silent.add(np.zeros(5 * RATE, np.float32))
    for cutter in (spoken, silent):
        cutter.finish()
        assert not cutter.doubtful()
    assert [*spoken.stretches()]
    assert not spoken.doubtful()


def test_a_mouth_is_no_word():
    assert spoken_seconds("mouth-06") == 0


@pytest.mark.parametrize("name", ["late-0", "gate-phone8k-mulaw-01"])
def test_heard_in_pieces_it_is_the_same(name: str):
    """The memory is dropped at the same moment, however the sound came."""
    whole = spoken_seconds(name)
    assert spoken_seconds(name, piece_seconds=0.37) == whole
    assert spoken_seconds(name, piece_seconds=1.0) == whole
