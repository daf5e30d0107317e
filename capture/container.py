"""Which container a recording is in, by its first bytes; nothing is opened for that."""

from capture.errors import WrongTypeError

HEAD_BYTES = 12  # enough to name each container


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
