"""What is said between the kiosk and the model's process.

In: `Sound` as it is decoded, `Ended`, `Forget`. Out: `Loaded` or `NotLoaded` once; then for each
ticket `Working` before a stretch, `Heard` after it, and `Done` at the end. `Guessed` may come
before any `Heard`, which then stands in its place.
"""

from dataclasses import dataclass, field

from kiosk.children.wire import Frame, Kinds
from transcribe.transcript import Transcript


@dataclass(frozen=True)
class Sound(Frame):
    """Samples of a recording."""

    ticket: int
    language: str | None
    is_live: bool
    blob: bytes = field(repr=False)
    likely: str = ""  # the language to think of first where none is said
    is_certain: bool = False  # its speaker was asked: in no other language


@dataclass(frozen=True)
class Ended(Frame):
    """All samples of a recording were sent."""

    ticket: int
    language: str | None
    is_live: bool
    likely: str = ""
    is_certain: bool = False


@dataclass(frozen=True)
class Forget(Frame):
    """Nobody wants the words of a recording any more."""

    ticket: int


@dataclass(frozen=True)
class Loaded(Frame):
    """The model is in memory."""

    languages: tuple[str, ...]


@dataclass(frozen=True)
class NotLoaded(Frame):
    """The model cannot be used; the process ends."""


@dataclass(frozen=True)
class Working(Frame):
    """A stretch is being heard."""

    ticket: int
    stretch_seconds: float
    expected_seconds: float  # that it takes
    total_seconds: float  # of the recording, as far as it is known


@dataclass(frozen=True)
class Heard(Frame):
    """A stretch has become words."""

    ticket: int
    until_seconds: float  # of the recording
    words: str = field(repr=False)


@dataclass(frozen=True)
class Guessed(Frame):
    """What was said since the last stretch, as far as it is known while its speaker goes on."""

    ticket: int
    until_seconds: float  # of the recording
    words: str = field(repr=False)


@dataclass(frozen=True)
class Done(Frame):
    """A recording has become words."""

    ticket: int
    transcript: Transcript = field(repr=False)


@dataclass(frozen=True)
class Tried(Frame):
    """How a trial ended; no fault: the model can be used."""

    fault: str
    seconds: float  # to hear a sentence


TO_MODEL = Kinds[Sound | Ended | Forget](Sound, Ended, Forget)
FROM_MODEL = Kinds[Loaded | NotLoaded | Working | Heard | Guessed | Done](
    Loaded, NotLoaded, Working, Heard, Guessed, Done
)
FROM_TRIAL = Kinds[Tried](Tried)
