"""The organisation's own names, so that the kiosk takes them out: staff, teams, sites and more.

A CSV is looked at first: what it would add, and which of its rows cannot be used. Nothing is stored
before the facilitator has seen that.
"""

from dataclasses import fields, replace
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import store
from kiosk.desk.parts import form_problem, say
from kiosk.desk.session import unlocked
from kiosk.details import where_names_are_found
from kiosk.house import house
from kiosk.i18n import _
from redact import EMPTY, LocalLists
from redact.lists import from_csv
from redact.ordinary import is_ordinary

lists = Blueprint("lists", __name__, url_prefix="/lists")

FIELDS = tuple(field.name for field in fields(LocalLists))
LONGEST_NAME = 120  # characters of one line
LEAST_LETTERS = 2  # or digits; a shorter name would be taken out everywhere
MOST_NAMES = 20_000  # in all lists together


@lists.get("/")
@unlocked
def edit() -> str:
    """The lists, one name a line."""
    return _page(_stored())


@lists.post("/")
@unlocked
def save() -> ResponseReturnValue:
    """Store the lists; the kiosk uses them from the next gathering on."""
    wanted = {name: _lines(request.form.get(name, "")) for name in FIELDS}
    errors = {
        name: _("Please keep each line below %(most)s characters.", most=LONGEST_NAME)
        for name, lines in wanted.items()
        if any(len(line) > LONGEST_NAME for line in lines)
    }
    errors |= {
        name: _("Each line needs a name of two letters or more: “%(line)s” has none.", line=line)
        for name, lines in wanted.items()
        for line in lines
        if sum(map(str.isalnum, line)) < LEAST_LETTERS
    }
    errors |= {
        name: _("“%(line)s” is an ordinary word. It would go from every note.", line=line)
        for name, lines in wanted.items()
        for line in lines
        if is_ordinary(line)
    }
    if sum(map(len, wanted.values())) > MOST_NAMES:
        errors["staff"] = _("These are more names than the kiosk can look for.")
    if errors:
        return form_problem("desk/lists.html", errors, **_shown(wanted), imported=None)
    _store(LocalLists(**wanted))
    say(
        _(
            "Kept. These names count from the next gathering on. "
            "In this one, they count too if nothing was begun before."
        )
    )
    return redirect(url_for("review.lists.edit"), code=303)


@lists.post("/import")
@unlocked
def look_at_csv() -> ResponseReturnValue:
    """Show what a CSV would add, without storing it."""
    uploaded = request.files.get("file")
    raw = uploaded.read() if uploaded else b""
    try:
        text = raw.decode("utf-8-sig") if raw else request.form.get("pasted", "")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # what Excel saves in western Europe
    if not text.strip():
        nothing = {"file": _("Please choose a CSV file, or paste its lines.")}
        return form_problem("desk/lists.html", nothing, **_values(_stored()), imported=None)
    found = from_csv(text)
    before, added = _stored(), found.lists()
    merged = {
        name: tuple(dict.fromkeys((*getattr(before, name), *getattr(added, name))))
        for name in FIELDS
    }
    new = sum(map(len, merged.values())) - sum(len(getattr(before, name)) for name in FIELDS)
    return render_template(
        "desk/lists.html",
        **_shown(merged),
        errors={},
        imported={"new": new, "problems": found.errors},
    )


def names() -> list[tuple[str, str]]:
    """Return each list with its name on screen."""
    return [(row["name"], row["title"]) for row in _values(EMPTY)["rows"]]


def add(field: str, names: list[str]) -> bool:
    """Take names into one list; says whether any was taken: ordinary words are not."""
    stored = _stored()
    wanted = [
        name[:LONGEST_NAME]
        for name in names
        if not is_ordinary(name) and sum(map(str.isalnum, name)) >= LEAST_LETTERS
    ]
    if wanted:
        lines = tuple(dict.fromkeys((*getattr(stored, field), *wanted)))
        _store(replace(stored, **{field: lines[:MOST_NAMES]}))
    return bool(wanted)


def _stored() -> LocalLists:
    content = store.lists.load(g.desk.master)
    return LocalLists.from_json(content) if content else EMPTY


def _store(wanted: LocalLists) -> None:
    store.lists.save(g.desk.master, wanted.to_json(), begun=house().begun)


def _lines(typed: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _values(found: LocalLists) -> dict[str, Any]:
    return _shown({name: getattr(found, name) for name in FIELDS})


def _shown(wanted: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return each list with its name and a hint, for the form."""
    words = {
        "staff": (_("Staff"), _("One person a line; nicknames follow in brackets.")),
        "teams": (_("Teams and departments"), _("Such as “Night shift B” or “Goods in”.")),
        "sites": (_("Sites and buildings"), _("Such as “Halle 4” or “Mill Lane”.")),
        "rooms": (_("Rooms"), _("Such as “Blue room”.")),
        "projects": (_("Projects and products"), _("Names that only few people work on.")),
        "titles": (_("Job titles"), _("Titles that only one or two people have.")),
    }
    rows = []
    for name, lines in wanted.items():
        title, hint = words.get(name, (name, ""))
        rows.append({"name": name, "title": title, "hint": hint, "lines": "\n".join(lines)})
    return {"rows": rows, "where_names_are_found": where_names_are_found()}


def _page(found: LocalLists) -> str:
    return render_template("desk/lists.html", **_values(found), errors={}, imported=None)
