"""Speech to words, in other processes: the front that the rest of the kiosk sees.

Each recording gets an *ear*, a child that decodes it and ends; all share one *model*, a child that
stays. So a recording that blows up its decoder costs nobody anything, and one that kills the model
costs a reload. The front keeps the bytes of every memo until its words are there, in memory only,
and plays them again to new children after a crash; at most `TRIES` times, for the memo that was
being worked on when it happened may be the cause.

Error codes of a failed memo: `wrong_type`, `unreadable`, `too_large` (refused); `nothing_heard`
(nobody spoke); `gave_up` (three crashes), `no_model` (the model cannot be loaded): its sound is
still there for `take_sound`; `unknown` (never seen, cancelled, or forgotten).
"""

import threading
import time
from pathlib import Path
from typing import Any

from kiosk.children.child import Child
from kiosk.children.wire import WireError
from kiosk.hearing.memo import Limits, Memo, MemoState, Patience, progress_of
from transcribe import models
from transcribe.transcript import from_dict

__all__ = ["Hearing", "Limits", "MemoState", "Patience"]

TRIES = 3
EARS_AT_ONCE = 4  # recordings followed while people talk; more are decoded when they end
AHEAD = 2  # finished recordings that are decoded and not yet words; more would fill memory
SLACK_SECONDS = 3.0  # a recorder stops a moment after its limit


