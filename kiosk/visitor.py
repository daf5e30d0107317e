"""What visitors meet: one page, and the calls its modules make. No cookie, no account, no URL."""

import json
import math
import threading
import time
from collections.abc import Iterator
from typing import Any

from flask import (
    Blueprint,
    Response,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)

import store
from capture.errors import UnreadableError, WrongTypeError
from kiosk import pipeline
from kiosk.drafts import Draft, Picture, Words, new_id
from kiosk.errors import Problem, gone, nothing_open, too_large, why_unheard
from kiosk.guard import is_same_machine
from kiosk.house import House, house
from kiosk.i18n import _, current_language
from kiosk.strike import placeholders, strike
from redact.drawing import Box
from store.gatherings import Gathering
from store.payloads import Silence
from store.receipts import Receipt, ReceiptState

visitor = Blueprint("visitor", __name__)

DRAWING_SIZE = (1280, 960)  # px; every drawing leaves the page in this size
NOTE_BYTES_PER_CHARACTER = 4  # UTF-8's longest
SOUND_TYPES = {"audio/webm", "audio/mp4", "audio/ogg", "audio/wav", "audio/x-wav", "video/webm"}
FEELINGS = frozenset(
    {"relieved", "thankful", "hopeful", "tired", "worried", "sad", "angry", "alone"}
)  # templates/visitor/parts.html shows them
SILENCES = frozenset({"", "not_yet", "good"})  # the start page's small buttons
RECEIPT_BYTES = 4096  # answers are padded to a multiple: their size tells nothing
SHORTEST_TOKEN = 16  # characters of an Idempotency-Key; fewer could be guessed by another client
EVENTS_SECONDS = 25.0  # an event stream ends by itself; the browser opens the next
MEMO_WAIT_SECONDS = 50.0  # how long a client without a preview waits for words
_event_streams = threading.BoundedSemaphore(3)  # so that pages always find a free thread
_waiting_memos = threading.BoundedSemaphore(2)
_locks = tuple(threading.Lock() for _number in range(64))


def _one_at_a_time(token: str) -> threading.Lock:
    """Held while a token is worked on, so that a double touch keeps one item, once."""
    return _locks[hash(token) % len(_locks)]


@visitor.get("/")
def start() -> Any:
    """The visitor's page, whole; its modules show one state of it at a time."""
    if not store.keys.is_set_up():
        return redirect(url_for("setup.code"), code=303)
    here = house()
    limits = here.settings.limits
    return render_template(
        "visitor.html",
        gathering=store.gatherings.current(),
        board=_board(),
        limits={
            "memo_seconds": limits.memo_seconds,
            "note_characters": limits.note_characters,
            "idle_seconds": limits.idle_seconds,
            "drawing_width": DRAWING_SIZE[0],
            "drawing_height": DRAWING_SIZE[1],
        },
        speak=here.speak(),
        sample_sentences=here.sample_sentences(),
        own_microphone=here.microphone is not None and is_same_machine(),
    )


@visitor.get("/healthz")
def healthz() -> Response:
    """Whether the kiosk answers."""
    return Response("ok", mimetype="text/plain")


@visitor.post("/api/drafts")
def make_draft() -> tuple[dict[str, str], int]:
    """Take a note, a drawing or a recording; answer with the draft it became."""
    open_gathering()
    take_place()
    here = house()
    if request.args.get("live"):
        return state_of(_begin_live(here), here), 201
    return state_of(_draft_of_body(here, new_id()), here), 201


@visitor.post("/api/drafts/<draft_id>/pieces")
def add_piece(draft_id: str) -> tuple[str, int]:
    """One more stretch of a recording, while its visitor still speaks."""
    here = house()
    draft = _find(draft_id)
    piece = _body(here.settings.limits.memo_bytes)
    draft.size_bytes += len(piece)
    if draft.size_bytes > here.settings.limits.memo_bytes:
        raise too_large()
    here.drafts.put(draft)
    here.worker.feed(draft.id, piece)
    return "", 204


