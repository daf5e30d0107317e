"""Reading a released gathering: one item at a time, beside the list; its picture, its voice.

What is done to an item is in `decide`, what is made of all of them in `results`.
"""

from dataclasses import dataclass

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

import store
from kiosk import by_hand
from kiosk.desk import acts
from kiosk.desk.marked_text import pieces, with_hits
from kiosk.desk.opened import (
    ONLY,
    PAGE_ITEMS,
    Filter,
    Reading,
    opened,
    page_of,
    snippet,
    with_filter,
)
from kiosk.desk.parts import released_or_404
from kiosk.desk.searching import words_of
from kiosk.desk.session import sessions, unlocked
from kiosk.desk.unsaved import Place
from kiosk.i18n import current_language
from kiosk.meaning import kept
from kiosk.meaning.panel import panel
from kiosk.reading_voice import reading_voice
from store import Drawing
from store.covering import Text, text_of
from store.errors import NotReleasedError
from store.items import Item

reader = Blueprint("reader", __name__, url_prefix="/gatherings/<gathering_id>")

FILTERS = ("status", "kind", "label", "feeling", "question", "only", "words")


@reader.get("/read")
@unlocked
def start(gathering_id: str) -> ResponseReturnValue:
    """Begin with the first item that is not decided, or the first there is."""
    here = reading_of(gathering_id)
    shown = here.shown()
    if not shown:
        return _page(here, None)
    first = next((item for item in shown if item.status == "released"), shown[0])
    return to_item(here, first.id)


@reader.get("/read/<item_id>")
@unlocked
def item(gathering_id: str, item_id: str) -> ResponseReturnValue:
    """One item, large, beside the list."""
    here = reading_of(gathering_id)
    found = item_or_404(here, item_id)
    if found.kind != "drawing":  # which is seen once its picture is
        here.seen.add(found.id)
    return _page(here, found)


@reader.get("/read/unread")
@unlocked
def next_unread(gathering_id: str) -> ResponseReturnValue:
    """Lead to the next item that was not shown at this desk yet, or back where all were."""
    here = reading_of(gathering_id)
    found = here.next_unread()
    if found is None:
        return redirect(url_for("review.reader.start", gathering_id=gathering_id), code=303)
    if here.place_shown(found.id) < 0:
        with_filter(here)
    return to_item(here, found.id)


@reader.get("/read/<item_id>/large")
@unlocked
def look(gathering_id: str, item_id: str) -> str:
    """One item by itself: a drawing as large as the window, or a text that prints as one card."""
    here = reading_of(gathering_id)
    found = item_or_404(here, item_id)
    return render_template(
        "desk/large.html",
        gathering=released_or_404(gathering_id),
        item=found,
        pieces=_pieces(found, ()),
        size=by_hand.size_of(found.payload.png) if isinstance(found.payload, Drawing) else None,
    )


@reader.get("/read/<item_id>/drawing.png")
@unlocked
def drawing(gathering_id: str, item_id: str) -> Response:
    """The picture of an item."""
    here = reading_of(gathering_id)
    found = here.item(item_id)
    if found is None or not isinstance(found.payload, Drawing):
        raise NotFound
    here.seen.add(found.id)
    return Response(found.payload.png, mimetype="image/png")


@reader.get("/read/<item_id>/voice.wav")
@unlocked
def read_aloud(gathering_id: str, item_id: str) -> Response:
    """The words in a neutral voice, the same for everybody; never the person's own."""
    found = reading_of(gathering_id).item(item_id)
    voice = reading_voice()
    shown = text_of(found.payload) if found else Text("")
    gaps = [(each.start, each.end) for each in shown.spans]
    language = current_language()
    sound = voice.read(shown.text, gaps=gaps, language=language) if voice and shown.text else None
    if sound is None:
        raise NotFound
    return Response(sound, mimetype="audio/wav")


@reader.post("/filter")
@unlocked
def choose(gathering_id: str) -> ResponseReturnValue:
    """Look at other items from now on; the choice stays with the desk, not in the address."""
    here = reading_of(gathering_id)
    wanted = {name: request.form.get(name, "").strip()[:200] for name in FILTERS}
    if wanted["only"] not in ONLY:
        wanted["only"] = ""
    with_filter(here, **({} if "clear" in request.form else wanted))
    return redirect(url_for("review.reader.start", gathering_id=gathering_id), code=303)


def reading_of(gathering_id: str) -> Reading:
    """Return this desk's reading of a gathering, as the store has it now."""
    try:
        return opened(g.desk, released_or_404(gathering_id).id)
    except NotReleasedError:
        raise NotFound from None


def item_or_404(here: Reading, item_id: str) -> Item:
    """Return an item of a reading."""
    found = here.item(item_id)
    if found is None:
        raise NotFound
    return found


def to_item(here: Reading, item_id: str) -> ResponseReturnValue:
    """Lead to an item."""
    return redirect(
        url_for("review.reader.item", gathering_id=here.gathering_id, item_id=item_id), code=303
    )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Which items stand before and after one in the list; empty ids at its ends."""

    place: int  # from 0; -1 where the list does not hold the item
    of: int
    previous: str
    following: str


def neighbours(here: Reading, current: Item | None) -> Neighbours:
    """Find an item in the list that is shown."""
    shown = here.shown()
    place = here.place_shown(current.id) if current else -1
    previous = shown[place - 1].id if place > 0 else ""
    following = shown[place + 1].id if current and place + 1 < len(shown) else ""
    return Neighbours(place, len(shown), previous, following)


def _page(here: Reading, current: Item | None) -> str:
    shown = here.shown()
    where = neighbours(here, current)
    listed = page_of(shown, request.args.get("page", where.place // PAGE_ITEMS + 1, type=int))
    sought = words_of(here.chosen.words)
    return render_template(
        "desk/reader.html",
        gathering=store.gatherings.get(here.gathering_id),
        reading=here,
        is_filtered=here.chosen != Filter(),
        item=current,
        pieces=_pieces(current, sought) if current else (),
        typed=_typed(here, current) if current else {},
        where=where,
        listed=listed,
        worrying=here.worrying(),
        panel=panel(here, kept.load(here.gathering_id, g.desk.master), current)
        if current
        else None,
        left=here.left() - (current is not None and here.is_unread(current)),
        snippet=snippet,
        name_of=acts.name_of,
        house_words=store.house_words.read(),
        has_voice=reading_voice() is not None,
    )


def _pieces(current: Item, sought: tuple[str, ...]) -> ResponseReturnValue:
    return with_hits(pieces(text_of(current.payload)), sought)


def _typed(here: Reading, current: Item) -> dict[str, str]:
    """Words that were typed for this item at this desk's facilitator's hand, and not kept."""
    everything = sessions().unsaved.of(g.desk.master)
    return {
        name: everything.get(Place("item", here.gathering_id, current.id, name), "")
        for name in ("note", "add")
    }
