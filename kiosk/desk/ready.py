"""Whoever types a passphrase needs the desk next: meanwhile its first pages are made ready.

Reading and compiling their templates takes longer than opening thousands of items, and the kiosk
does not do it at start: most days nobody unlocks the desk, and a visitor may come at once.
"""

import threading

from flask import current_app
from jinja2 import Environment, meta

FIRST_PAGES = ("desk/overview.html", "desk/gathering.html", "desk/reader.html")
THREAD = "the desk's first pages"


def make_ready() -> None:
    """Compile the templates of the desk's first pages, once, beside whatever else happens."""
    if "desk_ready" not in current_app.extensions:
        current_app.extensions["desk_ready"] = True
        pages = current_app.jinja_env
        threading.Thread(target=_compile, args=(pages,), name=THREAD, daemon=True).start()


def _compile(pages: Environment) -> None:
    """Compile templates with all that they extend, include and import."""
    todo, known = list(FIRST_PAGES), set(FIRST_PAGES)
    while todo:
        name = todo.pop()
        source = pages.loader.get_source(pages, name)[0] if pages.loader else ""
        named = meta.find_referenced_templates(pages.parse(source, name))
        more = {each for each in named if each} - known
        todo += more
        known |= more
        pages.get_template(name)
