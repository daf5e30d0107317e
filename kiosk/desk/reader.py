"""Reading a released gathering: one item at a time, decisions by key or button, themes, export.

Each change names the version that its facilitator saw. If somebody else was faster, nothing is
overwritten: a page shows both, and the facilitator decides.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

import store
from kiosk.desk import acts, export
from kiosk.desk.marked_text import pieces, words
from kiosk.desk.opened import (
    PAGE_ITEMS,
    Act,
    Reading,
    opened,
    page_of,
    refreshed,
    snippet,
    with_filter,
)
from kiosk.desk.parts import released_or_404, say
from kiosk.desk.session import unlocked
from kiosk.i18n import _, current_language
from store import Drawing
from store.covering import Text, text_of
from store.errors import NotReleasedError, StaleVersionError, UnknownItemError
from store.items import Item
from transcribe.voice import reading_voice

reader = Blueprint("reader", __name__, url_prefix="/gatherings/<gathering_id>")

FILTERS = ("status", "kind", "label", "words")


@reader.get("/read")
@unlocked
def start(gathering_id: str) -> Any:
    """Begin with the first item that is not decided, or the first there is."""
    here = _reading(gathering_id)
    shown = here.shown()
    if not shown:
        return _page(here, None)
    first = next((item for item in shown if item.status == "released"), shown[0])
    return _to(here, first)


@reader.get("/read/<item_id>")
@unlocked
def item(gathering_id: str, item_id: str) -> Any:
    """One item, large, beside the list."""
    here = _reading(gathering_id)
    return _page(here, _item(here, item_id))


@reader.get("/read/<item_id>/cover")
@unlocked
def ask_what_to_cover(gathering_id: str, item_id: str) -> str:
    """The item with each word as a box to tick, and a drawing under squares to tick."""
    here = _reading(gathering_id)
    found = _item(here, item_id)
    return render_template(
        "desk/cover.html",
        gathering=released_or_404(gathering_id),
        item=found,
        words=words(text_of(found.payload)),
        squares=acts.squares(found.payload.png) if isinstance(found.payload, Drawing) else None,
    )


@reader.get("/read/<item_id>/drawing.png")
@unlocked
def drawing(gathering_id: str, item_id: str) -> Response:
    """The picture of an item."""
    found = _reading(gathering_id).item(item_id)
    if found is None or not isinstance(found.payload, Drawing):
        raise NotFound
    return Response(found.payload.png, mimetype="image/png")


@reader.get("/read/<item_id>/voice.wav")
@unlocked
def read_aloud(gathering_id: str, item_id: str) -> Response:
    """The words in a neutral voice, the same for everybody; never the person's own."""
    found = _reading(gathering_id).item(item_id)
    voice = reading_voice()
    shown = text_of(found.payload) if found else Text("")
    gaps = [(each.start, each.end) for each in shown.spans]
    language = current_language()
    sound = voice.read(shown.text, gaps=gaps, language=language) if voice and shown.text else None
    if sound is None:
        raise NotFound
    return Response(sound, mimetype="audio/wav")


@reader.post("/read/<item_id>/<any(approve, discard, reopen, label, note, cover):act>")
@unlocked
def change(gathering_id: str, item_id: str, act: str) -> Any:
    """Do one thing to one item, unless somebody else was faster."""
    here = _reading(gathering_id)
    before = here.item(item_id)
    if before is None:
        raise NotFound
    shown = here.shown()
    try:
        said = acts.ACTS[act](before, g.desk.master, _version(), request.form)
    except StaleVersionError:
        return _conflict(here, before, act)
    except acts.NothingToDoError as nothing:
        say(str(nothing), is_done=False)
        return _to(here, before)
    refreshed(here, item_id, g.desk.master)
    say(said)
    if act in {"approve", "discard"}:
        here.last = Act(item_id, str(before.status))
        return _to(here, _after(shown, item_id) or before)
    return _to(here, before)


@reader.post("/undo")
@unlocked
def undo(gathering_id: str) -> Any:
    """Take the last decision back, and show its item."""
    here = _reading(gathering_id)
    last, here.last = here.last, None
    if last is None:
        say(_("There is no decision of yours to take back."), is_done=False)
        return redirect(url_for("review.reader.start", gathering_id=gathering_id), code=303)
    item = refreshed(here, last.item_id, g.desk.master)
    try:
        acts.take_back(item, last.before)
    except StaleVersionError:
        return _conflict(here, item, "reopen")
    say(_("Taken back."))
    return _to(here, refreshed(here, last.item_id, g.desk.master))


