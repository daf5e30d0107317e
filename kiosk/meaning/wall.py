"""The wall: themes and their cards for a projector, without anything else on the page.

Only approved items, in an order drawn anew at each opening. Drawings only where somebody ticked
them, since a hand can be recognised. What is chosen lies with the desk and ends with it.
"""

import secrets

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from kiosk.desk.opened import Reading
from kiosk.desk.parts import released_or_404, say
from kiosk.desk.reader import reading_of
from kiosk.desk.session import unlocked
from kiosk.desk.steps import Step
from kiosk.i18n import _
from kiosk.meaning import book as books
from kiosk.meaning import kept
from kiosk.meaning.book import NoSuchThemeError
from kiosk.meaning.cards import Shown, Themed, loose, themed
from kiosk.meaning.doing import book_of
from kiosk.meaning.sides import sides
from store.items import Item

wall = Blueprint("wall", __name__, url_prefix="/gatherings/<gathering_id>/wall")

MOST_DOTS = 999


@wall.get("")
@unlocked
def show(gathering_id: str) -> str:
    """The wall itself."""
    here = reading_of(gathering_id)
    book = book_of(here)
    groups = [_mixed(here, each) for each in themed(here, book, only_approved=True)]
    return render_template(
        "meaning/wall.html",
        gathering=released_or_404(gathering_id),
        themes=groups,
        different={card.key for each in groups for card in sides(each.cards).far},
        loose=_shuffled(here, loose(here, book, only_approved=True)),
    )


@wall.get("/drawings")
@unlocked
def ask_for_drawings(gathering_id: str) -> str:
    """Which drawings may hang on the wall: none, unless somebody ticks them."""
    here = reading_of(gathering_id)
    return render_template(
        "meaning/drawings.html",
        gathering=released_or_404(gathering_id),
        drawings=_drawings(here),
        ticked=here.on_the_wall,
    )


@wall.post("/drawings")
@unlocked
def choose_drawings(gathering_id: str) -> ResponseReturnValue:
    """Let the ticked drawings hang on the wall, at this desk and until it locks."""
    here = reading_of(gathering_id)
    wanted = set(request.form.getlist("item"))
    here.on_the_wall = {item.id for item in _drawings(here) if item.id in wanted}
    say(_("Chosen. The wall and the deck show these, until this desk locks."))
    return redirect(url_for("review.themes.page", gathering_id=gathering_id), code=303)


@wall.post("/<theme_id>/dots")
@unlocked
def count_dots(gathering_id: str, theme_id: str) -> ResponseReturnValue:
    """Note how many dots the room gave a theme; the room sees them, so nothing else says so."""
    here = reading_of(gathering_id)
    dots = min(max(request.form.get("dots", 0, type=int), 0), MOST_DOTS)
    try:
        difference = kept.change(
            here.gathering_id, g.desk.master, lambda book: books.count_dots(book, theme_id, dots)
        )
    except NoSuchThemeError:
        raise NotFound from None
    if difference:
        here.steps.did(Step("theme", themes=difference))
    return redirect(url_for("review.wall.show", gathering_id=gathering_id), code=303)


def _drawings(here: Reading) -> list[Item]:
    return [item for item in here.calm() if item.kind == "drawing" and item.status == "approved"]


def _mixed(here: Reading, each: Themed) -> Themed:
    return Themed(each.number, each.theme, _shuffled(here, each.cards))


def _shuffled(here: Reading, cards: list[Shown]) -> list[Shown]:
    """Return the cards that may hang there, in an order drawn anew."""
    shown = [each for each in cards if may_hang(here, each)]
    secrets.SystemRandom().shuffle(shown)
    return shown


def may_hang(here: Reading, card: Shown) -> bool:
    """Tell whether a card may leave the desk: a drawing only if it was ticked."""
    return card.item.kind != "drawing" or card.item.id in here.on_the_wall
