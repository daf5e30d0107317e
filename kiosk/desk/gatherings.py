"""Gatherings at the desk: open one, close it, and what to do with one that stayed too small."""

from datetime import date
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

import store
from kiosk.answers import shown
from kiosk.desk.gathering_form import form_of, other_languages, read_gathering_form, today
from kiosk.desk.parts import form_problem, gathering_or_404, say
from kiosk.desk.session import sessions, unlocked
from kiosk.i18n import _
from kiosk.network.tablets import Asked, plain_title, where
from store.errors import HeldError, LooserPromiseError, WrongStateError
from store.gatherings import Gathering
from store.kinds import Repeats

gatherings = Blueprint("gatherings", __name__, url_prefix="/gatherings")


@gatherings.get("/new")
@unlocked
def new() -> str:
    """Ask what to collect, and what to promise; with the words of another one, if it is named."""
    form: dict[str, Any] = {}
    if like := request.args.get("like", ""):
        form = form_of(gathering_or_404(like))
    form |= sessions().unsaved.on(g.desk.master, "new")
    return render_template(
        "desk/new.html", errors={}, form=form, today=today(), other_languages=other_languages()
    )


@gatherings.post("/new")
@unlocked
def open_new() -> ResponseReturnValue:
    """Open a gathering."""
    errors, wanted = read_gathering_form()
    repeats = request.form.get("repeats", Repeats.NEVER)
    if repeats not in list(Repeats):
        errors["repeats"] = _("Please choose how often it comes again.")
    is_standing = request.form.get("kind", "standing") == "standing"
    closes = _day("closes", errors) if is_standing else None
    if not is_standing and repeats != Repeats.NEVER:
        errors["repeats"] = _("Only a standing gathering comes again.")
    if errors:
        others = other_languages()
        return form_problem(
            "desk/new.html", errors, form=request.form, today=today(), other_languages=others
        )
    has_day = closes is not None or repeats != Repeats.NEVER
    made = store.gatherings.new(
        **wanted,
        today=today(),
        closes=closes,
        repeats=repeats if is_standing else Repeats.NEVER,
        is_standing=is_standing and ("kind" in request.form or has_day),
    )
    sessions().unsaved.forget_page(g.desk.master, "new")
    say(_("The gathering is open. The kiosk shows its question now."))
    return redirect(url_for("review.gatherings.one", gathering_id=made.id), code=303)


@gatherings.get("/<gathering_id>")
@unlocked
def one(gathering_id: str) -> str:
    """One gathering: its promise, and what can be done with it now."""
    gathering = gathering_or_404(gathering_id)
    return render_template(
        "desk/gathering.html",
        gathering=gathering,
        participation=store.items.participation(gathering_id),
        targets=_targets(gathering),
        asked=_asked(gathering),
        today=today(),
        errors={},
    )


@gatherings.get("/<gathering_id>/close")
@unlocked
def ask_to_close(gathering_id: str) -> str:
    """Say what closing means before it is done."""
    gathering = gathering_or_404(gathering_id)
    if gathering.state != "open":
        raise NotFound
    return render_template("desk/close.html", gathering=gathering)


@gatherings.post("/<gathering_id>/close")
@unlocked
def close(gathering_id: str) -> ResponseReturnValue:
    """Close a gathering; with enough in it, it is released."""
    try:
        closed = store.gatherings.close(
            gathering_or_404(gathering_id).id,
            today=today(),
            is_series=request.form.get("which") == "series",
        )
    except WrongStateError:
        say(_("This gathering was closed already."), is_done=False)
        return _back(gathering_id)
    if closed.state == "open":
        say(_("It closes by itself at the end of today."))
    elif closed.state == "released":
        say(_("Closed and released. You can read everything in it now."))
    else:
        say(_("Closed. It stays sealed for now; below is what you can do."))
    return _back(gathering_id)


@gatherings.post("/<gathering_id>/release")
@unlocked
def release(gathering_id: str) -> ResponseReturnValue:
    """Release without the recordings that never became words."""
    gathering = gathering_or_404(gathering_id)
    if not request.form.get("sure"):
        return _problem(gathering, {"sure": _("Please tick that the recordings may go.")})
    try:
        store.gatherings.release_without_sound(gathering.id, today=today())
    except WrongStateError:
        say(
            _("Without recordings there are too few to read together, so it stays sealed."),
            is_done=False,
        )
        return _back(gathering_id)
    say(_("Released. Recordings that had no words are gone."))
    return _back(gathering_id)


