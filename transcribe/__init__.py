"""Samples to words. Importing this is cheap; the model's library comes with `engine`."""

from transcribe.transcript import (
    SAMPLE_RATE,
    Segment,
    TranscribeError,
    Transcript,
    Word,
)

__all__ = [
    "SAMPLE_RATE",
    "Segment",
    "TranscribeError",
    "Transcript",
    "Word",
]
