"""One act for all items that a desk shows: made whole or not at all, and taken back in one step."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import store
from kiosk.desk.acts import NothingToDoError, labels_in
from kiosk.desk.cover.marked import Form
from kiosk.desk.opened import Reading
from kiosk.desk.steps import Change, Marks, Step, make, marks_of
from kiosk.i18n import _
from store.items import Item, Status
from store.seals.keys import MasterKey

MOST = 1_000  # items at once; more take longer than a browser waits

Wish = Callable[[Item, Form], Marks]


def do_to_all(here: Reading, act: str, form: Form, master: MasterKey) -> Step:
    """Do an act to each shown item that it changes.

    Raises:
        NothingToDoError: It changes none, or there are too many.
        StaleVersionError: Somebody else changed one meanwhile; nothing was done.
    """
    wish = _WISHES[act]
    found = [(item, Change(item.id, marks_of(item), wish(item, form))) for item in here.shown()]
    found = [(item, change) for item, change in found if change.differing()]
    if not found:
        raise NothingToDoError(_("That changes none of them."))
    if len(found) > MOST:
        raise NothingToDoError(
            _("These are too many at once. Please choose fewer with the filter.")
        )
    with store.items.together():
        for item, change in found:
            make(item, change.after, change.differing(), master)
    for item, change in found:
        after = change.after
        here.put(replace(item, status=Status(after.status), labels=after.labels,
                         version=item.version + 1))  # fmt: skip
    return Step(act, tuple(change for _item, change in found))


def _decided(wanted: str) -> Wish:
    """Wish a decision for what has none yet: what somebody decided one by one stays."""

    def wish(item: Item, _form: Form) -> Marks:
        marks = marks_of(item)
        return replace(marks, status=wanted) if marks.status == "released" else marks

    return wish


def _open_again(item: Item, _form: Form) -> Marks:
    marks = marks_of(item)
    is_decided = marks.status in {"approved", "discarded"}
    return replace(marks, status="released") if is_decided else marks


def _labelled(item: Item, form: Form) -> Marks:
    marks = marks_of(item)
    return replace(marks, labels=tuple(dict.fromkeys((*marks.labels, *labels_in(form)))))


_WISHES: Mapping[str, Wish] = {
    "approve": _decided("approved"),
    "discard": _decided("discarded"),
    "reopen": _open_again,
    "label": _labelled,
}
