"""Suggested groups at the desk: asked for, looked at, accepted or dismissed; nothing by itself.

What was suggested lies in the desk's memory and binds nobody. It holds ids alone and names. A name
is made of words of items; once a text that it came from has changed, as when somebody covers a
word, the whole advice is dropped.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.desk.opened import Reading, snippet
from kiosk.desk.parts import released_or_404, say
from kiosk.desk.reader import reading_of
from kiosk.desk.session import unlocked
from kiosk.i18n import _, ngettext
from kiosk.meaning import book as books
from kiosk.meaning.book import Book, Card
from kiosk.meaning.cards import loose, words_in
from kiosk.meaning.doing import book_of, do, typed_name
from kiosk.suggested import suggested_groups
from store.items import Item
from themes import usual_count

MOST_GROUPS = 60

groups = Blueprint("groups", __name__, url_prefix="/gatherings/<gathering_id>/groups")


@dataclass(frozen=True, slots=True)
class Suggested:
    """Items that may belong together; near-copies lie in one stack, the first on top."""

    name: str  # words that enough of them share, or nothing
    stacks: tuple[tuple[str, ...], ...]

    def ids(self) -> list[str]:
        """Return the items, those of each stack together."""
        return [each for stack in self.stacks for each in stack]


@dataclass(frozen=True)
class Advice:
    """What was suggested, by number; a group that was accepted or dismissed leaves."""

    groups: dict[int, Suggested]
    loose: tuple[str, ...]
    wordless: int  # items without words, which nobody can group by words
    asked: int  # for so many groups
    texts: dict[str, str]


@groups.get("/")
@unlocked
def look(gathering_id: str) -> str:
    """The groups that were suggested, each to be accepted or dismissed, and the loose pile."""
    here = reading_of(gathering_id)
    advice = _advice(here)
    open_ids = _open_ids(here)
    groups_left = advice.groups.items() if advice else ()
    shown = {number: _items(here, each, open_ids) for number, each in groups_left}
    return render_template(
        "meaning/groups.html",
        gathering=released_or_404(gathering_id),
        advice=advice,
        shown={number: stacks for number, stacks in shown.items() if stacks},
        loose=_open_items(here, advice.loose, open_ids) if advice else [],
        most=MOST_GROUPS,
        snippet=snippet,
    )


@groups.post("/")
@unlocked
def suggest(gathering_id: str) -> ResponseReturnValue:
    """Suggest groups of what is in no theme yet; the items are not touched."""
    here = reading_of(gathering_id)
    threshold = released_or_404(gathering_id).promise.threshold
    count = request.form.get("count", type=int)
    wanted = max(1, count) if count is not None else None
    here.advice = advise(here, count=wanted, threshold=threshold)
    return _to_groups(here)


@groups.post("/<int:number>/accept")
@unlocked
def accept(gathering_id: str, number: int) -> ResponseReturnValue:
    """Make a theme of the ticked items of a group; one undo takes it back."""
    here = reading_of(gathering_id)
    advice, group = _group(here, number)
    if advice is None or group is None:
        return _gone(here)
    name = typed_name()
    wanted = set(request.form.getlist("item"))
    items = [item for item in _open_items(here, group.ids(), _open_ids(here)) if item.id in wanted]
    if not name or not items:
        say(_("Please give the theme a name, and leave at least one item ticked."), is_done=False)
        return _to_groups(here)
    cards = [Card(item.id) for item in items]

    def change(book: Book) -> Book:
        return books.add(book, name, cards)

    said = ngettext(
        "“%(name)s” has %(count)s item more.", "“%(name)s” has %(count)s items more.",
        len(cards), name=name,
    )  # fmt: skip
    if do(here, change, said):
        del advice.groups[number]
    return _to_groups(here)


@groups.post("/<int:number>/dismiss")
@unlocked
def dismiss(gathering_id: str, number: int) -> ResponseReturnValue:
    """Take a suggestion away; its items stay as they are."""
    here = reading_of(gathering_id)
    advice, group = _group(here, number)
    if advice is None or group is None:
        return _gone(here)
    del advice.groups[number]
    say(_("Dismissed. The items stay as they are."))
    return _to_groups(here)


def _advice(here: Reading) -> Advice | None:
    advice = here.advice
    if isinstance(advice, Advice) and not is_stale(advice, here):
        return advice
    here.advice = None
    return None


def _group(here: Reading, number: int) -> tuple[Advice | None, Suggested | None]:
    advice = _advice(here)
    return advice, advice.groups.get(number) if advice else None


def _items(here: Reading, group: Suggested, open_ids: set[str]) -> list[list[Item]]:
    """The stacks of a group, less what has been decided or put into a theme since."""
    return [items for stack in group.stacks if (items := _open_items(here, stack, open_ids))]


def _open_ids(here: Reading) -> set[str]:
    """Return the items that are wholly in no theme and not discarded."""
    return {each.item.id for each in loose(here, book_of(here)) if not each.is_part}


def _open_items(here: Reading, ids: Iterable[str], open_ids: set[str]) -> list[Item]:
    return [item for each in ids if each in open_ids and (item := here.item(each))]


def _gone(here: Reading) -> ResponseReturnValue:
    say(_("This suggestion is not there any more. Please ask for groups again."), is_done=False)
    return _to_groups(here)


def _to_groups(here: Reading) -> ResponseReturnValue:
    return redirect(url_for("review.groups.look", gathering_id=here.gathering_id), code=303)


def advise(here: Reading, *, count: int | None, threshold: int) -> Advice:
    """Suggest groups of what is not discarded and in no theme yet."""
    open_ids = _open_ids(here)
    open_items = [item for item in here.items if item.id in open_ids]
    texts = {item.id: said for item in open_items if (said := words_in(item).strip())}
    asked = min(count or usual_count(len(texts)), MOST_GROUPS)
    ids = list(texts)
    found = suggested_groups(list(texts.values()), groups=asked, threshold=threshold)
    stack_of = {at: stack for stack in found.stacks for at in stack}
    groups = {}
    for number, group in enumerate(found.groups, start=1):
        stacks = dict.fromkeys(stack_of.get(at, (at,)) for at in group.members)
        named = tuple(tuple(ids[at] for at in stack) for stack in stacks)
        groups[number] = Suggested(group.name, named)
    loose = tuple(ids[at] for at in found.loose)
    return Advice(groups, loose, len(open_items) - len(texts), asked, texts)


def is_stale(advice: Advice, here: Reading) -> bool:
    """Tell whether a text that was grouped is not any more as it was."""
    return any(
        (item := here.item(item_id)) is None or words_in(item).strip() != text
        for item_id, text in advice.texts.items()
    )
