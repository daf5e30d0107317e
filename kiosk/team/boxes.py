"""Other boxes, seen from home: invite them, take their parcels in, give them the answers.

Nothing here tells how much came, from where or when. A parcel comes in pieces of a megabyte, which
wait with the desk that sends them and are gone when it locks.
"""

import io
from typing import Any

import segno
from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound, RequestEntityTooLarge

import store
from kiosk.desk.parts import form_problem, gathering_or_404, say
from kiosk.desk.session import unlocked
from kiosk.i18n import _, languages
from kiosk.team import square_code
from store.errors import ForeignParcelError, LateParcelError, UnreadableFileError
from store.gatherings import Gathering

boxes = Blueprint("boxes", __name__, url_prefix="/gatherings/<gathering_id>/boxes")

MOST_PARCEL_BYTES = 260_000_000  # in memory while it comes; larger ones by `kiosk parcel add`
_COMING = "a parcel that comes"  # by this name a desk holds the pieces


@boxes.get("/")
@unlocked
def page(gathering_id: str) -> str:
    """What can be given to other boxes and taken from them."""
    return render_template("team/boxes.html", **_values(gathering_id), errors={})


@boxes.post("/invitation")
@unlocked
def invite(gathering_id: str) -> Response:
    """The file with which other boxes join; from now on their parcels are awaited."""
    _open_or_404(gathering_id)
    return as_file(_invitation(gathering_id), "invitation")


@boxes.post("/square")
@unlocked
def show_square(gathering_id: str) -> ResponseReturnValue:
    """The invitation as a square code for a camera, if it is small enough for one."""
    _open_or_404(gathering_id)
    invitation = _invitation(gathering_id)
    values = _values(gathering_id)  # from now on others are invited
    try:
        made = square_code.write(invitation)
    except segno.DataOverflowError:
        too_large = _("This invitation is too large for a square code. Please take the file.")
        return form_problem("team/boxes.html", {"square": too_large}, **values)
    return render_template("team/boxes.html", **(values | {"square": made}), errors={})


@boxes.post("/answers")
@unlocked
def give_answers(gathering_id: str) -> Response:
    """The board, signed, for the boxes that took part."""
    gathering_or_404(gathering_id)
    return as_file(store.board_file.write(g.desk.master), "board")


@boxes.post("/parcel/pieces")
@unlocked
def take_piece(gathering_id: str) -> ResponseReturnValue:
    """A piece of a parcel; the first one begins anew."""
    gathering_or_404(gathering_id)
    coming: bytearray = g.desk.opened.setdefault(_COMING, bytearray())
    if request.args.get("from") == "0":
        coming.clear()
    if request.args.get("from") != str(len(coming)):
        return "", 409
    if len(coming) + (request.content_length or 0) > MOST_PARCEL_BYTES:
        coming.clear()
        raise RequestEntityTooLarge
    coming += request.get_data()
    return "", 204


@boxes.post("/parcel")
@unlocked
def take_parcel(gathering_id: str) -> ResponseReturnValue:
    """Take a parcel in, and say in one sentence what came of it."""
    gathering_or_404(gathering_id)
    uploaded = request.files.get("parcel")
    came = uploaded.read() if uploaded else bytes(g.desk.opened.pop(_COMING, b""))
    is_done, sentence = _taken_in(came)
    if request.accept_mimetypes.best == "application/json":
        return {"is_done": is_done, "sentence": sentence}
    if not is_done:
        return form_problem("team/boxes.html", {"parcel": sentence}, **_values(gathering_id))
    say(sentence)
    return redirect(url_for("review.boxes.page", gathering_id=gathering_id), code=303)


def _taken_in(untrusted_parcel: bytes) -> tuple[bool, str]:
    if not untrusted_parcel:
        return False, _("Please choose the parcel.")
    try:
        if store.parcels.take_in(io.BytesIO(untrusted_parcel)):
            return True, _("Added. It is sealed with the others now.")
        return True, _("This parcel was added before. Nothing was added.")
    except UnreadableFileError:
        return False, _("This is no parcel, or it is damaged. Copy it again, or pack it again.")
    except ForeignParcelError:
        return False, _("This parcel is for another box. Nothing was added.")
    except LateParcelError:
        return False, _(
            "This parcel comes too late: its gathering waits for no more. Nothing was added."
        )


def as_file(content: bytes, name: str) -> Response:
    """A file to take along, which no cache keeps."""
    response = Response(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="release.{name}"'
    return response


def _invitation(gathering_id: str) -> bytes:
    return store.invitation.invite(gathering_id, g.desk.master, languages=sorted(languages()))


def _open_or_404(gathering_id: str) -> Gathering:
    gathering = gathering_or_404(gathering_id)
    if gathering.state != "open":
        raise NotFound
    return gathering


def _values(gathering_id: str) -> dict[str, Any]:
    gathering = gathering_or_404(gathering_id)
    if store.membership.is_outpost():
        raise NotFound
    return {
        "gathering": gathering,
        "team": store.invitation.team_of(g.desk.master),
        "is_invited": store.invitation.is_invited(gathering_id),
        "square": None,
        "most_bytes": MOST_PARCEL_BYTES,
    }
