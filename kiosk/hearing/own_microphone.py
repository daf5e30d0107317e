"""The kiosk's own microphone and the draft it records for; one at a time."""

import threading
from dataclasses import dataclass
from typing import Literal

from capture.microphone import RATES, OnPiece, Recorder

BYTES_PER_SAMPLE = 2
HEADER_BYTES = 44  # of a WAV


@dataclass(frozen=True)
class Meter:
    """How the recording is going."""

    state: Literal["recording", "paused", "stopped", "lost"]
    level: float  # 0 to 1
    seconds: float


class OwnMicrophone:
    """Starts, stops and forgets; what it hears goes piece by piece to whoever started it."""

    def __init__(self, recorder: Recorder, *, limit_seconds: float) -> None:
        self._recorder = recorder
        self._lock = threading.Lock()
        self._draft_id = ""
        self.most_bytes = HEADER_BYTES + int(limit_seconds * max(RATES) * BYTES_PER_SAMPLE)

    def start(self, draft_id: str, on_piece: OnPiece) -> None:
        """Record for a draft.

        Raises:
            MicrophoneError: It cannot be used; the message says why.
        """
        with self._lock:
            self._recorder.start(on_piece)
            self._draft_id = draft_id

    def stop(self) -> tuple[str, float]:
        """Stop; gives the draft's id, and how many seconds were recorded for it."""
        with self._lock:
            seconds = self._recorder.stop()
            draft_id, self._draft_id = self._draft_id, ""
        return draft_id, seconds

    def pause(self) -> None:
        """Hear nothing until `resume`; without a recording nothing happens."""
        self._recorder.pause()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._recorder.resume()

    def forget(self, draft_id: str) -> None:
        """Stop listening when the draft that is being recorded is forgotten."""
        with self._lock:
            if self._draft_id and draft_id == self._draft_id:
                self._recorder.drop()
                self._draft_id = ""

    def meter(self) -> Meter:
        """State, level and seconds recorded."""
        state: Literal["recording", "paused", "stopped", "lost"] = "stopped"
        if self._draft_id:
            going: Literal["recording", "paused"] = (
                "paused" if self._recorder.is_paused else "recording"
            )
            state = "lost" if self._recorder.is_lost else going
        return Meter(state, self._recorder.level, self._recorder.seconds)
