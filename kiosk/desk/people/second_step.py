"""A second step for oneself: six digits of an app besides the passphrase, on or off."""

import io
import time
from typing import Any

import segno
from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import store
from kiosk.desk.parts import form_problem, say
from kiosk.desk.people.page import again, back, own_passphrase_errors
from kiosk.desk.session import unlocked
from kiosk.i18n import _

second_step = Blueprint("second_step", __name__, url_prefix="/people/second-step")

PENDING = "second step"  # by this name a desk holds a secret until its first digits have come


@second_step.post("/begin")
@unlocked
def begin() -> ResponseReturnValue:
    """Make a secret for an app, and show it on a page that ends with the desk."""
    errors = own_passphrase_errors("second_own")
    if errors:
        return again(errors)
    g.desk.opened[PENDING] = store.second_factor.new_secret()
    return redirect(url_for("review.second_step.show"), code=303)


@second_step.get("/")
@unlocked
def show() -> ResponseReturnValue:
    """The secret as a square code and as letters, and a field for the first digits."""
    if PENDING not in g.desk.opened:
        return back()
    return render_template("desk/second_step.html", **_values(), errors={})


@second_step.post("/on")
@unlocked
def turn_on() -> ResponseReturnValue:
    """Ask for digits from now on, once the app has shown the right ones."""
    secret = g.desk.opened.get(PENDING)
    if secret is None:
        return back()
    digits = request.form.get("digits", "")
    if not store.second_factor.turn_on(g.desk.master, secret, digits, now=time.time()):
        wrong = _("These are not the digits of now. Is the clock of this kiosk right?")
        return form_problem("desk/second_step.html", {"digits": wrong}, **_values())
    del g.desk.opened[PENDING]
    say(_("From now on the desk asks you for the digits of your app, too."))
    return back()


@second_step.post("/off")
@unlocked
def turn_off() -> ResponseReturnValue:
    """Ask for the passphrase alone."""
    errors = own_passphrase_errors("second_own")
    if errors:
        return again(errors)
    store.second_factor.turn_off(g.desk.master)
    say(_("The desk asks you for your passphrase alone."))
    return back()


def _values() -> dict[str, Any]:
    secret = g.desk.opened[PENDING]
    picture = io.BytesIO()
    address = store.second_factor.address(secret, g.desk.master.name)
    segno.make(address).save(picture, kind="svg", scale=5, xmldecl=False, svgns=True)
    return {
        "letters": [secret[at : at + 4] for at in range(0, len(secret), 4)],
        "picture": picture.getvalue().decode(),
    }
