"""Who minds the children while memos are on their way: gives ears, replaces who was lost.

Memos that a lost child was at are played again to a new one; at most `TRIES` times, for the memo
that was being worked on when it happened may be the cause.
"""

import threading
import time
from pathlib import Path

from kiosk.children.ear_frames import Decoded, Refused
from kiosk.children.model_frames import Done, Ended, Forget, Guessed, Heard, Sound, Working
from kiosk.hearing.ears import Ears
from kiosk.hearing.memo import Memo, Patience
from kiosk.hearing.memos import Memos
from kiosk.hearing.model_process import ModelProcess
from kiosk.hearing.stages import Event, Fault, Stage

TRIES = 3
ROUND_SECONDS = 0.2  # between two looks at who is late


class Minder:
    """All but `start` and `stop` want the lock `change` held.

    Args:
        change: The front's lock, which guards memos, ears and model.
        memos: The front's.
        model_folder: A complete model, or none yet.
        limit_seconds: Of sound that is decoded.
        patience: With the children.
        cpu_threads: For the model.
        model_module: What the model's process runs.
    """

    def __init__(
        self,
        change: threading.Condition,
        memos: Memos,
        model_folder: Path | None,
        *,
        limit_seconds: float,
        patience: Patience,
        cpu_threads: int,
        model_module: str,
    ) -> None:
        self._change, self._memos, self._patience = change, memos, patience
        self._is_running = False
        self._thread: threading.Thread | None = None
        self.ears = Ears(
            change,
            limit_seconds=limit_seconds,
            patience_seconds=patience.ear,
            on_samples=self._pass_on,
            on_end=self._ear_ended,
        )
        self.model = ModelProcess(
            change,
            model_folder,
            module=model_module,
            cpu_threads=cpu_threads,
            patience=patience,
            on_frame=self._model_said,
            on_death=self._model_died,
        )

    def start(self) -> None:
        """Begin to look round."""
        with self._change:
            if self._is_running:
                return
            self._is_running = True
            self._thread = threading.Thread(target=self._mind, name="hearing", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End all children, and forget all memos."""
        with self._change:
            self._is_running = False
            self._change.notify_all()
        if self._thread:
            self._thread.join()
        with self._change:
            self.model.drop()
            for memo in self._memos:
                self.forget(memo)

    def use(self, model_folder: Path) -> None:
        """Take another model; memos under way start again with it."""
        self.model.use(model_folder)
        self._start_again()
        self._change.notify_all()

    def forget(self, memo: Memo) -> None:
        """Let go of a memo: its bytes, its words, and its ear."""
        self._memos.remove(memo.id)
        self._leave_children(memo)
        memo.empty()

    def _mind(self) -> None:
        while True:
            with self._change:
                if not self._is_running:
                    return
                self._look_round(time.monotonic())
                self._change.wait(ROUND_SECONDS)

    def _look_round(self, now: float) -> None:
        owes_words = any(memo.stage is Stage.DECODED for memo in self._memos)
        self.model.mind(now, owes_words=owes_words)
        self.ears.end_late(now)
        for memo in self._memos:
            if now - memo.touched > self._patience.unclaimed:
                self.forget(memo)
        if self.model.is_loaded:
            self.ears.start_next(self._memos, self._memos.queue)

    def _pass_on(self, memo: Memo, ticket: int, samples: bytes) -> None:
        with self._change:
            if memo.ticket == ticket:
                language, is_live = memo.language, memo.is_live
                self.model.post(
                    Sound(ticket, language, is_live, samples, memo.likely, memo.is_certain)
                )

    def _ear_ended(self, memo: Memo, ended: Decoded | Refused | None) -> None:
        if isinstance(ended, Decoded):
            memo.happens(Event.SOUND_ENDED)
            memo.progress.total, memo.is_truncated = ended.seconds, ended.is_truncated
            self.model.post(
                Ended(memo.ticket, memo.language, memo.is_live, memo.likely, memo.is_certain)
            )
            self._change.notify_all()
        elif isinstance(ended, Refused):
            self.fail(memo, Fault(ended.code))
        else:
            self._again(memo, otherwise=Fault.UNREADABLE)

    def _model_said(self, frame: Working | Heard | Guessed | Done) -> None:
        memo = self._memos.started_as(frame.ticket)
        if memo is None:
            return
        if isinstance(frame, Working):
            memo.progress.started(frame)
        elif isinstance(frame, Heard):
            memo.progress.ended(frame)
        elif isinstance(frame, Guessed):
            memo.progress.guesses(frame)
        elif memo.stage is not Stage.DECODED:
            pass  # words of a sound that has not ended: no model of ours says that
        elif frame.transcript.text:
            memo.becomes(frame.transcript)
            self._leave(memo)
        else:
            self.fail(memo, Fault.NOTHING_HEARD)

    def _model_died(self, culprit_ticket: int) -> None:
        self._start_again(culprit_ticket)
        if not self.model.can_load:
            for memo in self._memos:
                if not memo.stage.is_over:
                    self.fail(memo, Fault.NO_MODEL)

    def _start_again(self, culprit_ticket: int = 0) -> None:
        """Play all memos that a model was at to the next one."""
        for memo in self._memos:
            if memo.stage.is_started:
                is_culprit = memo.ticket == culprit_ticket
                self._again(memo, otherwise=Fault.GAVE_UP, counts=is_culprit)

    def _again(self, memo: Memo, *, otherwise: Fault, counts: bool = True) -> None:
        self._leave_children(memo)
        memo.tries += counts
        memo.happens(Event.CHILD_LOST)
        if memo.tries >= TRIES:
            self.fail(memo, otherwise)

    def fail(self, memo: Memo, fault: Fault) -> None:
        """Nothing will come of it."""
        self._leave(memo)
        memo.fails(fault)

    def _leave(self, memo: Memo) -> None:
        """Take a memo out of the queue and away from its children."""
        self._memos.leave_queue(memo)
        self._leave_children(memo)

    def _leave_children(self, memo: Memo) -> None:
        ticket, memo.ticket = memo.ticket, 0
        self.ears.drop(memo)
        if ticket:
            self.model.post(Forget(ticket))
