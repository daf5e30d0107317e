"""Recordings as browsers make them, for the tests of several packages."""

import io
from pathlib import Path

import av
import numpy as np

from capture import memo

SAMPLES = Path(__file__).parents[1] / "data" / "asr" / "samples"
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
        frame.sample_rate = memo.SAMPLE_RATE
        for each in (frame, None):
            for part in resampler.resample(each):
                opened.mux(stream.encode(part))
        opened.mux(stream.encode(None))
    return target.getvalue()


def sample(name: str) -> np.ndarray:
    """Return the samples of one of the committed recordings."""
    sound = (SAMPLES / name).read_bytes()
    return memo.decode(sound, recorded_seconds=None, limit_seconds=60, is_own_file=True).samples


def webm_of(name: str) -> bytes:
    """Return one of the committed recordings as Chromium would have recorded it, in slices."""
    return recorded(sample(name), "webm", "libopus", live="1")
