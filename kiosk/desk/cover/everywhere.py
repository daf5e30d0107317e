"""Covering words wherever they stand in a gathering: all that was confirmed, or nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from flask import g

import store
from kiosk.desk.cover import marked
from kiosk.desk.cover.hits import Hit, stand_in, whole_places
from kiosk.desk.cover.theme_words import reworded, texts_of
from kiosk.desk.opened import Reading, refreshed
from kiosk.desk.session import sessions
from kiosk.desk.steps import Step
from kiosk.meaning import kept
from kiosk.meaning.book import Theme
from store.board import Answer
from store.covering import COVERED, Text, cut, joined
from store.items import Item
from store.payloads import Range
from store.seals.keys import MasterKey

GONE = "…"  # on the board, which everybody reads


def cover_all(here: Reading, chosen: Sequence[Hit], master: MasterKey) -> None:
    """Cover every chosen place, in one transaction.

    Raises:
        StaleVersionError: Somebody else changed one of the items; nothing was covered.
    """
    labels, themes = _places_by(chosen, "label"), _places_by(chosen, "theme")
    board = _places_by(chosen, "board")
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
        for answer in store.board.of(here.gathering_id) if board else ():
            _reword(answer, lambda words: _blanked(words, board.get(words, ())))
    for item in concerned:
        refreshed(here, item.id, master)


def forget_elsewhere(
    here: Reading, phrases: Sequence[str], found: Iterable[Hit], chosen: Iterable[Hit]
) -> None:
    """Take covered words from all that desks hold and that could bring them back.

    Steps that would bring them into a note or a label are dropped. From words that somebody typed
    and did not keep, and from an answer that was taken down, they go; but a word that was left
    where it is spelled just so (`will`) stays there, too.

    Args:
        here: The gathering.
        phrases: What was looked for.
        found: All places.
        chosen: Those that were covered.
    """
    covered = {hit.words for hit in chosen}
    wanted = list(dict.fromkeys((*phrases, *covered)))
    left = {hit.words for hit in found} - covered

    def places(words: str) -> list[Range]:
        return whole_places(words, wanted, but=left)

    def tells(step: Step) -> bool:
        return any(stand_in(text, phrases) for text in _texts_of(step))

    for desk in sessions().all():
        reading = desk.opened.get(here.gathering_id)
        if isinstance(reading, Reading):
            reading.steps.drop(tells)
        taken = desk.opened.get(taken_from_board(here.gathering_id))
        if isinstance(taken, Answer):
            desk.opened[taken_from_board(here.gathering_id)] = _reworded_answer(
                taken, lambda words: _blanked(words, places(words))
            )
    sessions().unsaved.reword(
        g.desk.master, here.gathering_id, lambda words: _without(words, places(words))
    )


def taken_from_board(gathering_id: str) -> str:
    """Return the name under which a desk holds the answer that it took down last."""
    return f"taken from the board of {gathering_id}"


def _texts_of(step: Step) -> Iterator[str]:
    """Yield all that a step would bring back, or do again, of what facilitators wrote."""
    for change in step.changes:
        for marks in (change.before, change.after):
            yield from (marks.note, *marks.labels)
    for _, *states in step.themes:
        for state in states:
            if isinstance(state, Theme):
                yield from texts_of(state)


def _reword(answer: Answer, said: Callable[[str], str]) -> None:
    now = _reworded_answer(answer, said)
    if now != answer:
        store.board.change(now.id, theme=now.theme, answer=now.answer, state=now.state, due=now.due)


def _reworded_answer(answer: Answer, said: Callable[[str], str]) -> Answer:
    return replace(answer, theme=said(answer.theme), answer=said(answer.answer))


def _blanked(words: str, places: Iterable[Range]) -> str:
    """Return words for everybody, with dots in the place of ranges."""
    left = words
    for start, end in sorted(joined(words, places), reverse=True):
        left = left[:start] + GONE + left[end:]
    return left


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
