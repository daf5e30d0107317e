"""What operators and facilitators ask of the stages by hand: no visitor, no draft.

Beside the pipeline the only module that calls a stage.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from capture import drawing
from capture.errors import UnreadableError, WrongTypeError
from kiosk.drafts import Draft, DraftKind, Picture, new_id
from kiosk.drawing_reader import DrawingReader
from kiosk.hearing.front import Hearing
from kiosk.hearing.stages import Fault
from kiosk.pipeline import words_of
from kiosk.settings import Limits
from redact import EMPTY, LocalLists, Redaction, Strength, redact, stream
from transcribe.transcript import TranscribeError, Transcript

OWN_PIXELS = 50_000_000  # of a picture that this kiosk encoded, whatever its limits were
PIECE_BYTES = 1 << 20  # a file may be larger than a frame


def redact_text(
    raw_text: str,
    language: str | None = None,
    *,
    lists: LocalLists = EMPTY,
    strength: str = "standard",
) -> Redaction:
    """A text without identifying details, whoever wrote it."""
    return redact(raw_text, language, lists=lists, strength=Strength(strength))


def example(raw_text: str, *, kind: DraftKind) -> Draft:
    """A draft of an invented text, as if somebody had written or said it."""
    return Draft(kind, words_of(redact_text(raw_text), raw_text))


def redact_lines(
    lines: Iterable[str],
    language: str | None = None,
    *,
    lists: LocalLists = EMPTY,
    strength: str = "standard",
    on_bad_line: Callable[[int, str], None],
) -> Iterator[str]:
    """Notes as JSON lines, each redacted; see `redact.stream`."""
    return stream.redact_lines(
        lines,
        language=language,
        lists=lists,
        strength=Strength(strength),
        on_bad_line=on_bad_line,
    )


def transcribe(
    untrusted_sound: bytes,
    hearing: Hearing,
    *,
    language: str | None,
    on_progress: Callable[[float], None],
) -> Transcript:
    """What is said in an operator's own file, not redacted; empty where nobody speaks.

    Raises:
        WrongTypeError: No sound file.
        UnreadableError: Its sound cannot be decoded.
        TranscribeError: The model cannot be loaded, or gave up.
    """
    memo_id = new_id()
    hearing.begin(
        memo_id, language=language, is_live=False, is_own_file=True, most_bytes=len(untrusted_sound)
    )
    for at in range(0, len(untrusted_sound), PIECE_BYTES):
        hearing.feed(memo_id, untrusted_sound[at : at + PIECE_BYTES])
    hearing.finish(memo_id, recorded_seconds=None)
    try:
        while not (state := hearing.poll(memo_id)).stage.is_over:
            on_progress(state.progress)
            time.sleep(0.05)
    finally:
        hearing.cancel(memo_id)
    if state.transcript is not None:
        return state.transcript
    if state.fault is Fault.WRONG_TYPE:
        raise WrongTypeError("no sound file that we read: WebM, MP4, Ogg, WAV, FLAC or MP3")
    if state.fault is Fault.NOTHING_HEARD:
        return Transcript("", (), language or "", state.seconds)
    if state.fault and state.fault.keeps_sound:
        raise TranscribeError("the speech model could not hear this file")
    raise UnreadableError("the sound in this file cannot be decoded")


def clean_sheet(
    untrusted_picture: bytes, reader: DrawingReader, corners: Sequence[tuple[float, float]] = ()
) -> tuple[bytes, Picture]:
    """A photographed sheet, rebuilt: a PNG without metadata, all writing covered.

    Args:
        untrusted_picture: JPEG, PNG or WebP.
        reader: Where it is unpacked and read.
        corners: Of the sheet, in shares of the upright photograph; none: they are looked for.
    """
    picture = reader.read(untrusted_picture, limits=Limits(), is_photo=True, corners=corners)
    found = picture.writing
    return drawing.encode(picture.pixels, [*found.covered, *found.unread]), picture


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a picture that this kiosk has encoded."""
    height, width = _own_pixels(png).shape[:2]
    return width, height


def cover(png: bytes, boxes: Sequence[tuple[int, int, int, int]]) -> bytes:
    """The same picture with more of it covered, as a facilitator decided."""
    return drawing.encode(_own_pixels(png), boxes)


def _own_pixels(png: bytes) -> drawing.Pixels:
    """Unpack a picture that this kiosk has encoded, whatever the limits are today."""
    return drawing.rebuild(png, limit_pixels=OWN_PIXELS, limit_bytes=len(png))
