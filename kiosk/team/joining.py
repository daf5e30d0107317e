"""First start of a box that belongs to a team: the team's invitation in place of a passphrase.

Such a box gets no facilitator and nothing that opens what it keeps. What an invitation says is
shown before anything is written: people compare the team's sign with the one on the home desk.
"""

import base64
import binascii

from flask import Blueprint, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

import store
from kiosk.desk import setup
from kiosk.desk.gathering_form import today
from kiosk.house import house
from kiosk.i18n import _
from kiosk.team import square_code
from store.errors import UnreadableFileError, WrongStateError
from store.team.invitation import Invitation

joining = Blueprint("joining", __name__, url_prefix="/setup/team")
joining.before_request(setup.only_before_set_up)


@joining.get("/")
def ask() -> str:
    """Ask for the invitation."""
    setup.known_browser()
    return _asking({})


@joining.post("/")
def look() -> ResponseReturnValue:
    """Say what the invitation says; nothing is written yet."""
    setup.known_browser()
    untrusted = uploaded_invitation()
    try:
        asked = store.invitation.read(untrusted)
    except UnreadableFileError:
        return _asking({"invitation": what_is_wrong(untrusted)}), 422
    return _compare(asked, untrusted, {})


@joining.post("/join")
def join() -> ResponseReturnValue:
    """Let this box collect for its team, and show the code of who will carry what it kept."""
    setup.known_browser()
    try:
        untrusted = base64.b64decode(request.form.get("invitation", ""), validate=True)
        asked = store.invitation.read(untrusted)
    except (binascii.Error, UnreadableFileError):
        return _asking({"invitation": what_is_wrong(b"")}), 422
    try:
        store.invitation.join(asked, today=today())
    except WrongStateError:
        over = _("The last day of this gathering is over. Please ask for a new invitation.")
        return _compare(asked, untrusted, {"join": over}), 422
    here = house()
    here.set_up_code = ""
    response = make_response(
        render_template(
            "team/joined.html",
            code=store.membership.carrier_code(),
            hears=here.hearing.has_model,
        )
    )
    for state in ("setup_token", "setup_language"):
        current_app.extensions.pop(state, None)
    response.delete_cookie(setup.COOKIE, path="/setup")
    return response


def uploaded_invitation() -> bytes:
    """The file that was chosen; of a photograph, what its square code says."""
    uploaded = request.files.get("invitation")
    untrusted = uploaded.read() if uploaded else b""
    if untrusted and uploaded and uploaded.mimetype.startswith("image/"):
        return square_code.read(untrusted) or b""
    return untrusted


def what_is_wrong(untrusted: bytes) -> str:
    """One sentence for an invitation that cannot be used."""
    uploaded = request.files.get("invitation")
    if uploaded and uploaded.mimetype.startswith("image/") and not untrusted:
        if not square_code.can_read():
            return _("This kiosk cannot read square codes. Please take the file instead.")
        return _("No square code can be read there. Hold the camera closer, or take the file.")
    return _("This is no invitation, or it was changed. Please take it from the home desk again.")


def _asking(errors: dict[str, str]) -> str:
    return render_template("team/join.html", errors=errors, reads_squares=square_code.can_read())


def _compare(asked: Invitation, untrusted: bytes, errors: dict[str, str]) -> str:
    return render_template(
        "team/compare.html",
        errors=errors,
        gathering=asked.gathering,
        team=store.membership.fingerprint(asked.team),
        invitation=base64.b64encode(untrusted).decode(),
    )
