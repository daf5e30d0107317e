"""The recordings that wait in the model's process: who is heard next, and which stretch of theirs.

One thread puts frames in, another takes stretches out.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from kiosk.children.model_frames import Ended, Forget, Sound
from transcribe.stretches import PAD_SECONDS, Cutter, Stretch, live, merged, whole
from transcribe.transcript import SAMPLE_RATE, Segment

# So much speech is in no stretch yet, and new since the last guess, before its words are guessed.
GUESS_SECONDS = 2.5
CROWD = 3  # people who wait at once
Incoming = Sound | Ended | Forget


@dataclass
class Recording:
    """One recording on its way to words."""

    ticket: int
    language: str | None
    cutter: Cutter
    is_live: bool
    likely: str = ""
    said: str = ""  # the language that its visitor chose
    found: str = ""  # in which the last stretch was
    is_finished: bool = False
    waiting: list[Stretch] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    done_seconds: float = 0.0
    guessed_seconds: float = 0.0  # of the speech that is in no stretch yet

    @property
    def is_hurried(self) -> bool:
        """Whether its visitor has stopped talking and waits for the last few words."""
        return self.is_live and self.is_finished and len(self.waiting) == 0


class Recordings:
    """Recordings shared by the reading and the transcribing thread."""

    def __init__(self, window_seconds: float) -> None:
        self._window_seconds = window_seconds
        self.pass_seconds = 1.0  # what a short stretch costs; measured as we go
        self._change = threading.Condition()
        self._recordings: dict[int, Recording] = {}
        self._incoming: list[Incoming] = []

    def put(self, frame: Incoming) -> None:
        """Take a frame; called by the reading thread."""
        with self._change:
            self._incoming.append(frame)
            self._change.notify()

    def wait_until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Wait at most so long; `is_so` is asked whenever a frame has come, and after `wake`."""
        with self._change:
            return self._change.wait_for(is_so, seconds)

    def wake(self) -> None:
        """Have `wait_until` ask again."""
        with self._change:
            self._change.notify()

    def next(self, may_guess: Callable[[], bool] = lambda: False) -> Recording:
        """Wait for the recording that is to be heard next.

        Its next stretch waits; or it is finished; or its words so far are to be guessed, where
        that may be.
        """
        while True:
            with self._change:
                while not self._incoming and not self._choose():
                    self._change.wait()
            self.apply_all()
            if recording := self._choose() or (self._to_guess() if may_guess() else None):
                return recording

    def is_known(self, recording: Recording) -> bool:
        """Whether it was not forgotten meanwhile."""
        return recording.ticket in self._recordings

    @property
    def is_crowded(self) -> bool:
        """Whether several people wait at once: then one reading is followed for each."""
        return sum(recording.is_finished for recording in self._recordings.values()) >= CROWD

    def forget(self, ticket: int) -> None:
        """Drop a recording, done or not."""
        self._recordings.pop(ticket, None)

    def is_better_heard_whole(self, recording: Recording, stretch: Stretch) -> bool:
        """Whether somebody stopped talking meanwhile, so soon that the rest fits in here, too.

        One pass for both takes less time than finishing this one and making another.
        """
        if not recording.is_live or recording.is_finished:
            return False
        with self._change:
            ours = [frame for frame in self._incoming if frame.ticket == recording.ticket]
        ended = any(isinstance(frame, Ended) for frame in ours)
        heard = sum(len(frame.blob) // 2 for frame in ours if isinstance(frame, Sound))
        rest = recording.cutter.seconds + heard / SAMPLE_RATE - stretch.end_seconds
        return ended and stretch.seconds + rest < self._window_seconds - PAD_SECONDS

    def is_awaited(self) -> bool:
        """Whether somebody stopped talking meanwhile: then nobody's words are guessed."""
        with self._change:
            return any(isinstance(frame, Ended) for frame in self._incoming)

    def put_back(self, recording: Recording, stretch: Stretch) -> None:
        """Let a stretch wait once more."""
        recording.waiting.insert(0, stretch)
        self.apply_all()

    def apply_all(self) -> None:
        """Take in what arrived while the model was busy."""
        with self._change:
            incoming, self._incoming = self._incoming, []
        for frame in incoming:
            self._apply(frame)

    def _choose(self) -> Recording | None:
        ready = [r for r in self._recordings.values() if r.is_finished]
        ready += [r for r in self._recordings.values() if not r.is_finished and r.waiting]
        return ready[0] if ready else None

    def _to_guess(self) -> Recording | None:
        """The recording that has gone on longest without new words on the screen."""
        least = max(GUESS_SECONDS, self.pass_seconds)  # a guess takes less than half of a pass
        talking = [r for r in self._recordings.values() if r.is_live and not r.is_finished]
        due = [r for r in talking if r.cutter.open_seconds - r.guessed_seconds >= least]
        return max(due, key=lambda r: r.cutter.open_seconds - r.guessed_seconds, default=None)

    def _apply(self, frame: Incoming) -> None:
        if isinstance(frame, Forget):
            return self.forget(frame.ticket)
        recording = self._recordings.get(frame.ticket) or self._begin(frame)
        if isinstance(frame, Sound):
            samples = np.frombuffer(frame.blob, np.int16).astype(np.float32) / np.float32(32768)
            recording.cutter.add(samples)
            if not recording.is_live:
                return None
        else:
            recording.cutter.finish()
            recording.is_finished = True
            # In the order in which they ended: to the back of the (ordered) dict.
            self._recordings[frame.ticket] = self._recordings.pop(frame.ticket)
        closed = [*recording.cutter.stretches()]
        if closed:
            recording.guessed_seconds = 0.0
        waiting = [*recording.waiting, *closed]
        recording.waiting = merged(waiting, self._window_seconds)
        return None

    def _begin(self, frame: Sound | Ended) -> Recording:
        pace = whole(self._window_seconds)
        if frame.is_live:
            pace = live(self._window_seconds, pass_seconds=self.pass_seconds)
        language, said = frame.language or None, frame.language or ""
        recording = Recording(
            frame.ticket,
            language if frame.is_certain else None,
            Cutter(pace),
            frame.is_live,
            frame.likely,
            said,
        )
        self._recordings[frame.ticket] = recording
        return recording
