"""What the desk's views share: the gathering of an address, a form that was wrong, a word said."""

from typing import NamedTuple
from urllib.parse import urlencode

from flask import current_app, g, render_template, request, url_for
from werkzeug.exceptions import HTTPException, NotFound

import store
from store.errors import UnknownGatheringError
from store.gatherings import Gathering


def form_problem(
    template: str, errors: dict[str, str], *, status: int = 422, **values: object
) -> tuple[str, int]:
    """Show a form again with what was wrong in it."""
    return render_template(template, errors=errors, **values), status


def gathering_or_404(gathering_id: str) -> Gathering:
    """Return the gathering of an address."""
    try:
        return store.gatherings.get(gathering_id)
    except UnknownGatheringError:
        raise NotFound from None


def released_or_404(gathering_id: str) -> Gathering:
    """Return a gathering whose items may be read."""
    gathering = gathering_or_404(gathering_id)
    if gathering.state != "released":
        raise NotFound
    return gathering


def in_language(code: str) -> str:
    """Where this page is in another language; from a form's answer, the page of that form."""
    try:
        current_app.url_map.bind("").match(request.path, method="GET")
    except HTTPException:
        return url_for("review.overview", lang=code)
    wishes = {**request.args, "lang": code} if request.method == "GET" else {"lang": code}
    return f"{request.path}?{urlencode(wishes)}"


def locked_address() -> str:
    """The unlock page, in the language that was chosen at this desk."""
    chosen = g.desk.language if "desk" in g else ""
    return url_for("review.unlock", locked=1, lang=chosen or None)


class Said(NamedTuple):
    """A sentence for the desk's next page; `is_done` where something was done as wished."""

    sentence: str
    is_done: bool


def say(sentence: str, *, is_done: bool = True) -> None:
    """Say a sentence on the desk's next page, once; kept with the desk, not in a cookie."""
    g.desk.opened["said"] = Said(sentence, is_done)


def said() -> Said | None:
    """Return the sentence to be said now."""
    sentence: Said | None = g.desk.opened.pop("said", None) if "desk" in g else None
    return sentence
