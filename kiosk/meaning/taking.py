"""What is taken to a session: cards to print, a PDF, or everything with one press."""

from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import store
from kiosk.desk.opened import Reading
from kiosk.desk.parts import form_problem, released_or_404, say
from kiosk.desk.people.passphrase import advice
from kiosk.desk.reader import reading_of
from kiosk.desk.session import unlocked
from kiosk.i18n import _
from kiosk.meaning import deck_page, kept, pdf, shape_page
from kiosk.meaning.book import Book
from kiosk.meaning.paper import PAPERS, PER_PAGE, Paper, paper
from kiosk.meaning.session_files import Wish, can_seal, pack
from kiosk.strength import LEAST, strength
from store.gatherings import Gathering

taking = Blueprint("taking", __name__, url_prefix="/gatherings/<gathering_id>/session")


@taking.get("")
@unlocked
def ask(gathering_id: str) -> str:
    """How it is to be printed or packed."""
    here, gathering = reading_of(gathering_id), released_or_404(gathering_id)
    return render_template("meaning/session.html", **_values(here, gathering), errors={})


@taking.post("")
@unlocked
def press(gathering_id: str) -> Response | tuple[str, int]:
    """Everything as one file: a ZIP, or that sealed to a passphrase."""
    gathering = released_or_404(gathering_id)
    passphrase = request.form.get("passphrase", "") if can_seal() else ""
    if passphrase and strength(passphrase) < LEAST:
        return form_problem(
            "meaning/session.html",
            {"passphrase": advice(passphrase)},
            **_values(reading_of(gathering_id), gathering),
        )
    size, per_page = _layout(request.form)
    here, book = _now(gathering)
    made = pack(
        paper(here, book, gathering.title),
        gathering,
        Wish(size, per_page, passphrase),
        shape=shape_page.as_file(here, book, gathering),
    )
    return _file(made, "session.zip.age" if passphrase else "session.zip")


@taking.post("/pdf")
@unlocked
def as_pdf(gathering_id: str) -> ResponseReturnValue:
    """The cards as a PDF."""
    size, per_page = _layout(request.form)
    cards = _paper(released_or_404(gathering_id))
    try:
        made = pdf.pdf_of(cards, size=size, per_page=per_page)
    except pdf.NoLettersError:
        say(
            _(
                "This machine has no letters for some of these words, so it makes no PDF. The"
                " page to print has them all."
            ),
            is_done=False,
        )
        return redirect(url_for("review.taking.ask", gathering_id=gathering_id), code=303)
    return _file(made, "cards.pdf")


@taking.get("/cards")
@unlocked
def as_page(gathering_id: str) -> str:
    """The cards as a page that the browser prints."""
    size, per_page = _layout(request.args)
    back = url_for("review.taking.ask", gathering_id=gathering_id)
    gathering = released_or_404(gathering_id)
    return deck_page.at_the_desk(_paper(gathering), size=size, per_page=per_page, back=back)


def _values(here: Reading, gathering: Gathering) -> dict[str, Any]:
    return {
        "gathering": gathering,
        "papers": PAPERS,
        "per_page": PER_PAGE,
        "can_print": pdf.can_print(),
        "can_seal": can_seal(),
        "approved": sum(item.status == "approved" for item in here.calm()),
        "left": here.left(),
    }


def _paper(gathering: Gathering) -> Paper:
    return paper(*_now(gathering), gathering.title)


def _now(gathering: Gathering) -> tuple[Reading, Book]:
    """Read what the store has now: what another desk has covered is covered on paper."""
    here = reading_of(gathering.id)
    fresh = Reading(gathering.id, store.items.released(gathering.id, g.desk.master))
    fresh.on_the_wall = here.on_the_wall
    return fresh, kept.load(gathering.id, g.desk.master)


def _layout(form: dict[str, str]) -> tuple[str, int]:
    size, typed = form.get("size", ""), form.get("per_page", "")
    per_page = int(typed) if typed in map(str, PER_PAGE) else 4
    return (size if size in PAPERS else "a4"), per_page


def _file(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/octet-stream")
    if name.endswith(".pdf"):
        response.mimetype = "application/pdf"
    elif name.endswith(".zip"):
        response.mimetype = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
