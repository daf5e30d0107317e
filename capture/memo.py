"""A memo: sound that a visitor recorded, as mono samples at 16 kHz."""

import io
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from capture.container import container_of
from capture.errors import UnreadableError
from capture.sound import SAMPLE_RATE, is_truncated, pcm_from


@dataclass(frozen=True)
class Clip:
    """Decoded sound: float32 mono samples from -1 to 1 at `SAMPLE_RATE`."""

    samples: NDArray[np.float32] = field(repr=False)
    seconds: float
    is_truncated: (
        bool  # more than half a second less than the recorder's clock counted, or cut by us
    )


def decode(
    untrusted_sound: bytes,
    *,
    recorded_seconds: float | None,
    limit_seconds: float,
    deadline_seconds: float = 10.0,
    is_own_file: bool = False,
) -> Clip:
    """Decode a whole recording.

    A damaged file does not make the decoder raise: it stops early and returns what it has. Hence
    the comparison with the recorder's own clock.

    Args:
        untrusted_sound: WebM, MP4, Ogg or WAV, as uploaded.
        recorded_seconds: Duration counted in the browser; None where nobody counted.
        limit_seconds: Sound after this is not decoded, whatever the header says.
        deadline_seconds: Wall clock after which the rest is given up.
        is_own_file: See `container_of`.

    Raises:
        WrongTypeError: Not one of those containers.
        UnreadableError: No sound could be decoded.
    """
    container = container_of(untrusted_sound, is_own_file=is_own_file)
    pieces = pcm_from(
        io.BytesIO(untrusted_sound),
        container=container,
        limit_seconds=limit_seconds,
        deadline=time.monotonic() + deadline_seconds,
    )
    return clip_of(pieces, recorded_seconds=recorded_seconds, limit_seconds=limit_seconds)


def clip_of(pcm: Iterable[bytes], *, recorded_seconds: float | None, limit_seconds: float) -> Clip:
    """Join what `pcm_from` gave, and say whether its end is missing."""
    whole = np.frombuffer(b"".join(pcm), np.int16)
    if not len(whole):
        raise UnreadableError("no sound in the recording")
    seconds = len(whole) / SAMPLE_RATE
    samples = whole.astype(np.float32) / np.float32(32768)
    return Clip(samples, seconds, is_truncated(seconds, recorded_seconds, limit_seconds))
