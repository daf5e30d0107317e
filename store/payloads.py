"""What a contribution can be, as plain values, and as bytes to seal."""

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import NamedTuple

from store import errors

FORMAT = 1  # first byte of each content; docs/store-format.md


class Kind(StrEnum):
    """Sort of contribution."""

    MEMO = "memo"
    DRAWING = "drawing"
    NOTE = "note"
    SILENCE = "silence"


Range = tuple[int, int]  # half-open, in code points


class Gap(NamedTuple):
    """A placeholder in a text: its half-open range, in code points, and what it stands for."""

    start: int
    end: int
    kind: str


class Place(NamedTuple):
    """Where a written word stands: its half-open range of the text, its rectangle in pixels."""

    start: int
    end: int
    x: int
    y: int
    width: int
    height: int

    def is_touched_by(self, boxes: Iterable[tuple[int, int, int, int]]) -> bool:
        """Tell whether it shares a pixel with one of these rectangles."""
        return any(
            self.x < x + width
            and x < self.x + self.width
            and self.y < y + height
            and y < self.y + self.height
            for x, y, width, height in boxes
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What is known beside the contribution itself; a new field on items begins here.

    Attributes:
        feeling: What the visitor touched, or empty.
        question: Which of the gathering's questions is answered, or empty.
        is_unpreviewed: Its visitor never saw what was kept, such as a memo that had to wait.
    """

    feeling: str = ""
    question: str = ""
    is_unpreviewed: bool = False


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Note:
    """Written words, redacted.

    Attributes:
        doubts: Ranges of `text` that the redaction was not sure of.
        spans: Where something was taken out; brackets that a visitor typed are none.
    """

    text: str
    doubts: tuple[Range, ...] = ()
    said: Said = NOTHING_SAID
    spans: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Memo:
    """Spoken words, transcribed and redacted. `is_untranscribed` where no words could be made."""

    text: str
    doubts: tuple[Range, ...] = ()
    said: Said = NOTHING_SAID
    spans: tuple[Gap, ...] = ()
    is_untranscribed: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A rebuilt PNG, and the words that were read in it, if any.

    Attributes:
        places: Where each word of `text` stands; none in what was sealed before they were kept.
    """

    png: bytes = field(repr=False)
    text: str = ""
    said: Said = NOTHING_SAID
    spans: tuple[Gap, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """A moment of silence, a celebration, or `I would rather not say yet`: the feeling tells."""

    said: Said = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Sound:
    """Raw sound of a memo that is not yet words. Never shown, never exported.

    Attributes:
        media_type: As the browser named it.
        recorded_seconds: By the browser's clock; 0 if it did not say.
    """

    raw_sound: bytes = field(repr=False)
    media_type: str = ""
    recorded_seconds: float = 0.0
    language: str = ""
    said: Said = NOTHING_SAID


Payload = Note | Memo | Drawing | Silence
_NAMES: dict[str, type[Payload | Sound]] = {
    "note": Note,
    "memo": Memo,
    "drawing": Drawing,
    "silence": Silence,
    "sound": Sound,
}
_TYPES = {made: name for name, made in _NAMES.items()}
_FIELDS = {made: tuple(each.name for each in fields(made)) for made in _TYPES}
_SAID = tuple(each.name for each in fields(Said))  # beside the others in the JSON, not under a name
_MEDIA = {Drawing: "png", Sound: "raw_sound"}


def has_content(payload: Payload) -> bool:
    """Say whether a contribution fills the batch: words or a drawing, no silence or feeling."""
    return isinstance(payload, Drawing) or bool(getattr(payload, "text", "").strip())


def kind_of(payload: Payload) -> Kind:
    """Name the sort of contribution."""
    return Kind(_TYPES[type(payload)])


def encode(payload: Payload | Sound) -> bytes:
    """Turn a contribution into bytes: format, length of the JSON part, JSON, picture or sound."""
    media_field = _MEDIA.get(type(payload))
    media = getattr(payload, media_field) if media_field else b""
    values: dict[str, object] = {"kind": _TYPES[type(payload)]}
    for name in _FIELDS[type(payload)]:
        if name not in {media_field, "said"}:
            values[name] = getattr(payload, name)
    said = payload.said
    values |= {name: getattr(said, name) for name in _SAID}
    if not said.is_unpreviewed:
        del values["is_unpreviewed"]  # a program of yesterday does not know it
    head = json.dumps(values, ensure_ascii=False).encode()
    return struct.pack(">BI", FORMAT, len(head)) + head + media


def media_starts(content: bytes) -> int:
    """Return where the picture or sound begins in what `encode` made."""
    return 5 + int.from_bytes(content[1:5])


def decode(content: bytes) -> Payload | Sound:
    """Turn bytes from `encode` into the contribution.

    Raises:
        DamagedError: The bytes are no contribution.
    """
    try:
        version, length = struct.unpack_from(">BI", content)
        values = json.loads(content[5 : 5 + length].decode())
        made = _NAMES[values.pop("kind")]
        if version != FORMAT:
            raise errors.DamagedError("A content has a format that this version does not know.")
        if "doubts" in values:
            values["doubts"] = tuple((int(start), int(end)) for start, end in values["doubts"])
        # What was sealed before spans were kept has none; nothing is guessed from its brackets.
        spans = values.get("spans", ())
        values["spans"] = tuple(Gap(int(start), int(end), str(kind)) for start, end, kind in spans)
        if made is Drawing:
            places = values.get("places", ())
            values["places"] = tuple(Place(*map(int, place)) for place in places)
        values["said"] = Said(**{name: values[name] for name in _SAID if name in values})
        if made in _MEDIA:
            values[_MEDIA[made]] = content[5 + length :]
        return made(**{name: values[name] for name in _FIELDS[made] if name in values})
    except (struct.error, ValueError, KeyError, TypeError, AttributeError):
        raise errors.DamagedError("A content is damaged.") from None
