"""The board: what we heard, what happens now. The kiosk shows it to everybody.

Answers outlive their gathering: after a purge they stay until somebody takes them down.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

import store
from kiosk.answers import shown, state_names
from kiosk.desk import care
from kiosk.desk.cover.everywhere import taken_from_board
from kiosk.desk.parts import form_problem, gathering_or_404, say
from kiosk.desk.session import sessions, unlocked
from kiosk.i18n import _
from kiosk.meaning import kept
from store.board import Answer, AnswerState
from store.errors import UnknownItemError
from store.gatherings import Gathering

board = Blueprint("board", __name__, url_prefix="/gatherings/<gathering_id>/board")

LONGEST_THEME = 120  # characters; a line on the kiosk's idle screen
LONGEST_ANSWER = 1_000


@board.get("/")
@unlocked
def answers(gathering_id: str) -> str:
    """What stands on the board for a gathering, and room for more."""
    gathering = _with_board_or_404(gathering_id)
    typed = sessions().unsaved.on(g.desk.master, "board", gathering_id)
    begun = {"theme": _named(gathering_id, request.args.get("theme", "")), **typed}
    return render_template("desk/board.html", **_values(gathering, begun), errors={})


@board.post("/")
@unlocked
def publish(gathering_id: str) -> ResponseReturnValue:
    """Put an answer on the board, or other words in place of one."""
    gathering = _with_board_or_404(gathering_id)
    errors, wanted = _read_form()
    if errors:
        return form_problem("desk/board.html", errors, **_values(gathering, request.form))
    answer_id = request.form.get("answer_id", "")
    if answer_id:
        try:
            store.board.change(_own(gathering_id, answer_id).id, **wanted)
        except UnknownItemError:
            raise NotFound from None
        say(_("Changed. The kiosk shows the new words."))
    else:
        store.board.publish(gathering_id, **wanted)
        sessions().unsaved.forget_page(g.desk.master, "board", gathering_id)
        say(_("Published. The kiosk shows it now, to everybody."))
    return _back(gathering_id)


@board.post("/care")
@unlocked
def begin_care(gathering_id: str) -> str:
    """Begin an answer to everybody with the helpline; publishing it is the second step."""
    theme, words = care.default_answer(store.house_words.read().helpline)
    begun = {"theme": theme, "answer": words}
    values = _values(_with_board_or_404(gathering_id), begun)
    return render_template("desk/board.html", **values, errors={})


@board.post("/remove")
@unlocked
def remove(gathering_id: str) -> ResponseReturnValue:
    """Take an answer from the board; the desk can put it back until it locks."""
    _with_board_or_404(gathering_id)
    taken = _own(gathering_id, request.form.get("answer_id", ""))
    store.board.remove(taken.id)
    g.desk.opened[taken_from_board(gathering_id)] = taken
    say(_("Taken from the board."))
    return _back(gathering_id)


@board.post("/put-back")
@unlocked
def put_back(gathering_id: str) -> ResponseReturnValue:
    """Put the answer that was taken down last on the board again."""
    gathering_or_404(gathering_id)
    taken = g.desk.opened.pop(taken_from_board(gathering_id), None)
    if not isinstance(taken, Answer):
        raise NotFound
    store.board.publish(gathering_id, taken.theme, taken.answer, state=taken.state, due=taken.due)
    say(_("It is on the board again."))
    return _back(gathering_id)


def _read_form() -> tuple[dict[str, str], dict[str, Any]]:
    """Return what is wrong in a form, and the values of an answer."""
    theme = " ".join(request.form.get("theme", "").split())
    answer = request.form.get("answer", "").replace("\r\n", "\n").strip()
    state, day = request.form.get("state", AnswerState.HEARD), request.form.get("due", "").strip()
    errors = {}
    if not theme or len(theme) > LONGEST_THEME:
        errors["theme"] = _("Please say in a few words what you heard.")
    if not answer or len(answer) > LONGEST_ANSWER:
        errors["answer"] = _("Please say what happens now, in up to 1,000 characters.")
    if state not in list(AnswerState):
        errors["state"] = _("Please choose how far it is.")
    due = None
    try:
        due = date.fromisoformat(day) if day else None
    except ValueError:
        errors["due"] = _("Please give a day such as 2026-11-30.")
    if state == AnswerState.WORKING and due is None and "due" not in errors:
        errors["due"] = _("Please say by which day there is a next word.")
    if state != AnswerState.WORKING:
        due = None
    return errors, {"theme": theme, "answer": answer, "state": state, "due": due}


def _values(gathering: Gathering, form: Mapping[str, str]) -> dict[str, Any]:
    found = store.board.of(gathering.id)
    return {
        "gathering": gathering,
        "answers": found,
        "shown": shown(found),
        "states": state_names(),
        "form": form,
        "can_put_back": taken_from_board(gathering.id) in g.desk.opened,
    }


def _with_board_or_404(gathering_id: str) -> Gathering:
    """Return a gathering that may have answers: released, or purged with some still up."""
    gathering = gathering_or_404(gathering_id)
    is_left = gathering.state == "purged" and (
        store.board.of(gathering_id) or taken_from_board(gathering_id) in g.desk.opened
    )
    if gathering.state != "released" and not is_left:
        raise NotFound
    return gathering


def _own(gathering_id: str, answer_id: str) -> Answer:
    """Return an answer of this gathering."""
    for answer in store.board.of(gathering_id):
        if answer.id == answer_id:
            return answer
    raise NotFound


def _named(gathering_id: str, theme_id: str) -> str:
    """Return the name of a theme that an answer was begun from; the address has only its id."""
    if not theme_id:
        return ""
    found = kept.load(gathering_id, g.desk.master).themes
    return next((each.name for each in found if each.id == theme_id), "")


def _back(gathering_id: str) -> ResponseReturnValue:
    return redirect(url_for("review.board.answers", gathering_id=gathering_id), code=303)
