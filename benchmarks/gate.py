#!/usr/bin/env python3
"""Does the speech gate let through what is no speech, and does it let speech through?

    python benchmarks/gate.py [--seed N] [--sounds 300]

Sounds of random pitch, rhythm and loudness that are not speech go through gate and sample model:
each that becomes words is printed. Then the sample sentences are mixed with noise, ever louder.
The gate was tuned on the sounds of seeds 20261122 and 777; take another.
"""

import argparse
import secrets
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.support.places import SAMPLES
from tests.support.recordings import sample
from tests.transcribe.test_gate import RATE, SECONDS, TIME, noise, tone, whisper
from transcribe.gate import Gate

SPEECH = [
    path.name for path in sorted(SAMPLES.glob("*.flac")) if path.name[:2] not in {"06", "07"}
]  # silence, noise


class Sounds:
    """Draws sounds that nobody said; samples at 16 kHz, at most 1."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self.kinds = (
            self.noise, self.tone, self.music, self.keyboard, self.knocks, self.breath,
            self.machine, self.siren,
        )  # fmt: skip

    def draw(self) -> tuple[str, np.ndarray]:
        """Return what a sound is and its samples."""
        kind = self.kinds[self._chance.integers(len(self.kinds))]
        return kind.__name__, (self._from(0.02, 1) * kind()).astype(np.float32)

    def noise(self) -> np.ndarray:
        return self._noise(self._from(0, 1000), self._from(1500, 8000), self._from(0, 2.5))

    def tone(self) -> np.ndarray:
        return tone(self._from(40, 3000), harmonics=self._count(1, 20))

    def music(self) -> np.ndarray:
        harmonics, fading = self._count(1, 12), self._from(0.05, 3)
        lowest, length = self._from(80, 600), int(self._chance.choice([2, 4, 8, 12]) * RATE / 16)
        since = np.arange(length) / RATE
        chords = [
            sum(
                np.sin(2 * np.pi * lowest * 2 ** (step / 12) * n * since) / n
                for step in self._chance.integers(-5, 20, size=self._count(1, 4))
                for n in range(1, harmonics + 1)
            )
            * np.exp(-since / fading)
            for _ in range(len(TIME) // length + 1)
        ]
        sound = np.concatenate(chords)[: len(TIME)]
        return sound / np.abs(sound).max()

    def keyboard(self) -> np.ndarray:
        sound = self._noise(self._from(200, 2000), RATE / 2, self._from(0, 1))
        return self._struck(sound, self._from(0.1, 0.4), self._from(0.004, 0.03))

    def knocks(self) -> np.ndarray:
        sound = tone(self._from(80, 500), harmonics=self._count(1, 6))
        sound = sound + 0.3 * self._noise(0, 2000, 1)
        return self._struck(
            sound / np.abs(sound).max(), self._from(0.3, 1.2), self._from(0.01, 0.1)
        )

    def breath(self) -> np.ndarray:
        sound = self._noise(self._from(100, 500), self._from(2000, 6000), self._from(0.5, 1.5))
        swell = np.maximum(0, np.sin(2 * np.pi * self._from(0.15, 0.6) * TIME))
        return sound * swell ** self._from(1, 4)

    def machine(self) -> np.ndarray:
        load = 1 + self._from(0.1, 0.9) * np.sin(2 * np.pi * self._from(1, 15) * TIME)
        motor = tone(self._from(30, 200), harmonics=self._count(5, 30))
        return 0.5 * motor * load + 0.1 * self._noise(0, RATE / 2, 1)

    def siren(self) -> np.ndarray:
        swing = self._from(50, 400) * np.sin(2 * np.pi * self._from(0.2, 3) * TIME)
        return np.sin(2 * np.pi * (self._from(300, 1500) * TIME + swing))

    def _from(self, low: float, high: float) -> float:
        return float(self._chance.uniform(low, high))

    def _count(self, low: int, high: int) -> int:
        return int(self._chance.integers(low, high))

    def _noise(self, low: float, high: float, slope: float) -> np.ndarray:
        return noise(low=low, high=high, slope=slope, seed=self._count(0, 1 << 30))

    def _struck(self, sound: np.ndarray, every: float, fading: float) -> np.ndarray:
        at, loudness, uneven = 0.1, np.zeros(len(TIME)), self._from(0, 0.9)
        while at < SECONDS:
            since = TIME - at
            loudness = np.maximum(loudness, (since >= 0) * np.exp(-np.abs(since) / fading))
            at += max(0.05, every * (1 + uneven * self._from(-1, 1)))
        return sound * loudness


def heard(samples: np.ndarray) -> bool:
    """Say whether the gate lets anything through."""
    gate = Gate()
    gate.add(samples)
    gate.finish()
    return bool(gate.runs)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the speech gate.")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 30))
    parser.add_argument("--sounds", type=int, default=300)
    arguments = parser.parse_args()
    sounds = Sounds(arguments.seed)
    drawn: Counter[str] = Counter()
    with_words: Counter[str] = Counter()
    for _ in range(arguments.sounds):
        kind, samples = sounds.draw()
        drawn[kind] += 1
        if words := whisper().transcribe(samples, language=None, on_progress=None).text:
            with_words[kind] += 1
            print(f"  {kind}: {words}")
    print(f"seed {arguments.seed}: words from {with_words.total()} of {drawn.total()} sounds")
    print(f"  {dict(drawn)}")
    for decibel in (20, 10, 5, 0):
        found = 0
        for name in SPEECH:
            speech = sample(name)
            other = np.resize(sounds.noise() if len(name) % 2 else sounds.machine(), len(speech))
            share = np.sqrt((speech**2).mean() / (other**2).mean()) * 10 ** (-decibel / 20)
            found += heard((speech + share * other).astype(np.float32))
        print(f"speech {decibel:2} dB above a noise: heard {found} of {len(SPEECH)}")


if __name__ == "__main__":
    main()
