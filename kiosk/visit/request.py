"""What a visitor's request carries, read with care: bodies, wishes, headers.

Nothing here keeps anything; what cannot be used becomes one plain sentence.
"""

import math
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from weakref import WeakValueDictionary

from flask import request

import store
from capture.errors import WrongTypeError
from kiosk import pipeline
from kiosk.drafts import Draft, DraftKind, Words, new_id
from kiosk.errors import Problem, gone, nothing_open, too_large, too_large_picture
from kiosk.feelings import FEELINGS
from kiosk.guard import is_secret
from kiosk.hearing.stages import Fault
from kiosk.house import House, house
from kiosk.i18n import _, current_language
from kiosk.network.tablets import asked_here
from kiosk.places import place
from kiosk.settings import Limits
from kiosk.shares import MOST_WAIT_SECONDS
from kiosk.strike import carried
from kiosk.visit import corners, promises
from redact.pictures.drawing import Box
from store.gatherings import Gathering
from store.payloads import Said
from store.receipts import PreparedReceipt

# As recorders, file pickers and operating systems name them; what it is, its first bytes tell.
SOUND_TYPES = (
    *("audio/webm", "audio/ogg", "audio/wav", "audio/wave", "audio/x-wav", "audio/vnd.wave"),
    *("audio/mp4", "audio/m4a", "audio/x-m4a", "audio/mp4a-latm", "video/webm", "video/mp4"),
    "application/octet-stream",
)
KINDS: dict[str, DraftKind] = {
    "text/plain": "note",
    **dict.fromkeys(("image/png", "image/jpeg", "image/webp"), "drawing"),
    **dict.fromkeys(SOUND_TYPES, "memo"),
}
MOST_JSON_BYTES = 64_000  # and of whatever no view takes more of
MOST_DESK_BYTES = 8_000_000  # a table of names, a photograph, the smallest parcel
DEEPEST = 3  # a wish holds a list of ranges
MOST_FEELINGS = 8
MOST_RANGES = 1_000  # struck or covered, of one contribution
LARGEST_NUMBER = 1_000_000  # a code point or a pixel
_locks: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()  # while somebody holds one
_finding = threading.Lock()


def open_gathering() -> Gathering:
    """The gathering that this tablet asks for.

    Raises:
        Problem: 503, there is none.
    """
    gathering = asked_here()
    if gathering is None:
        raise nothing_open()
    return gathering


def check_share(*, is_sound: bool = False) -> None:
    """Turn away who comes from a place that has had enough kept in this hour.

    Raises:
        Problem: 429, always with the same wait.
    """
    here = house()
    waits = is_sound and not here.hearing.has_model
    if here.shares.is_used_up(place(), waits_as_sound=waits):
        full = _("The kiosk has taken in a lot this hour. Please come back a little later.")
        raise Problem(429, full, retry_after_seconds=MOST_WAIT_SECONDS)


def prepare_receipt(token: str) -> PreparedReceipt:
    """Work out the receipt of a token, which is slow on purpose: so many a minute from a place.

    Raises:
        TooManyTriesError: It would be one too many.
    """
    house().slow_hashes.take(place())
    return store.receipts.prepare(token)


def begin_receipt(draft: Draft) -> None:
    """Let a thread work out a draft's receipt while its visitor reads, so that Keep need not.

    They have a count of their own: many drafts, of which few are kept, take nothing from Keep.
    """
    here = house()
    if not here.hashes_ahead.is_used_up(place()):
        here.hashes_ahead.count(place())
        draft.receipt = here.meanwhile.submit(store.receipts.begin(receipt_token(draft.id)))


def receipt_of(draft_id: str) -> PreparedReceipt:
    """The receipt of a draft of this visit, or of one that was kept and is asked for again.

    One that still stands behind those of others is worked out here: Keep waits for nobody's draft.

    Raises:
        TooManyTriesError: It would have to be worked out, and would be one too many.
    """
    with suppress(Problem):
        begun = find_draft(draft_id).receipt
        if begun and not begun.cancel():
            return begun.result()
    return prepare_receipt(receipt_token(draft_id))


