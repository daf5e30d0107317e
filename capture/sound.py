"""Sound of a recording, decoded piece by piece: 16-bit mono at 16 kHz.

Whatever arrives is hostile until decoded, and libavformat is trusting. Asked to guess, it takes a
37-byte text for a playlist and opens local files, or for a session description and listens on the
network. So the container is named from its first bytes and never guessed; the codec has to be on a
list; and the loop below counts decoded samples, because a header may promise anything (two hours
fit into a megabyte).

`pcm_from` reads from anything that has `read`, so that it can follow a recording which is still
being made: the caller's `read` waits until the browser has sent more. It gives bytes, not arrays:
the process that runs it starts anew for each recording, and importing NumPy would be most of that.
"""

from collections.abc import Iterator
from typing import Protocol

import av
import av.error
from av.audio.fifo import AudioFifo
from av.audio.resampler import AudioResampler
from av.container import InputContainer

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


def is_truncated(seconds: float, recorded_seconds: float | None, limit_seconds: float) -> bool:
    """Say whether sound was lost, by the recorder's clock or by our own limit."""
    return seconds >= limit_seconds or seconds + LOST_SECONDS < (recorded_seconds or 0)


def pcm_from(
    untrusted_source: Source,
    *,
    container: str,
    limit_seconds: float,
) -> Iterator[bytes]:
    """Decode a recording piece by piece, as far as it can be read and no further than the limit.

    Args:
        untrusted_source: The recording; `read` may wait for bytes that are still to come.
        container: What `capture.container.container_of` said.
        limit_seconds: Stop after so much sound.

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
        if getattr(stream.codec_context, "name", None) not in CODECS:  # damage leaves none at all
            raise UnreadableError("sound in a codec that browsers do not record")
        stream.codec_context.thread_count = 1
        left = 2 * int(limit_seconds * SAMPLE_RATE)
        for pcm in _resampled(_frames(opened, stream)):
            yield pcm[:left]
            left -= len(pcm)
            if left <= 0:
                return


def _frames(opened: InputContainer, stream: av.AudioStream) -> Iterator[av.AudioFrame]:
    """Yield what can be decoded; skip single bad packets, end at damage of the container."""
    packets = opened.demux(stream)
    bad_packets = 0
    while bad_packets < BAD_PACKETS:
        try:
            packet = next(packets)
        except (StopIteration, *DAMAGE):
            return
        try:
            yield from packet.decode()
        except DAMAGE:
            bad_packets += 1


def _resampled(frames: Iterator[av.AudioFrame]) -> Iterator[bytes]:
    resampler = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    fifo = AudioFifo()
    try:
        for frame in frames:
            frame.pts = None  # a gap in the clock is no gap in the sound
            fifo.write(frame)
            if fifo.samples >= GROUP_SECONDS * frame.sample_rate:
                yield from _bytes(resampler, fifo.read())
        if fifo.samples:
            yield from _bytes(resampler, fifo.read())
        yield from _bytes(resampler, None)
    except DAMAGE:  # a file that changes its rate or its channels half way
        return


def _bytes(resampler: AudioResampler, frame: av.AudioFrame | None) -> Iterator[bytes]:
    for resampled in resampler.resample(frame):
        yield bytes(resampled.planes[0])[: 2 * resampled.samples]


def _refuse(*_: object) -> None:
    """Stand where libavformat would open another file or address that the recording names."""
    raise PermissionError("a recording may not name other files")
