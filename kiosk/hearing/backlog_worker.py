"""Memos that could not become words at once: worked off here, one at a time, whenever it can be.

While the kiosk runs, such a memo is sealed to its gathering and, as a copy, to this worker's key,
which is in memory only; with a model at hand it is done soon. After a restart only a facilitator's
key opens what waits: it is worked off while a desk is unlocked.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Literal

import store
from kiosk import pipeline
from kiosk.drafts import Draft, Words
from kiosk.house import House
from store.backlog import Job
from store.errors import (
    BusyError,
    FullError,
    LeaseLostError,
    LockedError,
    ReadOnlyError,
    StoreError,
)
from store.payloads import Memo, Sound
from store.seals.keys import MasterKey

PAUSE_SECONDS = 2.0
RENEW_SECONDS = 15.0
PASSING = (BusyError, FullError, ReadOnlyError)  # no fault of the memo's
LOG = logging.getLogger(__name__)

Standing = Literal["nothing", "needs model", "needs facilitator", "working"]


class BacklogWorker:
    """Works off waiting memos in a thread of its own; never tells how many there are."""

    def __init__(self, house: House, *, today: Callable[[], date]) -> None:
        self._house, self._today = house, today
        self._worker = store.backlog.Worker()
        self._master: MasterKey | None = None
        self._wake = threading.Event()
        self._is_stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._left: tuple[Job, Callable[[store.backlog.Worker, Job], None]] | None = None
        self.progress: float | None = None  # of the memo being heard now, 0 to 1

    def start(self) -> None:
        """Announce the worker, and begin."""
        with store.connection():
            store.backlog.announce(self._worker)
        self._thread = threading.Thread(target=self._run, name="backlog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let go of what is being heard; it waits, sealed."""
        self._is_stopped.set()
        self._wake.set()
        if self._thread:
            self._thread.join(timeout=5)
            with store.connection():
                store.backlog.withdraw_announcement(self._worker)

    def unlock(self, master: MasterKey) -> None:
        """A facilitator is here: what waits since before the last start can be opened too."""
        self._master = master
        self._wake.set()

    def standing(self) -> Standing:
        """What the desk may say about the backlog."""
        if self.progress is not None:
            return "working"
        if not store.backlog.is_waiting():
            return "nothing"
        return "needs facilitator" if self._house.hearing.has_model else "needs model"

    def work_off(self) -> bool:
        """Do one memo; False when there is none for this worker now.

        One for which nothing could be stored is let go of before the next: no other worker may take
        what is ours.
        """
        self._let_go()
        try:
            job = store.backlog.claim(self._worker, master=self._master)
        except LockedError:  # the desk has locked meanwhile
            self._master = None
            return False
        if job is None:
            return False
        try:
            self._hear(job)
        except LeaseLostError:
            pass  # withdrawn, or another worker has it
        except PASSING:
            self._left = job, store.backlog.give_back
            raise
        except Exception:
            self._left = job, store.backlog.fail
            raise
        finally:
            self.progress = None
        return True

    def _let_go(self) -> None:
        if self._left is not None:
            job, let_go = self._left
            with suppress(LeaseLostError):
                let_go(self._worker, job)
            self._left = None

    def _hear(self, job: Job) -> None:
        sound = job.sound
        draft = Draft(
            "memo",
            language=sound.language,
            most_bytes=len(sound.raw_sound),
            gathering=job.gathering,
        )
        try:
            seconds = sound.recorded_seconds or None
            pipeline.take(draft, sound.raw_sound, self._house, recorded_seconds=seconds)
            self._follow(job, draft)
            if draft.content or (draft.fault and draft.fault.is_final):
                store.backlog.finish(self._worker, job, _memo(draft, sound))
            else:
                store.backlog.fail(self._worker, job)
        finally:
            pipeline.forget(draft, self._house)

    def _follow(self, job: Job, draft: Draft) -> None:
        """Wait until it is words, or cannot become words, or we shall stop."""
        renewed = time.monotonic()
        while not self._is_stopped.is_set():
            pipeline.look_at(draft, self._house)
            if draft.content or draft.fault or draft.raw_sound:
                return
            self.progress = pipeline.standing(draft, self._house).progress
            if time.monotonic() - renewed > RENEW_SECONDS:
                store.backlog.renew(self._worker, job)
                renewed = time.monotonic()
            time.sleep(0.1)

    def _run(self) -> None:
        while not self._is_stopped.is_set():
            self._wake.wait(PAUSE_SECONDS)
            self._wake.clear()
            if self._house.hearing.has_model:
                self._round()

    def _round(self) -> None:
        """Do all that can be done now; a closed gathering may have waited for it."""
        try:
            with store.connection():
                did_any = False
                while not self._is_stopped.is_set() and self.work_off():
                    did_any = True
                if did_any:
                    store.gatherings.tick(self._today())
        except StoreError:
            return  # busy or full: the memos wait, sealed
        except Exception as error:  # noqa: BLE001  # of one memo; the others are still to be heard
            LOG.error("backlog: %s", type(error).__name__)  # noqa: TRY400  # it could quote


def _memo(draft: Draft, sound: Sound) -> Memo:
    """What takes the place of the sound: its words, or that there are none."""
    if isinstance(draft.content, Words):
        found = draft.content
        return Memo(found.text, found.doubts, sound.said, found.spans)
    return Memo("", said=sound.said, is_untranscribed=True)
