"""What the front knows of a memo, and what it tells of it."""

import time
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.children import bounds
from kiosk.children.model_frames import Guessed, Heard, Working
from kiosk.hearing.stages import Event, Fault, Stage, after
from transcribe.transcript import Transcript


class Limits(Protocol):
    """What hearing needs of the kiosk's limits."""

    @property
    def memo_seconds(self) -> float: ...  # noqa: D102
    @property
    def memo_bytes(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True)
class Patience:
    """After how many seconds without an answer a child is killed."""

    ear: float = bounds.EAR_SECONDS
    model: float = bounds.MODEL_SECONDS
    load: float = bounds.LOAD_SECONDS
    unclaimed: float = 3_600.0  # a memo that nobody asks for any more is forgotten


@dataclass(frozen=True)
class MemoState:
    """Where a memo is on its way to words."""

    stage: Stage
    progress: float = 0.0  # 0 to 1; an estimate between stretches
    place: int = 0  # how many memos come before this one
    words_so_far: str = ""
    transcript: Transcript | None = None
    fault: Fault | None = None
    is_truncated: bool = False  # the end of the recording is missing
    seconds: float = 0.0  # of sound, as far as it is decoded


@dataclass
class Progress:
    """How far the current try is; all in seconds of sound unless said."""

    words: list[str] = field(default_factory=list, repr=False)
    guess: str = field(default="", repr=False)  # what follows them, until it is heard for good
    guessed: float = 0.0  # up to where; `benchmarks/voice.py` tells by it how late words come
    done: float = 0.0
    total: float = 0.0
    stretch: float = 0.0  # being heard now
    expected: float = 0.0  # of the clock, for that stretch
    since: float = 0.0  # on the clock

    def started(self, frame: Working) -> None:
        """A stretch is being heard."""
        self.stretch, self.expected = frame.stretch_seconds, frame.expected_seconds
        self.since = time.monotonic()
        self.total = max(self.total, frame.total_seconds)

    def ended(self, frame: Heard) -> None:
        """A stretch is words."""
        self.done, self.stretch, self.guess = frame.until_seconds, 0.0, ""
        if frame.words:
            self.words.append(frame.words)

    def guesses(self, frame: Guessed) -> None:
        """Words that will be heard once more."""
        self.guess, self.guessed = frame.words, frame.until_seconds

    def share(self) -> float:
        """Share of the sound that is words by now; within a stretch an estimate by the clock."""
        if not self.total:
            return 0.0
        gone = time.monotonic() - self.since
        part = min(0.95, gone / max(0.1, self.expected)) if self.stretch else 0.0
        return min(0.99, (self.done + part * self.stretch) / self.total)


@dataclass(eq=False)
class Memo:
    """A memo from its first byte to its words."""

    id: str
    language: str | None
    is_live: bool
    is_own_file: bool
    most_bytes: int
    likely: str = ""  # the language to think of first
    is_certain: bool = False  # in `language` and in no other: its visitor was asked
    pieces: list[bytes] = field(default_factory=list, repr=False)
    size_bytes: int = 0
    is_finished: bool = False
    recorded_seconds: float | None = None
    stage: Stage = Stage.WAITING  # changed by `happens` alone
    ticket: int = 0  # of the current try; 0: no child is at it
    tries: int = 0  # that ended badly
    progress: Progress = field(default_factory=Progress)
    transcript: Transcript | None = None
    fault: Fault | None = None
    is_truncated: bool = False
    touched: float = field(default_factory=time.monotonic)

    def happens(self, event: Event) -> None:
        """Move to the stage that an event leads to."""
        self.stage = after(self.stage, event)

    def starts(self, ticket: int) -> None:
        """An ear begins, from the first piece."""
        self.happens(Event.EAR_STARTED)
        self.ticket, self.progress = ticket, Progress()

    def fails(self, fault: Fault) -> None:
        """It will not become words; its sound stays only where the fault is not its own."""
        self.happens(Event.FAULT_FOUND)
        self.fault, self.progress.words, self.progress.guess = fault, [], ""
        if not fault.keeps_sound:
            self.pieces = []

    def becomes(self, transcript: Transcript) -> None:
        """Its words are there; its sound goes."""
        self.happens(Event.WORDS_CAME)
        self.transcript, self.pieces = transcript, []
        self.progress.words, self.progress.guess = [transcript.text], ""

    def empty(self) -> None:
        """Let go of sound and words."""
        self.pieces, self.transcript, self.progress = [], None, Progress()

    def state(self, *, place: int) -> MemoState:
        """What is told of it."""
        share = self.progress.share() if self.is_finished else 0.0
        return MemoState(
            self.stage,
            progress=1.0 if self.stage is Stage.READY else share,
            place=place,
            words_so_far=" ".join((*self.progress.words, self.progress.guess)).strip(),
            transcript=self.transcript,
            fault=self.fault,
            is_truncated=self.is_truncated,
            seconds=self.progress.total,
        )
