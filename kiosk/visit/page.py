"""What visitors meet: one page, and what four words tell. No cookie, no account, no address."""

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import store
from kiosk.answers import newest, shown
from kiosk.details import finds_names, kind_names, names_not_found
from kiosk.errors import Problem
from kiosk.guard import is_same_machine
from kiosk.house import house
from kiosk.i18n import _
from kiosk.network.tablets import asked_here
from kiosk.places import HERE, place
from kiosk.static_files import compressed
from kiosk.visit import pad, promises, spoken_languages
from kiosk.visit.request import json_body
from kiosk.visit.way_out import leads_out
from redact.pictures.drawing import can_read
from store import words as receipt_words
from store.board import Answer
from store.receipts import ReceiptState

visitor = Blueprint("visitor", __name__)

RECEIPT_BYTES = 4096  # answers are padded to a multiple, all to the same: their size tells nothing
ROOM_FOR_STATE_BYTES = 200  # of an answer, beside the board's words


@visitor.get("/")
def start() -> ResponseReturnValue:
    """The visitor's page, whole; its modules show one state of it at a time."""
    if not store.keys.is_set_up():
        return redirect(url_for("setup.code"), code=303)
    here = house()
    limits = here.settings.limits
    gathering = asked_here()
    answers = store.board.everything()
    page = render_template(
        "visit.html",
        board=shown(answers),
        newest=newest(answers),
        helpline=store.house_words.read().helpline,
        gathering=promises.told(gathering) if gathering else None,
        promise=promises.sentences(gathering) if gathering else [],
        seal=promises.seal_of(gathering) if gathering else "",
        is_changed="changed" in request.args,
        limits={
            "memo_seconds": limits.memo_seconds,
            "note_characters": limits.note_characters,
            "idle_seconds": limits.idle_seconds,
        },
        speak=here.speak(),
        sample_sentences=here.sample_sentences(),
        reads_drawings=can_read(),
        may_photograph=not is_same_machine(),
        pad=pad,
        kind_names=kind_names(),
        finds_names=finds_names,
        names_not_found=names_not_found,
        mark_svg=mark(),
        can_read_aloud=here.voice is not None,
        spoken_languages=spoken_languages.offered(here),
        leads_out=leads_out(),
        own_microphone=here.own_microphone is not None and is_same_machine(),
    )
    return compressed(page.encode(), "text/html", is_lasting=False)


@visitor.get("/safe")
def safe() -> Response:
    """How this keeps you safe, in a picture and in sentences: it comes once the page can be used.

    The promise has a mark, so that who knows it from a notice sees whether it is still the same.
    """
    gathering = asked_here()
    text = render_template(
        "visit/safe.html",
        helpline=store.house_words.read().helpline,
        mark=promises.mark_of(gathering) if gathering else "",
        finds_names=finds_names,
        names_not_found=names_not_found,
    )
    return compressed(text.encode(), "text/html", is_lasting=False)


@visitor.get("/corners")
def corners() -> Response:
    """What is said of a photographed sheet, and its corners to move: with the first photograph."""
    text = render_template("visit/corners.html", reads_drawings=can_read())
    return compressed(text.encode(), "text/html", is_lasting=False)


@cache
def mark() -> str:
    """The kiosk's sign, as a picture file."""
    return (resources.files("static") / "icons" / "mark.svg").read_text("utf-8")


@visitor.get("/healthz")
def healthz() -> Response:
    """Whether the kiosk answers."""
    return Response("ok", mimetype="text/plain")


@visitor.get("/api/promise")
def look_at_promise() -> dict[str, object]:
    """What is promised now, so that a page that stands open can follow."""
    return promises.shown(asked_here())


@visitor.post("/api/receipt")
def look_up_receipt() -> Response:
    """What became of a contribution, for who has its four words; never its content."""
    return _receipt_answer(store.receipts.look_up(_receipt_words(), place=place()))


@visitor.get("/words.txt")
def all_words() -> Response:
    """Every word that a receipt can have: a page offers them, and what is typed stays in it."""
    return Response("\n".join(receipt_words.everything()), mimetype="text/plain")


@visitor.post("/api/receipt/reading")
def read_receipt_aloud() -> Response:
    """Four words in the machine's own voice, for who cannot read them; no other text is read."""
    words, voice = receipt_words.read(_receipt_words()), house().voice
    if voice is None or words is None:
        raise Problem(422, _("Please type the four words, with spaces between them."))
    wav = voice.read(words.replace(" ", ". "), gaps=[], language="en", is_here=place() == HERE)
    if wav is None:
        raise Problem(503, _("The reading voice does not answer."), retry_after_seconds=5)
    return Response(wav, mimetype="audio/wav")


@visitor.delete("/api/receipt")
def withdraw_receipt() -> Response:
    """Take a contribution back, as long as its gathering has not been released."""
    found = store.receipts.take_back(_receipt_words(), place=place())
    if found is None:
        return _receipt_answer(ReceiptState("unknown"), state="withdrawn")
    return _receipt_answer(found)


def _receipt_answer(found: ReceiptState, *, state: str = "") -> Response:
    """State and answer, in a body whose size does not tell which."""
    names = {"kept": "sealed"}
    shown = {
        "state": state or names.get(found.state, found.state),
        "answer": _as_text(found.answer) or None,
        "can_withdraw": found.can_withdraw,
    }
    body = json.dumps(shown).encode()
    return Response(body.ljust(_receipt_bytes()), mimetype="application/json")


def _receipt_bytes() -> int:
    """The size of every answer: room for the longest that the public board could give."""
    by_gathering: dict[str, list[Answer]] = {}
    for each in store.board.everything():
        by_gathering.setdefault(each.gathering, []).append(each)
    longest = max((len(json.dumps(_as_text(each))) for each in by_gathering.values()), default=0)
    return RECEIPT_BYTES * (1 + (longest + ROOM_FOR_STATE_BYTES) // RECEIPT_BYTES)


def _as_text(answers: Sequence[Answer]) -> str:
    return "\n\n".join(f"{each.theme}\n{each.answer}" for each in answers)


def _receipt_words() -> str:
    words = json_body().get("words")
    if not isinstance(words, str) or len(words) > 200:
        raise Problem(422, _("Please type the four words, with spaces between them."))
    return words
