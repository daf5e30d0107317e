"""Recordings as browsers make them, for the tests of several packages."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import av
import numpy as np

from capture.errors import UnreadableError, WrongTypeError
from capture.sound import SAMPLE_RATE
from kiosk.children import ear, wire
from kiosk.children.ear_frames import (
    FROM_EAR,
    Decoded,
    End,
    Opening,
    Piece,
    Refused,
    Samples,
)  # fmt: skip
from kiosk.hearing.front import Hearing
from tests.support.places import SAMPLES

FRAGMENTED = {"movflags": "frag_keyframe+empty_moov+default_base_moof", "frag_duration": "500000"}


def recorded(
    samples: np.ndarray, container: str, codec: str, *, rate: int = 48_000, **options: str
) -> bytes:
    """Encode samples the way a browser would."""
    target = io.BytesIO()
    with av.open(target, "w", format=container, options=options) as opened:
        stream = opened.add_stream(codec, rate=rate, layout="mono")
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout="mono", rate=rate,
            frame_size=stream.codec_context.frame_size or 960,
        )  # fmt: skip
        frame = av.AudioFrame.from_ndarray(
            (samples * 32767).astype(np.int16).reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate = SAMPLE_RATE
        for each in (frame, None):
            for part in resampler.resample(each):
                opened.mux(stream.encode(part))
        opened.mux(stream.encode(None))
    return target.getvalue()


@dataclass(frozen=True)
class Clip:
    """What an ear made of a recording: float32 mono samples from -1 to 1."""

    samples: np.ndarray
    is_truncated: bool

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


def decoded(
    untrusted_sound: bytes,
    *,
    recorded_seconds: float | None = None,
    limit_seconds: float = 60,
    is_own_file: bool = False,
) -> Clip:
    """Decode as an ear does, in this process."""
    source, sink = io.BytesIO(), io.BytesIO()
    opening = Opening(limit_seconds, is_own_file=is_own_file)
    for frame in (opening, Piece(untrusted_sound), End(recorded_seconds)):
        wire.send(source, frame)
    source.seek(0)
    ear.work(source, sink)
    sink.seek(0)
    return clip_from(lambda: wire.receive(sink, FROM_EAR))


def clip_from(receive: Callable[[], Samples | Decoded | Refused]) -> Clip:
    """Collect what an ear answers.

    Raises:
        CaptureError: It refused the recording.
    """
    pieces: list[bytes] = []
    while isinstance(frame := receive(), Samples):
        pieces.append(frame.blob)
    if isinstance(frame, Refused):
        raise {"wrong_type": WrongTypeError, "unreadable": UnreadableError}[frame.code]
    pcm = np.frombuffer(b"".join(pieces), np.int16)
    return Clip(pcm.astype(np.float32) / np.float32(32768), frame.is_truncated)


def submit(
    hearing: Hearing,
    memo_id: str,
    untrusted_sound: bytes,
    *,
    recorded_seconds: float | None,
    language: str | None = None,
) -> None:
    """Hand over a whole recording at once."""
    hearing.begin(memo_id, language=language, is_live=False)
    hearing.feed(memo_id, untrusted_sound)
    hearing.finish(memo_id, recorded_seconds=recorded_seconds)


def sample(name: str) -> np.ndarray:
    """Return the samples of one of the committed recordings."""
    return decoded((SAMPLES / name).read_bytes(), is_own_file=True).samples


def webm_of(name: str) -> bytes:
    """Return one of the committed recordings as Chromium would have recorded it, in slices."""
    return recorded(sample(name), "webm", "libopus", live="1")
