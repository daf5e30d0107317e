"""What the first visitor would wait for is done when the kiosk has started."""

import re
import threading
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk import i18n
from kiosk.visit import joined, ready


def test_after_a_start_the_first_page_is_made_ready(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    """Nobody waits for a template to be read; first we see that we would notice it."""
    pages = client.application.jinja_env
    compile_page, compiled = pages.compile, []

    def noted(source: Any, name: str | None = None, *more: Any) -> Any:
        compiled.append(name)
        return compile_page(source, name, *more)

    monkeypatch.setattr(pages, "compile", noted)
    joined.joined.cache_clear()
    i18n._catalogue.cache_clear()
    ready.make_ready(client.application)
    for each in threading.enumerate():
        if each.name == ready.THREAD:
            each.join()
    late = {"visit/safe.html", "visit/corners.html"}
    assert {"visit.html", "visit/start.html", "base.html", *late} <= set(compiled)
    assert joined.joined.cache_info().currsize == len(joined.ENTRIES)
    assert i18n._catalogue.cache_info().currsize == len(i18n.languages())  # nor for a language
    compiled.clear()
    client.get("/")
    client.get("/safe")
    client.get("/corners")
    assert compiled == []


def test_the_first_page_has_its_icons_within(client: Any):
    """A file less to wait for; the desk's pages may keep theirs, so they name the file."""
    assert "icons/sprite.svg#" in client.page("/review/unlock")
    for path in ("/", "/safe"):
        text = client.get(path).text
        assert "sprite.svg" not in text
        named = set(re.findall(r'<use\s+href="#([\w-]+)"', text))
        assert named
        assert named <= set(re.findall(r'<symbol id="([\w-]+)"', client.get("/").text))
