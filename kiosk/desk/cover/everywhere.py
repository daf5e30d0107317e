"""Covering words wherever they stand in a gathering: all that was confirmed, or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import store
from kiosk.desk.cover import marked
from kiosk.desk.cover.hits import Hit, stand_in
from kiosk.desk.cover.theme_words import reworded, texts_of
from kiosk.desk.opened import Reading, refreshed
from kiosk.desk.session import sessions
from kiosk.desk.steps import Step
from kiosk.meaning import kept
from kiosk.meaning.book import Theme
from store.covering import COVERED, Text, cut
from store.items import Item
from store.payloads import Range
from store.seals.keys import MasterKey


def cover_all(here: Reading, chosen: Sequence[Hit], master: MasterKey) -> None:
    """Cover every chosen place, in one transaction.

    Raises:
        StaleVersionError: Somebody else changed one of the items; nothing was covered.
    """
    labels, themes = _places_by(chosen, "label"), _places_by(chosen, "theme")
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
        if themes:
            wanted = partial(reworded, said=lambda words: _without(words, themes.get(words, ())))
            kept.change(here.gathering_id, master, wanted)
    for item in concerned:
        refreshed(here, item.id, master)


def forget_steps(gathering_id: str, phrases: Sequence[str]) -> None:
    """Drop the steps, at every desk, that would bring covered words back into a note or a label."""

    def tells(step: Step) -> bool:
        return any(stand_in(text, phrases) for text in _texts_of(step))

    for desk in sessions().all():
        reading = desk.opened.get(gathering_id)
        if isinstance(reading, Reading):
            reading.steps.drop(tells)


def _texts_of(step: Step) -> Iterator[str]:
    """Yield all that a step would bring back, or do again, of what facilitators wrote."""
    for change in step.changes:
        for marks in (change.before, change.after):
            yield from (marks.note, *marks.labels)
    for _, *states in step.themes:
        for state in states:
            if isinstance(state, Theme):
                yield from texts_of(state)


def _without(words: str, places: Iterable[Range]) -> str:
    return cut(Text(words), places, kind=COVERED).text


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
        left = _without(item.note, note)
        version = store.items.annotate(item.id, left, master, version=version)
    if not labels.keys().isdisjoint(item.labels):
        renamed = [_without(each, labels.get(each, ())) for each in item.labels]
        store.items.label(item.id, list(dict.fromkeys(renamed)), master, version=version)


def _by_item(chosen: Iterable[Hit], field: str) -> defaultdict[str, list[Range]]:
    found: defaultdict[str, list[Range]] = defaultdict(list)
    for hit in chosen:
        if hit.item is not None and hit.field == field:
            found[hit.item.id].append(hit.place)
    return found


def _places_by(chosen: Iterable[Hit], field: str) -> dict[str, list[Range]]:
    found: defaultdict[str, list[Range]] = defaultdict(list)
    for hit in chosen:
        if hit.field == field:
            found[hit.whole].append(hit.place)
    return dict(found)
