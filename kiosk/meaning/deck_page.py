"""Paper as a page that a browser prints: at the desk, or as one file that holds all it shows."""

import base64
from collections.abc import Sequence
from importlib import resources

from flask import render_template
from jinja2 import Environment, PackageLoader

from kiosk.i18n import current_language, direction, gettext_, ngettext_
from kiosk.meaning.paper import Paper, PaperCard
from kiosk.meaning.pdf import words


def at_the_desk(paper: Paper, *, size: str, per_page: int, back: str) -> str:
    """Return the page for a window of the desk."""
    values = _values(paper, size, per_page)
    return render_template("meaning/deck.html", **values, back=back, css="")


def as_file(paper: Paper, *, size: str, per_page: int) -> bytes:
    """Return the page as a file that needs nothing else."""
    values = _values(paper, size, per_page)
    return standalone_page("meaning/deck.html", ("page", "deck", size), **values)


def standalone_page(template: str, styles: Sequence[str], **values: object) -> bytes:
    """Return a page in the language of the screen that needs nothing else, its styles in it."""
    css = "\n".join(
        resources.files("static").joinpath("css", "paper", f"{name}.css").read_text("utf-8")
        for name in styles
    )
    pages = Environment(loader=PackageLoader("kiosk"), autoescape=True)
    pages.globals.update(
        _=gettext_, ngettext=ngettext_, language=current_language(), way=direction()
    )
    return pages.get_template(template).render(**values, css=css).encode()


def _values(paper: Paper, size: str, per_page: int) -> dict[str, object]:
    cards = paper.cards()
    fitting = [card for card in cards if card.size(per_page) != "alone"]
    return {
        "paper": paper,
        "size": size,
        "per_page": per_page,
        "sheets": [fitting[at : at + per_page] for at in range(0, len(fitting), per_page)],
        "alone": [card for card in cards if card.size(per_page) == "alone"],
        "colours": {theme.number: theme.colour for theme in paper.themes},
        "words": words(),
        "language": current_language(),
        "way": direction(),
        "picture": _picture,
    }


def _picture(card: PaperCard) -> str:
    return "data:image/png;base64," + base64.b64encode(card.png).decode()
