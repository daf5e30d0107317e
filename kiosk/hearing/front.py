"""Speech to words, in other processes: the front that the rest of the kiosk sees.

Each recording gets an *ear*, a child that decodes it and ends (`ears`); all share one *model*, a
child that stays (`model_process`). So a recording that blows up its decoder costs nobody anything,
and one that kills the model costs a reload. The front keeps the bytes of every memo until its words
are there, in memory only; the *minder* plays them again to new children after a crash.
"""

import threading
import time
from pathlib import Path

from kiosk.hearing.memo import Limits, Memo, MemoState, Patience
from kiosk.hearing.memos import Memos
from kiosk.hearing.minder import Minder
from kiosk.hearing.stages import Fault, Stage
from transcribe import models

__all__ = ["Hearing", "Limits", "MemoState", "Patience"]

SLACK_SECONDS = 3.0  # a recorder stops a moment after its limit


class Hearing:
    """Thread-safe: one lock guards memos, ears and model. Times are those of the monotonic clock.

    Args:
        model_folder: A complete model; none: recordings wait until `load`.
        limits: Of one recording.
        patience: With the children.
        cpu_threads: For the model.
        model_module: What the model's process runs.
    """

    def __init__(
        self,
        model_folder: Path | None,
        *,
        limits: Limits,
        patience: Patience | None = None,
        cpu_threads: int = 2,
        model_module: str = "kiosk.children.model",
    ) -> None:
        self._limits = limits
        self._change = threading.Condition()
        self._memos = Memos()
        self._minder = Minder(
            self._change,
            self._memos,
            model_folder,
            limit_seconds=limits.memo_seconds + SLACK_SECONDS,
            patience=patience or Patience(),
            cpu_threads=cpu_threads,
            model_module=model_module,
        )

    def start(self) -> None:
        """Load the model, if there is one, and begin to work."""
        self._minder.start()

    def stop(self) -> None:
        """End all children; what was not kept is gone."""
        self._minder.stop()

    @property
    def has_model(self) -> bool:
        """Whether speech can become words: a complete model is there and loads."""
        return self._minder.model.can_load

    @property
    def is_loaded(self) -> bool:
        """Whether the model is in memory by now."""
        return self._minder.model.is_loaded

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that the model knows; empty until it has been loaded once."""
        return self._minder.model.languages

    def load(self, folder: Path) -> None:
        """Use another model from now on; memos under way start again with it.

        Raises:
            IncompleteModelError: The folder is no complete model; the old one stays.
        """
        models.check(folder)
        with self._change:
            self._minder.use(folder)

    def begin(
        self,
        memo_id: str,
        *,
        language: str | None = None,
        likely: str = "",
        is_certain: bool = False,
        is_live: bool = True,
        is_own_file: bool = False,
        most_bytes: int | None = None,
    ) -> None:
        """Expect a recording whose pieces follow.

        Args:
            memo_id: Whose; one that is known is forgotten first.
            language: That is spoken; none: to be detected.
            likely: The one to think of first then, such as the screen's.
            is_certain: Whether it is in `language` whatever it sounds like; its visitor was asked.
            is_live: They come while its visitor talks. Otherwise it is heard when it is whole.
            is_own_file: An operator's own file, which may also be FLAC or MP3.
            most_bytes: That are taken, unless those of the limits.
        """
        with self._change:
            self.cancel(memo_id)
            most_bytes = most_bytes or self._limits.memo_bytes
            memo = Memo(memo_id, language, is_live, is_own_file, most_bytes, likely, is_certain)
            self._memos.add(memo)

    def feed(self, memo_id: str, untrusted_piece: bytes) -> None:
        """Take the next piece of a recording; for a memo that is over or unknown, do nothing."""
        with self._change:
            memo = self._memos.growing(memo_id)
            if memo is None:
                return
            memo.size_bytes += len(untrusted_piece)
            memo.touched = time.monotonic()
            if memo.size_bytes > memo.most_bytes:
                self._minder.fail(memo, Fault.TOO_LARGE)
            else:
                memo.pieces.append(untrusted_piece)
                self._minder.ears.tell(memo)
            self._change.notify_all()

    def finish(self, memo_id: str, *, recorded_seconds: float | None) -> None:
        """Say that the recording is complete."""
        with self._change:
            memo = self._memos.growing(memo_id)
            if memo is None:
                return
            memo.is_finished, memo.recorded_seconds = True, recorded_seconds
            self._memos.queue.append(memo)
            self._minder.ears.tell(memo)
            self._change.notify_all()

    def poll(self, memo_id: str) -> MemoState:
        """Return where a memo is; one that nobody knows has failed as `unknown`."""
        with self._change:
            memo = self._memos.get(memo_id)
            if memo is None:
                return MemoState(Stage.FAILED, fault=Fault.UNKNOWN)
            memo.touched = time.monotonic()
            return memo.state(place=self._memos.place(memo))

    def cancel(self, memo_id: str) -> None:
        """Forget a memo: its bytes, its words, and its ear. Also right for one that is ready."""
        with self._change:
            memo = self._memos.get(memo_id)
            if memo:
                self._minder.forget(memo)
                self._change.notify_all()

    def take_sound(self, memo_id: str) -> bytes:
        """Hand out a recording whose words are not there and may still come; once.

        One that is under way is not heard any more. Nothing comes of a memo that is words, or that
        was refused.
        """
        with self._change:
            memo = self._memos.get(memo_id)
            if memo is None:
                return b""
            pieces, memo.pieces = memo.pieces, []
            if not memo.stage.is_over:
                self.cancel(memo_id)
            return b"".join(pieces)
