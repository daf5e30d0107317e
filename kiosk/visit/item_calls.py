"""Contributions kept at once: for clients that show no preview, and for silence."""

import time

from flask import Blueprint, request

import store
from capture.errors import UnreadableError, WrongTypeError
from kiosk import pipeline
from kiosk.drafts import Draft
from kiosk.errors import Problem, why_unheard
from kiosk.feelings import SILENCES
from kiosk.house import House, house
from kiosk.i18n import _
from kiosk.places import Turns, place
from kiosk.visit import promises
from kiosk.visit.request import (
    KINDS,
    check_share,
    draft_of_body,
    feeling_in,
    json_body,
    one_at_a_time,
    open_gathering,
    prepare_receipt,
)
from store.gatherings import Gathering
from store.payloads import Said
from store.receipts import PreparedReceipt, Receipt

items = Blueprint("items", __name__, url_prefix="/api/items")

SHORTEST_TOKEN = 16  # characters of an Idempotency-Key; fewer could be guessed by another client
MEMO_WAIT_SECONDS = 50.0  # how long a client without a preview waits for words
_waiting_memos = Turns(here=2, afar=1)


@items.post("")
def make_item() -> tuple[dict[str, str], int]:
    """Keep at once, without a preview: for clients that cannot show one, and for silence."""
    token = request.headers.get("Idempotency-Key", "")
    if len(token) < SHORTEST_TOKEN:
        raise Problem(422, _("This needs an Idempotency-Key of 16 characters or more."))
    if request.mimetype not in {*KINDS, "application/json"}:
        raise WrongTypeError
    with one_at_a_time(token):
        prepared = prepare_receipt(token)  # once
        kept = store.items.find_receipt(prepared)
        if kept:
            return {"receipt": kept.words}, 200
        gathering = open_gathering()
        promises.hold_to(gathering, request.headers.get(promises.SEAL, ""))
        house().begun.add(gathering.id)
        check_share(is_sound=KINDS.get(request.mimetype) == "memo")
        if request.mimetype == "application/json":
            receipt = _keep_silence(gathering, prepared)
            house().shares.count(place())
            return {"receipt": receipt.words}, 201
        here = house()
        draft = draft_of_body(here, gathering, token)
        try:
            _wait_for_words(draft, here)
            said = Said(is_unpreviewed=True)
            receipt = pipeline.keep(draft, gathering, prepared, said=said)
            here.shares.count(place(), waits_as_sound=bool(draft.raw_sound))
        finally:
            here.drafts.forget(draft.id)
    return {"receipt": receipt.words}, 201


def _wait_for_words(draft: Draft, here: House) -> None:
    """Wait until a memo is words; one that takes too long keeps its sound, to be sealed."""
    turn = _waiting_memos.at(draft.place)
    end = time.monotonic() + MEMO_WAIT_SECONDS if turn.acquire(blocking=False) else 0.0
    try:
        while pipeline.look_at(draft, here).content is None and not draft.raw_sound:
            if draft.fault:
                raise Problem(422, why_unheard(draft.fault))
            if time.monotonic() >= end:
                pipeline.leave_for_later(draft, here)
            time.sleep(0.1)
    finally:
        if end:
            turn.release()


def _keep_silence(gathering: Gathering, token: PreparedReceipt) -> Receipt:
    wish = json_body()
    if wish.get("kind") != "silence":
        raise UnreadableError
    wished = wish.get("feeling") or ""
    is_silent = isinstance(wished, str) and wished in {*SILENCES, ""}
    feeling = str(wished) if is_silent else feeling_in(wished)
    return pipeline.keep(Draft("silence"), gathering, token, said=Said(feeling))
