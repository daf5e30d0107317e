"""Suggested groups at the desk: asked for, looked at, accepted or dismissed; nothing by itself.

What was suggested lies in the desk's memory and binds nobody. It holds ids alone and names. A name
is made of words of items; once a text that it came from has changed, as when somebody covers a
word, the whole advice is dropped.
"""

from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.desk import bulk
from kiosk.desk.acts import LONGEST_LABEL, NothingToDoError
from kiosk.desk.opened import Reading, snippet
from kiosk.desk.parts import released_or_404, say
from kiosk.desk.reader import reading_of
from kiosk.desk.session import unlocked
from kiosk.i18n import _, ngettext
from kiosk.suggested import suggested_groups
from store.errors import StaleVersionError
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
    shown = {n: _items(here, each) for n, each in advice.groups.items()} if advice else {}
    return render_template(
        "desk/groups.html",
        gathering=released_or_404(gathering_id),
        advice=advice,
        shown={number: stacks for number, stacks in shown.items() if stacks},
        loose=_open_items(here, advice.loose) if advice else [],
        most=MOST_GROUPS,
        snippet=snippet,
    )


@groups.post("/")
@unlocked
def suggest(gathering_id: str) -> ResponseReturnValue:
    """Suggest groups of what has no label yet; the items are not touched."""
    here = reading_of(gathering_id)
    threshold = released_or_404(gathering_id).promise.threshold
    count = request.form.get("count", type=int)
    wanted = max(1, count) if count is not None else None
    here.advice = advise(here, count=wanted, threshold=threshold)
    return _to_groups(here)


@groups.post("/<int:number>/accept")
@unlocked
def accept(gathering_id: str, number: int) -> ResponseReturnValue:
    """Give the ticked items of a group its name as a label; one undo takes it back."""
    here = reading_of(gathering_id)
    advice, group = _group(here, number)
    if advice is None or group is None:
        return _gone(here)
    name = " ".join(request.form.get("name", "").replace(",", " ").split())[:LONGEST_LABEL]
    ticked = set(request.form.getlist("item"))
    items = [item for item in _open_items(here, group.ids()) if item.id in ticked]
    if not name or not items:
        say(_("Please give the theme a name, and leave at least one item ticked."), is_done=False)
        return _to_groups(here)
    try:
        step = bulk.label(here, items, name, g.desk.master)
    except NothingToDoError as nothing:
        say(str(nothing), is_done=False)
        return _to_groups(here)
    except StaleVersionError:
        say(_("Somebody else changed one of them just now. Nothing was done."), is_done=False)
        return _to_groups(here)
    here.steps.did(step)
    del advice.groups[number]
    count = len(step.changes)
    say(ngettext("“%(name)s” has %(count)s item now.", "“%(name)s” has %(count)s items now.",
                 count, name=name))  # fmt: skip
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


def _items(here: Reading, group: Suggested) -> list[list[Item]]:
    """The stacks of a group, less what has been decided or labelled since."""
    return [items for stack in group.stacks if (items := _open_items(here, stack))]


def _open_items(here: Reading, ids: list[str] | tuple[str, ...]) -> list[Item]:
    found = [item for each in ids if (item := here.item(each))]
    return [
        item
        for item in found
        if not item.is_worrying and not item.labels and item.status != "discarded"
    ]


def _gone(here: Reading) -> ResponseReturnValue:
    say(_("This suggestion is not there any more. Please ask for groups again."), is_done=False)
    return _to_groups(here)


def _to_groups(here: Reading) -> ResponseReturnValue:
    return redirect(url_for("review.groups.look", gathering_id=here.gathering_id), code=303)


def advise(here: Reading, *, count: int | None, threshold: int) -> Advice:
    """Suggest groups of what is not discarded and has no label yet."""
    open_items = [item for item in here.calm() if item.status != "discarded" and not item.labels]
    texts = {item.id: said for item in open_items if (said := words_in(item))}
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
        (item := here.item(item_id)) is None or words_in(item) != text
        for item_id, text in advice.texts.items()
    )


def words_in(item: Item) -> str:
    """Return what an item says in words; nothing for a silence."""
    return str(getattr(item.payload, "text", "")).strip()