@visitor.post("/api/drafts/<draft_id>/finish")
def finish_recording(draft_id: str) -> tuple[dict[str, str], int]:
    """The visitor has stopped speaking; only the last stretch is left to hear."""
    here = house()
    draft = _find(draft_id)
    draft.recorded_seconds = _recorded_seconds()
    here.worker.finish(draft.id, recorded_seconds=draft.recorded_seconds)
    return state_of(draft, here), 200


@visitor.get("/api/drafts/<draft_id>")
def look_at_draft(draft_id: str) -> dict[str, Any]:
    """What the draft is now: still at work, ready to read, or why it cannot be."""
    return _shown(_find(draft_id), house())


@visitor.get("/api/drafts/<draft_id>/events")
def follow_draft(draft_id: str) -> Response:
    """The same as server-sent events, one each time something has changed."""
    here, draft = house(), _find(draft_id)
    if not _event_streams.acquire(blocking=False):
        busy = _("Many people are here at once. Please try again in a moment; nothing is lost.")
        raise Problem(503, busy, retry_after_seconds=2)

    def events() -> Iterator[str]:
        try:
            before, end = None, time.monotonic() + EVENTS_SECONDS
            while time.monotonic() < end:
                shown = _shown(draft, here)
                if shown != before:
                    yield f"data: {json.dumps(shown)}\n\n"
                if shown["state"] != "working":
                    return
                before = shown
                time.sleep(0.2)
        finally:
            _event_streams.release()

    return Response(stream_with_context(events()), mimetype="text/event-stream")


@visitor.get("/api/drafts/<draft_id>/preview.png")
def preview_drawing(draft_id: str) -> Response:
    """The drawing as it would be kept."""
    draft = _find(draft_id)
    if not isinstance(draft.content, Picture):
        raise gone()
    return Response(pipeline.preview_png(draft.content), mimetype="image/png")


@visitor.post("/api/drafts/<draft_id>/reading")
def read_draft_aloud(draft_id: str) -> Response:
    """The words as they would be kept, in the machine's own neutral voice."""
    draft, voice = _find(draft_id), house().voice
    if not (voice and isinstance(draft.content, Words)):
        raise gone()
    struck = _struck(request.get_json(silent=True) or {})
    try:
        text, _doubts = strike(draft.content.text, struck)
    except ValueError as error:
        raise _odd_wish() from error
    wav = voice.read(text, language=draft.language or current_language())
    if wav is None:
        raise Problem(503, _("The reading voice does not answer."), retry_after_seconds=5)
    return Response(wav, mimetype="audio/wav")


@visitor.post("/api/drafts/<draft_id>/keep")
def keep_draft(draft_id: str) -> tuple[dict[str, str], int]:
    """The visitor's yes: seal, sync, then the four words. Sent again, it gives the same words."""
    here = house()
    with _one_at_a_time(draft_id):
        kept = store.items.find_receipt(draft_id)
        if kept:
            here.drafts.forget(draft_id)
            return {"receipt": kept.words}, 201
        gathering = open_gathering()
        draft = pipeline.look_at(_find(draft_id), here)
        if draft.content is None and not draft.raw_sound:
            raise Problem(409, why_unheard(draft.failed) if draft.failed else _("Not ready yet."))
        wish = _wish(gathering)
        try:
            receipt = pipeline.keep(draft, here, gathering, **wish)
        except ValueError as error:
            raise _odd_wish() from error
        here.drafts.forget(draft_id)
    return {"receipt": receipt.words}, 201


@visitor.delete("/api/drafts/<draft_id>")
def forget_draft(draft_id: str) -> tuple[str, int]:
    """The visitor's no: nothing remains."""
    house().drafts.forget(draft_id)
    return "", 204


@visitor.post("/api/items")
def make_item() -> tuple[dict[str, str], int]:
    """Keep at once, without a preview: for clients that cannot show one, and for silence."""
    token = request.headers.get("Idempotency-Key", "")
    if len(token) < SHORTEST_TOKEN:
        raise Problem(422, _("This needs an Idempotency-Key of 16 characters or more."))
    with _one_at_a_time(token):
        kept = store.items.find_receipt(token)
        if kept:
            return {"receipt": kept.words}, 200
        gathering = open_gathering()
        take_place()
        if request.mimetype == "application/json":
            return {"receipt": _keep_silence(gathering, token).words}, 201
        here = house()
        draft = _draft_of_body(here, token)
        try:
            _wait_for_words(draft, here)
            receipt = pipeline.keep(draft, here, gathering)
        finally:
            here.drafts.forget(draft.id)
    return {"receipt": receipt.words}, 201