class Hearing:
    """Thread-safe. Times are those of the monotonic clock."""

    def __init__(
        self,
        model_folder: Path | None,
        *,
        limits: Limits,
        patience: Patience | None = None,
        cpu_threads: int = 2,
        model_module: str = "kiosk.children.model",
    ) -> None:
        self._model_module = model_module
        self._folder = model_folder
        self._limits = limits
        self._patience = patience or Patience()
        self._cpu_threads = cpu_threads
        self._change = threading.Condition()
        self._memos: dict[str, Memo] = {}  # in the order of arrival
        self._queue: list[str] = []  # finished, not yet over, in the order in which they ended
        self._tickets: dict[int, str] = {}
        self._last_ticket = 0
        self._model: Child | None = None
        self._is_loaded = False
        self._languages: tuple[str, ...] = ()
        self._model_deadline: float | None = None
        self._busy_ticket = 0
        self._load_failures = 0
        self._is_running = False
        self._minder: threading.Thread | None = None

    # -- life -------------------------------------------------------------------------------

    def start(self) -> None:
        """Load the model, if there is one, and begin to work."""
        with self._change:
            if self._is_running:
                return
            self._is_running = True
            self._minder = threading.Thread(target=self._mind, name="hearing", daemon=True)
            self._minder.start()

    def stop(self) -> None:
        """End all children; what was not kept is gone."""
        with self._change:
            self._is_running = False
            self._change.notify_all()
        if self._minder:
            self._minder.join()
        with self._change:
            self._drop_model()
            for memo in self._memos.values():
                self._drop_ear(memo)
            self._memos.clear()
            self._queue.clear()

    @property
    def has_model(self) -> bool:
        """Whether speech can become words: a complete model is there and loads."""
        return self._folder is not None and self._load_failures < TRIES

    @property
    def is_loaded(self) -> bool:
        """Whether the model is in memory by now."""
        return self._is_loaded

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that the model knows; empty until it has been loaded once."""
        return self._languages

    def load(self, folder: Path) -> None:
        """Use another model from now on; memos under way start again with it.

        Raises:
            IncompleteModelError: The folder is no complete model; the old one stays.
        """
        models.check(folder)
        with self._change:
            self._folder, self._load_failures, self._languages = folder, 0, ()
            self._restart_model()
            self._change.notify_all()

    # -- memos ------------------------------------------------------------------------------

    def begin(
        self,
        memo_id: str,
        *,
        language: str | None = None,
        is_live: bool = True,
        is_own_file: bool = False,
        most_bytes: int | None = None,
    ) -> None:
        """Expect a recording whose pieces follow.

        Args:
            memo_id: Whose; one that is known is forgotten first.
            language: That is spoken; none: to be detected.
            is_live: They come while its visitor talks. Otherwise it is heard when it is whole.
            is_own_file: An operator's own file, which may also be FLAC or MP3.
            most_bytes: That are taken, unless those of the limits.
        """
        with self._change:
            self.cancel(memo_id)
            self._memos[memo_id] = Memo(
                language,
                is_live=is_live,
                is_own_file=is_own_file,
                most_bytes=most_bytes or self._limits.memo_bytes,
                touched=time.monotonic(),
            )
            self._change.notify_all()

    def feed(self, memo_id: str, untrusted_piece: bytes) -> None:
        """Take the next piece of a recording; for a memo that is over or unknown, do nothing."""
        with self._change:
            memo = self._memos.get(memo_id)
            if memo is None or memo.is_over or memo.is_finished:
                return
            memo.size_bytes += len(untrusted_piece)
            memo.touched = time.monotonic()
            if memo.size_bytes > memo.most_bytes:
                self._fail(memo_id, memo, "too_large")
            else:
                memo.pieces.append(untrusted_piece)
                self._tell_ear(memo)
            self._change.notify_all()

    def finish(self, memo_id: str, *, recorded_seconds: float | None) -> None:
        """Say that the recording is complete."""
        with self._change:
            memo = self._memos.get(memo_id)
            if memo is None or memo.is_over or memo.is_finished:
                return
            memo.is_finished, memo.recorded_seconds = True, recorded_seconds
            self._queue.append(memo_id)
            self._tell_ear(memo)
            self._change.notify_all()

    def poll(self, memo_id: str) -> MemoState:
        """Return where a memo is; one that nobody knows has failed as `unknown`."""
        with self._change:
            memo = self._memos.get(memo_id)
            if memo is None:
                return MemoState("failed", error="unknown")
            memo.touched = time.monotonic()
            return MemoState(
                state=memo.state,
                progress=progress_of(memo),
                place=self._place(memo_id, memo),
                words_so_far=" ".join(memo.words),
                transcript=memo.transcript,
                error=memo.error,
                is_truncated=memo.is_truncated,
                seconds=memo.total,
            )

    def cancel(self, memo_id: str) -> None:
        """Forget a memo: its bytes, its words, and its ear. Also right for one that is ready."""
        with self._change:
            memo = self._memos.pop(memo_id, None)
            if memo is None:
                return
            if memo_id in self._queue:
                self._queue.remove(memo_id)
            self._abandon(memo)
            memo.pieces, memo.words, memo.transcript = [], [], None
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
            if not memo.is_over:
                self.cancel(memo_id)
            return b"".join(pieces)

    # -- the minder's thread ----------------------------------------------------------------

    def _mind(self) -> None:
        while True:
            with self._change:
                if not self._is_running:
                    return
                now = time.monotonic()
                self._mind_model(now)
                self._mind_memos(now)
                self._change.wait(0.2)

    def _mind_model(self, now: float) -> None:
        if self._model_deadline is not None and now > self._model_deadline and self._model:
            self._model.kill()  # its reading thread notices and restarts it
            self._model_deadline = None
        owes_words = any(memo.is_decoded and not memo.is_over for memo in self._memos.values())
        if self._is_loaded and self._model_deadline is None and owes_words:
            self._model_deadline = now + self._patience.model
        if self._model is None and self._folder is not None and self._load_failures < TRIES:
            self._model = Child(self._model_module, str(self._folder), str(self._cpu_threads))
            self._model_deadline = now + self._patience.load
            threading.Thread(target=self._read_model, args=(self._model,), daemon=True).start()

    def _mind_memos(self, now: float) -> None:
        for memo_id, memo in list(self._memos.items()):
            if memo.ear_deadline is not None and now > memo.ear_deadline and memo.ear:
                memo.ear_deadline = None
                memo.ear.kill()  # its reading thread notices
            if now - memo.touched > self._patience.unclaimed:
                self.cancel(memo_id)
        if not self._is_loaded:
            return
        started = [memo for memo in self._memos.values() if memo.ticket and not memo.is_over]
        ended = [memo for memo in started if memo.is_finished]
        first = next((each for each in self._queue if not self._memos[each].ticket), None)
        if first and len(ended) < AHEAD and all(memo.is_decoded for memo in ended):
            self._start_ear(first, self._memos[first])  # one at a time, so that none overtakes
        talking = sum(not memo.is_finished for memo in started)
        for memo_id, memo in self._memos.items():
            waits = memo.is_live and memo.pieces and not (memo.ticket or memo.is_over)
            if waits and not memo.is_finished and talking < EARS_AT_ONCE:
                talking += 1
                self._start_ear(memo_id, memo)

    # -- ears -------------------------------------------------------------------------------

    def _start_ear(self, memo_id: str, memo: Memo) -> None:
        self._last_ticket += 1
        memo.ticket = self._last_ticket
        memo.is_decoded, memo.words, memo.done, memo.total = False, [], 0.0, 0.0
        memo.state = "working"
        memo.ear = Child("kiosk.children.ear")
        limit_seconds = self._limits.memo_seconds + SLACK_SECONDS
        memo.ear.post({"limit_seconds": limit_seconds, "is_own_file": memo.is_own_file})
        memo.posted = 0
        self._tell_ear(memo)
        self._tickets[memo.ticket] = memo_id
        arguments = (memo_id, memo, memo.ear, memo.ticket)
        threading.Thread(target=self._read_ear, args=arguments, daemon=True).start()

    def _tell_ear(self, memo: Memo) -> None:
        """Post the pieces that have come since, then the end."""
        if not memo.ear:
            return
        for piece in memo.pieces[memo.posted :]:
            memo.ear.post({}, piece)
        memo.posted = len(memo.pieces)
        if memo.is_finished:
            memo.ear.post({"finish": True, "recorded_seconds": memo.recorded_seconds})
            memo.ear_deadline = time.monotonic() + self._patience.ear

    def _read_ear(self, memo_id: str, memo: Memo, ear: Child, ticket: int) -> None:
        """Pass the ear's samples on to the model until it has ended."""
        ended: dict[str, Any] = {}
        try:
            while not ended:
                header, samples = ear.receive()
                if samples:
                    self._tell_model(memo, ticket, "pcm", samples)
                elif header:
                    ended = header
        except WireError:
            pass
        ear.close()
        with self._change:
            if memo.ticket != ticket or memo.is_over:
                return
            memo.ear, memo.ear_deadline = None, None
            if "end" in ended:
                memo.is_decoded, memo.is_truncated = True, bool(ended["is_truncated"])
                memo.total = float(ended["seconds"])
                self._change.notify_all()
            elif "error" in ended:
                self._fail(memo_id, memo, str(ended["error"]))
            else:
                self._again(memo_id, memo, otherwise="unreadable")
        if "end" in ended:
            self._tell_model(memo, ticket, "finish")

    def _drop_ear(self, memo: Memo) -> None:
        if memo.ear:
            memo.ear.kill()
            memo.ear = None

    # -- the model --------------------------------------------------------------------------

    def _tell_model(self, memo: Memo, ticket: int, do: str, samples: bytes = b"") -> None:
        header = {"do": do, "ticket": ticket, "language": memo.language, "is_live": memo.is_live}
        with self._change:
            if self._model and memo.ticket == ticket:
                self._model.post(header, samples)

    def _read_model(self, model: Child) -> None:
        try:
            while True:
                header, _ = model.receive()
                with self._change:
                    if self._model is not model:
                        break
                    self._note(header)
        except WireError:
            pass
        model.close()
        with self._change:
            if self._model is model and self._is_running:
                self._model_died()

    def _note(self, header: dict[str, Any]) -> None:
        if "ready" in header:
            self._is_loaded, self._load_failures, self._model_deadline = True, 0, None
            self._languages = tuple(header["languages"])
        elif "ticket" in header:
            memo_id = self._tickets.get(header["ticket"])
            memo = self._memos.get(memo_id) if memo_id else None
            if "working" in header:
                self._busy_ticket = header["ticket"]
                self._model_deadline = time.monotonic() + self._patience.model
            else:
                self._busy_ticket, self._model_deadline = 0, None
            if memo_id and memo and memo.ticket == header["ticket"]:
                self._note_memo(memo_id, memo, header)
        self._change.notify_all()

    def _note_memo(self, memo_id: str, memo: Memo, header: dict[str, Any]) -> None:
        if "working" in header:
            memo.working, memo.expected = header["working"], header["expected"]
            memo.working_since = time.monotonic()
            memo.total = max(memo.total, header["total"])
        elif "heard" in header:
            memo.done, memo.working = header["heard"], 0.0
            if header["words"]:
                memo.words.append(header["words"])
        elif "transcript" in header:
            transcript = from_dict(header["transcript"])
            if not transcript.text:
                return self._fail(memo_id, memo, "nothing_heard")
            memo.transcript, memo.state = transcript, "ready"
            memo.words = [transcript.text]
            self._over(memo_id, memo)
        return None

    def _model_died(self) -> None:
        was_loaded, culprit = self._is_loaded, self._tickets.get(self._busy_ticket)
        if not was_loaded:
            self._load_failures += 1
        self._restart_model(culprit=culprit)
        if self._load_failures >= TRIES:
            for memo_id, memo in list(self._memos.items()):
                if not memo.is_over:
                    self._fail(memo_id, memo, "no_model")
        self._change.notify_all()

    def _restart_model(self, *, culprit: str | None = None) -> None:
        """Drop the model's process and start its memos again; the minder starts another."""
        self._drop_model()
        for memo_id, memo in list(self._memos.items()):
            if memo.ticket and not memo.is_over:
                self._again(memo_id, memo, otherwise="gave_up", counts=memo_id == culprit)

    def _drop_model(self) -> None:
        model, self._model = self._model, None
        self._is_loaded, self._model_deadline, self._busy_ticket = False, None, 0
        if model:
            model.kill()

    # -- ends -------------------------------------------------------------------------------

    def _again(self, memo_id: str, memo: Memo, *, otherwise: str, counts: bool = True) -> None:
        self._abandon(memo)
        memo.tries += counts
        memo.state = "waiting"
        if memo.tries >= TRIES:
            self._fail(memo_id, memo, otherwise)

    def _fail(self, memo_id: str, memo: Memo, code: str) -> None:
        self._abandon(memo)
        memo.state, memo.error, memo.words = "failed", code, []
        self._over(memo_id, memo)

    def _over(self, memo_id: str, memo: Memo) -> None:
        if memo.error not in {"gave_up", "no_model"}:
            memo.pieces = []
        if memo_id in self._queue:
            self._queue.remove(memo_id)
        self._tickets.pop(memo.ticket, None)

    def _abandon(self, memo: Memo) -> None:
        """Take a memo away from its children."""
        ticket, memo.ticket = memo.ticket, 0
        self._drop_ear(memo)
        memo.ear_deadline = None
        self._tickets.pop(ticket, None)
        if ticket and self._model:
            self._model.post({"do": "forget", "ticket": ticket})

    def _place(self, memo_id: str, memo: Memo) -> int:
        if memo.is_over or memo_id not in self._queue:
            return 0
        return self._queue.index(memo_id)
