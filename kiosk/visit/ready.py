"""Once it runs, the kiosk asks itself for its first page: else the first visitor would wait.

Templates are compiled, sheets and modules joined, catalogues read: once, and it takes a second of
a processor. Somebody who comes in that very second waits no longer than without it. It asks in
every language: a first visitor who waits longer would show that nobody came in theirs before.
"""

import threading

from flask import Flask

from kiosk.i18n import languages
from kiosk.visit.joined import ENTRIES

THREAD = "the first page"


def make_ready(app: Flask) -> None:
    """Ask for the first page and for what comes after it, beside whatever else happens."""
    threading.Thread(target=_ask, args=(app,), name=THREAD, daemon=True).start()


def _ask(app: Flask) -> None:
    ask = app.test_client()
    pages = (f"/?lang={code}" for code in languages())
    for path in (*pages, *(f"/static/joined/{name}" for name in ENTRIES), "/safe", "/corners"):
        ask.get(path, headers={"Accept-Encoding": "gzip"})
