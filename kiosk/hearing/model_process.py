"""The one child that holds the model: loaded, held to its deadlines, started again when it dies."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.children.child import Child
from kiosk.children.model_frames import (
    FROM_MODEL,
    Done,
    Ended,
    Forget,
    Guessed,
    Heard,
    Loaded,
    NotLoaded,
    Sound,
    Working,
)
from kiosk.children.wire import WireError
from kiosk.hearing.memo import Patience

LOADS = 3  # that fail, before a model is given up

OnFrame = Callable[[Working | Heard | Guessed | Done], None]
OnDeath = Callable[[int], None]  # the ticket that was being heard; 0: none


class ModelProcess:
    """Its callers hold the lock `change`.

    Args:
        change: Guards this and the memos; told of everything that happens here.
        folder: The model's; none: there is no model yet.
        module: What the child runs.
        cpu_threads: For the encoder.
        patience: With the child, for one stretch and for loading.
        on_frame: Called with the lock for what it says of a ticket.
        on_death: Called with the lock when it has ended by itself; the next `mind` starts another.
    """

    def __init__(
        self,
        change: threading.Condition,
        folder: Path | None,
        *,
        module: str,
        cpu_threads: int,
        patience: Patience,
        on_frame: OnFrame,
        on_death: OnDeath,
    ) -> None:
        self._change = change
        self._folder = folder
        self._module, self._cpu_threads, self._patience = module, cpu_threads, patience
        self._on_frame, self._on_death = on_frame, on_death
        self._child: Child | None = None
        self._deadline: float | None = None
        self._busy_ticket = 0
        self._failed_loads = 0
        self.is_loaded = False
        self.languages: tuple[str, ...] = ()

    @property
    def can_load(self) -> bool:
        """Whether there is a model, and it has not been given up."""
        return self._folder is not None and self._failed_loads < LOADS

    @property
    def pid(self) -> int | None:
        """The child's process id."""
        return self._child.pid if self._child else None

    def use(self, folder: Path) -> None:
        """Take another model from now on."""
        self.drop()
        self._folder, self._failed_loads, self.languages = folder, 0, ()

    def mind(self, now: float, *, owes_words: bool) -> None:
        """End a child that is late, start one where there is none.

        Args:
            now: On the monotonic clock.
            owes_words: It has a whole recording, and has not said yet that it is at it.
        """
        if self._deadline is not None and now > self._deadline:
            self.kill()
        elif self.is_loaded and self._deadline is None and owes_words:
            self._deadline = now + self._patience.model
        if self._child is None and self._folder is not None and self.can_load:
            with suppress(OSError):  # no process left to give: the next round asks again
                self._child = Child(self._module, str(self._folder), str(self._cpu_threads))
                self._deadline = now + self._patience.load
                threading.Thread(target=self._read, args=(self._child,), daemon=True).start()

    def post(self, frame: Sound | Ended | Forget) -> None:
        """Tell the child, if there is one."""
        if self._child:
            self._child.post(frame)

    def kill(self) -> None:
        """End the child; the thread that reads it notices, and another is started."""
        self._deadline = None
        if self._child:
            self._child.kill()

    def drop(self) -> None:
        """End the child, and nobody notices."""
        child, self._child = self._child, None
        self.is_loaded, self._deadline, self._busy_ticket = False, None, 0
        if child:
            child.kill()

    def _read(self, child: Child) -> None:
        try:
            while True:
                frame = child.receive(FROM_MODEL)
                with self._change:
                    if self._child is not child:
                        break
                    self._note(frame)
                    self._change.notify_all()
        except WireError:
            pass
        child.close()
        with self._change:
            if self._child is child:
                self._died()
                self._change.notify_all()

    def _note(self, frame: Loaded | NotLoaded | Working | Heard | Guessed | Done) -> None:
        match frame:
            case Loaded(languages):
                self.is_loaded, self._failed_loads, self._deadline = True, 0, None
                self.languages = languages
            case NotLoaded():
                pass  # it ends now
            case Working(ticket):
                self._busy_ticket = ticket
                self._deadline = time.monotonic() + self._patience.model
                self._on_frame(frame)
            case Guessed():
                self._on_frame(frame)
            case Heard() | Done():
                self._busy_ticket, self._deadline = 0, None
                self._on_frame(frame)

    def _died(self) -> None:
        culprit = self._busy_ticket
        if not self.is_loaded:
            self._failed_loads += 1
        self.drop()
        self._on_death(culprit)
