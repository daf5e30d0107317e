"""A memo: sound that a visitor recorded, as mono samples at 16 kHz.

Whatever arrives is hostile until decoded, and libavformat is trusting. Asked to guess, it takes a
37-byte text for a playlist and opens local files, or for a session description and listens on the
network. So the container is named from its first bytes and never guessed; the codec has to be on a
list; and the loop below counts decoded samples, because a header may promise anything (two hours
fit into a megabyte).

`samples_from` reads from anything that has `read`, so that it can follow a recording which is
still being made: the caller's `read` waits until the browser has sent more.
"""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import av
import av.error
import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from numpy.typing import NDArray

from capture.container import container_of
from capture.errors import UnreadableError

SAMPLE_RATE = 16_000  # Hz; Whisper's own (Radford et al. 2022, section 2.2)
LOST_SECONDS = 0.5  # a recorder's clock and its file differ by less than this
GROUP_SECONDS = 0.25  # frames of 20 ms are resampled together: four times faster
BAD_PACKETS = 200  # skipped before we stop; four seconds of Opus
CODECS = (
    *("opus", "libopus", "vorbis", "aac", "alac"),
    *("pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8"),
    *("flac", "mp3", "mp3float"),
)
# The exceptions that damaged media was seen to cause; all of them only mean "unreadable".
DAMAGE = (av.error.FFmpegError, ValueError, IndexError, EOFError, OSError, OverflowError)


class Source(Protocol):
    """Something to read a recording from; need not be able to seek."""

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes, at most `size`; none at the end."""


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
    pieces = samples_from(
        io.BytesIO(untrusted_sound),
        container=container,
        limit_seconds=limit_seconds,
        deadline=time.monotonic() + deadline_seconds,
    )
    return clip_of(list(pieces), recorded_seconds=recorded_seconds, limit_seconds=limit_seconds)


def clip_of(
    pieces: list[NDArray[np.int16]], *, recorded_seconds: float | None, limit_seconds: float
) -> Clip:
    """Join what `samples_from` gave, and say whether its end is missing."""
    if not pieces:
        raise UnreadableError("no sound in the recording")
    samples = np.concatenate(pieces).astype(np.float32) / np.float32(32768)
    seconds = len(samples) / SAMPLE_RATE
    return Clip(samples, seconds, is_truncated(seconds, recorded_seconds, limit_seconds))


def is_truncated(seconds: float, recorded_seconds: float | None, limit_seconds: float) -> bool:
    """Say whether sound was lost, by the recorder's clock or by our own limit."""
    return seconds >= limit_seconds or seconds + LOST_SECONDS < (recorded_seconds or 0)


def samples_from(
    untrusted_source: Source,
    *,
    container: str,
    limit_seconds: float,
    deadline: float | None = None,
) -> Iterator[NDArray[np.int16]]:
    """Decode a recording piece by piece, as far as it can be read and no further than the limit.

    Args:
        untrusted_source: The recording; `read` may wait for bytes that are still to come.
        container: What `container_of` said.
        limit_seconds: Stop after so much sound.
        deadline: Stop when the monotonic clock shows this; None while somebody is still talking.

    Raises:
        UnreadableError: It cannot be opened, or holds no sound in a codec that we take.
    """
    try:
        opened: InputContainer = av.open(
            untrusted_source,
            mode="r",
            format=container,
            metadata_errors="ignore",
            io_open=_refuse,
            options={"codec_whitelist": ",".join(CODECS)},
        )
    except DAMAGE:
        raise UnreadableError("the recording cannot be opened") from None
    with opened:
        if not opened.streams.audio:
            raise UnreadableError("no sound in the recording")
        stream = opened.streams.audio[0]
        if stream.codec_context is None or stream.codec_context.name not in CODECS:
            raise UnreadableError("sound in a codec that browsers do not record")
        stream.codec_context.thread_count = 1
        left = int(limit_seconds * SAMPLE_RATE)
        for samples in _resampled(_frames(opened, stream, deadline)):
            yield samples[:left]
            left -= len(samples)
            if left <= 0:
                return


def _frames(
    opened: InputContainer, stream: av.AudioStream, deadline: float | None
) -> Iterator[av.AudioFrame]:
    """Yield what can be decoded; skip single bad packets, end at damage of the container."""
    packets = opened.demux(stream)
    bad_packets = 0
    while bad_packets < BAD_PACKETS and (deadline is None or time.monotonic() < deadline):
        try:
            packet = next(packets)
        except (StopIteration, *DAMAGE):
            return
        try:
            yield from packet.decode()
        except DAMAGE:
            bad_packets += 1


def _resampled(frames: Iterator[av.AudioFrame]) -> Iterator[NDArray[np.int16]]:
    resampler = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    fifo = AudioFifo()
    try:
        for frame in frames:
            frame.pts = None  # a gap in the clock is no gap in the sound
            fifo.write(frame)
            if fifo.samples >= GROUP_SECONDS * frame.sample_rate:
                yield from _arrays(resampler, fifo.read())
        if fifo.samples:
            yield from _arrays(resampler, fifo.read())
        yield from _arrays(resampler, None)
    except DAMAGE:  # a file that changes its rate or its channels half way
        return


def _arrays(resampler: AudioResampler, frame: av.AudioFrame | None) -> Iterator[NDArray[np.int16]]:
    for resampled in resampler.resample(frame):
        yield resampled.to_ndarray()[0]


def _refuse(*_: object) -> None:
    """Stand where libavformat would open another file or address that the recording names."""
    raise PermissionError("a recording may not name other files")
