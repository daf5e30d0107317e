"""What is said between the kiosk and the eye: `Look` in, `Seen` or `Refused` out."""

from dataclasses import dataclass, field

from kiosk.children.wire import Frame, Kinds
from redact.pictures.drawing import Writing


@dataclass(frozen=True)
class Look(Frame):
    """A picture to rebuild, and whether to read what is written in it."""

    limit_pixels: int
    limit_bytes: int
    is_photo: bool
    corners: tuple[tuple[float, float], ...]  # of the sheet, where its visitor chose them
    reads: bool
    lists: str = field(repr=False)
    strength: str
    blob: bytes = field(repr=False)


@dataclass(frozen=True)
class Seen(Frame):
    """The picture, three bytes a pixel, and what is written in it."""

    width: int
    height: int
    writing: Writing
    corners: tuple[tuple[float, float], ...] | None  # see `capture.paper.Sheet`
    blob: bytes = field(repr=False)


@dataclass(frozen=True)
class Refused(Frame):
    """It is no picture that we take."""

    error: str  # the name of a class of `capture`


TO_EYE = Kinds[Look](Look)
FROM_EYE = Kinds[Seen | Refused](Seen, Refused)
