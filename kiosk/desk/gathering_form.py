"""The form of a gathering, as set-up and the desk both show it, and the day by our clock."""

from datetime import UTC, date, datetime
from typing import Any

from flask import request

from kiosk.i18n import _
from store.promise import Promise

LONGEST_TITLE = 100  # characters
LONGEST_QUESTION = 200
MOST_QUESTIONS = 5


def read_gathering_form() -> tuple[dict[str, str], dict[str, Any]]:
    """What a gathering form says: its errors by field, and the arguments for a new gathering."""
    errors: dict[str, str] = {}
    title = request.form.get("title", "").strip()
    questions = [line.strip() for line in request.form.get("questions", "").splitlines()]
    questions = [line for line in questions if line]
    readers = request.form.get("readers", "").strip()
    if not title or len(title) > LONGEST_TITLE:
        errors["title"] = _("Please give the gathering a short title.")
    longest = max(map(len, questions), default=0)
    if not 1 <= len(questions) <= MOST_QUESTIONS or longest > LONGEST_QUESTION:
        errors["questions"] = _("Please ask one to five questions, each on its own line.")
    if not readers or len(readers) > 200:
        errors["readers"] = _("Please say who will read this. It is the heart of the promise.")
    threshold = _number("threshold", 3, 1000, errors)  # last, as on the page: so errors are listed
    retention_days = _number("retention_days", 1, 3650, errors)
    if errors:
        return errors, {}
    promise = Promise(readers=(readers,), threshold=threshold, retention_days=retention_days)
    return {}, {"title": title, "questions": tuple(questions), "promise": promise}


def today() -> date:
    """The day by this machine's clock; gatherings know days, nothing finer."""
    return datetime.now(tz=UTC).astimezone().date()


def _number(name: str, low: int, high: int, errors: dict[str, str]) -> int:
    try:
        value = int(request.form.get(name, ""))
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        errors[name] = _("Please give a number from %(low)s to %(high)s.", low=low, high=high)
    return value
