"""Frames of any rate and layout to 16-bit mono at 16 kHz, piece by piece."""

from collections.abc import Iterator

import av
import av.error
from av.audio.fifo import AudioFifo
from av.audio.resampler import AudioResampler

SAMPLE_RATE = 16_000  # Hz; Whisper's own (Radford et al. 2022, section 2.2)
GROUP_SECONDS = 0.25  # frames of 20 ms are resampled together: four times faster
# The exceptions that damaged media was seen to cause; all of them only mean "unreadable".
DAMAGE = (av.error.FFmpegError, ValueError, IndexError, EOFError, OSError, OverflowError)
EVERY = 16  # samples are looked at; enough to tell whether two channels cancel each other
LEFT_OVER = 0.05  # of the louder channel's energy: less than this, and they do


class Resampled:
    """One track. Two channels are mixed, unless one is the other turned over: then one is taken.

    Some microphones and cables turn a channel over; mixed, such a voice is silence.
    """

    def __init__(self) -> None:
        self._fifo = AudioFifo()
        self._to_two = AudioResampler(format="s16", layout="stereo", rate=SAMPLE_RATE)
        self._to_one = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        self._mixed = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        self._is_over = False

    def add(self, frame: av.AudioFrame) -> Iterator[bytes]:
        """Take a frame; yield what is whole by now."""
        if self._is_over:
            return
        try:
            frame.pts = None  # a gap in the clock is no gap in the sound
            self._fifo.write(frame)
            if self._fifo.samples >= GROUP_SECONDS * frame.sample_rate:
                yield from self._bytes(self._fifo.read())
        except DAMAGE:  # a file that changes its rate or its channels half way
            self._is_over = True

    def finish(self) -> Iterator[bytes]:
        """Yield what is left."""
        if self._is_over:
            return
        try:
            if self._fifo.samples:
                yield from self._bytes(self._fifo.read())
            yield from self._bytes(None)
        except DAMAGE:
            return

    def _bytes(self, group: av.AudioFrame | None) -> Iterator[bytes]:
        if group is not None and group.layout.nb_channels != 2:
            yield from _pcm(self._to_one, group)
            return
        for both in self._to_two.resample(group):
            samples = memoryview(bytes(both.planes[0])[: 4 * both.samples]).cast("h")
            if _cancel(samples[::EVERY].tolist(), samples[1::EVERY].tolist()):
                yield samples[::2].tobytes()
            else:
                both.pts = None
                yield from _pcm(self._mixed, both)
        if group is None:
            yield from _pcm(self._to_one, None)


def _pcm(resampler: AudioResampler, frame: av.AudioFrame | None) -> Iterator[bytes]:
    for resampled in resampler.resample(frame):
        yield bytes(resampled.planes[0])[: 2 * resampled.samples]


def _cancel(left: list[int], right: list[int]) -> bool:
    loudest = max(sum(x * x for x in left), sum(x * x for x in right))
    mixed = sum((x + y) * (x + y) for x, y in zip(left, right, strict=False)) / 4
    return mixed < LEFT_OVER * loudest
