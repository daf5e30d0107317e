"""The way of a contribution: bytes from a browser, a draft its visitor reads, a sealed item.

Read this file first. Each stage is called here and nowhere else, and none of them knows another.
Nothing is written to disk before `keep`, and `keep` writes what the visitor saw.
"""

from collections.abc import Sequence

import store
from capture import drawing, note
from kiosk.drafts import Draft, Picture, Words
from kiosk.house import House
from kiosk.strike import strike
from redact import Redaction, Strength, redact
from redact.pictures.drawing import Box
from store.gatherings import Gathering
from store.payloads import Drawing, Memo, Note, Payload
from store.receipts import PreparedReceipt, Receipt
from transcribe import Transcript

UNHEARD = {"gave_up", "no_model"}  # the worker's fault, not the recording's: the sound can wait


def preview_note(
    untrusted_body: bytes, house: House, *, draft_id: str, likely_language: str | None = None
) -> Draft:
    """Turn a note into a draft whose details are already replaced."""
    limit = house.settings.limits.note_characters
    raw_text = note.read(untrusted_body, limit_characters=limit)
    redaction = _redact(raw_text, house, likely=likely_language)
    return house.drafts.put(
        Draft("note", _words(redaction), size_bytes=4 * len(redaction.text), id=draft_id),
    )


def preview_drawing(untrusted_png: bytes, house: House, *, draft_id: str) -> Draft:
    """Turn a drawing into a new picture of the same pixels, with written details covered."""
    picture = house.drawings.read(
        untrusted_png,
        limits=house.settings.limits,
        lists=house.lists,
        strength=house.settings.redaction.strength,
    )
    size_bytes = picture.pixels.nbytes
    return house.drafts.put(Draft("drawing", picture, size_bytes=size_bytes, id=draft_id))


def preview_memo(
    untrusted_sound: bytes,
    house: House,
    *,
    draft_id: str,
    recorded_seconds: float | None,
    language: str | None,
) -> Draft:
    """Send a whole recording to the worker; `look_at` turns it into words when they are there."""
    draft = Draft(
        "memo",
        language=language or "",
        recorded_seconds=recorded_seconds,
        size_bytes=len(untrusted_sound),
        id=draft_id,
    )
    if house.hearing.has_model:
        house.drafts.put(draft)
        house.hearing.submit(
            draft.id, untrusted_sound, recorded_seconds=recorded_seconds, language=language
        )
    else:
        draft.raw_sound = untrusted_sound
        house.drafts.put(draft)
    return draft


def look_at(draft: Draft, house: House) -> Draft:
    """The draft as it is now: a memo whose words have come is redacted here, once."""
    if draft.kind != "memo" or draft.content or draft.raw_sound or draft.failed:
        return draft
    state = house.hearing.poll(draft.id)
    if state.state == "failed":
        raw_sound = house.hearing.take_sound(draft.id) if state.error in UNHEARD else None
        draft.raw_sound, draft.failed = raw_sound or b"", "" if raw_sound else str(state.error)
        house.hearing.cancel(draft.id)
    elif state.transcript is not None:
        draft.content = words_of(state.transcript, house)
        draft.is_truncated = state.is_truncated
        house.hearing.cancel(draft.id)  # its sound is not needed any more
    return draft


def words_of(transcript: Transcript, house: House) -> Words:
    """What of a transcript may be kept: details replaced, unsure words marked."""
    redaction = _redact(
        transcript.text, house, language=transcript.language, weak_words=transcript.unsure
    )
    return _words(redaction)


def words_so_far(raw_text: str, house: House, *, likely_language: str | None = None) -> str:
    """Words of a recording that still goes on, as its visitor may see them."""
    return _redact(raw_text, house, likely=likely_language).text if raw_text else ""


def preview_png(picture: Picture) -> bytes:
    """The drawing as it would be kept, less what its visitor still covers."""
    return drawing.encode(picture.pixels, picture.writing.covered)


def keep(  # what the visitor decided, each by its name
    draft: Draft,
    gathering: Gathering,
    receipt: PreparedReceipt,
    *,
    struck: Sequence[Sequence[int]] = (),
    covered: Sequence[Box] | None = None,
    feeling: str = "",
    question: str = "",
) -> Receipt:
    """Seal what the visitor saw, less what they struck out; returns once it is synced to disk.

    Args:
        draft: Ready, or a memo that no model could hear yet.
        gathering: The open one.
        receipt: Worked out from the draft's id, or from the token its client chose.
        struck: Ranges of the shown text, in code points.
        covered: Boxes in drawing pixels, besides those over details; unless said, over all
            writing that could not be read.
        feeling: What the visitor chose to say without words; may be empty.
        question: Which of the gathering's questions this answers; may be empty.

    Raises:
        ValueError: A struck range or a covered box does not lie within what was shown.
    """
    payload: Payload
    if isinstance(draft.content, Picture):
        found = draft.content.writing
        boxes = found.unread if covered is None else covered
        png = drawing.encode(draft.content.pixels, [*found.covered, *boxes])
        text = found.text_outside([*found.covered, *boxes])
        payload = Drawing(png=png, text=text, feeling=feeling, question=question)
    elif isinstance(draft.content, Words):
        text, doubts = strike(draft.content.text, struck, marked=draft.content.doubts)
        kind = Note if draft.kind == "note" else Memo
        payload = kind(text=text, doubts=doubts, feeling=feeling, question=question)
    else:
        return store.items.hold_sound(
            draft.raw_sound,
            gathering,
            token=receipt,
            recorded_seconds=draft.recorded_seconds or 0.0,
            language=draft.language,
            feeling=feeling,
            question=question,
            worker_public_key=store.backlog.announced(),
        )
    return store.items.keep(payload, gathering, token=receipt)


def _redact(
    raw_text: str,
    house: House,
    *,
    language: str | None = None,
    likely: str | None = None,
    weak_words: Sequence[tuple[int, int]] = (),
) -> Redaction:
    return redact(
        raw_text,
        language,
        likely=likely,
        lists=house.lists,
        strength=Strength(house.settings.redaction.strength),
        weak_words=weak_words,
    )


def _words(redaction: Redaction) -> Words:
    doubts = tuple((each.start, each.end) for each in redaction.doubts)
    return Words(redaction.text, doubts, redaction.language)
