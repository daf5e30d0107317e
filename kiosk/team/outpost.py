"""A box of a team, for who carries the stick: pack, bring the answers, bring the next invitation.

No facilitator belongs to this box, so no passphrase opens this page. Its code follows from the box
itself, is shown when it joins and on its terminal, and guards against a prank: packing ends a
gathering here for good. What is packed opens at home alone, whoever takes it.
"""

import io
import secrets
import time
from dataclasses import dataclass

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

import store
from kiosk.desk.gathering_form import today
from kiosk.desk.setup import is_code, tries
from kiosk.guard import is_secret
from kiosk.i18n import _
from kiosk.places import afar
from kiosk.team.boxes import as_file
from kiosk.team.joining import uploaded_invitation, what_is_wrong
from store.errors import (
    AlreadyExistsError,
    TooManyTriesError,
    UnknownGatheringError,
    UnreadableFileError,
    WrongStateError,
)

outpost = Blueprint("outpost", __name__, url_prefix="/team")

COOKIE = "carrier"
SECONDS = 600.0  # without a touch for so long, the page asks for the code again


@dataclass
class Carrier:
    """Somebody who gave the code; one at a time."""

    token: str
    until: float
    said: str = ""


@outpost.before_request
def _only_at_an_outpost() -> ResponseReturnValue | None:
    if not store.membership.is_outpost():
        raise NotFound
    if request.endpoint not in {"outpost.start", "outpost.enter"} and _carrier() is None:
        return redirect(url_for("outpost.start"), code=303)
    return None


@outpost.get("/")
def start() -> str:
    """Ask for the code; then show what can be done."""
    carrier = _carrier()
    if carrier is None:
        return render_template("team/code.html", errors={})
    said, carrier.said = carrier.said, ""
    return _page({}, said)


@outpost.post("/")
def enter() -> ResponseReturnValue:
    """Let in whoever has the code."""
    try:
        tries("carrier").take(afar())
    except TooManyTriesError:
        many = _("That was tried several times. Please wait a minute, then go on.")
        return render_template("team/code.html", errors={"code": many}), 429
    if not is_code(request.form.get("code", ""), store.membership.carrier_code()):
        wrong = _("This is not the code. It was shown when this box joined its team.")
        return render_template("team/code.html", errors={"code": wrong}), 422
    token = secrets.token_urlsafe(24)
    current_app.extensions["carrier"] = Carrier(token, time.monotonic() + SECONDS)
    response = make_response(redirect(url_for("outpost.start"), code=303))
    response.set_cookie(
        COOKIE, token, path="/team", httponly=True, samesite="Strict", secure=request.is_secure
    )
    return response


@outpost.post("/leave")
def leave() -> Response:
    """Ask for the code again from now on."""
    current_app.extensions.pop("carrier", None)
    response = make_response(redirect(url_for("visitor.start"), code=303))
    response.delete_cookie(COOKIE, path="/team")
    return response


@outpost.post("/pack")
def pack() -> ResponseReturnValue:
    """Close a gathering here for good, and give what it kept, sealed."""
    wanted = request.form.get("gathering", "")
    if not request.form.get("sure"):
        unsure = _("Please tick that nobody can contribute here any more.")
        return _page({f"sure-{wanted}": unsure}), 422
    packed = io.BytesIO()
    try:
        store.parcels.pack_into(packed, wanted, today=today())
    except (UnknownGatheringError, WrongStateError):
        raise NotFound from None
    return as_file(packed.getvalue(), "parcel")


@outpost.post("/answers")
def take_answers() -> ResponseReturnValue:
    """Show the team's answers on this box's board, in the place of the old ones."""
    uploaded = request.files.get("answers")
    try:
        store.board_file.take_in(uploaded.read() if uploaded else b"")
    except UnreadableFileError:
        wrong = _("These are no answers, or they were changed. Please take them from home again.")
        return _page({"answers": wrong}), 422
    except WrongStateError:
        return _page({"answers": _("These answers are of another team. Nothing changed.")}), 422
    return _done(_("The board shows the team’s answers now."))


@outpost.post("/invitation")
def join_again() -> ResponseReturnValue:
    """Collect for a further gathering of the same team."""
    untrusted = uploaded_invitation()
    try:
        joined = store.invitation.join(store.invitation.read(untrusted), today=today())
    except UnreadableFileError:
        return _page({"invitation": what_is_wrong(untrusted)}), 422
    except AlreadyExistsError:
        return _page({"invitation": _("This box has joined that gathering already.")}), 422
    except WrongStateError:
        other = _("This invitation is of another team, or its last day is over. Nothing changed.")
        return _page({"invitation": other}), 422
    return _done(_("Joined. The kiosk asks the question of “%(title)s” now.", title=joined.title))


def _page(errors: dict[str, str], said: str = "") -> str:
    there = [each for each in store.gatherings.everything() if each.state != "purged"]
    return render_template(
        "team/outpost.html",
        errors=errors,
        said=said,
        gatherings=there,
        team=store.membership.own_fingerprint(),
    )


def _done(sentence: str) -> ResponseReturnValue:
    carrier = _carrier()
    if carrier:
        carrier.said = sentence
    return redirect(url_for("outpost.start"), code=303)


def _carrier() -> Carrier | None:
    """Who gave the code in this browser, and was here a moment ago."""
    found: Carrier | None = current_app.extensions.get("carrier")
    now = time.monotonic()
    if found is None or found.until < now:
        return None
    if not is_secret(request.cookies.get(COOKIE, ""), found.token):
        return None
    found.until = now + SECONDS
    return found
