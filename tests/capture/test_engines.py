"""What other engines than Chromium recorded of a sentence, whole and a few bytes at a time."""

import io

import numpy as np
import pytest

from capture.container import container_of
from capture.sound import pcm_from
from tests.support.places import DATA
from tests.support.recordings import sample

RECORDED = DATA / "recorded"
CONTAINERS = {"firefox.webm": "matroska", "webkit-linux.mp4": "mov"}


class Growing:
    """A recording of which a few bytes come at a time, as from a browser that still records."""

    def __init__(self, whole: bytes, step: int) -> None:
        self._left, self._step = whole, step

    def read(self, size: int = -1, /) -> bytes:
        size = min(size, self._step) if size >= 0 else self._step
        taken, self._left = self._left[:size], self._left[size:]
        return taken


def likeness(heard: np.ndarray, said: np.ndarray) -> float:
    """How like what was said is the stretch most like it, from 0 to 1."""
    size, lags = len(heard) + len(said), len(heard) - len(said) + 1
    alike = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)[:lags]
    loud = np.cumsum(np.concatenate([[0.0], heard.astype(np.float64) ** 2]))
    power = (loud[len(said) :] - loud[: -len(said)]) * np.sum(said.astype(np.float64) ** 2)
    return float(np.max(alike / np.sqrt(np.maximum(power, 1e-3))))


@pytest.mark.parametrize("step", [0, 20, 700], ids=["whole", "20 bytes", "700 bytes"])
@pytest.mark.parametrize("name", CONTAINERS)
def test_the_sentence_is_heard_in_what_an_engine_recorded(name: str, step: int) -> None:
    raw = (RECORDED / name).read_bytes()
    assert container_of(raw) == CONTAINERS[name]
    source = Growing(raw, step) if step else io.BytesIO(raw)
    pcm = b"".join(pcm_from(source, container=CONTAINERS[name], limit_seconds=60))
    heard = np.frombuffer(pcm, np.int16) / np.float32(32768)
    said = sample("10-homophone.flac")
    # Firefox takes noise away, and so some of the voice: .78; WebKit takes nothing: .998.
    assert likeness(heard, said) > 0.7
    assert likeness(heard, sample("01-manager.flac")) < 0.5  # another sentence
