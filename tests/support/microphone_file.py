"""A Chromium whose microphone hears a real sentence, for the browser tests and the pictures."""

import shutil
from pathlib import Path

import av
import numpy as np

from tests.support.places import TESTS

HERE = TESTS
MICRO = HERE / "data" / "whisper-micro"
# "My trainer Sean is always late.": the micro model hears it alike in a hurry and at leisure.
SPEECH = HERE / "data" / "asr" / "samples" / "10-homophone.flac"
RATE = 48_000  # Hz; what Chromium's fake microphone reads
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


def arguments(microphone: Path) -> list[str]:
    """What to start Chromium with; a page still needs the permission."""
    return [
        "--no-sandbox",  # containers run tests as root
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={microphone}",
    ]


def microphone_file(path: Path, *, rest_seconds: int = 20) -> Path:
    """Write the sentence, a breath of silence before it and a long one after."""
    turn = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(str(SPEECH)) as source:
        frames = [frame for each in source.decode(audio=0) for frame in turn.resample(each)]
    frames += turn.resample(None)
    speech = np.concatenate([frame.to_ndarray().ravel() for frame in frames])
    breath = np.zeros(RATE, dtype=np.int16)  # a busy machine starts late
    whole = np.concatenate([breath, speech, np.tile(breath, rest_seconds)])
    with av.open(str(path), "w") as target:
        stream = target.add_stream("pcm_s16le", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(whole[np.newaxis], format="s16", layout="mono")
        frame.sample_rate = RATE
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            target.mux(packet)
    return path
