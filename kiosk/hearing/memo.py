"""What the front knows of a memo, and what it tells of it."""

import time
from dataclasses import dataclass, field
from typing import Literal, Protocol

from kiosk.children.child import Child
from transcribe.transcript import Transcript

State = Literal["waiting", "working", "ready", "failed"]


class Limits(Protocol):
    """What hearing needs of the kiosk's limits."""

    @property
    def memo_seconds(self) -> float: ...  # noqa: D102
    @property
    def memo_bytes(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True)
class Patience:
    """After how many seconds without an answer a child is killed."""

    ear: float = 10.0
    model: float = 120.0  # for one stretch; a large model on a small board needs a minute
    load: float = 120.0
    unclaimed: float = 3_600.0  # a memo that nobody asks for any more is forgotten


@dataclass(frozen=True)
class MemoState:
    """Where a memo is on its way to words."""

    state: State
    progress: float = 0.0  # 0 to 1; an estimate between stretches
    place: int = 0  # how many memos come before this one
    words_so_far: str = ""
    transcript: Transcript | None = None
    error: str | None = None
    is_truncated: bool = False  # the end of the recording is missing
    seconds: float = 0.0  # of sound, once it is decoded


@dataclass
class Memo:
    """A memo as the front keeps it, from its first byte to its words."""

    language: str | None
    is_live: bool
    is_own_file: bool
    most_bytes: int
    pieces: list[bytes] = field(default_factory=list, repr=False)
    posted: int = 0  # pieces that its ear has
    size_bytes: int = 0
    is_finished: bool = False
    recorded_seconds: float | None = None
    ticket: int = 0  # of the current try; 0: not started
    tries: int = 0
    ear: Child | None = None
    is_decoded: bool = False
    ear_deadline: float | None = None
    state: State = "waiting"
    error: str | None = None
    words: list[str] = field(default_factory=list, repr=False)
    transcript: Transcript | None = None
    is_truncated: bool = False
    done: float = 0.0
    total: float = 0.0
    working: float = 0.0
    expected: float = 0.0
    working_since: float = 0.0
    touched: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {"ready", "failed"}


def progress_of(memo: Memo) -> float:
    """Share of a memo that is words by now; between stretches an estimate by the clock."""
    if memo.state == "ready":
        return 1.0
    if not memo.total or not memo.is_finished:
        return 0.0
    share = 0.0
    if memo.working:
        gone = time.monotonic() - memo.working_since
        share = min(0.95, gone / max(0.1, memo.expected))
    return min(0.99, (memo.done + share * memo.working) / memo.total)
