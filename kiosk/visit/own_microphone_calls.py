"""The kiosk's own microphone, for a box whose browser has none: only its own screen starts it.

Its sound never leaves the kiosk: it becomes a draft like any recording, piece by piece while the
visitor talks.
"""

from contextlib import suppress
from dataclasses import asdict
from typing import Any

from flask import Blueprint
from werkzeug.exceptions import Forbidden

from capture.errors import TooLargeError
from kiosk import pipeline
from kiosk.errors import Problem
from kiosk.guard import is_same_machine
from kiosk.hearing.own_microphone import OwnMicrophone
from kiosk.house import house
from kiosk.i18n import _
from kiosk.visit.draft_calls import state_of
from kiosk.visit.request import (
    begin_receipt,
    check_share,
    new_draft,
    open_gathering,
    spoken_language,
)

own_microphone = Blueprint("own_microphone", __name__, url_prefix="/api/microphone")


@own_microphone.before_request
def _only_from_here() -> None:
    if not (is_same_machine() and house().own_microphone):
        raise Forbidden


@own_microphone.get("")
def look() -> dict[str, Any]:
    """How the recording is going."""
    return asdict(_own().meter())


@own_microphone.post("/start")
def start() -> tuple[dict[str, str], int]:
    """Begin to record for a new draft."""
    here, own, gathering = house(), _own(), open_gathering()
    here.begun.add(gathering.id)
    check_share(is_sound=True)
    draft = new_draft("memo", gathering, language=spoken_language(here))
    draft.most_bytes = own.most_bytes
    pipeline.begin(here.drafts.put(draft), here)

    def on_piece(untrusted_piece: bytes) -> None:
        with suppress(TooLargeError):  # its end is missing then, and it says so
            pipeline.feed(draft, untrusted_piece, here)

    try:
        own.start(draft.id, on_piece)
    except Exception:
        here.drafts.forget(draft.id)
        raise
    begin_receipt(draft)
    return {"draft": draft.id, "state": "recording"}, 201


@own_microphone.post("/pause")
def pause() -> dict[str, Any]:
    """Hear nothing until `/resume`; the draft goes on to grow then."""
    _own().pause()
    return look()


@own_microphone.post("/resume")
def resume() -> dict[str, Any]:
    """Go on after `/pause`."""
    _own().resume()
    return look()


@own_microphone.post("/stop")
def stop() -> dict[str, str]:
    """End the recording; answers with its draft."""
    here = house()
    draft_id, seconds = _own().stop()
    draft = here.drafts.find(draft_id)
    if draft is None:
        raise Problem(409, _("Nothing is being recorded."))
    return state_of(pipeline.finish(draft, here, recorded_seconds=seconds), here)


def _own() -> OwnMicrophone:
    found = house().own_microphone
    if found is None:
        raise Forbidden
    return found
