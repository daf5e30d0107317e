"""The way of a contribution: what a visitor makes, a draft they read, a sealed item.

Read this file first. Five verbs carry everything: `begin`, `feed`, `finish`, `look_at`, `keep`.
Stages are called here and, for operators and facilitators, in `by_hand`; none knows another.
Nothing is written to disk before `keep`, and `keep` writes what the visitor saw.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import store
from capture import drawing, note, photo
from capture.container import HEAD_BYTES, container_of
from capture.errors import TooLargeError, WrongTypeError
from kiosk.drafts import Draft, DraftKind, Picture, Words
from kiosk.hearing.stages import Fault
from kiosk.house import House, Rules
from kiosk.settings import Limits
from kiosk.strike import as_said, strike
from redact import Redaction, redact
from redact.pictures.drawing import Box
from store.gatherings import Gathering
from store.payloads import NOTHING_SAID, Drawing, Gap, Memo, Note, Payload, Place, Said, Silence
from store.receipts import PreparedReceipt, Receipt

NOTE_BYTES_PER_CHARACTER = 4  # UTF-8's longest
PLACES_STEP = 5  # in a queue; fewer before somebody is "a moment"


@dataclass(frozen=True)
class Standing:
    """How far a memo is that is not words yet."""

    progress: float  # 0 to 1
    place: int  # how many memos come before this one, in steps of five
    words_so_far: str  # details already replaced


def begin(draft: Draft, house: House, *, is_live: bool = True) -> Draft:
    """Make ready for a contribution; of a memo, pieces may follow while its visitor still talks."""
    draft.most_bytes = draft.most_bytes or most_bytes(draft.kind, house.settings.limits)
    draft.is_heard = draft.kind == "memo" and house.hearing.has_model
    if draft.is_heard:
        house.hearing.begin(
            draft.id,
            language=draft.language or None,
            likely=draft.screen_language,
            is_certain=draft.is_certain,
            is_live=is_live,
            most_bytes=draft.most_bytes,
        )
    return draft


def feed(draft: Draft, untrusted_piece: bytes, house: House) -> None:
    """Take the next piece; of a first one too short to tell what it is, its ear is the judge.

    Raises:
        TooLargeError: With it, the contribution is larger than the limit of its kind.
    """
    if draft.size_bytes + len(untrusted_piece) > draft.most_bytes:
        raise TooLargeError("more than a contribution of this kind may have")
    is_first = draft.size_bytes == 0
    draft.size_bytes += len(untrusted_piece)
    if not draft.is_heard:
        draft.untrusted_pieces.append(untrusted_piece)
    elif is_first and len(untrusted_piece) >= HEAD_BYTES and not _is_recording(untrusted_piece):
        draft.fault = Fault.WRONG_TYPE
        house.hearing.cancel(draft.id)
    else:
        house.hearing.feed(draft.id, untrusted_piece)


def finish(draft: Draft, house: House, *, recorded_seconds: float | None = None) -> Draft:
    """The contribution is complete: a note or a drawing is ready now, a memo by and by.

    Raises:
        CaptureError: It cannot be read.
        TooManyDraftsError: Nobody is free to read the picture.
    """
    draft.recorded_seconds = recorded_seconds
    if draft.is_heard:
        house.hearing.finish(draft.id, recorded_seconds=recorded_seconds)
        return draft
    untrusted_body, draft.untrusted_pieces = b"".join(draft.untrusted_pieces), []
    if draft.kind == "memo":
        draft.raw_sound = untrusted_body
    elif draft.kind == "note":
        draft.content = _note(untrusted_body, draft, house)
        draft.size_bytes = NOTE_BYTES_PER_CHARACTER * len(draft.content.text)
    else:
        draft.content = _picture(untrusted_body, draft, house)
        draft.size_bytes = draft.content.pixels.nbytes
    return draft


def take(
    draft: Draft, untrusted_body: bytes, house: House, *, recorded_seconds: float | None = None
) -> Draft:
    """A contribution that comes whole: begun, fed and finished in one go.

    What is no recording goes no further, whether or not a model is here to hear it.
    """
    if draft.kind == "memo" and not _is_recording(untrusted_body):
        draft.fault = Fault.WRONG_TYPE
        return draft
    begin(draft, house, is_live=False)
    feed(draft, untrusted_body, house)
    return finish(draft, house, recorded_seconds=recorded_seconds)


def look_at(draft: Draft, house: House) -> Draft:
    """The draft as it is now: a memo whose words have come is redacted here, once."""
    if not draft.is_heard or draft.content or draft.raw_sound or draft.fault:
        return draft
    state = house.hearing.poll(draft.id)
    if state.fault is not None:
        draft.raw_sound = house.hearing.take_sound(draft.id) if state.fault.keeps_sound else b""
        draft.fault = None if draft.raw_sound else state.fault
        house.hearing.cancel(draft.id)
    elif state.transcript is not None:
        heard = state.transcript
        redaction = _redact(
            heard.text,
            house.rules_of(draft.gathering),
            language=heard.language,
            weak_words=heard.unsure,
            spoken=heard.heard,
        )
        draft.content = words_of(redaction, heard.text)
        draft.heard_language = heard.language
        draft.is_truncated = state.is_truncated
        house.hearing.cancel(draft.id)  # its sound is not needed any more
    return draft


def move_to(draft: Draft, gathering: Gathering, house: House) -> bool:
    """Take out of a draft what another gathering than that of its beginning takes out.

    Returns:
        Whether its visitor has to look at it again.
    """
    before, now = house.rules_of(draft.gathering), house.rules_of(gathering.id)
    draft.gathering = gathering.id
    if before == now or draft.content is None:
        return False
    shown = draft.content
    if isinstance(shown, Picture):
        again = _picture(drawing.encode(shown.pixels), draft, house)
        draft.content = replace(again, corners=shown.corners)
        return True
    raw_text, weak_words = as_said(shown)
    spoken = () if draft.kind == "memo" or draft.is_spoken else None
    redaction = _redact(
        raw_text, now, language=shown.language or None, weak_words=weak_words, spoken=spoken
    )
    draft.content = words_of(redaction, raw_text)
    return draft.content.text != shown.text


def standing(draft: Draft, house: House) -> Standing:
    """How far a memo is, for the visitor who waits for it."""
    state = house.hearing.poll(draft.id)
    raw_text = state.words_so_far
    shown = ""
    if raw_text:
        rules = house.rules_of(draft.gathering)
        shown = _redact(raw_text, rules, likely=draft.language, spoken=()).text
    return Standing(state.progress, place_told(state.place, draft.blur), shown)


def place_told(place: int, blur: int) -> int:
    """A place in the queue in steps, so that who waits learns of no single other person.

    Where the steps begin is another number for each draft: else whoever waits four times over
    sees the fifth come.
    """
    behind = max(0, place - blur % PLACES_STEP)
    return behind - behind % PLACES_STEP


def forget(draft: Draft, house: House) -> None:
    """Let go of a draft that is not among those of visitors, and of its sound."""
    draft.content, draft.raw_sound, draft.untrusted_pieces = None, b"", []
    house.hearing.cancel(draft.id)


def leave_for_later(draft: Draft, house: House) -> None:
    """Wait no longer for the words of a memo; unless they have just come, its sound is kept."""
    draft.raw_sound = house.hearing.take_sound(draft.id)


def preview_png(picture: Picture) -> bytes:
    """The drawing as its visitor made it; the page lays the covers over it, and takes them off."""
    return drawing.encode(picture.pixels)


def keep(  # what the visitor decided, each by its name
    draft: Draft,
    gathering: Gathering,
    receipt: PreparedReceipt | str,
    *,
    struck: Sequence[Sequence[int]] = (),
    covered: Sequence[Box] | None = None,
    uncovered: Sequence[Box] = (),
    said: Said = NOTHING_SAID,
) -> Receipt:
    """Seal what the visitor saw, less what they struck out; returns once it is synced to disk.

    Args:
        draft: Ready, a silence, or a memo that no model could hear yet.
        gathering: The open one.
        receipt: Worked out from the draft's id, or from the token its client chose; or that token.
        struck: Ranges of the shown text, in code points.
        covered: Boxes in drawing pixels, besides those over details; unless said, over all
            writing that could not be read.
        uncovered: Those over details that the visitor took off, for they name nobody.
        said: What the visitor says beside it.

    Raises:
        ValueError: A range does not lie within what was shown, or no such cover was there.
    """
    payload = payload_of(draft, struck=struck, covered=covered, uncovered=uncovered, said=said)
    if payload is not None:
        return store.items.keep(payload, gathering, token=receipt)
    return store.items.hold_sound(
        draft.raw_sound,
        gathering,
        token=receipt,
        recorded_seconds=draft.recorded_seconds or 0.0,
        language=draft.language,
        said=said,
        worker_public_key=store.backlog.announced(),
    )


def payload_of(
    draft: Draft,
    *,
    struck: Sequence[Sequence[int]] = (),
    covered: Sequence[Box] | None = None,
    uncovered: Sequence[Box] = (),
    said: Said = NOTHING_SAID,
) -> Payload | None:
    """What of a draft is sealed, see `keep`; none for a memo that still has to be heard."""
    if draft.kind == "silence":
        return Silence(said)
    if isinstance(draft.content, Picture):
        found = draft.content.writing
        if not set(uncovered) <= set(found.covered):
            raise ValueError("no such cover")
        left = [box for box in found.covered if box not in uncovered]
        hidden = [*left, *(found.unread if covered is None else covered)]
        png = drawing.encode(draft.content.pixels, hidden)
        text, places = _written(found.lines_outside([*found.covered, *hidden]))
        return Drawing(png=png, text=text, said=said, places=places)
    if isinstance(draft.content, Words):
        words = strike(draft.content, struck)
        kind = Note if draft.kind == "note" and not draft.is_spoken else Memo
        return kind(text=words.text, doubts=words.doubts, said=said, spans=words.spans)
    return None


def _written(lines: Iterable[list[tuple[str, Box]]]) -> tuple[str, tuple[Place, ...]]:
    """The words of a drawing as one text, and where in the picture each of its words stands."""
    text, places = "", []
    for line in lines:
        for number, (word, box) in enumerate(line):
            text += " " if number else "\n" if text else ""
            places.append(Place(len(text), len(text) + len(word), *box))
            text += word
    return text, tuple(places)


def most_bytes(kind: DraftKind, limits: Limits) -> int:
    """How much a visitor may send of a kind."""
    if kind == "note":
        return limits.note_characters * NOTE_BYTES_PER_CHARACTER
    return limits.drawing_bytes if kind == "drawing" else limits.memo_bytes


def _is_recording(untrusted_head: bytes) -> bool:
    try:
        container_of(untrusted_head)
    except WrongTypeError:
        return False
    return True


def _note(untrusted_body: bytes, draft: Draft, house: House) -> Words:
    limit = house.settings.limits.note_characters
    raw_text = note.read(untrusted_body, limit_characters=limit)
    rules = house.rules_of(draft.gathering)
    return words_of(_redact(raw_text, rules, likely=draft.language), raw_text)


def _picture(untrusted_picture: bytes, draft: Draft, house: House) -> Picture:
    rules = house.rules_of(draft.gathering)
    return house.drawings.read(
        untrusted_picture,
        limits=house.settings.limits,
        place=draft.place,
        is_photo=photo.is_photo(untrusted_picture),
        corners=draft.corners,
        lists=rules.lists,
        strength=rules.strength.value,
    )


def _redact(
    raw_text: str,
    rules: Rules,
    *,
    language: str | None = None,
    likely: str | None = None,
    weak_words: Sequence[tuple[int, int]] = (),
    spoken: Sequence[tuple[int, int, float]] | None = None,
) -> Redaction:
    return redact(
        raw_text,
        language,
        likely=likely,
        lists=rules.lists,
        strength=rules.strength,
        weak_words=weak_words,
        spoken=spoken,
    )


def words_of(redaction: Redaction, raw_text: str) -> Words:
    """A redaction as its visitor sees it, and what of it they may bring back."""
    spans = tuple(Gap(each.start, each.end, each.kind) for each in redaction.placeholders)
    doubts = tuple((each.start, each.end) for each in redaction.doubts)
    behind = tuple(raw_text[each.start : each.end] for each in redaction.spans)
    return Words(redaction.text, spans, doubts, redaction.language, redaction.languages, behind)
