"""One change of the themes by a form: made, said, and put where U finds it."""

from collections.abc import Callable, Iterable

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.desk.opened import Reading
from kiosk.desk.parts import say
from kiosk.desk.steps import Step
from kiosk.i18n import _
from kiosk.meaning import kept
from kiosk.meaning.book import Book, Card, NoSuchThemeError, clean
from kiosk.meaning.cards import loose, shown


def do(here: Reading, wanted: Callable[[Book], Book], said: str) -> bool:
    """Change the themes and say so; false where nothing was changed."""
    try:
        difference = kept.change(here.gathering_id, g.desk.master, wanted)
    except NoSuchThemeError:
        say(_("This theme is not there any more."), is_done=False)
        return False
    if not difference:
        say(_("The themes are as they were."), is_done=False)
        return False
    here.steps.did(Step("theme", themes=difference))
    say(said)
    return True


def book_of(here: Reading) -> Book:
    """Return the themes as the store has them now."""
    return kept.load(here.gathering_id, g.desk.master)


def ticked(here: Reading, among: Iterable[Card]) -> list[Card]:
    """Return the cards that a form ticks, of those that it showed."""
    wanted = set(request.form.getlist("card"))
    return [each.card for each in shown(here, among) if each.key in wanted]


def ticked_loose(here: Reading, book: Book) -> list[Card]:
    """Return the ticked cards of those that are in no theme."""
    wanted = set(request.form.getlist("card"))
    return [each.card for each in loose(here, book) if each.key in wanted]


def typed_name(field: str = "name") -> str:
    """Return the name of a theme as it was typed."""
    return clean(request.form.get(field, ""))


def to_page(here: Reading, number: str = "") -> ResponseReturnValue:
    """Lead to the page of themes, or to one of them there."""
    address = url_for("review.themes.page", gathering_id=here.gathering_id)
    return redirect(f"{address}#{number}" if number else address, code=303)
