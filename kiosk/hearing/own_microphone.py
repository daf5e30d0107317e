"""The kiosk's own microphone and the draft it records for; one at a time."""

import threading
from typing import Any

from capture.microphone import Recorder
from kiosk.drafts import Draft, Drafts
from kiosk.hearing.front import Hearing


class OwnMicrophone:
    """Starts, stops and forgets; the words come from the worker, while the visitor talks."""

    def __init__(self, recorder: Recorder, worker: Hearing) -> None:
        self._recorder, self._worker = recorder, worker
        self._lock = threading.Lock()
        self._draft_id = ""

    def begin(self, draft: Draft) -> None:
        """Record for a draft; with a model, its words come while the visitor talks.

        Raises:
            MicrophoneError: It cannot be used; the message says why.
        """
        with self._lock:
            if self._worker.has_model:
                self._worker.begin(draft.id, language=draft.language or None)
                self._recorder.start(lambda piece: self._worker.feed(draft.id, piece))
            else:
                self._recorder.start()
            self._draft_id = draft.id

    def end(self, drafts: Drafts) -> Draft | None:
        """Stop; the draft goes on its way to words, or keeps its sound until it can."""
        with self._lock:
            draft = drafts.find(self._draft_id)
            recording = self._recorder.stop()
            self._draft_id = ""
        if draft is None:
            return None
        draft.recorded_seconds = recording.seconds
        draft.size_bytes = len(recording.wav)
        if self._worker.has_model:
            self._worker.finish(draft.id, recorded_seconds=recording.seconds)
        else:
            draft.raw_sound = recording.wav
        return drafts.put(draft)

    def forget(self, draft_id: str) -> None:
        """Stop listening when the draft that is being recorded is forgotten."""
        with self._lock:
            if self._draft_id and draft_id == self._draft_id:
                self._recorder.drop()
                self._draft_id = ""

    def standing(self) -> dict[str, Any]:
        """State, level from 0 to 1, and seconds recorded."""
        state = "recording" if self._draft_id else "stopped"
        if self._draft_id and self._recorder.is_lost:
            state = "lost"
        return {"state": state, "level": self._recorder.level, "seconds": self._recorder.seconds}
