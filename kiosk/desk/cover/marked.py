"""What a facilitator has marked in one item: ranges of its words, places of its picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

import store
from kiosk import by_hand
from store.items import Item
from store.payloads import Drawing, Range
from store.seals.keys import MasterKey

COLUMNS = 16  # squares across a drawing that is covered without a pointer

Box = tuple[int, int, int, int]
Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Squares:
    """How a drawing is divided for covering; all in pixels."""

    width: int
    height: int
    columns: int
    rows: int

    def box(self, number: int) -> Box:
        """Return the square of a number, counted along the rows from 0."""
        row, column = divmod(number, self.columns)
        left, right = (self.width * edge // self.columns for edge in (column, column + 1))
        top, bottom = (self.height * edge // self.rows for edge in (row, row + 1))
        return left, top, right - left, bottom - top


def squares(png: bytes) -> Squares:
    """Divide a drawing into squares that are about as wide as high."""
    width, height = by_hand.size_of(png)
    rows = max(1, round(COLUMNS * height / width))
    return Squares(width, height, COLUMNS, min(rows, 4 * COLUMNS))


def words_marked(form: Form) -> list[Range]:
    """Return the ranges of words that a form names."""
    return [(pair[0], pair[1]) for pair in _numbers(form.getlist("word"), 2)]


def boxes_marked(drawing: Drawing, form: Form) -> list[Box]:
    """Return the places of a drawing that a form names, by squares or by boxes."""
    boxes: list[Box] = [(b[0], b[1], b[2], b[3]) for b in _numbers(form.getlist("box"), 4)]
    divided = squares(drawing.png)
    numbers = [each[0] for each in _numbers(form.getlist("square"), 1)]
    boxes += [divided.box(n) for n in numbers if n < divided.columns * divided.rows]
    return [box for box in boxes if box[2] > 0 and box[3] > 0]


def cover(
    item: Item, struck: Sequence[Range], boxes: Sequence[Box], master: MasterKey, *, version: int
) -> int:
    """Cover words and places of an item for good; returns its new version.

    In a drawing, the words under a covered place go from its text, and the places of covered words
    are painted over. Where it is not known which words lay there, all of them go.
    """
    payload, png = item.payload, None
    struck, boxes = list(struck), list(boxes)
    if isinstance(payload, Drawing):
        if boxes:
            struck += _words_under(payload, boxes)
        boxes += [
            (each.x, each.y, each.width, each.height)
            for each in payload.places
            if any(each.start < end and start < each.end for start, end in struck)
        ]
        png = by_hand.cover(payload.png, boxes) if boxes else None
    return store.items.cover(item.id, struck, boxes, master, version=version, png=png)


def _words_under(drawing: Drawing, boxes: Sequence[Box]) -> list[Range]:
    if drawing.text and not drawing.places:
        return [(0, len(drawing.text))]
    return [(each.start, each.end) for each in drawing.places if each.is_touched_by(boxes)]


def _numbers(values: list[str], count: int) -> list[list[int]]:
    """Read values such as `12-17`; whatever is not so many whole numbers is left out."""
    read = []
    for value in values:
        parts = value.split("-")
        if len(parts) == count and all(part.isascii() and part.isdigit() for part in parts):
            read.append([int(part[:9]) for part in parts])
    return read
