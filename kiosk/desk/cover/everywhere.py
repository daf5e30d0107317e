"""Covering words wherever they stand in a gathering: all that was confirmed, or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import store
from kiosk.desk.cover import marked
from kiosk.desk.cover.hits import Hit, stand_in
from kiosk.desk.opened import Reading, refreshed
from kiosk.desk.session import sessions
from kiosk.desk.steps import Marks
from store.covering import COVERED, Text, cut
from store.items import Item
from store.payloads import Range
from store.seals.keys import MasterKey


def cover_all(here: Reading, chosen: Sequence[Hit], master: MasterKey) -> None:
    """Cover every chosen place, in one transaction.

    Raises:
        StaleVersionError: Somebody else changed one of the items; nothing was covered.
    """
    labels = _places_by(hit for hit in chosen if hit.field == "label")
    own = {field: _by_item(chosen, field) for field in ("text", "note")}
    concerned = [
        item
        for item in here.items
        if item.id in own["text"]
        or item.id in own["note"]
        or not labels.keys().isdisjoint(item.labels)
    ]
    with store.items.together():
        for item in concerned:
            _cover(item, own["text"][item.id], own["note"][item.id], labels, master)
    for item in concerned:
        refreshed(here, item.id, master)


def forget_steps(gathering_id: str, phrases: Sequence[str]) -> None:
    """Drop the steps, at every desk, that would bring covered words back into a note or a label."""

    def tells(marks: Marks) -> bool:
        return any(stand_in(text, phrases) for text in (marks.note, *marks.labels))

    for desk in sessions().all():
        reading = desk.opened.get(gathering_id)
        if isinstance(reading, Reading):
            reading.steps.drop(tells)


def _cover(
    item: Item,
    text: Sequence[Range],
    note: Sequence[Range],
    labels: dict[str, list[Range]],
    master: MasterKey,
) -> None:
    version = item.version
    if text:
        version = marked.cover(item, text, (), master, version=version)
    if note:
        left = cut(Text(item.note), note, kind=COVERED).text
        version = store.items.annotate(item.id, left, master, version=version)
    if not labels.keys().isdisjoint(item.labels):
        renamed = [cut(Text(each), labels.get(each, ()), kind=COVERED).text for each in item.labels]
        store.items.label(item.id, list(dict.fromkeys(renamed)), master, version=version)


def _by_item(chosen: Iterable[Hit], field: str) -> defaultdict[str, list[Range]]:
    found: defaultdict[str, list[Range]] = defaultdict(list)
    for hit in chosen:
        if hit.field == field:
            found[hit.item.id].append(hit.place)
    return found


def _places_by(chosen: Iterable[Hit]) -> dict[str, list[Range]]:
    found: defaultdict[str, list[Range]] = defaultdict(list)
    for hit in chosen:
        found[hit.label].append(hit.place)
    return dict(found)
