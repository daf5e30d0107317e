"""Drafts: what visitors made and have not kept yet. They live in memory, for minutes.

A draft's id is 128 random bits that only its own page knows. With the key of its visit it is also
the token its receipt comes from, so that Keep, sent again after a cut connection, gives the same
four words: for a minute, and to nobody but that visit.
"""

import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kiosk.hearing.stages import Fault
from kiosk.places import HERE
from kiosk.settings import Limits
from redact.pictures.drawing import Writing
from store.covering import Text
from store.receipts import PreparedReceipt

AGAIN_SECONDS = 60.0
ID_BYTES, ID_CHARACTERS = 16, 22
DraftKind = Literal["note", "drawing", "memo", "silence"]


LEAST_AT_ONCE = 2  # however large the limits are
# Memory for the drafts of one kind: of one share of the network, and of the kiosk's own screen.
ROOM_BYTES: dict[DraftKind, tuple[int, int]] = {
    "note": (8_000_000, 32_000_000),
    "drawing": (36_000_000, 96_000_000),
    "memo": (24_000_000, 96_000_000),
    "silence": (100_000, 100_000),
}


def new_id() -> str:
    """128 random bits, as text for an address."""
    return secrets.token_urlsafe(ID_BYTES)


def is_id(told: str) -> bool:
    """Whether an address could be one of ours: others cost no slow hash."""
    return len(told) == ID_CHARACTERS


class TooManyDraftsError(Exception):
    """No memory left for another draft; an older one has to be kept or forgotten first."""


@dataclass(frozen=True)
class Words(Text):
    """Text as its visitor sees it, and as it would be kept."""

    language: str = ""  # in which most of it was read
    languages: tuple[str, ...] = ()  # all in which it was read
    # What stood behind each placeholder, until Keep or Forget: its visitor may bring it back.
    raw_behind: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Picture:
    """A drawing rebuilt from its pixels, and what is written in it."""

    pixels: NDArray[np.uint8] = field(repr=False)
    writing: Writing
    # Of the sheet in a photograph, in shares; empty: no edges were found. None: no photograph.
    corners: tuple[tuple[float, float], ...] | None = None


@dataclass
class Draft:
    """One contribution before its visitor's yes or no."""

    kind: DraftKind
    content: Words | Picture | None = None  # none: a memo still on its way to words
    untrusted_pieces: list[bytes] = field(default_factory=list, repr=False)  # until it is finished
    is_heard: bool = False  # its pieces went to a model, not here
    raw_sound: bytes = field(default=b"", repr=False)  # only while no model could hear it
    recorded_seconds: float | None = None
    language: str = ""  # of the recording; empty: not said
    is_certain: bool = False  # in that language and no other: its visitor was asked
    heard_language: str = ""  # in which the model heard it
    screen_language: str = ""  # what a recording is likely to be in, if nobody says
    is_spoken: bool = False  # a note that corrects what was heard: it is kept as a memo
    is_truncated: bool = False  # the end of the recording is missing; its visitor is told
    fault: Fault | None = None  # why it cannot become words
    size_bytes: int = 0
    most_bytes: int = 0  # that its visitor may send; 0: the limit of its kind
    corners: tuple[tuple[float, float], ...] = ()  # of a photographed sheet, as its visitor chose
    gathering: str = ""  # its id: by whose rules its details are taken out
    place: str = HERE  # see `places`
    promised: str = ""  # the seal of the promise that its visitor saw
    visit: str = field(default="", repr=False)  # a key of its page; who lacks it finds no draft
    # Its four words, worked out in a thread while its visitor reads; none: at Keep.
    receipt: Future[PreparedReceipt] | None = field(default=None, repr=False)
    blur: int = field(default_factory=lambda: secrets.randbelow(1 << 16), repr=False)
    id: str = field(default_factory=new_id)
    touched: float = 0.0  # on the clock of `Drafts`


