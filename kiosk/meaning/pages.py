"""The page of themes: what belongs together, in the words of the facilitators, and what is loose.

A theme is changed here as a whole: its name, its place, merges and what becomes of ticked cards.
"""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

import store
from kiosk.desk.opened import Reading, snippet
from kiosk.desk.parts import released_or_404, say
from kiosk.desk.reader import reading_of
from kiosk.desk.session import unlocked
from kiosk.i18n import _
from kiosk.meaning import book as books
from kiosk.meaning.book import COLOURS, LONGEST_MEANING, Book, Card, Theme
from kiosk.meaning.cards import Shown, Themed, cards_of, is_shown, loose, themed
from kiosk.meaning.carried import comparison, sources, with_carried
from kiosk.meaning.doing import book_of, do, ticked, to_page, typed_name
from kiosk.meaning.sides import sides

MOST_FOR_SIDES = 300  # cards of a theme; of more, looking at all would make a page wait

themes = Blueprint("themes", __name__, url_prefix="/gatherings/<gathering_id>/themes")


@themes.get("")
@unlocked
def page(gathering_id: str) -> str:
    """All themes with their cards, and what is in none."""
    here, gathering = reading_of(gathering_id), released_or_404(gathering_id)
    book = book_of(here)
    kept_items = [item for item in here.items if is_shown(item)]
    names = {each.name.casefold() for each in book.themes}
    two_sided, far = _two_sided(themed(here, book))
    return render_template(
        "meaning/themes.html",
        gathering=gathering,
        themes=two_sided,
        far=far,
        answered={each.theme.lower() for each in store.board.everything()},
        loose=loose(here, book),
        labels=[label for label, _count in here.labels() if label.casefold() not in names],
        steps=here.steps,
        kept=len(kept_items),
        approved=sum(item.status == "approved" for item in kept_items),
        drawings=any(item.kind == "drawing" for item in kept_items),
        left=here.left(),
        colours=range(1, COLOURS + 1),
        sources=sources(gathering),
        compared=comparison(here, book, gathering, g.desk),
        snippet=snippet,
    )


def _two_sided(found: list[Themed]) -> tuple[list[Themed], set[Shown]]:
    """Put what is nearest a theme's middle first, then what is farthest; return that, too."""
    far: set[Shown] = set()
    ordered = []
    for each in found:
        if len(each.cards) > MOST_FOR_SIDES:
            ordered.append(each)
            continue
        both = sides(each.cards)
        first = [*both.near, *both.far]
        far.update(both.far)
        rest = [card for card in each.cards if card not in first]
        ordered.append(Themed(each.number, each.theme, first + rest))
    return ordered, far


@themes.post("/<theme_id>/change")
@unlocked
def describe(gathering_id: str, theme_id: str) -> ResponseReturnValue:
    """Give a theme another name, a meaning, a colour."""
    here = reading_of(gathering_id)
    name = typed_name()
    if not name:
        say(_("Please give the theme a name."), is_done=False)
        return to_page(here, theme_id)
    other = book_of(here).named(name)
    if other and other.id != theme_id:
        say(_("There is a theme of this name. You can merge the two."), is_done=False)
        return to_page(here, theme_id)
    meaning = books.clean(request.form.get("meaning", ""), LONGEST_MEANING)
    colour = min(max(request.form.get("colour", 1, type=int), 1), COLOURS)

    def change(book: Book) -> Book:
        return books.describe(book, theme_id, name=name, meaning=meaning, colour=colour)

    do(here, change, _("Changed everywhere."))
    return to_page(here, theme_id)


@themes.post("/<theme_id>/<any(earlier, later):where>")
@unlocked
def shift(gathering_id: str, theme_id: str, where: str) -> ResponseReturnValue:
    """Move a theme up or down in the list, and so to another number."""
    here = reading_of(gathering_id)
    by = -1 if where == "earlier" else 1
    do(here, lambda book: books.shift(book, theme_id, by), _("Moved."))
    return to_page(here, theme_id)


@themes.post("/<theme_id>/merge")
@unlocked
def merge(gathering_id: str, theme_id: str) -> ResponseReturnValue:
    """Make two themes one; both are kept as they were."""
    here = reading_of(gathering_id)
    into = request.form.get("into", "")
    do(
        here,
        lambda book: books.merge(book, theme_id, into=into),
        _("Merged. Both are kept as they were, and can be taken apart again."),
    )
    return to_page(here, into)


@themes.post("/<theme_id>/unmerge")
@unlocked
def unmerge(gathering_id: str, theme_id: str) -> ResponseReturnValue:
    """Bring both originals back exactly."""
    here = reading_of(gathering_id)
    do(here, lambda book: books.unmerge(book, theme_id), _("Both are as they were before."))
    return to_page(here, theme_id)


@themes.post("/<theme_id>/remove")
@unlocked
def remove(gathering_id: str, theme_id: str) -> ResponseReturnValue:
    """Take a theme away; its items stay."""
    here = reading_of(gathering_id)
    do(here, lambda book: books.remove(book, theme_id), _("The theme is gone. Its items stay."))
    return to_page(here)


@themes.post("/<theme_id>/<any(take, transfer, split):act>")
@unlocked
def act_on_cards(gathering_id: str, theme_id: str, act: str) -> ResponseReturnValue:
    """Take the ticked cards out, move them to another theme, or make a theme of them."""
    here = reading_of(gathering_id)
    theme = next((each for each in book_of(here).themes if each.id == theme_id), Theme("", ""))
    cards = _as_kept(here, theme)
    into, name = request.form.get("into", ""), typed_name("split_name")
    if not cards:
        say(_("Please tick a card first."), is_done=False)
    elif act == "take":
        do(here, lambda book: books.take(book, theme_id, cards), _("Taken out of the theme."))
    elif act == "transfer":
        do(here, lambda book: books.transfer(book, theme_id, cards, into=into), _("Moved."))
    elif not name:
        say(_("Please give the theme a name."), is_done=False)
    else:
        do(
            here,
            lambda book: books.split_off(book, theme_id, cards, name),
            _("“%(name)s” is a theme now.", name=name),
        )
    return to_page(here, theme_id)


def _as_kept(here: Reading, theme: Theme) -> list[Card]:
    """Return the ticked cards of a theme; a range that lost its text was shown as the whole."""
    cards = set(ticked(here, theme.cards))
    whole = {card.item for card in cards if not card.of}
    return [card for card in theme.cards if card in cards or (card.of and card.item in whole)]


@themes.post("/from-labels")
@unlocked
def from_labels(gathering_id: str) -> ResponseReturnValue:
    """Make a theme of each label; the labels stay."""
    here = reading_of(gathering_id)

    def change(book: Book) -> Book:
        for item in here.calm():
            for label in item.labels:
                if item.status != "discarded" and (name := books.clean(label)):
                    book = books.add(book, name, cards_of(item, book))
        return book

    do(here, change, _("Each label is a theme now."))
    return to_page(here)


@themes.post("/carry")
@unlocked
def carry(gathering_id: str) -> ResponseReturnValue:
    """Begin with the themes of an earlier gathering: their names, meanings and colours."""
    here, gathering = reading_of(gathering_id), released_or_404(gathering_id)
    wanted = request.form.get("from", "")
    source = next((each for each in sources(gathering) if each.id == wanted), None)
    if source is None:
        say(_("That gathering is not there any more."), is_done=False)
        return to_page(here)
    do(
        here,
        lambda book: with_carried(book, source.id, g.desk.master),
        _("The themes of “%(title)s” are here, without items.", title=source.title),
    )
    return to_page(here)
