"""The review desk: unlock, see which gatherings there are, lock again.

A gathering tells its state and nothing else until it is released: no count, no size, no "1 new".
What the desk can do with gatherings and items is in the modules registered at the end.
"""

import time
from typing import Any

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import store
from kiosk.desk import (
    board,
    care,
    decide,
    gatherings,
    lists,
    reader,
    results,
    speech,
)
from kiosk.desk.cover import page as cover
from kiosk.desk.parts import form_problem, in_language, locked_address, said
from kiosk.desk.people import page as people
from kiosk.desk.people import second_step
from kiosk.desk.ready import make_ready
from kiosk.desk.session import COOKIE, lock_this_desk, sessions, set_cookie, unlocked
from kiosk.desk.unsaved import place_of
from kiosk.house import house
from kiosk.i18n import _, asked_language
from kiosk.meaning import groups, pages, shape_page, sorting, taking, wall
from kiosk.places import afar
from kiosk.team import boxes
from store.errors import (
    DamagedError,
    DamagedSlotError,
    TooManyTriesError,
    WrongPassphraseError,
)
from store.seals.keys import MasterKey

review = Blueprint("review", __name__, url_prefix="/review")
for part in (
    gatherings.gatherings,
    boxes.boxes,
    reader.reader,
    decide.decide,
    cover.cover,
    results.results,
    groups.groups,
    pages.themes,
    sorting.sorting,
    wall.wall,
    taking.taking,
    shape_page.shape,
    board.board,
    care.care,
    speech.speech,
    people.people,
    second_step.second_step,
    lists.lists,
):
    review.register_blueprint(part)


@review.context_processor
def for_all_pages() -> dict[str, Any]:
    """What the desk's layout needs."""
    return {
        "desk_said": said,
        "asked_language": asked_language,
        "in_language": in_language,
        "locked_address": locked_address,
        "desk_idle_seconds": house().settings.desk.desk_idle_minutes * 60,
        "hearing": _hearing,
        "asks_for_digits": store.second_factor.is_any_on,
        "lacks_lists": store.lists.is_key_missing,
        "is_invited": store.invitation.is_invited,
    }


@review.get("/")
@unlocked
def overview() -> str:
    """All gatherings, by state alone."""
    everything = store.gatherings.everything()
    readable = {"", *(each.id for each in everything if each.state == "released")}
    typed = [each for each in sessions().unsaved.of(g.desk.master) if each.gathering_id in readable]
    return render_template(
        "desk/overview.html",
        present=[each for each in everything if each.state != "purged"],
        left=[each for each in everything if each.state == "purged" and store.board.of(each.id)],
        has_model=house().hearing.has_model,
        is_micro=house().speak() == "micro",
        is_holding=store.held.is_holding(),
        lists_are_back=request.args.get("lists") == "back",
        unsaved=sorted({(each.page, each.gathering_id, each.item_id) for each in typed}),
    )


@review.get("/unlock")
def unlock() -> ResponseReturnValue:
    """Ask for a passphrase; an unlocked desk goes on to its gatherings."""
    if not store.keys.is_set_up():
        return redirect(url_for("setup.code"), code=303)
    if store.membership.is_outpost():  # it has no facilitator
        return redirect(url_for("outpost.start"), code=303)
    token = request.cookies.get(COOKIE, "")
    if "locked" in request.args:
        sessions().leave(token)
    if sessions().find(token):
        return redirect(url_for("review.overview"), code=303)
    make_ready()
    return render_template("desk/unlock.html", errors={}, is_locked="locked" in request.args)


@review.post("/unlock")
def check_passphrase() -> ResponseReturnValue:
    """Open the desk with a facilitator's passphrase."""
    try:
        master = store.keys.unlock(request.form.get("passphrase", ""), afar=afar())
    except WrongPassphraseError:
        return form_problem("desk/unlock.html", {"passphrase": _did_not_open()})
    except TooManyTriesError:
        return form_problem(
            "desk/unlock.html",
            {"passphrase": _("That was tried several times. Please wait a minute, then go on.")},
            status=429,
        )
    except DamagedSlotError:
        return form_problem(
            "desk/unlock.html",
            {
                "passphrase": _(
                    "This did not open the desk, and one stored key is damaged. Another"
                    " facilitator's passphrase or the recovery code still opens it."
                )
            },
        )
    lacked_lists = store.lists.is_key_missing()
    if problem := _second_problem(master):
        master.wipe()
        return problem
    house().facilitator_came(master)
    sessions().end(request.cookies.get(COOKIE, ""))  # a new session at each unlocking
    where = url_for("review.overview", lists="back" if lacked_lists else None)
    response = make_response(redirect(where, code=303))
    set_cookie(response, sessions().begin(master, language=asked_language()))
    return response


def _second_problem(master: MasterKey) -> tuple[str, int] | None:
    """What is shown where a facilitator who uses an app has not given its digits."""
    try:
        if store.second_factor.is_right(master, request.form.get("digits", ""), now=time.time()):
            return None
    except TooManyTriesError:
        many = _("That was tried several times. Please wait ten minutes, then go on.")
        return form_problem("desk/unlock.html", {"digits": many}, status=429)
    except DamagedError:
        broken = _("The stored second step is damaged. The printed recovery code still helps.")
        return form_problem("desk/unlock.html", {"digits": broken})
    return form_problem("desk/unlock.html", {"passphrase": _did_not_open()})


def _did_not_open() -> str:
    if store.second_factor.is_any_on():
        return _("This did not open the desk. Please look at Caps Lock and the digits of your app.")
    return _("This did not open the desk. Please look at Caps Lock and try again.")


@review.post("/lock")
@unlocked
def lock() -> ResponseReturnValue:
    """Wipe the key and everything opened with it."""
    return lock_this_desk()


@review.post("/unsaved")
@unlocked
def keep_unsaved() -> ResponseReturnValue:
    """Note words that are being typed, so that a lock or a link does not lose them.

    Any request keeps the desk awake; while somebody types, the page sends this once a minute.
    """
    place = place_of(request.form.get("place", ""))
    if place is not None:
        sessions().unsaved.save(g.desk.master, place, request.form.get("words", ""))
    return "", 204


def _hearing() -> float | None:
    """How far the memo is that becomes words now, 0 to 1; nothing while anybody can contribute.

    While a gathering is open, a bar that begins to move would tell that somebody has just spoken.
    """
    backlog = house().backlog_worker
    if backlog is None or store.gatherings.current() is not None:
        return None
    return backlog.progress