def draft_of_body(here: House, gathering: Gathering, draft_id: str) -> Draft:
    """The draft that a body becomes, by its type.

    Raises:
        WrongTypeError: Neither text, PNG nor sound.
        CaptureError: It cannot be read.
    """
    kind = KINDS.get(request.mimetype)
    if kind is None:
        raise WrongTypeError
    untrusted_body = body(pipeline.most_bytes(kind, here.settings.limits))
    language = spoken_language(here) if kind == "memo" else written_language()
    before = _corrected_draft() if kind == "note" else None
    draft = here.drafts.put(new_draft(kind, gathering, language=language, draft_id=draft_id))
    try:
        pipeline.take(draft, untrusted_body, here, recorded_seconds=recorded_seconds())
        if before and isinstance(draft.content, Words) and isinstance(before.content, Words):
            draft.content = carried(draft.content, before.content)
    except Exception:
        here.drafts.forget(draft.id)
        raise
    if draft.fault is Fault.WRONG_TYPE:
        here.drafts.forget(draft.id)
        raise WrongTypeError
    return draft


def new_draft(
    kind: DraftKind, gathering: Gathering, *, language: str | None = None, draft_id: str = ""
) -> Draft:
    """A draft of this visit, made under the promise that its page shows."""
    promised = request.headers.get(promises.SEAL, "") or promises.seal_of(gathering)
    return Draft(
        kind,
        language=language or "",
        is_certain=bool(language and request.args.get("certain")),
        screen_language=current_language(),
        is_spoken=kind == "note" and corrects_a_memo(),
        corners=corners.chosen(),
        promised=promised,
        gathering=gathering.id,
        visit=visit_key(),
        place=place(),
        id=draft_id or new_id(),
    )


def _corrected_draft() -> Draft | None:
    """The draft whose text a note corrects, if it is still there and of the same visit."""
    with suppress(Problem):
        return find_draft(request.args["of"]) if "of" in request.args else None
    return None


def corrects_a_memo() -> bool:
    """Whether a note says what was meant where a recording was misheard."""
    return request.args.get("as") == "memo"


def find_draft(draft_id: str) -> Draft:
    """A draft of this visit that has not been forgotten; else a `Problem`, 404."""
    draft = house().drafts.find(draft_id)
    if draft is None or not is_secret(visit_key(), draft.visit):
        raise gone()
    return draft


def visit_key() -> str:
    """What the page of one visit sends along, and no other page knows; old clients send none."""
    return request.headers.get("X-Visit", "")


def receipt_token(draft_id: str) -> str:
    """What the four words of a draft come from; another visit would get others."""
    return f"{draft_id}.{visit_key()}" if visit_key() else draft_id


def body(most_bytes: int) -> bytes:
    """The raw body, in memory; over its limit a `Problem`, 413."""
    request.max_content_length = most_bytes
    if (request.content_length or 0) > most_bytes:
        raise too_large_picture() if request.mimetype.startswith("image/") else too_large()
    return request.get_data()


def most_bytes_at(limits: Limits, path: str, media_type: str) -> int:
    """What an address takes at most, before anything of it is read."""
    if path.startswith(("/review/", "/setup/", "/team/")):
        return MOST_DESK_BYTES
    if path in {"/api/drafts", "/api/items"} or path.endswith("/pieces"):
        kinds = [KINDS[media_type]] if media_type in KINDS else list(KINDS.values())
        return max(MOST_JSON_BYTES, *(pipeline.most_bytes(kind, limits) for kind in kinds))
    return MOST_JSON_BYTES


def recorded_seconds() -> float | None:
    """What the recorder's own clock counted; none if it did not say."""
    try:
        seconds = float(request.headers["X-Recorded-Seconds"])
    except (KeyError, ValueError):
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def spoken_language(here: House) -> str | None:
    """The language of a recording, as its visitor or the settings say; none: to be detected."""
    return _asked_language() or here.settings.speech.language or None


