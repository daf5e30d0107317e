"""What is said between the kiosk and an ear.

In: `Opening` once, a `Piece` for each piece of the recording, `End`. Out: `Samples` as they come,
then `Decoded` or `Refused`.
"""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.children.wire import Frame, Kinds


@dataclass(frozen=True)
class Opening(Frame):
    """How much of a recording is decoded."""

    limit_seconds: float
    is_own_file: bool = False  # an operator's, which may also be FLAC or MP3


@dataclass(frozen=True)
class Piece(Frame):
    """The next bytes of a recording, as uploaded."""

    blob: bytes = field(repr=False)


@dataclass(frozen=True)
class End(Frame):
    """The recording is complete."""

    recorded_seconds: float | None = None  # on the clock of the recorder


@dataclass(frozen=True)
class Samples(Frame):
    """16-bit mono at 16 kHz."""

    blob: bytes = field(repr=False)


@dataclass(frozen=True)
class Decoded(Frame):
    """All samples were sent."""

    seconds: float
    is_truncated: bool


@dataclass(frozen=True)
class Refused(Frame):
    """There are no samples, or no more."""

    code: Literal["wrong_type", "unreadable"]


OPENING = Kinds[Opening](Opening)
TO_EAR = Kinds[Piece | End](Piece, End)
FROM_EAR = Kinds[Samples | Decoded | Refused](Samples, Decoded, Refused)
