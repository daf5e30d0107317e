"""What was said: words with their times and how sure the model is of each."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000  # Hz; Whisper's own (Radford et al. 2022, section 2.2)
UNSURE = 0.5  # below this a word is shown as "please check"; not calibrated, a mean over its tokens

Samples = NDArray[np.float32]
OnProgress = Callable[[float], None]


class TranscribeError(Exception):
    """Speech cannot become words; the message is for the operator."""


@dataclass(frozen=True)
class Word:
    """One word as the model wrote it, its leading space included."""

    text: str
    start: float  # seconds from the beginning of the recording
    end: float
    probability: float


@dataclass(frozen=True)
class Segment:
    """A stretch of speech."""

    text: str
    start: float
    end: float
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Transcript:
    """A whole recording in words; the text is empty where nobody spoke."""

    text: str
    segments: tuple[Segment, ...]
    language: str
    seconds: float

    @property
    def heard(self) -> tuple[tuple[int, int, float], ...]:
        """Ranges of `text`, in code points, of its words, and how sure the model is of each."""
        found: list[tuple[int, int, float]] = []
        at = 0
        for segment in self.segments:
            for word in segment.words:
                bare = word.text.strip()
                start = self.text.find(bare, at) if bare else -1
                if start < 0:
                    continue
                at = start + len(bare)
                found.append((start, at, word.probability))
        return tuple(found)

    @property
    def unsure(self) -> tuple[tuple[int, int], ...]:
        """Ranges of `text`, in code points, that hold words the model is not sure of."""
        return tuple((start, end) for start, end, sure in self.heard if sure < UNSURE)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)


def joined(segments: list[Segment], *, language: str, seconds: float) -> Transcript:
    """Put segments together into one transcript."""
    segments = _told(segments)
    text = " ".join(segment.text.strip() for segment in segments if segment.text.strip())
    return Transcript(text, tuple(segments), language, seconds)


def _told(segments: list[Segment]) -> list[Segment]:
    """Leave out what is unclear where nothing else was heard, and tell it once where it goes on."""
    if all(segment.text.startswith("[") for segment in segments):
        return []
    return [
        segment
        for before, segment in zip([None, *segments], segments, strict=False)
        if not (before and segment.text.startswith("[") and before.text == segment.text)
    ]
