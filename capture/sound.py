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
from typing import cast

import av
import av.error
from av.container import InputContainer

from capture.container import Source, parts_of
from capture.errors import UnreadableError
from capture.mono import DAMAGE, SAMPLE_RATE, Resampled

__all__ = ["DAMAGE", "SAMPLE_RATE", "Source", "is_truncated", "pcm_from"]

LOST_SECONDS = 0.5  # a recorder's clock and its file differ by less than this
MOST_TRACKS = 4
SILENT = 64  # of 32768; a track that has no more is one that nothing was recorded on
BAD_PACKETS = 200  # skipped before we stop; four seconds of Opus
CODECS = (
    *("opus", "libopus", "vorbis", "aac", "alac"),
    *("pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8"),
    *("flac", "mp3", "mp3float"),
)


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
    left = 2 * int(limit_seconds * SAMPLE_RATE)
    for number, part in enumerate(parts_of(untrusted_source, container)):
        try:
            for pcm in _of_one(part, container):
                yield pcm[:left]
                left -= len(pcm)
                if left <= 0:
                    return
        except UnreadableError:
            if not number:
                raise


def _of_one(source: Source, container: str) -> Iterator[bytes]:
    try:
        opened: InputContainer = av.open(
            source,
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
        tracks = [each for each in opened.streams.audio[:MOST_TRACKS] if _codec(each) in CODECS]
        if not tracks:
            raise UnreadableError("sound in a codec that browsers do not record")
        for track in tracks:
            track.codec_context.thread_count = 1
        yield from _first_with_sound(_frames(opened, tracks), len(tracks))


def _codec(stream: av.AudioStream) -> str | None:
    return getattr(stream.codec_context, "name", None)  # damage leaves none at all


def _frames(
    opened: InputContainer, tracks: list[av.AudioStream]
) -> Iterator[tuple[int, av.AudioFrame]]:
    """Yield what can be decoded; skip single bad packets, end at damage of the container."""
    numbers = {track.index: number for number, track in enumerate(tracks)}
    packets = opened.demux(tracks)
    bad_packets = 0
    while bad_packets < BAD_PACKETS:
        try:
            packet = next(packets)
        except (StopIteration, *DAMAGE):
            return
        try:
            for frame in packet.decode():
                yield numbers[packet.stream.index], cast("av.AudioFrame", frame)
        except DAMAGE:
            bad_packets += 1


def _first_with_sound(frames: Iterator[tuple[int, av.AudioFrame]], count: int) -> Iterator[bytes]:
    """Yield the track that is heard first; one that the screen recorder left empty is passed by."""
    tracks = [Resampled() for _ in range(count)]
    held: list[list[bytes]] = [[] for _ in range(count)]
    chosen = 0 if count == 1 else None
    for number, frame in frames:
        for pcm in tracks[number].add(frame) if chosen in {None, number} else ():
            if chosen is not None:
                yield pcm
                continue
            held[number].append(pcm)
            if any(abs(sample) > SILENT for sample in memoryview(pcm).cast("h")[::8]):
                chosen = number
                yield from held[number]
                break
    if chosen is None:
        chosen = 0
        yield from held[chosen]
    yield from tracks[chosen].finish()


def _refuse(*_: object) -> None:
    """Stand where libavformat would open another file or address that the recording names."""
    raise PermissionError("a recording may not name other files")
