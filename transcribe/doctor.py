"""How fast this machine turns speech into words, and which model that speaks for."""

import time
from pathlib import Path

import numpy as np

from transcribe.catalogue import CATALOGUE, Offer, offer
from transcribe.transcript import SAMPLE_RATE

SECONDS = 20.0  # of sound to measure with: most of one window of 30
COMFORTABLE = 0.5  # real-time factor below which words keep up with two people who talk at once
# What tiny needs for a window on the machine of the catalogue's figures, by the micro-benchmark.
REFERENCE_SECONDS = 0.105
UNSURE = 2  # by so much that may be wrong


def real_time_factor(folder: Path, *, cpu_threads: int = 2) -> float:
    """Transcribe for a few seconds; return seconds of work for a second of speech.

    The sound is a sentence, over and over: a murmur made the model try each of its temperatures,
    and took three times as long as people's speech does.
    """
    from transcribe.engine import WhisperTranscriber  # noqa: PLC0415  # half a second to import
    from transcribe.gate import Run  # noqa: PLC0415
    from transcribe.stretches import Stretch  # noqa: PLC0415
    from transcribe.trial import sentence  # noqa: PLC0415

    engine = WhisperTranscriber(folder, cpu_threads=cpu_threads)
    said = sentence()
    samples = np.tile(said, int(SECONDS * SAMPLE_RATE / len(said)) + 1)[
        : int(SECONDS * SAMPLE_RATE)
    ]
    stretch = Stretch(samples, (Run(0, len(samples)),), SECONDS)
    best = float("inf")
    for _ in range(2):
        started = time.perf_counter()
        engine.hear(stretch, language="en")
        best = min(best, time.perf_counter() - started)
    return best / SECONDS


def recommend(factor: float | None, *, installed: str = "") -> str:
    """Say in one or two sentences which model fits this machine.

    Args:
        factor: What `real_time_factor` found for the installed model; None: none is installed.
        installed: That model's name, if it is one of the catalogue.
    """
    if factor is None:
        fits = fitting(machine_speed())
        return f"Install one with `kiosk models install {fits.name}` ({fits.megabytes} MB)."
    if factor >= 1:
        return "The model is slower than speech here: a smaller one will serve visitors better."
    known = offer(installed)
    if known and factor < COMFORTABLE:
        speed = known.minute_seconds / 60 / max(factor, 0.001)
        larger = fitting(speed)
        if larger.megabytes > known.megabytes:
            return f"This machine could carry the model {larger.name}, which hears better."
    if factor < COMFORTABLE:
        return "Words keep up with speech."
    return "Words keep up with one person at a time; with several tablets, take a smaller model."


def fitting(speed: float) -> Offer:
    """Return the best model that words keep up with, on a machine `speed` times the catalogue's."""
    multilingual = [each for each in CATALOGUE if not each.name.endswith(".en")]
    comfortable = [m for m in multilingual if m.minute_seconds / 60 / speed <= COMFORTABLE]
    if not comfortable:
        return multilingual[0]
    fits = comfortable[-1]
    # What is only reckoned may be wrong by a factor of two; `small` is the best that is measured,
    # and nobody should wait for one that is slower than speech.
    return (
        fits
        if fits.is_measured or fits.minute_seconds / 60 / (speed / 2) < 1
        else offer("small") or fits
    )


def machine_speed() -> float:
    """Compare this machine with the one of the catalogue's figures, without any model.

    Multiplies matrices of the shapes that Whisper's small encoder has. That is within a factor of
    two of what a model then measures, so half of it is said: nobody is to wait longer than told.
    """
    chance = np.random.default_rng(0)
    one = chance.standard_normal((1500, 768)).astype(np.float32)
    other = chance.standard_normal((768, 3072)).astype(np.float32)
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        one @ other
        best = min(best, time.perf_counter() - started)
    return REFERENCE_SECONDS / best / UNSURE
