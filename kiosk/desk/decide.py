"""What a facilitator does to the items: one at a time or all that are shown; undo and redo.

Each change names the version that its facilitator saw. If somebody else was faster, nothing is
overwritten: a page shows both, and the facilitator decides.
"""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

import store
from kiosk.desk import acts, bulk
from kiosk.desk.marked_text import pieces
from kiosk.desk.opened import Reading, caught_up, marked_anew, refreshed
from kiosk.desk.parts import say
from kiosk.desk.reader import item_or_404, reading_of, to_item
from kiosk.desk.session import sessions, unlocked
from kiosk.desk.steps import Step, change_between
from kiosk.desk.unsaved import Place
from kiosk.i18n import _, ngettext
from kiosk.meaning.book import ChangedMeanwhileError
from store.covering import text_of
from store.errors import StaleVersionError, UnknownItemError
from store.items import Item

decide = Blueprint("decide", __name__, url_prefix="/gatherings/<gathering_id>")

ACTS = "approve, discard, reopen, label, note, cover, worry, calm"


@decide.post(f"/read/<item_id>/<any({ACTS}):act>")
@unlocked
def change(gathering_id: str, item_id: str, act: str) -> ResponseReturnValue:
    """Do one thing to one item, unless somebody else was faster."""
    here = reading_of(gathering_id)
    before = item_or_404(here, item_id)
    after = _after(here, item_id)
    try:
        said = acts.ACTS[act](before, g.desk.master, _version(), request.form)
    except StaleVersionError:
        return _conflict(here, before, act)
    except acts.NothingToDoError as nothing:
        say(str(nothing), is_done=False)
        return to_item(here, item_id)
    _remember(here, before, act)
    say(said)
    if act in acts.TURNING:
        return to_item(here, after or item_id)
    return to_item(here, item_id)


@decide.post("/undo")
@unlocked
def undo(gathering_id: str) -> ResponseReturnValue:
    """Take the last step back, and show its item."""
    here = reading_of(gathering_id)
    return _turned(here, is_back=True)


@decide.post("/redo")
@unlocked
def redo(gathering_id: str) -> ResponseReturnValue:
    """Do again what was taken back last."""
    here = reading_of(gathering_id)
    return _turned(here, is_back=False)


@decide.post("/bulk")
@unlocked
def do_to_all(gathering_id: str) -> ResponseReturnValue:
    """Do one thing to all items that are shown now; one undo takes it back."""
    here = reading_of(gathering_id)
    act = request.form.get("act", "")
    if act not in acts.BULK:
        raise NotFound
    if request.form.get("count", -1, type=int) != len(here.shown()):
        say(_("The list has changed meanwhile. Please look at it again."), is_done=False)
        return _to_start(here)
    try:
        step = bulk.do_to_all(here, act, request.form, g.desk.master)
    except acts.NothingToDoError as nothing:
        say(str(nothing), is_done=False)
        return _to_start(here)
    except StaleVersionError:
        say(_("Somebody else changed one of them just now. Nothing was done."), is_done=False)
        return _to_start(here)
    here.steps.did(step)
    count = len(step.changes)
    say(ngettext("Done, for %(count)s item.", "Done, for %(count)s items.", count))
    return _to_start(here)


def _remember(here: Reading, before: Item, act: str) -> None:
    """Bring the desk up to date after an act, and put the act where U finds it."""
    if act == "cover":  # final: on no stack
        caught_up(here, before, refreshed(here, before.id, g.desk.master))
        return
    after = marked_anew(here, before, g.desk.master)
    caught_up(here, before, after)
    here.steps.did(Step(act, change_between(before, after)))
    for name in {"note": ("note",), "label": ("add",)}.get(act, ()):
        place = Place("item", here.gathering_id, before.id, name)
        sessions().unsaved.forget(g.desk.master, place)


def _turned(here: Reading, *, is_back: bool) -> ResponseReturnValue:
    turn = here.steps.undo if is_back else here.steps.redo
    try:
        step = turn(here.item, g.desk.master)
    except (ChangedMeanwhileError, StaleVersionError, UnknownItemError):
        say(_("Somebody else has changed that since, so it stays as it is."), is_done=False)
        return _to_start(here)
    if step is None:
        nothing = (
            _("There is nothing of yours to take back.")
            if is_back
            else _("There is nothing of yours to do again.")
        )
        say(nothing, is_done=False)
        return _to_start(here)
    for change_ in step.changes:
        if item := here.item(change_.item_id):
            caught_up(here, item, marked_anew(here, item, g.desk.master))
    name = acts.name_of(step.act)
    say(_("Taken back: %(act)s", act=name) if is_back else _("Done again: %(act)s", act=name))
    if step.themes:
        return _to_themes(here)
    return to_item(here, step.changes[0].item_id)


def _to_themes(here: Reading) -> ResponseReturnValue:
    """Lead back to where the themes were changed: the item that is read, or their page."""
    item_id = request.form.get("item", "")
    if here.item(item_id):
        return to_item(here, item_id)
    return redirect(url_for("review.themes.page", gathering_id=here.gathering_id), code=303)


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


def _after(here: Reading, item_id: str) -> str:
    """Return the next item of the list as it is, so that a filter does not lose the place."""
    shown, place = here.shown(), here.place_shown(item_id)
    return shown[place + 1].id if 0 <= place < len(shown) - 1 else ""


def _to_start(here: Reading) -> ResponseReturnValue:
    return redirect(url_for("review.reader.start", gathering_id=here.gathering_id), code=303)


def _version() -> int:
    return request.form.get("version", -1, type=int)
