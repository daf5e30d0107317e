"""The kiosk's own microphone, for a box whose browser has none: only its own screen starts it.

Its sound never leaves the kiosk: it becomes a draft like any recording, piece by piece while the
visitor talks.
"""

import threading
from typing import Any

from flask import Blueprint
from werkzeug.exceptions import Forbidden

from capture.microphone import Microphone
from kiosk.drafts import Draft
from kiosk.errors import Problem
from kiosk.guard import is_same_machine
from kiosk.house import House, house
from kiosk.i18n import _
from kiosk.visitor import open_gathering, spoken_language, state_of, take_place

microphone = Blueprint("microphone", __name__, url_prefix="/api/microphone")


class OwnMicrophone:
    """The microphone with the draft it records for; one at a time."""

    def __init__(self, recorder: Microphone) -> None:
        self._recorder = recorder
        self._lock = threading.Lock()
        self._draft_id = ""

    def begin(self, draft: Draft, here: House) -> None:
        """Record for a draft; with a model, its words come while the visitor talks.

        Raises:
            MicrophoneError: It cannot be used; the message says why.
        """
        with self._lock:
            if here.worker.has_model:
                here.worker.begin(draft.id, language=draft.language or None)
                self._recorder.start(lambda piece: here.worker.feed(draft.id, piece))
            else:
                self._recorder.start()
            self._draft_id = draft.id

    def end(self, here: House) -> Draft | None:
        """Stop; the draft goes on its way to words, or keeps its sound until it can."""
        with self._lock:
            draft = here.drafts.find(self._draft_id)
            recording = self._recorder.stop()
            self._draft_id = ""
        if draft is None:
            return None
        draft.recorded_seconds = recording.seconds
        draft.size_bytes = len(recording.wav)
        if here.worker.has_model:
            here.worker.finish(draft.id, recorded_seconds=recording.seconds)
        else:
            draft.raw_sound = recording.wav
        return here.drafts.put(draft)

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


@microphone.before_request
def _only_from_here() -> None:
    if not (is_same_machine() and house().microphone):
        raise Forbidden


@microphone.get("")
def look() -> dict[str, Any]:
    """How the recording is going."""
    return _own().standing()


@microphone.post("/start")
def start() -> tuple[dict[str, str], int]:
    """Begin to record for a new draft."""
    open_gathering()
    take_place()
    here = house()
    draft = here.drafts.put(Draft("memo", language=spoken_language(here) or ""))
    try:
        _own().begin(draft, here)
    except Exception:
        here.drafts.forget(draft.id)
        raise
    return {"draft": draft.id, "state": "recording"}, 201


@microphone.post("/stop")
def stop() -> dict[str, str]:
    """End the recording; answers with its draft."""
    here = house()
    draft = _own().end(here)
    if draft is None:
        raise Problem(409, _("Nothing is being recorded."))
    return state_of(draft, here)


def _own() -> OwnMicrophone:
    found = house().microphone
    if found is None:
        raise Forbidden
    return found
