"""Speech for measurements: sentences with pauses between them, always the same for a seed."""

import functools
import json
from pathlib import Path

import numpy as np

from tests.support.recordings import decoded, sample

RATE = 16_000
SPOKEN = ("01-manager", "02-phone", "03-forklift", "04-three-sentences", "05-long", "11-noisy")


@functools.cache
def sentences(voices: Path | None) -> list[np.ndarray]:
    """What is said: people reading, or the samples."""
    if voices is None:
        return [sample(f"{name}.flac") for name in SPOKEN]
    rows = json.loads((voices / "libri.json").read_text())
    files = [(voices / row["file"]).read_bytes() for row in rows]
    return [decoded(each, is_own_file=True).samples for each in files]


def talk(seconds: float, *, seed: int, voices: Path | None = None) -> np.ndarray:
    """So many seconds of sentences, half a second to a second and a half between them."""
    chance = np.random.default_rng(seed)
    said = sentences(voices)
    sounds: list[np.ndarray] = []
    while sum(map(len, sounds)) < seconds * RATE:
        pause = np.zeros(int(chance.uniform(0.1, 0.9) * RATE), np.float32)
        sounds += [said[chance.integers(len(said))], pause]
    return np.concatenate(sounds)[: int(seconds * RATE)]
