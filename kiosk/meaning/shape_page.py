"""The shape of a gathering: how people took part, what they felt, and what was hardly said.

How people took part and felt is counted over everything that was released, whatever became of it at
the desk since, so those numbers stay as they were at release.
"""

from dataclasses import dataclass

from flask import Blueprint, render_template

import store
from kiosk.desk.opened import Reading
from kiosk.desk.parts import released_or_404
from kiosk.desk.reader import reading_of
from kiosk.desk.session import unlocked
from kiosk.feelings import feelings
from kiosk.i18n import _
from kiosk.meaning.book import Book
from kiosk.meaning.cards import shown
from kiosk.meaning.deck_page import standalone_page
from kiosk.meaning.doing import book_of
from kiosk.meaning.shape import WAYS, Bar, counted, each_alone, parts, way_of
from store.gatherings import Gathering

shape = Blueprint("shape", __name__, url_prefix="/gatherings/<gathering_id>/shape")


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with their names; the same numbers stand in its table."""

    title: str
    bars: list[tuple[str, Bar]]

    @property
    def longest(self) -> int:
        """Return the largest number, for the width of the bars."""
        return max((bar.at_least for _name, bar in self.bars), default=0) or 1


@dataclass(frozen=True, slots=True)
class Shape:
    """What is shown of a gathering.

    Attributes:
        themes: A row for each: its name, how many contributions hold it, then by question.
        hardly: Ways and questions that fewer than k used, or nobody.
        topics: Themes that have so few cards, and what the board has promised that none of the
            larger ones names.
    """

    charts: list[Chart]
    themes: list[tuple[str, list[Bar]]]
    hardly: list[str]
    topics: list[str]


@shape.get("")
@unlocked
def show(gathering_id: str) -> str:
    """Charts, each with its table; then what was hardly said."""
    here, gathering = reading_of(gathering_id), released_or_404(gathering_id)
    return render_template(
        "meaning/shape.html",
        gathering=gathering,
        shape=shape_of(here, book_of(here), gathering),
        k=gathering.promise.threshold,
    )


def as_file(here: Reading, book: Book, gathering: Gathering) -> bytes:
    """Return the same as a page that needs nothing else."""
    return standalone_page(
        "meaning/shape_file.html",
        ("page", "shape"),
        gathering=gathering,
        shape=shape_of(here, book, gathering),
        k=gathering.promise.threshold,
    )


def shape_of(here: Reading, book: Book, gathering: Gathering) -> Shape:
    """Count what may be shown."""
    charts = [_ways(here, gathering), _feelings(here, gathering)]
    questions = _questions(here, gathering)
    if questions:
        charts.append(questions)
    themes = _themes(here, book, gathering)
    unused = (chart for chart in charts if chart is not charts[1])
    hardly = [name for chart in unused for name, bar in chart.bars if not bar.at_least]
    return Shape(charts, themes, hardly, _topics(themes, gathering))


def _topics(themes: list[tuple[str, list[Bar]]], gathering: Gathering) -> list[str]:
    """Return what somebody may have waited for: it was promised, and k did not speak of it."""
    spoken = {name.casefold() for name, (whole, *_rest) in themes if whole.at_least}
    promised = [each.theme for each in store.board.everything() if each.gathering != gathering.id]
    named = dict.fromkeys([name for name, _bars in themes] + promised)
    return [name for name in named if name.casefold() not in spoken]


def _ways(here: Reading, gathering: Gathering) -> Chart:
    names = {
        "memo": _("Spoke"),
        "drawing": _("Drew"),
        "note": _("Wrote"),
        "silence": _("Kept silence"),
        "celebration": _("Celebrated"),
    }
    found = parts(counted(WAYS, map(way_of, here.items)), gathering.promise.threshold)
    return Chart(_("How people took part"), [(names[bar.name], bar) for bar in found])


def _feelings(here: Reading, gathering: Gathering) -> Chart:
    felt = [code for item in here.items for code in item.payload.said.feeling.split()]
    names = dict(feelings())
    found = each_alone(counted(names, felt), gathering.promise.threshold)
    return Chart(_("What they felt"), [(names[bar.name], bar) for bar in found])


def _questions(here: Reading, gathering: Gathering) -> Chart | None:
    """Return how many answered each question, where there are several."""
    if len(gathering.questions) < 2:
        return None
    names = (*gathering.questions, "")
    answered = [item.payload.said.question for item in here.items]
    found = parts(counted(names, answered), gathering.promise.threshold)
    return Chart(_("Questions"), [(bar.name or _("None of them"), bar) for bar in found])


def _themes(here: Reading, book: Book, gathering: Gathering) -> list[tuple[str, list[Bar]]]:
    """Return for each theme a row: how many contributions hold it, then by question."""
    k = gathering.promise.threshold
    rows = []
    for theme in book.themes:
        items = {each.item.id: each.item for each in shown(here, theme.cards)}.values()
        whole = each_alone({"": len(items)}, k)
        if len(gathering.questions) > 1:
            counts = counted(gathering.questions, (item.payload.said.question for item in items))
            counts[""] = len(items) - sum(counts.values())
            whole += (
                parts(counts, k, is_whole_known=False)
                if len(items) >= k
                else each_alone(dict.fromkeys(counts, 0), k)
            )
        rows.append((theme.name, whole))
    return rows
