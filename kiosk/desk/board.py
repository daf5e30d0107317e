"""The board: what we heard, what happens now. The kiosk shows it to everybody."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

import store
from kiosk.desk.parts import form_problem, released_or_404, say
from kiosk.desk.session import unlocked
from kiosk.i18n import _
from store.errors import UnknownItemError

board = Blueprint("board", __name__, url_prefix="/gatherings/<gathering_id>/board")

LONGEST_THEME = 120  # characters; a line on the kiosk's idle screen
LONGEST_ANSWER = 1_000


@board.get("/")
@unlocked
def answers(gathering_id: str) -> str:
    """What stands on the board for a gathering, and room for more."""
    return render_template(
        "desk/board.html",
        gathering=released_or_404(gathering_id),
        answers=store.board.of(gathering_id),
        errors={},
        form={"theme": ""},
    )


@board.post("/")
@unlocked
def publish(gathering_id: str) -> Any:
    """Put an answer on the board, or other words in place of one."""
    gathering = released_or_404(gathering_id)
    theme = " ".join(request.form.get("theme", "").split())
    answer = request.form.get("answer", "").replace("\r\n", "\n").strip()
    errors = {}
    if not theme or len(theme) > LONGEST_THEME:
        errors["theme"] = _("Please say in a few words what you heard.")
    if not answer or len(answer) > LONGEST_ANSWER:
        errors["answer"] = _("Please say what happens now, in up to 1,000 characters.")
    if errors:
        return form_problem(
            "desk/board.html",
            errors,
            gathering=gathering,
            answers=store.board.of(gathering_id),
            form=request.form,
        )
    answer_id = request.form.get("answer_id", "")
    if answer_id:
        try:
            store.board.change(_own(gathering_id, answer_id), theme=theme, answer=answer)
        except UnknownItemError:
            raise NotFound from None
        say(_("Changed. The kiosk shows the new words."))
    else:
        store.board.publish(gathering_id, theme, answer)
        say(_("Published. The kiosk shows it now, to everybody."))
    return _back(gathering_id)


@board.post("/begin")
@unlocked
def begin(gathering_id: str) -> str:
    """Begin an answer to a theme; by a form, so that the theme is in no address."""
    return render_template(
        "desk/board.html",
        gathering=released_or_404(gathering_id),
        answers=store.board.of(gathering_id),
        errors={},
        form={"theme": request.form.get("theme", "")[:LONGEST_THEME]},
    )


@board.post("/remove")
@unlocked
def remove(gathering_id: str) -> Any:
    """Take an answer from the board."""
    released_or_404(gathering_id)
    store.board.remove(_own(gathering_id, request.form.get("answer_id", "")))
    say(_("Taken from the board."))
    return _back(gathering_id)


def _own(gathering_id: str, answer_id: str) -> str:
    """Return the id if it is an answer of this gathering."""
    if answer_id not in {answer.id for answer in store.board.of(gathering_id)}:
        raise NotFound
    return answer_id


def _back(gathering_id: str) -> Any:
    return redirect(url_for("review.board.answers", gathering_id=gathering_id), code=303)
