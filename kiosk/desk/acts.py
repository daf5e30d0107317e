"""What a facilitator can do to one item, each act as a function of the item and a form."""

from collections.abc import Callable, Mapping

import store
from kiosk.desk.cover import marked
from kiosk.desk.cover.marked import Form
from kiosk.i18n import _
from store import Drawing
from store.items import Item
from store.seals.keys import MasterKey

LONGEST_LABEL = 60  # characters
LONGEST_NOTE = 4_000


class NothingToDoError(Exception):
    """The form asks for nothing; the message is for the facilitator."""


def _approve(item: Item, _master: MasterKey, version: int, _form: Form) -> str:
    if item.status != "approved":  # a second touch finds it done
        if item.status == "discarded":
            version = store.items.move(item.id, "released", version=version)
        store.items.move(item.id, "approved", version=version)
    return _("Approved.")


def _discard(item: Item, _master: MasterKey, version: int, _form: Form) -> str:
    if item.status != "discarded":
        store.items.move(item.id, "discarded", version=version)
    return _("Discarded.")


def _reopen(item: Item, _master: MasterKey, version: int, _form: Form) -> str:
    if item.status != "released":
        store.items.move(item.id, "released", version=version)
    return _("Not decided any more.")


def _worry(item: Item, master: MasterKey, version: int, _form: Form) -> str:
    if not item.is_worrying:
        store.items.worry(item.id, master, is_worrying=True, version=version)
    return _("Set apart. It is in no list, theme or file now.")


def _calm(item: Item, master: MasterKey, version: int, _form: Form) -> str:
    if item.is_worrying:
        store.items.worry(item.id, master, is_worrying=False, version=version)
    return _("Back among the others.")


def labels_in(form: Form) -> list[str]:
    """Return the labels that were typed, several between commas."""
    typed = [" ".join(part.split())[:LONGEST_LABEL] for part in form.get("add", "").split(",")]
    return [label for label in typed if label]


def _label(item: Item, master: MasterKey, version: int, form: Form) -> str:
    removed = set(form.getlist("remove"))
    wanted = dict.fromkeys((*item.labels, *labels_in(form)))
    labels = [label for label in wanted if label not in removed]
    if tuple(labels) == item.labels:
        raise NothingToDoError(_("The labels are as they were."))
    store.items.label(item.id, labels, master, version=version)
    return _("Labels changed.")


def _note(item: Item, master: MasterKey, version: int, form: Form) -> str:
    note = form.get("note", "").replace("\r\n", "\n").strip()[:LONGEST_NOTE]
    if note == item.note:
        raise NothingToDoError(_("The note is as it was."))
    store.items.annotate(item.id, note, master, version=version)
    return _("Note kept.")


def _cover(item: Item, master: MasterKey, version: int, form: Form) -> str:
    if isinstance(item.payload, Drawing):
        struck, boxes = [], marked.boxes_marked(item.payload, form)
    else:
        struck, boxes = marked.words_marked(form), []
    if not struck and not boxes:
        raise NothingToDoError(_("Nothing was marked, so nothing is covered."))
    marked.cover(item, struck, boxes, master, version=version)
    return _("Covered for good.")


ACTS: Mapping[str, Callable[[Item, MasterKey, int, Form], str]] = {
    "approve": _approve,
    "discard": _discard,
    "reopen": _reopen,
    "label": _label,
    "note": _note,
    "cover": _cover,
    "worry": _worry,
    "calm": _calm,
}
TURNING = {"approve", "discard", "worry"}  # after these the next item comes
BULK = {"approve", "discard", "reopen", "label"}  # what can be done to all that are shown


def name_of(act: str) -> str:
    """Name an act, as the buttons for taking it back do."""
    return {
        "approve": _("approve"),
        "discard": _("discard"),
        "reopen": _("decide again"),
        "label": _("labels"),
        "note": _("note"),
        "cover": _("cover"),
        "worry": _("this worries me"),
        "calm": _("back among the others"),
        "theme": _("themes"),
    }[act]


def described(act: str, form: Form) -> str:
    """Say in a sentence what a facilitator wanted, for the page where somebody was faster."""
    return {
        "approve": _("You wanted to approve it."),
        "discard": _("You wanted to discard it."),
        "reopen": _("You wanted to take a decision back."),
        "label": _("You wanted to change its labels."),
        "note": _("You wanted this note: “%(note)s”", note=form.get("note", "")),
        "cover": _("You wanted to cover something in it."),
        "worry": _("You wanted to set it apart."),
        "calm": _("You wanted it back among the others."),
    }[act]
