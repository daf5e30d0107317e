"""The pages on which something is covered: in one item, and everywhere at once."""

from collections.abc import Iterator
from itertools import islice

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import store
from kiosk.desk import lists
from kiosk.desk.cover import everywhere
from kiosk.desk.cover.hits import Hit, hits, phrases_of
from kiosk.desk.cover.marked import squares, words_marked
from kiosk.desk.cover.theme_words import texts_in
from kiosk.desk.marked_text import words
from kiosk.desk.opened import Reading
from kiosk.desk.parts import released_or_404, say
from kiosk.desk.reader import item_or_404, reading_of
from kiosk.desk.session import unlocked
from kiosk.i18n import _, ngettext
from kiosk.meaning import kept
from store.covering import joined, text_of
from store.errors import StaleVersionError
from store.items import Item
from store.payloads import Drawing

cover = Blueprint("cover", __name__, url_prefix="/gatherings/<gathering_id>/read/<item_id>")

MOST_HITS = 500  # on one page
MOST_WORDS = 20  # names or phrases at once


@cover.get("/cover")
@unlocked
def ask(gathering_id: str, item_id: str) -> str:
    """The item with its words to mark, and a drawing under squares to tick."""
    found = item_or_404(reading_of(gathering_id), item_id)
    shown = text_of(found.payload)
    return render_template(
        "desk/cover.html",
        gathering=released_or_404(gathering_id),
        item=found,
        shown=shown,
        spans=[each._asdict() for each in shown.spans],
        words=words(shown),
        squares=squares(found.payload.png) if isinstance(found.payload, Drawing) else None,
    )


@cover.post("/everywhere")
@unlocked
def look(gathering_id: str, item_id: str) -> ResponseReturnValue:
    """Show where the marked or typed words stand in the whole gathering; nothing is changed."""
    here = reading_of(gathering_id)
    return _page(here, item_or_404(here, item_id), _phrases(item_or_404(here, item_id)))


@cover.post("/everywhere/cover")
@unlocked
def cover_everywhere(gathering_id: str, item_id: str) -> ResponseReturnValue:
    """Cover the ticked places for good, and take the words into the local lists if wanted."""
    here = reading_of(gathering_id)
    item = item_or_404(here, item_id)
    phrases = phrases_of(request.form.get("typed", ""))[:MOST_WORDS]
    wanted = set(request.form.getlist("hit"))
    if not wanted:
        return _page(here, item, phrases, _("Nothing was marked, so nothing is covered."))
    found = list(_hits(here, phrases))
    chosen = [hit for hit in found if hit.value in wanted]
    try:
        if len(chosen) < len(wanted):
            raise StaleVersionError
        everywhere.cover_all(here, chosen, g.desk.master)
    except StaleVersionError:
        changed = _("Something has changed meanwhile. Please look once more; nothing was covered.")
        return _page(here, item, phrases, changed)
    everywhere.forget_elsewhere(here, phrases, found, chosen)
    count = len(chosen)
    said = ngettext("Covered in %(count)s place.", "Covered in %(count)s places.", count)
    say(" ".join((said, *_listed(phrases))))
    address = url_for("review.reader.item", gathering_id=gathering_id, item_id=item_id)
    return redirect(address, code=303)


def _hits(here: Reading, phrases: list[str]) -> Iterator[Hit]:
    book = kept.load(here.gathering_id, g.desk.master)
    answers = store.board.of(here.gathering_id)
    board = dict.fromkeys(words for each in answers for words in (each.theme, each.answer))
    return hits(here.items, phrases, texts_in(book), board)


def _phrases(item: Item) -> list[str]:
    """Return what was typed, a line each, and what was marked in the item's own words."""
    shown = text_of(item.payload)
    whole = [
        shown.text[start:end]
        for start, end in joined(shown.text, words_marked(request.form))
        if not any(each.start < end and start < each.end for each in shown.spans)
    ]
    return phrases_of("\n".join((request.form.get("typed", ""), *whole)))[:MOST_WORDS]


def _listed(phrases: list[str]) -> list[str]:
    """Take the words into a local list if that was ticked; returns what to say of it."""
    field = request.form.get("list", "")
    if field not in lists.FIELDS:
        return []
    if lists.add(field, phrases):
        return [_("The words are in the local lists, from the next gathering on.")]
    return [_("They are ordinary words, so they are not in the local lists.")]


def _page(here: Reading, item: Item, phrases: list[str], problem: str = "") -> ResponseReturnValue:
    found = list(islice(_hits(here, phrases), MOST_HITS + 1))
    page = render_template(
        "desk/cover_everywhere.html",
        gathering=released_or_404(here.gathering_id),
        item=item,
        typed="\n".join(phrases),
        hits=found[:MOST_HITS],
        is_too_much=len(found) > MOST_HITS,
        lists=lists.names(),
        problem=problem,
    )
    return page, 422 if problem else 200