@reader.post("/filter")
@unlocked
def choose(gathering_id: str) -> Any:
    """Look at other items from now on; the choice stays with the desk, not in the address."""
    here = _reading(gathering_id)
    wanted = {name: request.form.get(name, "").strip()[:200] for name in FILTERS}
    with_filter(here, **({} if "clear" in request.form else wanted))
    return redirect(url_for("review.reader.start", gathering_id=gathering_id), code=303)


@reader.get("/themes")
@unlocked
def themes(gathering_id: str) -> str:
    """Items grouped by their labels, discarded ones left out."""
    here = _reading(gathering_id)
    kept = [item for item in here.items if item.status != "discarded"]
    groups = [
        (label, [item for item in kept if label in item.labels]) for label, _count in here.labels()
    ]
    return render_template(
        "desk/themes.html",
        gathering=released_or_404(gathering_id),
        groups=[(label, items) for label, items in groups if items],
        unlabelled=sum(1 for item in kept if not item.labels),
        snippet=snippet,
    )


@reader.get("/export")
@unlocked
def ask_for_export(gathering_id: str) -> str:
    """Which items, in which form."""
    here = _reading(gathering_id)
    return render_template(
        "desk/export_form.html",
        formats=export.FORMATS,
        gathering=released_or_404(gathering_id),
        statuses=here.statuses(),
        everything=len(here.items),
    )


@reader.post("/export")
@unlocked
def download(gathering_id: str) -> Response:
    """The chosen items as a file that no cache keeps."""
    form = request.form.get("form", "jsonl")
    if form not in export.FORMATS:
        raise NotFound
    gathering = released_or_404(gathering_id)
    is_all = request.form.get("status") == "all"
    items = store.items.released(gathering_id, g.desk.master)  # never from a desk's memory
    chosen = [item for item in items if is_all or item.status == "approved"]
    response = Response(
        export.write_export(chosen, form=form, title=gathering.title),
        content_type=export.FORMATS[form].media_type,
    )
    response.headers["Content-Disposition"] = f'attachment; filename="contributions.{form}"'
    return response


def _reading(gathering_id: str) -> Reading:
    try:
        return opened(g.desk, released_or_404(gathering_id).id)
    except NotReleasedError:
        raise NotFound from None


def _item(here: Reading, item_id: str) -> Item:
    if here.item(item_id) is None:
        raise NotFound
    try:
        return refreshed(here, item_id, g.desk.master)
    except UnknownItemError:
        raise NotFound from None


def _page(here: Reading, current: Item | None) -> str:
    shown = here.shown()
    ids = [each.id for each in shown]
    place = ids.index(current.id) if current and current.id in ids else -1
    listed = page_of(shown, request.args.get("page", place // PAGE_ITEMS + 1, type=int))
    neighbour: Callable[[int], str] = lambda step: (  # noqa: E731  # two uses, one line
        ids[place + step] if 0 <= place + step < len(ids) and current else ""
    )
    return render_template(
        "desk/reader.html",
        gathering=store.gatherings.get(here.gathering_id),
        reading=here,
        item=current,
        pieces=pieces(text_of(current.payload)) if current else (),
        place=place,
        shown=len(shown),
        listed=listed,
        previous=neighbour(-1),
        following=neighbour(1),
        snippet=snippet,
        has_voice=reading_voice() is not None,
    )


def _conflict(here: Reading, seen: Item, act: str) -> tuple[str, int]:
    """Show what somebody else made of an item, and what was wanted here."""
    now = refreshed(here, seen.id, g.desk.master)
    wanted = [(name, value) for name, value in request.form.items(multi=True)
              if name not in {"form_token", "version"}]  # fmt: skip
    page = render_template(
        "desk/conflict.html",
        gathering=store.gatherings.get(here.gathering_id),
        now=now,
        act=act,
        wanted=wanted,
        is_possible=act != "cover",  # the words that were marked may have moved
        pieces=pieces(text_of(now.payload)),
        described=acts.described(act, request.form),
    )
    return page, 409


def _to(here: Reading, item: Item) -> Any:
    return redirect(
        url_for("review.reader.item", gathering_id=here.gathering_id, item_id=item.id), code=303
    )


def _after(shown: list[Item], item_id: str) -> Item | None:
    """Return the next item of the list as it was, so that a filter does not lose the place."""
    ids = [item.id for item in shown]
    place = ids.index(item_id) + 1 if item_id in ids else len(ids)
    return shown[place] if place < len(shown) else None


def _version() -> int:
    return request.form.get("version", -1, type=int)
