"""Drafts over HTTP: made, looked at, read aloud, kept or forgotten."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request, stream_with_context, url_for

import store
from kiosk import pipeline
from kiosk.details import looked_in
from kiosk.drafts import Draft, Picture, Words, is_id, new_id
from kiosk.errors import Problem, gone, why_unheard
from kiosk.house import House, house
from kiosk.i18n import _, current_language
from kiosk.places import HERE, Turns, place
from kiosk.strike import bring_back, bring_back_alike, strike
from kiosk.visit import promises
from kiosk.visit.language_question import question_of
from kiosk.visit.request import (
    KINDS,
    begin_receipt,
    body,
    check_share,
    draft_of_body,
    find_draft,
    json_body,
    new_draft,
    odd_wish,
    one_at_a_time,
    open_gathering,
    receipt_of,
    recorded_seconds,
    spoken_language,
    struck_in,
    whole,
    wish_of,
)
from store.gatherings import Gathering

drafts = Blueprint("drafts", __name__, url_prefix="/api/drafts")

EVENTS_SECONDS = 25.0  # an event stream ends by itself; the browser opens the next
_event_streams = Turns(here=3, afar=1)  # so that pages always find a free thread


@drafts.post("")
def make_draft() -> tuple[dict[str, str], int]:
    """Take a note, a drawing or a recording; answer with the draft it became."""
    here, gathering = house(), open_gathering()
    here.begun.add(gathering.id)
    check_share(is_sound=KINDS.get(request.mimetype) == "memo")
    is_live = bool(request.args.get("live"))
    draft = _begin_live(here, gathering) if is_live else draft_of_body(here, gathering, new_id())
    begin_receipt(draft)
    return state_of(draft, here), 201


@drafts.post("/<draft_id>/pieces")
def add_piece(draft_id: str) -> tuple[str, int]:
    """One more stretch of a recording, while its visitor still speaks."""
    here = house()
    draft = find_draft(draft_id)
    pipeline.feed(draft, body(here.settings.limits.memo_bytes), here)
    return "", 204


@drafts.post("/<draft_id>/finish")
def finish_recording(draft_id: str) -> tuple[dict[str, str], int]:
    """The visitor has stopped speaking; only the last stretch is left to hear."""
    here = house()
    draft = find_draft(draft_id)
    return state_of(pipeline.finish(draft, here, recorded_seconds=recorded_seconds()), here), 200


@drafts.get("/<draft_id>")
def look_at_draft(draft_id: str) -> dict[str, Any]:
    """What the draft is now: still at work, ready to read, or why it cannot be."""
    return _shown(find_draft(draft_id), house())


@drafts.get("/<draft_id>/events")
def follow_draft(draft_id: str) -> Response:
    """The same as server-sent events, one each time something has changed.

    Where many are followed from one place at once, the stream ends after its first event, and the
    browser opens the next by itself: nobody is turned away because of others.
    """
    here, draft = house(), find_draft(draft_id)
    turn = _event_streams.at(draft.place)
    may_stay = turn.acquire(blocking=False)

    def events() -> Iterator[str]:
        try:
            before, end = None, time.monotonic() + (EVENTS_SECONDS if may_stay else 0.0)
            while before is None or time.monotonic() < end:
                shown = _shown(draft, here)
                if shown != before:
                    yield f"data: {json.dumps(shown)}\n\n"
                if shown["state"] != "working":
                    return
                before = shown
                time.sleep(0.2 if may_stay else 0.0)
        finally:
            if may_stay:
                turn.release()

    return Response(stream_with_context(events()), mimetype="text/event-stream")


@drafts.get("/<draft_id>/preview.png")
def preview_drawing(draft_id: str) -> Response:
    """The drawing as it was made, to its own visit: the page lays the covers over it."""
    draft = find_draft(draft_id)
    if not isinstance(draft.content, Picture):
        raise gone()
    return Response(pipeline.preview_png(draft.content), mimetype="image/png")


@drafts.post("/<draft_id>/reading")
def read_draft_aloud(draft_id: str) -> Response:
    """The words as they would be kept, in the machine's own neutral voice."""
    draft, voice = find_draft(draft_id), house().voice
    if not (voice and isinstance(draft.content, Words)):
        raise gone()
    struck = struck_in(json_body() if request.get_data() else {})
    try:
        left = strike(draft.content, struck)
    except ValueError as error:
        raise odd_wish() from error
    gaps = [(each.start, each.end) for each in left.spans]
    language = draft.content.language or draft.language or current_language()
    wav = voice.read(left.text, gaps=gaps, language=language, is_here=draft.place == HERE)
    if wav is None:
        raise Problem(503, _("The reading voice does not answer."), retry_after_seconds=5)
    return Response(wav, mimetype="audio/wav")