@gatherings.post("/<gathering_id>/release-now")
@unlocked
def release_now(gathering_id: str) -> ResponseReturnValue:
    """Release what can be read; recordings without words go on waiting, apart."""
    gathering = gathering_or_404(gathering_id)
    try:
        waiting = store.waiting.release_without_waiting(
            gathering.id,
            g.desk.master,
            title=_("%(title)s: recordings", title=gathering.title),
            today=today(),
        )
    except WrongStateError:
        say(
            _("Without recordings there are too few to read together, so it stays sealed."),
            is_done=False,
        )
        return _back(gathering_id)
    except HeldError:
        held = _("It came back from a backup, and is still locked. Open it under People first.")
        say(held, is_done=False)
        return _back(gathering_id)
    if waiting:
        said = _("Released. Recordings without words go on waiting in “%(title)s”.",
                 title=waiting.title)  # fmt: skip
    else:
        said = _("Released. You can read everything in it now.")
    say(said)
    return _back(gathering_id)


@gatherings.post("/<gathering_id>/extend")
@unlocked
def extend(gathering_id: str) -> ResponseReturnValue:
    """Collect for longer."""
    gathering = gathering_or_404(gathering_id)
    errors: dict[str, str] = {}
    closes = _day("closes", errors)
    if closes is None and not errors:
        errors["closes"] = _("Please choose the last day of collecting.")
    if closes is not None:
        try:
            store.gatherings.extend(gathering.id, closes=closes, today=today())
        except ValueError:
            errors["closes"] = _(
                "Please choose a day that is not over, and not before the old one."
            )
        except WrongStateError:
            errors["closes"] = _("Only an open standing gathering can be extended.")
    if errors:
        return _problem(gathering, errors)
    say(_("It collects for longer."))
    return _back(gathering_id)


@gatherings.post("/<gathering_id>/merge")
@unlocked
def merge(gathering_id: str) -> ResponseReturnValue:
    """Move what is sealed here into a gathering that is still open."""
    target = gathering_or_404(request.form.get("into", ""))
    try:
        store.gatherings.merge_forward(gathering_or_404(gathering_id).id, target.id)
    except LooserPromiseError:
        say(
            _("That gathering promises less than this one did, so nothing was moved."),
            is_done=False,
        )
        return _back(gathering_id)
    except WrongStateError:
        say(_("This can only be done from a closed gathering into an open one."), is_done=False)
        return _back(gathering_id)
    say(_("Moved on. It will be read together with “%(title)s”.", title=target.title))
    return _back(target.id)


@gatherings.get("/<gathering_id>/purge")
@unlocked
def ask_to_purge(gathering_id: str) -> str:
    """Say what purging means, and ask for the title to be typed."""
    gathering = gathering_or_404(gathering_id)
    return render_template("desk/purge.html", **_purge_values(gathering), errors={})


@gatherings.post("/<gathering_id>/purge")
@unlocked
def purge(gathering_id: str) -> ResponseReturnValue:
    """Destroy a gathering's key and everything in it."""
    gathering = gathering_or_404(gathering_id)
    if plain_title(request.form.get("typed", "")) != plain_title(gathering.title):
        wrong = _("This is not the title. Nothing was destroyed.")
        return form_problem("desk/purge.html", {"typed": wrong}, **_purge_values(gathering))
    store.gatherings.purge(gathering.id)
    if request.form.get("answers") == "remove":
        store.board.remove_all(gathering.id)
    g.desk.opened.pop(gathering.id, None)
    say(_("Purged. Its key is destroyed, and nobody can read it any more."))
    return redirect(url_for("review.overview"), code=303)


def _purge_values(gathering: Gathering) -> dict[str, Any]:
    return {"gathering": gathering, "answers": shown(store.board.of(gathering.id))}


def _back(gathering_id: str) -> ResponseReturnValue:
    return redirect(url_for("review.gatherings.one", gathering_id=gathering_id), code=303)


def _problem(gathering: store.gatherings.Gathering, errors: dict[str, str]) -> ResponseReturnValue:
    return form_problem(
        "desk/gathering.html",
        errors,
        gathering=gathering,
        participation=None,
        targets=_targets(gathering),
        asked=_asked(gathering),
        today=today(),
    )


def _asked(gathering: Gathering) -> Asked | None:
    return where(gathering) if gathering.state == "open" else None


def _targets(gathering: Gathering) -> list[Gathering]:
    """Open gatherings that promise at least as much."""
    if gathering.state != "closed":
        return []
    return [
        each
        for each in store.gatherings.everything()
        if each.state == "open" and each.promise.is_at_least_as_strict_as(gathering.promise)
    ]


def _day(name: str, errors: dict[str, str]) -> date | None:
    """Return the day of a field, or nothing for an empty one."""
    typed = request.form.get(name, "").strip()
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        errors[name] = _("Please give a day such as 2026-11-30.")
        return None
    if day < today():
        errors[name] = _("This day is over. Please choose today or later.")
        return None
    return day
