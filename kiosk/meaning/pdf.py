"""Paper as a tagged PDF (PDF/UA-1), made in memory on this machine by typst, where it is installed.

Words reach the document as data and pictures as bytes: nothing is written to a disk, no package is
fetched, and no word of a visitor is read as markup. The file has no date. A little picture that no
font has is there as its name; words whose letters no font has are never printed as empty boxes.
"""

import json
from functools import cache
from importlib import resources
from importlib.util import find_spec
from typing import Any

from kiosk.i18n import _, current_language, direction
from kiosk.meaning.paper import Paper, PaperCard, PaperTheme, is_rtl
from kiosk.meaning.signs import spelled

COLUMNS = {2: 1, 4: 2, 8: 2}
TYPST_PAPERS = {"a4": "a4", "letter": "us-letter"}


class NoLettersError(Exception):
    """No font has the letters of some words; a box in their place would be words cut off."""


@cache
def can_print() -> bool:
    """Tell whether a PDF can be made here."""
    return find_spec("typst") is not None


def pdf_of(paper: Paper, *, size: str, per_page: int) -> bytes:
    """Return the paper as a PDF.

    Args:
        paper: What to print.
        size: A key of `PAPERS`.
        per_page: How many cards lie on a page.

    Raises:
        NoLettersError: Words are in a script that no font of this machine has.
    """
    import typst  # noqa: PLC0415  # large, and optional

    source = resources.files("kiosk.meaning").joinpath("deck.typ").read_bytes()
    for each in (paper, spelled(paper)):
        data = json.dumps(_data(each, size, per_page), ensure_ascii=False)
        try:
            made = typst.compile(
                source, format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"]
            )
        except typst.TypstError as fault:
            if "could not be displayed" not in str(fault):
                raise
            continue
        if not isinstance(made, bytes):
            raise TypeError("typst made no PDF")
        return made
    raise NoLettersError("no font here has all letters of the cards")


def _data(paper: Paper, size: str, per_page: int) -> dict[str, Any]:
    colours = {theme.number: theme.colour for theme in paper.themes} | {0: 0}
    cards = [(card, card.size(per_page)) for card in paper.cards()]
    fitting = [_card(card, name, colours) for card, name in cards if name != "alone"]
    return {
        "title": paper.title,
        "lang": current_language(),
        "rtl": direction() == "rtl",
        "paper": TYPST_PAPERS[size],
        "columns": COLUMNS[per_page],
        "rows": per_page // COLUMNS[per_page],
        "words": words(),
        "themes": [_theme(each) for each in paper.themes],
        "few": len(paper.few),
        "sheets": [fitting[at : at + per_page] for at in range(0, len(fitting), per_page)],
        "alone": [_card(card, name, colours) for card, name in cards if name == "alone"],
    }


def words() -> dict[str, str]:
    """Return what stands on paper beside the words of people."""
    return {
        "heard": _("What we heard"),
        "dots": _("Dots:"),
        "few": _("Said by few"),
        "few_hint": _("What hardly another note speaks of. It may matter most."),
        "room": _(
            "Read in silence first. Then each says one thing that surprised them. Begin with what"
            " is good."
        ),
        "other": _("A different view"),
        "write": _("What do we make of this? What is missing?"),
        "cards": _("Cards"),
    }


def _theme(theme: PaperTheme) -> dict[str, Any]:
    return {
        "number": theme.number,
        "colour": theme.colour,
        "name": theme.name,
        "meaning": theme.meaning,
        "rtl": is_rtl(theme.meaning),
        "dots": theme.dots,
        "quotes": [{"text": text, "rtl": is_rtl(text)} for text in theme.quotes],
        "other": {"text": theme.other, "rtl": is_rtl(theme.other)} if theme.other else None,
    }


def _card(card: PaperCard, size: str, colours: dict[int, int]) -> dict[str, Any]:
    return {
        "text": card.text,
        "png": list(card.png) if card.png else None,
        "rtl": card.is_rtl,
        "theme": card.theme,
        "colour": colours[card.theme],
        "size": size,
    }
