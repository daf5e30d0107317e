"""The form of a gathering, as set-up and the desk both show it, and the day by our clock."""

from datetime import UTC, date, datetime
from typing import Any

from flask import request

from kiosk.i18n import _, current_language, languages, said_in
from store.gatherings import Gathering
from store.promise import Promise, Wording

LONGEST_TITLE = 100  # characters
LONGEST_QUESTION = 200
LONGEST_READERS = 200
DEFAULT_QUESTION = "What should we know?"  # in the catalogue, as the form has it
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
    if not readers or len(readers) > LONGEST_READERS:
        errors["readers"] = _("Please say who will read this. It is the heart of the promise.")
    wordings = _read_wordings(questions, readers, errors)
    threshold = _number("threshold", 3, 1000, errors)  # last, as on the page: so errors are listed
    retention_days = _number("retention_days", 1, 3650, errors)
    if errors:
        return errors, {}
    promise = Promise(readers=(readers,), threshold=threshold, retention_days=retention_days)
    asked = {"questions": tuple(questions), "wordings": wordings}
    return {}, {"title": title, "promise": promise, **asked}


def other_languages() -> dict[str, str]:
    """The visitors' languages beside the one that the form is in, with their own names."""
    return {code: name for code, name in languages().items() if code != current_language()}


def form_of(gathering: Gathering) -> dict[str, Any]:
    """What the form would have said for a gathering; for another one like it."""
    form: dict[str, Any] = {
        "title": gathering.title,
        "questions": "\n".join(gathering.questions),
        "readers": ", ".join(gathering.promise.readers),
        "threshold": gathering.promise.threshold,
        "retention_days": gathering.promise.retention_days,
    }
    for code, words in gathering.wordings.items():
        form[f"questions_{code}"] = "\n".join(words.questions)
        form[f"readers_{code}"] = words.readers
    return form


def default_wordings(readers: str = "") -> dict[str, Wording]:
    """The question that the form begins with, in every language; readers: of set-up's default."""
    return {
        code: Wording(
            questions=(said_in(code, DEFAULT_QUESTION),),
            readers=said_in(code, readers) if readers else "",
            readers_of=readers,
        )
        for code in languages()
    }


def _read_wordings(asked: list[str], readers: str, errors: dict[str, str]) -> dict[str, Wording]:
    """What the form says in other languages; one that is left empty has the default's, or none."""
    is_default = asked == [_("What should we know?")]
    found = default_wordings() if is_default else {}
    for code, name in other_languages().items():
        lines = request.form.get(f"questions_{code}", "").splitlines()
        questions = tuple(line.strip() for line in lines if line.strip())
        said = request.form.get(f"readers_{code}", "").strip()
        is_short = all(len(each) <= LONGEST_QUESTION for each in questions)
        if questions and not (len(questions) == len(asked) and is_short):
            errors[f"questions_{code}"] = _(
                "%(language)s: please give as many questions as above, or none.", language=name
            )
        if len(said) > LONGEST_READERS:
            errors[f"readers_{code}"] = _("Please say it in fewer words.")
        if questions or said:
            kept = questions or (found[code].questions if is_default else ())
            found[code] = Wording(questions=kept, readers=said, readers_of=readers)
    return found


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
