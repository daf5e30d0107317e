"""Putting cards into themes: one, a phrase of it, all that are marked; splitting an item in two."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kiosk.desk.marked_text import words
from kiosk.desk.opened import Reading
from kiosk.desk.parts import released_or_404, say
from kiosk.desk.reader import item_or_404, reading_of, to_item
from kiosk.desk.session import unlocked
from kiosk.i18n import _, ngettext
from kiosk.meaning import book as books
from kiosk.meaning.book import Book, Card, Cut
from kiosk.meaning.cards import cards_of, print_of, words_in
from kiosk.meaning.doing import book_of, do, ticked_loose, to_page, typed_name
from kiosk.meaning.panel import chosen, mark, marks, panel
from store.covering import text_of
from store.items import Item

sorting = Blueprint("sorting", __name__, url_prefix="/gatherings/<gathering_id>")


@sorting.post("/read/<item_id>/theme")
@unlocked
def put(gathering_id: str, item_id: str) -> ResponseReturnValue:
    """Put what is marked, a phrase or the item into a theme; the same again takes it out."""
    here = reading_of(gathering_id)
    item = item_or_404(here, item_id)
    numbers = [request.form.get(name, 0, type=int) for name in ("start", "end")]
    cards = chosen(here, book_of(here), item, *numbers)
    if _into_theme(here, cards):
        mark(here, "", "none")
    return to_item(here, item_id)


@sorting.post("/read/<item_id>/mark")
@unlocked
def mark_items(gathering_id: str, item_id: str) -> ResponseReturnValue:
    """Mark the item, all up to it, all that are shown, or none."""
    here = reading_of(gathering_id)
    item_or_404(here, item_id)
    mark(here, item_id, request.form.get("how", ""))
    count = len(marks(here))
    say(ngettext("%(count)s item is marked.", "%(count)s items are marked.", count))
    return to_item(here, item_id)


@sorting.post("/themes/loose")
@unlocked
def put_loose(gathering_id: str) -> ResponseReturnValue:
    """Put ticked cards that are in no theme into one."""
    here = reading_of(gathering_id)
    cards = ticked_loose(here, book_of(here))
    if cards:
        _into_theme(here, cards)
    else:
        say(_("Please tick a card first."), is_done=False)
    return to_page(here, "loose")


@sorting.get("/read/<item_id>/part")
@unlocked
def ask_for_part(gathering_id: str, item_id: str) -> str:
    """The item with each word as a box to tick: for a phrase of it, or to split it in two."""
    here = reading_of(gathering_id)
    item = item_or_404(here, item_id)
    book = book_of(here)
    return render_template(
        "meaning/part.html",
        gathering=released_or_404(gathering_id),
        item=item,
        words=words(text_of(item.payload)),
        panel=panel(here, book, item),
        halves=[words_in(item)[card.start : card.end].strip() for card in cards_of(item, book)],
    )


@sorting.post("/read/<item_id>/part")
@unlocked
def put_part(gathering_id: str, item_id: str) -> ResponseReturnValue:
    """Put the ticked words into a theme."""
    here = reading_of(gathering_id)
    item = item_or_404(here, item_id)
    ranges = _ticked_words(item)
    if not ranges:
        say(_("Please tick the first and the last word."), is_done=False)
        return to_item(here, item_id)
    start, end = min(each[0] for each in ranges), max(each[1] for each in ranges)
    _into_theme(here, [Card(item.id, start, end, print_of(words_in(item)))])
    return to_item(here, item_id)


@sorting.post("/read/<item_id>/split")
@unlocked
def split(gathering_id: str, item_id: str) -> ResponseReturnValue:
    """Split an item before its first ticked word; it stays one contribution with two cards."""
    here = reading_of(gathering_id)
    item = item_or_404(here, item_id)
    text, ranges = words_in(item), _ticked_words(item)
    at = min((each[0] for each in ranges), default=0)
    if not text[:at].strip():
        say(_("Please tick the word that begins the second card."), is_done=False)
        return to_item(here, item_id)
    cut = Cut(at, print_of(text))
    do(
        here,
        lambda book: books.cut_item(book, item.id, cut, len(text)),
        _("Two cards now, still one contribution."),
    )
    return to_item(here, item_id)


@sorting.post("/read/<item_id>/join")
@unlocked
def join(gathering_id: str, item_id: str) -> ResponseReturnValue:
    """Make an item one card again."""
    here = reading_of(gathering_id)
    item = item_or_404(here, item_id)
    do(here, lambda book: books.join_item(book, item.id), _("One card again."))
    return to_item(here, item_id)


def _into_theme(here: Reading, cards: list[Card]) -> bool:
    """Put cards where a form says: into a theme by its id, or by a name that may be new."""
    theme_id, name = request.form.get("theme", ""), typed_name()
    if not theme_id and not name:
        say(_("Please give the theme a name."), is_done=False)
        return False
    found = next((each for each in book_of(here).themes if each.id == theme_id), None)
    called = found.name if found else name

    def change(book: Book) -> Book:
        return books.toggle(book, theme_id, cards) if theme_id else books.add(book, name, cards)

    is_out = bool(found and set(cards) <= found.cards)
    said = ngettext(
        "“%(name)s”: %(count)s card in.", "“%(name)s”: %(count)s cards in.", len(cards), name=called
    )
    out = ngettext(
        "“%(name)s”: %(count)s card out.",
        "“%(name)s”: %(count)s cards out.",
        len(cards),
        name=called,
    )
    return do(here, change, out if is_out else said)


def _ticked_words(item: Item) -> list[tuple[int, int]]:
    """Return the ranges of the words that a form ticks."""
    wanted = set(request.form.getlist("word"))
    return [
        (each.start, each.end)
        for each in words(text_of(item.payload))
        if f"{each.start}-{each.end}" in wanted
    ]
