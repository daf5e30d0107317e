"""Where words stand in a gathering: texts, drawings, notes, labels, themes, answers on the board.

Words are compared as search does: without case and accents, whole words. A longer word that only
begins so (`Fridtjofs`, but also `Rosenweg` for `Rosen`) is shown too, and not ticked.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.desk.searching import folded, words_of
from store.covering import text_of
from store.items import Item
from store.payloads import Drawing, Range

AROUND = 60  # characters shown on either side
LEAST_BEGINNING = 4  # letters; a shorter word is the beginning of too many
_WORD = re.compile(r"[^\W_]+")

Field = Literal["text", "note", "label", "theme", "board"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand.

    Attributes:
        value: Names the place, and the version of its item, in a form.
        place: Half-open range of the text, the note, the label, the theme's or the answer's words.
        is_whole: The very words, not longer ones that begin so.
        is_seen_only: It stands in a drawing, and nothing tells where: its picture needs a hand.
    """

    item: Item | None  # none: a theme's words and an answer's belong to no item
    field: Field
    place: Range
    before: str
    words: str
    after: str
    is_whole: bool
    is_seen_only: bool = False
    whole: str = ""  # the label, the theme's words or the answer's

    @property
    def value(self) -> str:
        """Return what names the hit in a form."""
        start, end = self.place
        if self.item is None or self.field == "label":
            told = hashlib.sha256(self.whole.encode()).hexdigest()  # a browser alters new lines
            return f"{self.field}-{told[:16]}-{start}-{end}"
        return f"{self.item.id}-{self.item.version}-{self.field}-{start}-{end}"


def phrases_of(typed: str) -> list[str]:
    """Return what to look for, a line each; lines without a word are left out."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return list(dict.fromkeys(line for line in lines if words_of(line)))


def hits(
    items: Iterable[Item],
    phrases: Sequence[str],
    themes: Iterable[str] = (),
    board: Iterable[str] = (),
) -> Iterator[Hit]:
    """Yield every place where one of the phrases stands; of a label, once for all its items.

    Args:
        items: Of the gathering.
        phrases: Words side by side, each.
        themes: The words of its themes.
        board: The words of its answers, which everybody sees.
    """
    wanted = [words_of(each) for each in phrases]
    labels: set[str] = set()
    for item in items:
        shown = text_of(item.payload)
        taken = [(each.start, each.end) for each in shown.spans]
        is_seen_only = isinstance(item.payload, Drawing) and not item.payload.places
        for place, is_whole in _places(shown.text, wanted, taken):
            hit = _hit(item, "text", shown.text, place, is_whole=is_whole)
            yield replace(hit, is_seen_only=is_seen_only)
        for place, is_whole in _places(item.note, wanted):
            yield _hit(item, "note", item.note, place, is_whole=is_whole)
        for label in item.labels:
            if label not in labels:
                labels.add(label)
                for place, is_whole in _places(label, wanted):
                    yield _hit(item, "label", label, place, is_whole=is_whole)
    of_no_item: tuple[tuple[Field, Iterable[str]], ...] = (("theme", themes), ("board", board))
    for field, texts in of_no_item:
        for words in texts:
            for place, is_whole in _places(words, wanted):
                yield _hit(None, field, words, place, is_whole=is_whole)


def whole_places(text: str, phrases: Sequence[str], *, but: Collection[str] = ()) -> list[Range]:
    """Return where phrases stand in a text as whole words, but for words spelled just so."""
    found = _places(text, [words_of(each) for each in phrases])
    return [place for place, is_whole in found if is_whole and text[slice(*place)] not in but]


def stand_in(text: str, phrases: Sequence[str]) -> bool:
    """Say whether one of the phrases stands in a text, as whole words."""
    return bool(whole_places(text, phrases))


def _places(
    text: str, wanted: Sequence[Sequence[str]], taken: Sequence[Range] = ()
) -> list[tuple[Range, bool]]:
    """Return where phrases stand outside what is taken out already, and whether as whole words."""
    plain = folded(text)
    if not any(phrase[0] in plain for phrase in wanted):
        return []
    found: dict[Range, bool] = {}
    tokens = [
        (each.span(), folded(each.group()))
        for each in _WORD.finditer(text)
        if not any(each.start() < end and start < each.end() for start, end in taken)
    ]
    for phrase in wanted:
        for at in range(len(tokens) - len(phrase) + 1):
            told = [word for _, word in tokens[at : at + len(phrase)]]
            if told[:-1] != list(phrase[:-1]) or not told[-1].startswith(phrase[-1]):
                continue
            is_whole = told[-1] == phrase[-1]
            if is_whole or len(phrase[-1]) >= LEAST_BEGINNING:
                place = tokens[at][0][0], tokens[at + len(phrase) - 1][0][1]
                found[place] = found.get(place, False) or is_whole
    return sorted(found.items())


def _hit(item: Item | None, field: Field, text: str, place: Range, *, is_whole: bool) -> Hit:
    start, end = place
    return Hit(
        item,
        field,
        place,
        ("…" if start > AROUND else "") + text[max(0, start - AROUND) : start],
        text[start:end],
        text[end : end + AROUND] + ("…" if len(text) > end + AROUND else ""),
        is_whole=is_whole,
        whole=text if field in {"label", "theme", "board"} else "",
    )
