"""Which container a recording is in, by its first bytes; nothing is opened for that."""

import io
import re
from collections.abc import Iterator
from functools import partial
from typing import Protocol

from capture.errors import WrongTypeError

HEAD_BYTES = 12  # enough to name each container
# Where a second recording begins in the same file: a recorder that was stopped and started again.
# The name of the type is part of it, since four bytes alone come up in sound by chance.
HEADS = {
    "matroska": re.compile(rb"\x1a\x45\xdf\xa3.{1,48}?\x42\x82.{1,8}?(?:webm|matroska)", re.DOTALL),
    "wav": re.compile(rb"RIFF.{4}WAVEfmt ", re.DOTALL),
    "mov": re.compile(
        rb"\x00\x00\x00.ftyp(?:M4A |isom|iso[2-9]|mp4[12]|dash|3gp.|qt  )", re.DOTALL
    ),
}
# Bytes that one of these needs at most; WebKit on Linux writes one twice in a row.
LONGEST_HEAD = 80
MOST_PARTS = 50


class Source(Protocol):
    """Something to read a recording from; need not be able to seek."""

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes, at most `size`; none at the end."""


def container_of(untrusted_head: bytes, *, is_own_file: bool = False) -> str:
    """Name the container by its first `HEAD_BYTES` bytes, in libavformat's words.

    Args:
        untrusted_head: The beginning of the recording.
        is_own_file: A file the operator chose may also be FLAC or MP3; no browser records those.

    Raises:
        WrongTypeError: It is none that browsers record.
    """
    head = untrusted_head[:HEAD_BYTES]
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head[4:8] == b"ftyp":
        return "mov"
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    if is_own_file and head.startswith(b"fLaC"):
        return "flac"
    if is_own_file and (head.startswith(b"ID3") or head[:2] in {b"\xff\xfb", b"\xff\xf3"}):
        return "mp3"
    raise WrongTypeError("not a sound recording in WebM, MP4, Ogg or WAV")


def parts_of(source: Source, container: str) -> Iterator[Source]:
    """Yield the recordings that are joined in one; nearly always there is one.

    A decoder stops at a second head, and what comes after it would be lost without a word.
    """
    head = HEADS.get(container)
    if head is None:
        yield source
    elif isinstance(source, io.BytesIO):
        whole = source.read()
        starts = [match.start() for match in head.finditer(whole)]
        before = [-LONGEST_HEAD, *starts]
        apart = [at for at, last in zip(starts, before, strict=False) if at - last >= LONGEST_HEAD]
        cuts = [0, *(each for each in apart[:MOST_PARTS] if each), len(whole)]
        for number in range(len(cuts) - 1):
            yield io.BytesIO(whole[cuts[number] : cuts[number + 1]])
    else:
        following = _UntilHead(source, head)
        for number in range(MOST_PARTS):
            is_whole = container == "mov" and number  # its index may come last
            yield (
                io.BytesIO(b"".join(iter(partial(following.read, 1 << 16), b"")))
                if is_whole
                else following
            )
            if not following.goes_on():
                return


class _UntilHead:
    """Reads a source that is still growing, up to the next head in it."""

    def __init__(self, source: Source, head: re.Pattern[bytes]) -> None:
        self._source = source
        self._head = head
        self._buffer = b""
        self._given = 0  # bytes of this part so far: a head at its beginning is its own
        self._is_at_head = self._is_at_end = False

    def read(self, size: int = -1, /) -> bytes:
        """Return some bytes of this part; none at its end."""
        stop = self._before_next_head()
        while stop == 0 and not self._is_at_head and not self._is_at_end:
            more = self._source.read(size if size > 0 else 1 << 20)
            self._is_at_end = not more
            self._buffer += more
            stop = self._before_next_head()
        taken = self._buffer[: min(size, stop) if size >= 0 else stop]
        self._buffer = self._buffer[len(taken) :]
        self._given += len(taken)
        return taken

    def _before_next_head(self) -> int:
        """How many bytes surely belong to this part; the last few may be half a head."""
        if self._is_at_head:
            return 0
        if found := self._head.search(self._buffer, max(0, LONGEST_HEAD - self._given)):
            self._is_at_head = found.start() == 0
            return found.start()
        return len(self._buffer) if self._is_at_end else max(0, len(self._buffer) - LONGEST_HEAD)

    def goes_on(self) -> bool:
        """Whether another part follows; then `read` gives that one."""
        while self.read(1 << 16):
            pass  # a decoder may have left the end of its part
        if not self._is_at_head:
            return False
        self._is_at_head, self._given = False, 0
        return True
