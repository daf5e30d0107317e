"""The recordings that wait in the model's process: who is heard next, and which stretch of theirs.

One thread puts frames in, another takes stretches out.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from kiosk.children.wire import Header
from transcribe.stretches import PAD_SECONDS, Cutter, Stretch, live, merged, whole
from transcribe.transcript import SAMPLE_RATE, Segment


@dataclass
class Recording:
    """One recording on its way to words."""

    ticket: int
    language: str | None
    cutter: Cutter
    is_live: bool
    is_finished: bool = False
    waiting: list[Stretch] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    done_seconds: float = 0.0

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
        self._incoming: list[tuple[Header, bytes]] = []

    def put(self, header: Header, blob: bytes) -> None:
        """Take a frame; called by the reading thread."""
        with self._change:
            self._incoming.append((header, blob))
            self._change.notify()

    def wait_until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Wait at most so long; `is_so` is asked whenever a frame has come, and after `wake`."""
        with self._change:
            return self._change.wait_for(is_so, seconds)

    def wake(self) -> None:
        """Have `wait_until` ask again."""
        with self._change:
            self._change.notify()

    def next(self) -> tuple[Recording, Stretch | None]:
        """Wait for the next stretch to transcribe; None: that recording is complete."""
        while True:
            with self._change:
                while not self._incoming and not self._choose():
                    self._change.wait()
                incoming, self._incoming = self._incoming, []
            for header, blob in incoming:
                self._apply(header, blob)
            if recording := self._choose():
                return recording, recording.waiting.pop(0) if recording.waiting else None

    def is_known(self, recording: Recording) -> bool:
        """Whether it was not forgotten meanwhile."""
        return recording.ticket in self._recordings

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
            ended = any(
                header["do"] == "finish" and int(header["ticket"]) == recording.ticket
                for header, _ in self._incoming
            )
            heard = sum(
                len(blob) // 2
                for header, blob in self._incoming
                if header["do"] == "pcm" and int(header["ticket"]) == recording.ticket
            )
        rest = recording.cutter.seconds + heard / SAMPLE_RATE - stretch.end_seconds
        return ended and stretch.seconds + rest < self._window_seconds - PAD_SECONDS

    def put_back(self, recording: Recording, stretch: Stretch) -> None:
        """Let a stretch wait once more."""
        recording.waiting.insert(0, stretch)
        self.apply_all()

    def apply_all(self) -> None:
        """Take in what arrived while the model was busy."""
        with self._change:
            incoming, self._incoming = self._incoming, []
        for header, blob in incoming:
            self._apply(header, blob)

    def _choose(self) -> Recording | None:
        ready = [r for r in self._recordings.values() if r.is_finished]
        ready += [r for r in self._recordings.values() if not r.is_finished and r.waiting]
        return ready[0] if ready else None

    def _apply(self, header: Header, blob: bytes) -> None:
        ticket, do = int(header["ticket"]), header["do"]
        if do == "forget":
            return self.forget(ticket)
        if ticket not in self._recordings:
            pace = whole(self._window_seconds)
            if header.get("is_live"):
                pace = live(self._window_seconds, pass_seconds=self.pass_seconds)
            self._recordings[ticket] = Recording(
                ticket, header.get("language"), Cutter(pace), is_live=bool(header.get("is_live"))
            )
        recording = self._recordings[ticket]
        if do == "pcm":
            recording.cutter.add(
                np.frombuffer(blob, np.int16).astype(np.float32) / np.float32(32768)
            )
            if not header.get("is_live"):
                return None
        else:
            recording.cutter.finish()
            recording.is_finished = True
            # In the order in which they ended: to the back of the (ordered) dict.
            self._recordings[ticket] = self._recordings.pop(ticket)
        waiting = [*recording.waiting, *recording.cutter.stretches()]
        recording.waiting = merged(waiting, self._window_seconds)
        return None