def written_language() -> str:
    """The language a note is likely to be in: as its visitor says, else that of the screen."""
    return _asked_language() or current_language()


def _asked_language() -> str:
    asked = request.args.get("language", "")
    is_code = asked.isascii() and asked.isalpha() and len(asked) in {2, 3}
    return asked.lower() if is_code else ""


def json_body() -> dict[str, object]:
    """A small and shallow JSON object.

    Raises:
        Problem: 413, larger than any wish; 422, no object, or one nested like no wish of ours.
    """
    try:
        found: object = request.get_json(silent=True, force=True)
    except RecursionError:
        raise odd_wish() from None
    if not isinstance(found, dict) or _depth(found) > DEEPEST:
        raise odd_wish()
    return found


def _depth(value: object) -> int:
    """How deep lists and objects are nested, as far as it matters."""
    level: list[object] = [value]
    for depth in range(DEEPEST + 1):
        inner = [each for each in level if isinstance(each, list | dict)]
        if not inner:
            return depth
        level = [
            part for each in inner for part in (each.values() if isinstance(each, dict) else each)
        ]
    return DEEPEST + 1


def wish_of(gathering: Gathering, promised: str = "") -> dict[str, Any]:
    """What the visitor decided at the preview, checked.

    Args:
        gathering: The open one.
        promised: The seal of the promise that the draft was made under, unless they name another.

    Raises:
        Problem: 409, they have not seen what is promised now; 422, it cannot be meant.
    """
    wish = json_body() if request.get_data() else {}
    promises.hold_to(gathering, str(wish.get("promise") or "") or promised)
    feeling, question = feeling_in(wish.get("feeling") or ""), wish.get("question")
    asked = None if question is None else whole(question)
    if asked is not None and asked not in range(len(gathering.questions)):
        raise odd_wish()
    struck = struck_in(wish)
    return {
        "struck": struck,
        "covered": None if wish.get("covered") is None else _boxes_in(wish, "covered"),
        "uncovered": _boxes_in(wish, "uncovered"),
        "said": Said(feeling, "" if asked is None else gathering.questions[asked]),
    }


def _boxes_in(wish: Mapping[str, object], name: str) -> list[Box]:
    return [Box(*(whole(edge) for edge in box)) for box in _lists_in(wish, name, of=4)]


def struck_in(wish: Mapping[str, object]) -> list[tuple[int, int]]:
    """The ranges that the visitor struck out, in code points of the shown text."""
    return [(whole(start), whole(end)) for start, end in _lists_in(wish, "struck", of=2)]


def whole(value: object) -> int:
    """A whole number that can be a place in a text or a picture; JSON may say 3.0 for it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST_NUMBER:
        raise odd_wish()
    return value


def _lists_in(wish: Mapping[str, object], name: str, *, of: int) -> list[list[object]]:
    found = wish.get(name) or []
    if not isinstance(found, list) or len(found) > MOST_RANGES:
        raise odd_wish()
    if not all(isinstance(each, list) and len(each) == of for each in found):
        raise odd_wish()
    return found


def feeling_in(wish: object) -> str:
    """One feeling or several, as a text with spaces between them."""
    chosen = wish if isinstance(wish, list) else str(wish)[:200].replace(",", " ").split()
    if len(chosen) > MOST_FEELINGS:
        raise odd_wish()
    if not all(isinstance(each, str) and each in FEELINGS for each in chosen):
        raise odd_wish()
    return " ".join(chosen)


def odd_wish() -> Problem:
    """422, for a wish that cannot be meant."""
    return Problem(422, _("The kiosk did not understand what to keep. Nothing was kept yet."))


def one_at_a_time(token: str) -> threading.Lock:
    """Held while a token is worked on, so that a double touch keeps one item, once.

    Each token has its own: nobody's Keep waits for what somebody else sent.
    """
    with _finding:
        return _locks.setdefault(token, threading.Lock())
