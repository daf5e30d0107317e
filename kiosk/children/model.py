"""The model's process: one loaded Whisper, and the recordings that wait for it.

What goes in and out is in `model_frames`.

One thread reads and only collects; the main thread transcribes stretch by stretch: recordings
that are finished first, in the order in which they ended, then those still being spoken. For the
latter there is a second model that gives way, where memory allows (`patient`).
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.children import bounds, sandbox
from kiosk.children.model_frames import TO_MODEL, Done, Guessed, Heard, Loaded, NotLoaded, Working
from kiosk.children.patient import Patient
from kiosk.children.recordings import Recording, Recordings
from kiosk.children.wire import WireError, receive, send
from transcribe.engine import AbandonedError, WhisperTranscriber, settles_language
from transcribe.stretches import Cutter, Stretch, whole
from transcribe.transcript import Segment, TranscribeError, joined

MEMORY_FACTOR = 6  # times the model's size; measured need is below 4 (weights, beams, features)
LARGEST_TWICE_BYTES = 600_000_000  # models up to "small" are loaded twice, see `patient`
MEMORY_BYTES = 3 << 30  # on top of that: thread stacks and arenas are mapped, hardly ever used


class Model:
    """The transcribing thread."""

    def __init__(
        self, engine: WhisperTranscriber, patient: Patient | None, recordings: Recordings
    ) -> None:
        self._engine = engine
        self._patient = patient
        self._recordings = recordings
        self._sink = sys.stdout.buffer

    def run(self) -> None:
        """Work until the pipe closes."""
        while True:
            recording = self._recordings.next(may_guess=self._may_guess)
            if recording.waiting:
                self._hear(recording, recording.waiting.pop(0))
            elif recording.is_finished:
                self._hand_over(recording)
            else:
                self._guess(recording)

    def _hear(self, recording: Recording, stretch: Stretch) -> None:
        expected = self._recordings.pass_seconds
        ticket, until = recording.ticket, stretch.end_seconds
        spoken = until - recording.done_seconds
        send(self._sink, Working(ticket, spoken, expected, recording.cutter.seconds))
        started = time.monotonic()
        try:
            heard, language = self._heard(recording, stretch)
        except AbandonedError:
            self._recordings.put_back(recording, stretch)
            return
        self._learn(time.monotonic() - started)
        recording.segments += heard
        if recording.language is None and settles_language(stretch):
            recording.language = language or None
        recording.found = language
        recording.likely = language or recording.likely
        recording.done_seconds = until
        words = " ".join(segment.text for segment in heard)
        send(self._sink, Heard(ticket, until, words))
        self._recordings.apply_all()

    def _heard(self, recording: Recording, stretch: Stretch) -> tuple[list[Segment], str]:
        def is_pointless() -> bool:
            return self._recordings.is_better_heard_whole(recording, stretch)

        goes_on = recording.is_live and not recording.is_finished
        if goes_on and self._patient and self._patient.is_free:
            return self._patiently(recording, stretch, is_pointless=is_pointless)
        return self._engine.hear(
            stretch,
            language=recording.language,
            likely=recording.likely,
            said=recording.said,
            is_hurried=recording.is_hurried,
            is_crowded=self._recordings.is_crowded,
            follows=bool(recording.segments),
            is_pointless=is_pointless,
        )

    def _may_guess(self) -> bool:
        return self._patient is not None and self._patient.is_free

    def _guess(self, recording: Recording) -> None:
        """Put words on the screen that are heard for good once their stretch is closed."""
        stretch = recording.cutter.so_far()
        recording.guessed_seconds = recording.cutter.open_seconds
        try:
            heard, _ = self._patiently(
                recording, stretch, is_guess=True, is_pointless=self._recordings.is_awaited
            )
        except AbandonedError:
            return
        words = " ".join(segment.text for segment in heard)
        send(self._sink, Guessed(recording.ticket, stretch.end_seconds, words))
        self._recordings.apply_all()

    def _patiently(
        self,
        recording: Recording,
        stretch: Stretch,
        *,
        is_guess: bool = False,
        is_pointless: Callable[[], bool],
    ) -> tuple[list[Segment], str]:
        if self._patient is None:
            raise AbandonedError
        return self._patient.hear(
            stretch,
            language=recording.language,
            likely=recording.likely,
            said=recording.said,
            expected_seconds=self._recordings.pass_seconds,
            is_guess=is_guess,
            is_pointless=is_pointless,
            wait=self._recordings.wait_until,
            wake=self._recordings.wake,
        )

    def _learn(self, seconds: float) -> None:
        self._recordings.pass_seconds += 0.3 * (seconds - self._recordings.pass_seconds)

    def _hand_over(self, recording: Recording) -> None:
        if not recording.segments:
            recording.segments, recording.found = self._engine.hear_doubtful(
                recording.cutter, likely=recording.likely, said=recording.said
            )
        transcript = joined(
            recording.segments,
            language=recording.language or recording.said or recording.found,
            seconds=recording.cutter.seconds,
        )
        self._recordings.forget(recording.ticket)
        send(self._sink, Done(recording.ticket, transcript))


def pass_seconds(engine: WhisperTranscriber) -> float:
    """Return what a short stretch costs on this machine, the first time; more of it is learned."""
    started = time.monotonic()
    engine.warm_up()
    return time.monotonic() - started


def read_all(recordings: Recordings) -> None:
    """Take frames until the kiosk closes the pipe, then end the process, busy or not."""
    try:
        while True:
            recordings.put(receive(sys.stdin.buffer, TO_MODEL))
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
        reads=(folder,),
    )
    patient = Patient(folder, cpu_threads=threads) if is_twice else None  # loads beside the first
    try:
        engine = WhisperTranscriber(folder, cpu_threads=threads)
        recordings = Recordings(engine.window_seconds)
        recordings.pass_seconds = pass_seconds(engine)
    except TranscribeError:
        return send(sys.stdout.buffer, NotLoaded())
    Cutter(whole(engine.window_seconds))  # loads the speech gate
    if patient:
        patient.wait_until_loaded(bounds.SECOND_COPY_SECONDS)
    model = Model(engine, patient, recordings)
    send(sys.stdout.buffer, Loaded(engine.languages()))
    threading.Thread(target=read_all, args=(recordings,), daemon=True).start()
    try:
        model.run()
    except WireError:
        sys.exit(1)
    return None


if __name__ == "__main__":
    main()
