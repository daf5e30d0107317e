"""Drafts: what visitors made and have not kept yet. They live in memory, for minutes.

A draft's id is 128 random bits that only its own page knows. It is also the token its receipt
comes from, so that Keep, sent again after a cut connection, gives the same four words.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kiosk.hearing.stages import Fault
from redact.pictures.drawing import Writing
from store.covering import Text

DraftKind = Literal["note", "drawing", "memo", "silence"]


def new_id() -> str:
    """128 random bits, as text for an address."""
    return secrets.token_urlsafe(16)


class TooManyDraftsError(Exception):
    """No memory left for another draft; an older one has to be kept or forgotten first."""


@dataclass(frozen=True)
class Words(Text):
    """Text as its visitor sees it, and as it would be kept."""

    language: str = ""  # in which most of it was read


@dataclass(frozen=True)
class Picture:
    """A drawing rebuilt from its pixels, and what is written in it."""

    pixels: NDArray[np.uint8] = field(repr=False)
    writing: Writing


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
    is_truncated: bool = False  # the end of the recording is missing; its visitor is told
    fault: Fault | None = None  # why it cannot become words
    size_bytes: int = 0
    most_bytes: int = 0  # that its visitor may send; 0: the limit of its kind
    id: str = field(default_factory=new_id)
    touched: float = 0.0  # on the clock of `Drafts`


class Drafts:
    """All drafts of the running kiosk.

    Args:
        minutes: A draft nobody asks about for so long is forgotten.
        most_bytes: Room for all drafts together.
        on_forget: Called with the id of each draft that goes, so that its sound goes too.
        clock: Seconds that only go forward.
    """

    def __init__(
        self,
        *,
        minutes: float,
        most_bytes: int = 256_000_000,
        on_forget: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = minutes * 60
        self._most_bytes = most_bytes
        self._on_forget = on_forget
        self._clock = clock
        self._drafts: dict[str, Draft] = {}
        self._lock = threading.Lock()

    def put(self, draft: Draft) -> Draft:
        """Remember a draft.

        Raises:
            TooManyDraftsError: All drafts together are too large.
        """
        self.forget_old()
        with self._lock:
            self._check_room(draft)
            self._drafts[draft.id] = draft
        return draft

    def make_room(self, draft: Draft) -> None:
        """Say that a draft has grown; one that is not kept here needs no room.

        Raises:
            TooManyDraftsError: All drafts together are too large.
        """
        with self._lock:
            if self._drafts.get(draft.id) is draft:
                self._check_room(draft)

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
            self._on_forget(draft.id)

    def forget_old(self) -> None:
        """Let go of drafts that nobody has asked about for minutes."""
        before = self._clock() - self._seconds
        with self._lock:
            old = [each.id for each in self._drafts.values() if each.touched < before]
        for draft_id in old:
            self.forget(draft_id)

    def _check_room(self, draft: Draft) -> None:
        others = sum(each.size_bytes for each in self._drafts.values() if each is not draft)
        if others + draft.size_bytes > self._most_bytes:
            raise TooManyDraftsError
        draft.touched = self._clock()
