"""The decoding children, one for each recording that is being heard."""

import threading
import time
from collections.abc import Callable, Iterable

from kiosk.children.child import Child
from kiosk.children.ear_frames import FROM_EAR, Decoded, End, Opening, Piece, Refused, Samples
from kiosk.children.wire import WireError
from kiosk.hearing.memo import Memo
from kiosk.hearing.stages import Stage

EARS_AT_ONCE = 4  # recordings followed while people talk; more are decoded when they end
AHEAD = 2  # finished recordings that are decoded and not yet words; more would fill memory

OnSamples = Callable[[Memo, int, bytes], None]  # memo, ticket, 16-bit samples
OnEnd = Callable[[Memo, Decoded | Refused | None], None]  # None: it was lost


class Ear:
    """One child, and what it has been told of its recording."""

    def __init__(self, memo: Memo, *, limit_seconds: float) -> None:
        self._child = Child("kiosk.children.ear")
        self._child.post(Opening(limit_seconds, is_own_file=memo.is_own_file))
        self._posted = 0
        self.deadline: float | None = None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._child.pid

    def tell(self, memo: Memo, *, patience_seconds: float) -> None:
        """Post the pieces that have come since, then the end."""
        for piece in memo.pieces[self._posted :]:
            self._child.post(Piece(piece))
        self._posted = len(memo.pieces)
        if memo.is_finished:
            self._child.post(End(memo.recorded_seconds))
            self.deadline = time.monotonic() + patience_seconds

    def listen(self, on_samples: Callable[[bytes], None]) -> Decoded | Refused | None:
        """Pass samples on until it has ended; None: it was lost."""
        try:
            while True:
                frame = self._child.receive(FROM_EAR)
                if not isinstance(frame, Samples):
                    return frame
                on_samples(frame.blob)
        except WireError:
            return None
        finally:
            self._child.close()

    def kill(self) -> None:
        """End it; whoever listens notices."""
        self._child.kill()


class Ears:
    """Who has an ear now, and who is next. Its callers hold the lock `change`.

    Args:
        change: Guards memos and ears.
        limit_seconds: Of sound, that are decoded.
        patience_seconds: After the end of a recording.
        on_samples: Called without the lock, from the ear's own thread.
        on_end: Called with the lock, once for each ear whose memo still waits for it.
    """

    def __init__(
        self,
        change: threading.Condition,
        *,
        limit_seconds: float,
        patience_seconds: float,
        on_samples: OnSamples,
        on_end: OnEnd,
    ) -> None:
        self._change = change
        self._limit_seconds, self._patience_seconds = limit_seconds, patience_seconds
        self._on_samples, self._on_end = on_samples, on_end
        self._ears: dict[str, Ear] = {}
        self._last_ticket = 0

    def pid_of(self, memo_id: str) -> int | None:
        """The process id of a memo's ear, if it has one."""
        ear = self._ears.get(memo_id)
        return ear.pid if ear else None

    def tell(self, memo: Memo) -> None:
        """Tell a memo's ear, if it has one, what has come since."""
        if ear := self._ears.get(memo.id):
            ear.tell(memo, patience_seconds=self._patience_seconds)

    def drop(self, memo: Memo) -> None:
        """End a memo's ear at once."""
        if ear := self._ears.pop(memo.id, None):
            ear.kill()

    def end_late(self, now: float) -> None:
        """End ears that answer nothing; their threads notice."""
        for ear in self._ears.values():
            if ear.deadline is not None and now > ear.deadline:
                ear.deadline = None
                ear.kill()

    def start_next(self, memos: Iterable[Memo], queue: Iterable[Memo]) -> None:
        """Give an ear to whoever is next.

        Args:
            memos: All, in the order of arrival.
            queue: Those that are finished and not yet over, in the order in which they ended.
        """
        memos = list(memos)
        started = [memo for memo in memos if memo.stage.is_started]
        ended = [memo for memo in started if memo.is_finished]
        first = next((memo for memo in queue if not memo.stage.is_started), None)
        # One at a time, so that none overtakes.
        if first and len(ended) < AHEAD and all(m.stage is Stage.DECODED for m in ended):
            self._start(first)
        talking = len(started) - len(ended)
        for memo in memos:
            is_talking = memo.is_live and memo.pieces and not memo.is_finished
            if is_talking and memo.stage is Stage.WAITING and talking < EARS_AT_ONCE:
                talking += 1
                self._start(memo)

    def _start(self, memo: Memo) -> None:
        try:
            ear = Ear(memo, limit_seconds=self._limit_seconds)
        except OSError:  # the machine has no process left to give; the next round asks again
            return
        self._last_ticket += 1
        memo.starts(self._last_ticket)
        self._ears[memo.id] = ear
        self.tell(memo)
        threading.Thread(target=self._listen, args=(memo, ear, memo.ticket), daemon=True).start()

    def _listen(self, memo: Memo, ear: Ear, ticket: int) -> None:
        ended = ear.listen(lambda samples: self._on_samples(memo, ticket, samples))
        with self._change:
            if self._ears.get(memo.id) is ear:
                del self._ears[memo.id]
                self._on_end(memo, ended)
