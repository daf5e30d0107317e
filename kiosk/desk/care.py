"""What the house wrote down beforehand, for the day when a contribution worries somebody.

Nothing is detected or reported by a machine, and nothing shows before release.
"""

from dataclasses import replace

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import store
from kiosk.desk.parts import say
from kiosk.desk.session import sessions, unlocked
from kiosk.i18n import _
from store.house_words import HouseWords

care = Blueprint("care", __name__, url_prefix="/care")

LONGEST_HELPLINE = 300  # characters; three lines on the kiosk's start page
LONGEST_ADVICE = 4_000


@care.get("/")
@unlocked
def edit() -> str:
    """Both texts, with a good beginning where there is none yet."""
    typed = sessions().unsaved.on(g.desk.master, "care")
    words = replace(store.house_words.read(), **typed)
    return render_template("desk/care.html", words=words, advice=default_advice())


@care.post("/")
@unlocked
def save() -> ResponseReturnValue:
    """Write both texts down."""
    store.house_words.write(read_house_words())
    sessions().unsaved.forget_page(g.desk.master, "care")
    say(_("Kept. The kiosk shows the helpline from now on."))
    return redirect(url_for("review.care.edit"), code=303)


def read_house_words() -> HouseWords:
    """What a form says about both texts."""

    def typed(name: str, longest: int) -> str:
        return request.form.get(name, "").replace("\r\n", "\n").strip()[:longest]

    return HouseWords(
        helpline=typed("helpline", LONGEST_HELPLINE),
        when_worried=typed("when_worried", LONGEST_ADVICE),
    )


def default_advice() -> str:
    """What to do when an item worries somebody, for a house to change and complete."""
    return _(
        "1. Do not decide alone, and not at once. Call the second facilitator.\n"
        "2. Is somebody in danger now? Call the emergency number; say what was written, not who you"
        " think wrote it.\n"
        "3. Pass on the danger, never a guess about a person. Nobody compares words, times or"
        " handwriting.\n"
        "4. Answer everybody on the board on the same day, with the helpline.\n"
        "5. Look after yourself: talk to somebody whom you trust."
    )


def default_answer(helpline: str) -> tuple[str, str]:
    """Return theme and words of an answer to everybody, with the helpline."""
    where = helpline or _("the helpline that hangs beside the kiosk")
    return (
        _("Somebody among us is carrying a lot."),
        _(
            "Thank you for telling us. We do not know who you are, and we will not look for you."
            " You can talk to somebody now: %(helpline)s",
            helpline=where,
        ),
    )
