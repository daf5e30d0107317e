"""Who may unlock the desk: facilitators, their passphrases, and the printed recovery code.

Each change asks for the passphrase of whoever is at the desk: a desk left open for a minute must
not give a stranger a key of their own.
"""

import time
from contextlib import AbstractContextManager
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import store
from kiosk.desk.parts import form_problem, say
from kiosk.desk.people.passphrase import advice
from kiosk.desk.session import COOKIE, lock_this_desk, sessions, unlocked
from kiosk.desk.setup import LONGEST_NAME, SHORTEST_PASSPHRASE
from kiosk.i18n import _
from kiosk.places import afar
from kiosk.strength import LEAST, strength
from store.errors import (
    DamagedError,
    LastFacilitatorError,
    NameTakenError,
    StoreError,
    TooManyTriesError,
    UnknownFacilitatorError,
    WrongPassphraseError,
)
from store.seals import recovery_code
from store.seals.keys import MasterKey

people = Blueprint("people", __name__, url_prefix="/people")


@people.get("/")
@unlocked
def everybody() -> str:
    """All facilitators, and what can be changed about them."""
    return render_template("desk/people.html", **_values())


@people.post("/add")
@unlocked
def add() -> ResponseReturnValue:
    """Give somebody a passphrase of their own."""
    errors = {}
    name = " ".join(request.form.get("name", "").split())
    if not name or len(name) > LONGEST_NAME:
        errors["add_name"] = _("Please give a name.")
    errors |= _new_passphrase_errors("add") | own_passphrase_errors("add_own")
    if errors:
        return again(errors)
    try:
        store.keys.add_facilitator(g.desk.master, name, request.form["passphrase"])
    except NameTakenError:
        return again({"add_name": _("There is a facilitator of this name already.")})
    say(_("%(name)s can unlock the desk now.", name=name))
    return back()


@people.post("/remove")
@unlocked
def remove() -> ResponseReturnValue:
    """Take somebody's passphrase away."""
    name = request.form.get("name", "")
    errors = own_passphrase_errors("remove_own")
    if errors:
        return again(errors)
    try:
        with _new_key():
            store.keys.remove_facilitator(g.desk.master, name)
    except LastFacilitatorError:
        return again({"remove_name": _("The last facilitator stays. Add another one first.")})
    except UnknownFacilitatorError:
        return again({"remove_name": _("There is no facilitator of this name.")})
    sessions().end_of(name, but=request.cookies[COOKIE])
    sessions().unsaved.forget_person(name)
    if name == g.desk.master.name:
        return lock_this_desk()
    say(_("%(name)s can no longer unlock the desk, and their desks are locked.", name=name))
    return back()


@people.post("/passphrase")
@unlocked
def change() -> ResponseReturnValue:
    """Change one's own passphrase."""
    errors = own_passphrase_errors("change_own") or _new_passphrase_errors("change")
    if errors:
        return again(errors)
    with _new_key(), store.second_factor.carried_over(g.desk.master):
        store.keys.change_passphrase(g.desk.master, g.desk.master.name, request.form["passphrase"])
    sessions().end_of(g.desk.master.name, but=request.cookies[COOKIE])
    say(_("Your passphrase is changed. The old one opens old backups alone."))
    return back()


@people.post("/lock-all")
@unlocked
def lock_all() -> ResponseReturnValue:
    """Lock every desk, this one too: for the moment when nobody knows who sits at another one."""
    response = lock_this_desk()
    sessions().end_all()
    return response


@people.post("/recovery")
@unlocked
def renew() -> ResponseReturnValue:
    """Make a new recovery code, and show it this once."""
    errors = own_passphrase_errors("renew_own")
    if errors:
        return again(errors)
    with _new_key():
        code = store.keys.renew_recovery_code(g.desk.master)
    return render_template("desk/recovery.html", recovery_code=code)


@people.post("/held")
@unlocked
def let_go() -> ResponseReturnValue:
    """Open what came back from a backup: with the code, or with somebody else's passphrase."""
    typed = request.form.get("second", "").strip()
    try:
        with _second_key(typed) as second:
            store.held.let_go(g.desk.master, second)
    except (WrongPassphraseError, DamagedError):
        return again({"second": _("This did not open it. Please try again.")})
    except TooManyTriesError:
        return again({"second": _("That was tried several times. Please wait a minute.")})
    say(_("What came back from the backup is open now."))
    return back()


def _second_key(typed: str) -> MasterKey:
    """The key of whoever stands beside: another facilitator, or the code in somebody's hand."""
    if recovery_code.is_one(typed):
        return store.keys.unlock_with_code(typed)
    second = store.keys.unlock(typed, afar=afar())
    try:
        if store.second_factor.is_right(second, request.form.get("digits", ""), now=time.time()):
            return second
        raise WrongPassphraseError
    except StoreError:
        second.wipe()
        raise


def _new_key() -> AbstractContextManager[None]:
    """Do what makes a new master key; what anybody has typed and not kept is not lost."""
    return sessions().unsaved.over_a_new_key(g.desk.master)


def own_passphrase_errors(field: str) -> dict[str, str]:
    """Check that whoever is at the desk knows the passphrase it was unlocked with."""
    try:
        store.keys.unlock(request.form.get("own", ""), name=g.desk.master.name, afar=afar()).wipe()
    except WrongPassphraseError:
        return {field: _("This is not your passphrase.")}
    except TooManyTriesError:
        return {field: _("That was tried several times. Please wait a minute.")}
    return {}


def _new_passphrase_errors(form: str) -> dict[str, str]:
    wanted = request.form.get("passphrase", "")
    if len(wanted) < SHORTEST_PASSPHRASE:
        return {f"{form}_new": _("Please use eight characters or more. Four words work well.")}
    if strength(wanted) < LEAST:
        return {f"{form}_new": advice(wanted)}
    if wanted != request.form.get("again", ""):
        return {f"{form}_again": _("The two passphrases differ. Please type the same one twice.")}
    return {}


def _values() -> dict[str, Any]:
    return {
        "names": store.keys.facilitators(),
        "own": g.desk.master.name,
        "is_holding": store.held.is_holding(),
        "is_shared": any(
            each.state == "open" and each.awaits_parcels for each in store.gatherings.everything()
        ),
        "has_second": store.second_factor.is_on(g.desk.master),
        "waits_for": [_slot_name(each) for each in store.keys.waits_for()],
        "errors": {},
    }


def _slot_name(name: str) -> str:
    return _("recovery code") if name == store.keys.RECOVERY_NAME else name


def again(errors: dict[str, str]) -> tuple[str, int]:
    """Show the page again with what was wrong in it."""
    values = _values()
    del values["errors"]
    return form_problem("desk/people.html", errors, **values)


def back() -> ResponseReturnValue:
    """Lead to the page."""
    return redirect(url_for("review.people.everybody"), code=303)