@visitor.post("/api/receipt")
def look_up_receipt() -> Response:
    """What became of a contribution, for who has its four words; never its content."""
    return _receipt_answer(store.receipts.look_up(_receipt_words()))


@visitor.delete("/api/receipt")
def withdraw_receipt() -> Response:
    """Take a contribution back, as long as its gathering has not been released."""
    words = _receipt_words()
    if store.receipts.withdraw(words):
        return _receipt_answer(ReceiptState("unknown"), state="withdrawn")
    return _receipt_answer(store.receipts.look_up(words))


def _receipt_answer(found: ReceiptState, *, state: str = "") -> Response:
    """State and answer, in a body whose size does not tell which."""
    answer = "\n\n".join(f"{each.theme}\n{each.answer}" for each in found.answer)
    names = {"kept": "sealed"}
    shown = {
        "state": state or names.get(found.state, found.state),
        "answer": answer or None,
        "can_withdraw": found.can_withdraw,
    }
    body = json.dumps(shown).encode()
    return Response(body + b" " * (-len(body) % RECEIPT_BYTES), mimetype="application/json")


def _board() -> list[dict[str, str]]:
    titles = {each.id: each.title for each in store.gatherings.everything()}
    return [
        {"theme": titles.get(each.gathering, ""), "heard": each.theme, "next": each.answer}
        for each in store.board.everything()
    ]


def _draft_of_body(here: House, draft_id: str) -> Draft:
    limits = here.settings.limits
    if request.mimetype == "text/plain":
        most = limits.note_characters * NOTE_BYTES_PER_CHARACTER
        return pipeline.preview_note(_body(most), here, draft_id=draft_id)
    if request.mimetype == "image/png":
        return pipeline.preview_drawing(_body(limits.drawing_bytes), here, draft_id=draft_id)
    if request.mimetype in SOUND_TYPES:
        return pipeline.preview_memo(
            _body(limits.memo_bytes),
            here,
            draft_id=draft_id,
            recorded_seconds=_recorded_seconds(),
            language=spoken_language(here),
        )
    raise WrongTypeError


def _begin_live(here: House) -> Draft:
    if not here.worker.has_model:
        raise Problem(409, _("No model is here yet, so the whole recording has to come at once."))
    draft = here.drafts.put(Draft("memo"))
    here.worker.begin(draft.id, language=spoken_language(here))
    return draft


def _wait_for_words(draft: Draft, here: House) -> None:
    """Wait until a memo is words; one that takes too long keeps its sound, to be sealed."""
    raw_sound = request.get_data() if draft.kind == "memo" else b""
    if not _waiting_memos.acquire(blocking=False):
        end = 0.0
    else:
        end = time.monotonic() + MEMO_WAIT_SECONDS
    try:
        while pipeline.look_at(draft, here).content is None and not draft.raw_sound:
            if draft.failed:
                raise Problem(422, why_unheard(draft.failed))
            if time.monotonic() >= end:
                here.worker.cancel(draft.id)
                draft.raw_sound = raw_sound
                return
            time.sleep(0.1)
    finally:
        if end:
            _waiting_memos.release()


def state_of(draft: Draft, here: House) -> dict[str, str]:
    """A draft's id, and whether it is ready."""
    return {"draft": draft.id, "state": _shown(draft, here)["state"]}


def _shown(draft: Draft, here: House) -> dict[str, Any]:
    pipeline.look_at(draft, here)
    if draft.raw_sound:
        return {"state": "later", "kind": "memo"}
    if draft.failed:
        return {"state": "failed", "kind": "memo", "detail": why_unheard(draft.failed)}
    if isinstance(draft.content, Words):
        return {
            "state": "ready",
            "kind": draft.kind,
            "text": draft.content.text,
            "spans": placeholders(draft.content.text),
            "unsure": [list(each) for each in draft.content.doubts],
            "truncated": draft.is_truncated,
            "can_be_read_aloud": here.voice is not None,
        }
    if isinstance(draft.content, Picture):
        return {
            "state": "ready",
            "kind": "drawing",
            "preview": url_for("visitor.preview_drawing", draft_id=draft.id),
            "width": draft.content.pixels.shape[1],
            "height": draft.content.pixels.shape[0],
            "covered": [list(each) for each in draft.content.writing.covered],
            "offered": [list(each) for each in draft.content.writing.unread],
            "can_read": draft.content.writing.is_readable,
        }
    state = here.worker.poll(draft.id)
    return {
        "state": "working",
        "kind": "memo",
        "progress": state.progress,
        "place": state.place,
        "words_so_far": pipeline.words_so_far(state.words_so_far, here),
    }


