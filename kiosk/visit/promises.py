"""The promise a visitor has in front of them, and the seal that binds Keep to it.

A page may stand open for hours while a facilitator opens another gathering or makes a promise
stricter. What was made under one promise is never kept under another that nobody has read.
"""

import hashlib
import json
from dataclasses import replace
from typing import NoReturn

from kiosk.errors import Problem
from kiosk.i18n import _, current_language, ngettext
from store.gatherings import Gathering
from store.kinds import Kind
from store.promise import asked_to_json

SEAL = "X-Promise"  # header of every call of the page: the seal of what it shows


def seal_of(gathering: Gathering) -> str:
    """A gathering's id, and a digest of all that its visitors are told beforehand."""
    ending = [str(gathering.kind), str(gathering.closes or "")]
    asked = asked_to_json(gathering.questions, gathering.wordings)
    said = [gathering.title, asked, gathering.promise.to_json(), ending]
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
    return f"{gathering.id}.{digest[:32]}"


def mark_of(gathering: Gathering) -> str:
    """Eight signs that are others as soon as anything that visitors are promised is another."""
    digest = seal_of(gathering).rpartition(".")[2]
    return f"{digest[:4]} {digest[4:8]}"


def told(gathering: Gathering) -> Gathering:
    """The gathering in the language of this request, as far as facilitators gave its words."""
    words = gathering.wordings.get(current_language())
    if words is None:
        return gathering
    promise = gathering.promise
    if words.readers and words.readers_of == ", ".join(promise.readers):
        promise = replace(promise, readers=(words.readers,))
    return replace(gathering, questions=words.questions or gathering.questions, promise=promise)


def hold_to(gathering: Gathering, asked: str) -> None:
    """Let a visitor go on if what they saw is what counts now.

    Args:
        gathering: The open one.
        asked: The seal of what they saw; empty: they saw nothing of it.

    Raises:
        Problem: 409 with the new promise; nothing is kept, and nothing is lost.
    """
    if asked and asked != seal_of(gathering):
        raise _changed(gathering)


def ask_again(gathering: Gathering) -> NoReturn:
    """Let a visitor look at what they made: this gathering takes out other words than the last.

    Raises:
        Problem: 409 with the new promise.
    """
    raise _changed(gathering, looks_different=True)


def _changed(gathering: Gathering, **more: object) -> Problem:
    changed = _("The promise has changed meanwhile. Please read it; nothing is lost.")
    return Problem(409, changed, more={"promise": shown(gathering), **more})


def shown(gathering: Gathering | None) -> dict[str, object]:
    """What a page shows of the open gathering; without one, an empty seal."""
    if gathering is None:
        return {"seal": ""}
    return {
        "seal": seal_of(gathering),
        "title": gathering.title,
        "questions": list(told(gathering).questions),
        "sentences": [sentence for _icon, sentence in sentences(gathering)],
    }


def sentences(gathering: Gathering) -> list[tuple[str, str]]:
    """The promise in words, each with the name of its picture."""
    promise = told(gathering).promise
    readers = ", ".join(filter(None, promise.readers))
    days = promise.retention_days
    return [
        (
            "eye",
            _("Who reads it: %(readers)s, and nobody else.", readers=readers)
            if readers
            else _("Read only by the facilitators of this gathering."),
        ),
        (
            "people",
            _(
                "Opened only together, %(k)s or more at once, in shuffled order.",
                k=promise.threshold,
            ),
        ),
        ("door", _how_it_ends(gathering)),
        ("undo", _("Yours to take back until they are opened.")),
        (
            "clock",
            ngettext("Deleted one day after that.", "Deleted %(count)s days after that.", days),
        ),
    ]


def _how_it_ends(gathering: Gathering) -> str:
    """The kind of gathering, in words: closed by hand, or at the end of a day known beforehand."""
    if gathering.kind is Kind.SESSION or gathering.closes is None:
        return _("Open until a facilitator closes it, for good.")
    from babel.dates import format_date  # noqa: PLC0415  # slow to import

    day = format_date(gathering.closes, format="long", locale=current_language())
    return _("Open until the end of %(day)s, then closed for good.", day=day)