class Drafts:
    """All drafts of the running kiosk.

    Room is counted by place and kind, and each draft as the largest of its kind: how long somebody
    else's note is, or that somebody records, decides nobody's answer. Where a place has no room
    left for a kind, its draft of that kind that was left alone longest makes room, if nobody has
    asked about it for as long as a screen waits before it forgets.

    Args:
        limits: Of sizes, of minutes without a question, and of a screen left alone.
        on_forget: Called with the id of each draft that goes, so that its sound goes too.
        clock: Seconds that only go forward.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        on_forget: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = limits.draft_minutes * 60
        self._idle_seconds = limits.idle_seconds
        self._most = {kind: most_at_once(kind, limits) for kind in ROOM_BYTES}
        self._on_forget = on_forget
        self._clock = clock
        self._drafts: dict[str, Draft] = {}
        self._kept: dict[str, float] = {}  # when, by id: for a minute Keep may be sent again
        self._began = clock()
        self._lock = threading.Lock()

    def put(self, draft: Draft) -> Draft:
        """Remember a draft.

        Raises:
            TooManyDraftsError: Its place has no room for one more of its kind.
        """
        self.forget_old()
        displaced = self._displaced_by(draft)
        if displaced:
            self.forget(displaced)
        with self._lock:
            draft.touched = self._clock()
            self._drafts[draft.id] = draft
        return draft

    def find(self, draft_id: str) -> Draft | None:
        """A draft by its id, if it has not been forgotten."""
        self.forget_old()
        with self._lock:
            draft = self._drafts.get(draft_id)
            if draft:
                draft.touched = self._clock()
            return draft

    def forget(self, draft_id: str) -> None:
        """Let go of a draft; nothing of it remains. Forgetting twice is fine."""
        with self._lock:
            draft = self._drafts.pop(draft_id, None)
        if draft:
            draft.content, draft.raw_sound, draft.untrusted_pieces = None, b"", []
            if draft.receipt:
                draft.receipt.cancel()
            draft.receipt = None
            self._on_forget(draft.id)

    def kept(self, draft_id: str) -> None:
        """Let go of a draft that has just been sealed; for a minute Keep may be sent again."""
        with self._lock:
            self._kept[draft_id] = self._clock()
        self.forget(draft_id)

    def may_be_kept_again(self, draft_id: str) -> bool:
        """Whether an answer to Keep may have got lost: then it is given once more.

        After a start nobody remembers who was answered, so for a minute anybody may have been.
        """
        since = self._clock() - AGAIN_SECONDS
        with self._lock:
            self._kept = {each: when for each, when in self._kept.items() if when >= since}
            return draft_id in self._kept or self._began >= since

    def forget_old(self) -> None:
        """Let go of drafts that nobody has asked about for minutes."""
        before = self._clock() - self._seconds
        with self._lock:
            old = [each.id for each in self._drafts.values() if each.touched < before]
        for draft_id in old:
            self.forget(draft_id)

    def _displaced_by(self, draft: Draft) -> str:
        """The id of the draft that makes room for a new one; empty where there is room."""
        with self._lock:
            alike = [
                each for each in self._drafts.values()
                if (each.place, each.kind) == (draft.place, draft.kind) and each is not draft
            ]  # fmt: skip
            if len(alike) < self._most[draft.kind][draft.place == HERE]:
                return ""
            oldest = min(alike, key=lambda each: each.touched)
            if self._clock() - oldest.touched < self._idle_seconds:
                raise TooManyDraftsError
            return oldest.id


def most_at_once(kind: DraftKind, limits: Limits) -> tuple[int, int]:
    """How many drafts of a kind one share of the network may have, and the kiosk's own screen."""
    largest = {
        "note": 4 * limits.note_characters,  # UTF-8's longest
        "drawing": 3 * limits.drawing_pixels,
        "memo": limits.memo_bytes,
        "silence": 1_000,
    }[kind]
    far, near = ROOM_BYTES[kind]
    return max(LEAST_AT_ONCE, far // largest), max(LEAST_AT_ONCE, near // largest)