def _keep_silence(gathering: Gathering, token: str) -> Receipt:
    wish = request.get_json(silent=True)
    if not isinstance(wish, dict) or wish.get("kind") != "silence":
        raise UnreadableError
    feeling = wish.get("feeling") or ""
    if feeling not in SILENCES:
        feeling = _feeling(feeling)
    return store.items.keep(Silence(feeling=feeling), gathering, token=token)


def _wish(gathering: Gathering) -> dict[str, Any]:
    """What the visitor decided at the preview, checked."""
    wish = request.get_json(silent=True) if request.get_data() else {}
    if not isinstance(wish, dict):
        raise _odd_wish()
    feeling, question = _feeling(wish.get("feeling") or ""), wish.get("question")
    if question is not None and question not in range(len(gathering.questions)):
        raise _odd_wish()
    struck = _struck(wish)
    try:
        covered = None
        if wish.get("covered") is not None:
            covered = [Box(*(int(edge) for edge in box)) for box in wish["covered"]]
    except (TypeError, ValueError) as error:
        raise _odd_wish() from error
    return {
        "struck": struck,
        "covered": covered,
        "feeling": feeling,
        "question": "" if question is None else gathering.questions[question],
    }


def _struck(wish: Any) -> list[tuple[int, int]]:
    try:
        return [(start, end) for start, end in wish.get("struck") or ()]
    except (AttributeError, TypeError, ValueError) as error:
        raise _odd_wish() from error


def _feeling(wish: object) -> str:
    """One feeling or several, as a text with spaces between them."""
    chosen = wish if isinstance(wish, list) else str(wish).replace(",", " ").split()
    if not all(isinstance(each, str) and each in FEELINGS for each in chosen):
        raise _odd_wish()
    return " ".join(chosen)


def _odd_wish() -> Problem:
    return Problem(422, _("The kiosk did not understand what to keep. Nothing was kept yet."))


def _find(draft_id: str) -> Draft:
    draft = house().drafts.find(draft_id)
    if draft is None:
        raise gone()
    return draft


def open_gathering() -> Gathering:
    """The gathering that collects now.

    Raises:
        Problem: 503, there is none.
    """
    gathering = store.gatherings.current() if store.keys.is_set_up() else None
    if gathering is None:
        raise nothing_open()
    return gathering


def take_place() -> None:
    """Count one more contribution of this hour.

    Raises:
        Problem: 429, with the seconds until the next place is free.
    """
    wait_seconds = house().quota.take()
    if wait_seconds:
        full = _("The kiosk has taken in a lot this hour. Please come back a little later.")
        raise Problem(429, full, retry_after_seconds=math.ceil(wait_seconds))


def _body(most_bytes: int) -> bytes:
    request.max_content_length = most_bytes
    if (request.content_length or 0) > most_bytes:
        raise too_large()
    return request.get_data()


def _recorded_seconds() -> float | None:
    try:
        seconds = float(request.headers["X-Recorded-Seconds"])
    except (KeyError, ValueError):
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def spoken_language(here: House) -> str | None:
    """The language of a recording, as its visitor or the settings say; none: to be detected."""
    asked = request.args.get("language", "")
    is_code = asked.isascii() and asked.isalpha() and len(asked) in {2, 3}
    return (asked.lower() if is_code else "") or here.settings.speech.language or None


def _receipt_words() -> str:
    wish = request.get_json(silent=True)
    words = wish.get("words") if isinstance(wish, dict) else None
    if not isinstance(words, str) or len(words) > 200:
        raise Problem(422, _("Please type the four words, with spaces between them."))
    return words