@drafts.post("/<draft_id>/back")
def bring_word_back(draft_id: str) -> dict[str, Any]:
    """Show again what a placeholder stands for: the visitor says that it names nobody.

    `texts` instead of `span`: what they said so of before they changed something else.
    """
    draft = find_draft(draft_id)
    if not isinstance(draft.content, Words):
        raise gone()
    wish = json_body()
    texts = wish.get("texts")
    if isinstance(texts, list) and "span" not in wish:
        known = [each for each in texts if isinstance(each, str)]
        draft.content = bring_back_alike(draft.content, known)
        return _shown(draft, house())
    wished = wish.get("span")
    if not isinstance(wished, list) or len(wished) != len(("start", "end")):
        raise odd_wish()
    try:
        draft.content = bring_back(draft.content, [whole(each) for each in wished])
    except ValueError as error:
        raise odd_wish() from error
    return _shown(draft, house())


@drafts.post("/<draft_id>/keep")
def keep_draft(draft_id: str) -> tuple[dict[str, str], int]:
    """The visitor's yes: seal, sync, then the four words. Sent again, it gives the same words."""
    here = house()
    with one_at_a_time(draft_id):
        is_there = here.drafts.find(draft_id) is not None
        if not is_there and not (is_id(draft_id) and here.drafts.may_be_kept_again(draft_id)):
            raise gone()
        prepared = receipt_of(draft_id)  # once
        kept = store.items.find_receipt(prepared)
        if kept:
            here.drafts.forget(draft_id)
            return {"receipt": kept.words}, 201
        gathering = open_gathering()
        draft = pipeline.look_at(find_draft(draft_id), here)
        if draft.content is None and not draft.raw_sound:
            raise Problem(409, why_unheard(draft.fault) if draft.fault else _("Not ready yet."))
        if draft.gathering != gathering.id and pipeline.move_to(draft, gathering, here):
            promises.ask_again(gathering)
        wish = wish_of(gathering, draft.promised)
        try:
            receipt = pipeline.keep(draft, gathering, prepared, **wish)
        except ValueError as error:
            raise odd_wish() from error
        here.shares.count(place(), waits_as_sound=bool(draft.raw_sound))
        here.drafts.kept(draft_id)
    return {"receipt": receipt.words}, 201


@drafts.delete("/<draft_id>")
def forget_draft(draft_id: str) -> tuple[str, int]:
    """The visitor's no: nothing remains. A draft of another visit is not theirs to forget."""
    with suppress(Problem):
        house().drafts.forget(find_draft(draft_id).id)
    return "", 204


def state_of(draft: Draft, here: House) -> dict[str, str]:
    """A draft's id, and whether it is ready."""
    return {"draft": draft.id, "state": _shown(draft, here)["state"]}


def _shown(draft: Draft, here: House) -> dict[str, Any]:
    pipeline.look_at(draft, here)
    if draft.raw_sound:
        return {"state": "later", "kind": "memo"}
    if draft.fault:
        return {"state": "failed", "kind": "memo", "detail": why_unheard(draft.fault)}
    if isinstance(draft.content, Words):
        return {
            "state": "ready",
            "kind": "memo" if draft.is_spoken else draft.kind,
            "text": draft.content.text,
            "language": draft.content.language,
            **looked_in(draft.content.languages),
            "language_question": question_of(draft, here.hearing.languages),
            "spans": [each._asdict() for each in draft.content.spans],
            "unsure": [list(each) for each in draft.content.doubts],
            "truncated": draft.is_truncated,
            "can_be_read_aloud": here.voice is not None,
        }
    if isinstance(draft.content, Picture):
        return {
            "state": "ready",
            "kind": "drawing",
            "preview": url_for("drafts.preview_drawing", draft_id=draft.id),
            "width": draft.content.pixels.shape[1],
            "height": draft.content.pixels.shape[0],
            "covered": [list(each) for each in draft.content.writing.covered],
            "kinds": list(draft.content.writing.kinds),
            "offered": [list(each) for each in draft.content.writing.unread],
            "words": draft.content.writing.plain_places,
            "can_read": draft.content.writing.is_readable,
            "doubtful": draft.content.writing.is_doubtful,
            "cropped": draft.content.corners != (),
            "corners": draft.content.corners,
        }
    return {"state": "working", "kind": "memo", **asdict(pipeline.standing(draft, here))}


def _begin_live(here: House, gathering: Gathering) -> Draft:
    if not here.hearing.has_model:
        raise Problem(409, _("No model is here yet, so the whole recording has to come at once."))
    draft = here.drafts.put(new_draft("memo", gathering, language=spoken_language(here)))
    return pipeline.begin(draft, here)
