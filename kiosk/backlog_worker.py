"""Memos that could not become words at once: worked off here, one at a time, whenever it can be.

While the kiosk runs, such a memo is sealed to its gathering and, as a copy, to this worker's key,
which is in memory only; with a model at hand it is done soon. After a restart only a facilitator's
key opens what waits: it is worked off while a desk is unlocked.
"""

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Literal

import store
from kiosk.hearing.front import MemoState
from kiosk.house import House
from kiosk.pipeline import words_of
from store.backlog import Job
from store.errors import LeaseLostError, LockedError, StoreError
from store.payloads import Memo
from store.seals.keys import MasterKey

PAUSE_SECONDS = 2.0
RENEW_SECONDS = 15.0
FINAL = {"nothing_heard", "unreadable", "wrong_type", "too_large"}  # trying again changes nothing

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
        """Do one memo; False when there is none for this worker now."""
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
        finally:
            self._house.hearing.cancel(job.id.hex())
            self.progress = None
        return True

    def _hear(self, job: Job) -> None:
        memo_id = job.id.hex()
        self._house.hearing.submit(
            memo_id,
            job.sound.raw_sound,
            recorded_seconds=job.sound.recorded_seconds or None,
            language=job.sound.language or None,
        )
        state = self._follow(job, memo_id)
        if state.transcript is not None:
            words = words_of(state.transcript, self._house)
            memo = Memo(words.text, words.doubts, job.sound.feeling, job.sound.question)
            store.backlog.finish(self._worker, job, memo)
        elif state.error in FINAL:
            silent = Memo("", (), job.sound.feeling, job.sound.question, is_untranscribed=True)
            store.backlog.finish(self._worker, job, silent)
        else:
            store.backlog.fail(self._worker, job)

    def _follow(self, job: Job, memo_id: str) -> MemoState:
        renewed = time.monotonic()
        while True:
            state = self._house.hearing.poll(memo_id)
            if state.state in {"ready", "failed"}:
                return state
            self.progress = state.progress
            if self._is_stopped.is_set():
                return MemoState("failed", error="stopped")
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
