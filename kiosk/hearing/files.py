"""Decoding an operator's own sound files: in an ear, as a visitor's recording is.

A file may come from anywhere, and `kiosk transcribe` runs with the operator's rights.
"""

from pathlib import Path
from typing import Any

from capture.errors import UnreadableError, WrongTypeError
from capture.memo import Clip, clip_of
from kiosk.children.child import Child
from kiosk.children.wire import WireError

LIMIT_SECONDS = 4 * 3_600.0
PIECE_BYTES = 1 << 20


def decode_file(path: Path, *, limit_seconds: float = LIMIT_SECONDS) -> Clip:
    """Decode WebM, MP4, Ogg, WAV, FLAC or MP3 in a child process that can reach nothing.

    Raises:
        WrongTypeError: None of those.
        UnreadableError: Its sound cannot be decoded.
        OSError: The file cannot be read.
    """
    raw_sound = path.read_bytes()
    ear = Child("kiosk.children.ear")
    ear.post({"limit_seconds": limit_seconds, "is_own_file": True})
    for at in range(0, len(raw_sound), PIECE_BYTES):
        ear.post({}, raw_sound[at : at + PIECE_BYTES])
    ear.post({"finish": True, "recorded_seconds": None})
    pieces: list[bytes] = []
    ended: dict[str, Any] = {}
    try:
        while not ended:
            ended, samples = ear.receive()
            pieces.append(samples)
    except WireError:
        ended = {"error": "unreadable"}
    finally:
        ear.close()
    if ended.get("error") == "wrong_type":
        raise WrongTypeError("no sound file that we read: WebM, MP4, Ogg, WAV, FLAC or MP3")
    if "error" in ended:
        raise UnreadableError("the sound in this file cannot be decoded")
    return clip_of(pieces, recorded_seconds=None, limit_seconds=limit_seconds)
