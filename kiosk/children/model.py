"""The model's process: one loaded Whisper, and the recordings that wait for it.

In: `{"do": "pcm", "ticket", "language", "is_live"}` with 16-bit samples, `{"do": "finish"}`,
`{"do": "forget"}`. Out: `{"ready", "languages"}` once, then for each ticket `{"working"}` before a
stretch, `{"heard"}` after it, and `{"transcript"}` at the end.

One thread reads and only collects; the main thread transcribes stretch by stretch: recordings
that are finished first, in the order in which they ended, then those still being spoken. For the
latter there is a second model that gives way, where memory allows (`patient`).
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kiosk.children import sandbox
from kiosk.children.patient import Patient
from kiosk.children.wire import Header, WireError, receive, send
from transcribe.engine import AbandonedError, WhisperTranscriber
from transcribe.stretches import PAD_SECONDS, Cutter, Stretch, live, merged, whole
from transcribe.transcript import SAMPLE_RATE, Segment, TranscribeError, joined

MEMORY_FACTOR = 6  # times the model's size; measured need is below 4 (weights, beams, features)
LARGEST_TWICE_BYTES = 600_000_000  # models up to "small" are loaded twice, see `patient`
MEMORY_BYTES = 3 << 30  # on top of that: thread stacks and arenas are mapped, hardly ever used


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


class Desk:
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


class Model:
    """The transcribing thread."""

    def __init__(self, engine: WhisperTranscriber, patient: Patient | None, desk: Desk) -> None:
        self._engine = engine
        self._patient = patient
        self._desk = desk
        self._sink = sys.stdout.buffer

    def run(self) -> None:
        """Work until the pipe closes."""
        while True:
            recording, stretch = self._desk.next()
            if stretch is None:
                self._hand_over(recording)
            else:
                self._hear(recording, stretch)

    def _hear(self, recording: Recording, stretch: Stretch) -> None:
        expected = self._desk.pass_seconds
        at = {"ticket": recording.ticket, "total": recording.cutter.seconds}
        until = stretch.end_seconds
        send(self._sink, at | {"working": until - recording.done_seconds, "expected": expected})
        started = time.monotonic()
        try:
            heard, language = self._heard(recording, stretch)
        except AbandonedError:
            self._desk.put_back(recording, stretch)
            return
        self._learn(time.monotonic() - started)
        recording.segments += heard
        recording.language = recording.language or language or None
        recording.done_seconds = until
        words = " ".join(segment.text for segment in heard)
        send(self._sink, at | {"heard": until, "words": words})
        self._desk.apply_all()

    def _heard(self, recording: Recording, stretch: Stretch) -> tuple[list[Segment], str]:
        def is_pointless() -> bool:
            return self._desk.is_better_heard_whole(recording, stretch)

        goes_on = recording.is_live and not recording.is_finished
        if goes_on and self._patient and self._patient.is_free:
            return self._patient.hear(
                stretch,
                language=recording.language,
                expected_seconds=self._desk.pass_seconds,
                is_pointless=is_pointless,
                wait=self._desk.wait_until,
                wake=self._desk.wake,
            )
        return self._engine.hear(
            stretch,
            language=recording.language,
            is_hurried=recording.is_hurried,
            is_pointless=is_pointless,
        )

    def _learn(self, seconds: float) -> None:
        self._desk.pass_seconds += 0.3 * (seconds - self._desk.pass_seconds)

    def _hand_over(self, recording: Recording) -> None:
        transcript = joined(
            recording.segments,
            language=recording.language or "",
            seconds=recording.cutter.seconds,
        )
        self._desk.forget(recording.ticket)
        send(self._sink, {"ticket": recording.ticket, "transcript": transcript.as_dict()})


def pass_seconds(engine: WhisperTranscriber) -> float:
    """Return what a short stretch costs on this machine."""
    engine.warm_up()
    started = time.monotonic()
    engine.warm_up()
    return time.monotonic() - started


def read_all(desk: Desk) -> None:
    """Take frames until the kiosk closes the pipe, then end the process, busy or not."""
    try:
        while True:
            desk.put(*receive(sys.stdin.buffer))
    except WireError:
        os._exit(0)


def main() -> None:
    """Run as a child process: `model FOLDER THREADS`."""
    folder, threads = Path(sys.argv[1]), int(sys.argv[2])
    size_bytes = (folder / "model.bin").stat().st_size
    is_twice = size_bytes <= LARGEST_TWICE_BYTES
    sandbox.enter(
        memory_bytes=MEMORY_BYTES + MEMORY_FACTOR * size_bytes * (1 + is_twice),
        cpu_seconds=None,
        may_open_files=True,
    )
    try:
        engine = WhisperTranscriber(folder, cpu_threads=threads)
    except TranscribeError:
        return send(sys.stdout.buffer, {"error": "no_model"})
    desk = Desk(engine.window_seconds)
    desk.pass_seconds = pass_seconds(engine)
    Cutter(whole(engine.window_seconds))  # loads the speech gate
    patient = Patient(folder, cpu_threads=threads) if is_twice else None  # loads by and by
    model = Model(engine, patient, desk)
    send(sys.stdout.buffer, {"ready": True, "languages": engine.languages()})
    threading.Thread(target=read_all, args=(desk,), daemon=True).start()
    try:
        model.run()
    except WireError:
        sys.exit(1)
    return None


if __name__ == "__main__":
    main()
