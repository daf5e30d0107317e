"""First start: a one-time code from the terminal, a passphrase, a recovery code, a first gathering.

Nothing is written before the passphrase is chosen. The one-time code proves that whoever sets the
kiosk up can see the terminal that started it; its cookie is random and ends with set-up.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, NotFound

import store
from kiosk.desk import session
from kiosk.desk.care import default_advice, read_house_words
from kiosk.desk.gathering_form import other_languages, read_gathering_form, today
from kiosk.desk.people.passphrase import advice
from kiosk.guard import is_secret
from kiosk.house import House, house
from kiosk.i18n import _, answer_in, asked_language
from kiosk.places import afar
from kiosk.strength import LEAST, strength
from store.errors import TooManyTriesError
from store.house_words import HouseWords
from store.throttle import Throttle

setup = Blueprint("setup", __name__, url_prefix="/setup")

COOKIE = "setup"
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1
AFTER_KEYS = {"setup.gathering", "setup.set_gathering", "setup.strength_of"}
LONGEST_NAME = 60  # characters of a facilitator's
SHORTEST_PASSPHRASE = 8  # characters; NIST SP 800-63B section 5.1.1.2


def new_code() -> str:
    """A one-time code for the terminal, easy to read out and to type."""
    letters = [secrets.choice(ALPHABET) for _position in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


@setup.before_request
def only_before_set_up() -> ResponseReturnValue | None:
    """Lead on whoever comes when set-up is done."""
    house()  # a kiosk without a house is a mistake of ours: fail here
    _speak_the_chosen_language()
    done = store.keys.is_set_up()
    if done and request.endpoint not in AFTER_KEYS:
        return redirect(_after_keys(), code=303)
    return None


def _speak_the_chosen_language() -> None:
    """One that was asked for stays for all of set-up, and for the desk that it opens."""
    if asked := asked_language():
        current_app.extensions["setup_language"] = asked
    if chosen := current_app.extensions.get("setup_language"):
        answer_in(chosen)


@setup.get("/")
def code() -> str:
    """Ask for the one-time code."""
    return render_template("setup/code.html", error="")


@setup.post("/")
def check_code() -> ResponseReturnValue:
    """Let in whoever can read the terminal."""
    try:
        tries("setup").take(afar())
    except TooManyTriesError:
        error = _("That was tried several times. Please wait a minute, then go on.")
        return render_template("setup/code.html", error=error), 429
    if not is_code(request.form.get("code", ""), house().set_up_code):
        error = _("This is not the code. It stands on the terminal that started the kiosk.")
        return render_template("setup/code.html", error=error), 422
    token = secrets.token_urlsafe(24)
    current_app.extensions["setup_token"] = token
    response = make_response(redirect(url_for("setup.passphrase"), code=303))
    response.set_cookie(
        COOKIE, token, path="/setup", httponly=True, samesite="Strict", secure=request.is_secure
    )
    return response


@setup.get("/passphrase")
def passphrase() -> str:
    """Ask for a name and a passphrase."""
    known_browser()
    return render_template(
        "setup/passphrase.html", errors={}, name="", shortest=SHORTEST_PASSPHRASE
    )


@setup.post("/passphrase/strength")
def strength_of() -> dict[str, Any]:
    """How strong a passphrase is, from 0 to 4, and what would help; nothing is stored."""
    words = request.get_data(as_text=True)[:200]
    return {"score": strength(words), "advice": advice(words)}


@setup.post("/passphrase")
def set_passphrase() -> ResponseReturnValue:
    """Make the keys; show the recovery code, this once."""
    known_browser()
    name = request.form.get("name", "").strip()
    words = request.form.get("passphrase", "")
    errors = {}
    if not name or len(name) > LONGEST_NAME:
        errors["name"] = _("Please give a name, so that facilitators know whose key this is.")
    if len(words) < SHORTEST_PASSPHRASE:
        errors["passphrase"] = _("Please use eight characters or more. Four words work well.")
    elif strength(words) < LEAST:
        errors["passphrase"] = advice(words)
    elif words != request.form.get("again", ""):
        errors["again"] = _("The two passphrases differ. Please type the same one twice.")
    if errors:
        page = render_template(
            "setup/passphrase.html", errors=errors, name=name, shortest=SHORTEST_PASSPHRASE
        )
        return page, 422
    try:
        recovery_code = store.keys.set_up(words, name=name)
    except store.errors.AlreadyExistsError:  # sent twice, and the other one was faster
        return redirect(_after_keys(), code=303)
    house().set_up_code = ""
    master = store.keys.unlock(words)
    house().facilitator_came(master)
    response = make_response(render_template("setup/recovery.html", recovery_code=recovery_code))
    language = current_app.extensions.get("setup_language", "")
    session.set_cookie(response, session.sessions().begin(master, language=language))
    return response


@setup.get("/gathering")
def gathering() -> str:
    """Ask for the first gathering: its question and its promise."""
    known_browser()
    return _gathering_page({}, {}, HouseWords())


@setup.post("/gathering")
def set_gathering() -> ResponseReturnValue:
    """Open the first gathering; lead to the kiosk, or first to a model if it lacks one."""
    known_browser()
    if not store.keys.is_set_up() or store.gatherings.current():
        raise NotFound
    errors, wanted = read_gathering_form()
    if errors:
        return _gathering_page(errors, request.form, read_house_words()), 422
    store.house_words.write(read_house_words())
    store.gatherings.new(**wanted, today=today())
    return _done()


def _gathering_page(errors: dict[str, str], form: Mapping[str, str], words: HouseWords) -> str:
    return render_template(
        "setup/gathering.html",
        errors=errors,
        form=form,
        words=words,
        advice=default_advice(),
        other_languages=other_languages(),
    )


def _done() -> Response:
    for state in ("setup_token", "setup_language"):
        current_app.extensions.pop(state, None)
    hears = house().hearing.has_model
    further = url_for("visitor.start") if hears else url_for("review.speech.offer", first=1)
    response = make_response(redirect(further, code=303))
    response.delete_cookie(COOKIE, path="/setup")
    return response


def _after_keys() -> str:
    """Where set-up goes on for whoever began it, say after a reload; others meet the kiosk."""
    is_unfinished = _is_known_browser() and not store.gatherings.current()
    return url_for("setup.gathering" if is_unfinished else "visitor.start")


def is_code(given: str, expected: str) -> bool:
    """Whether somebody typed a code, however they wrote it."""
    typed, wanted = (
        each.strip().upper().replace(" ", "").replace("-", "") for each in (given, expected)
    )
    return bool(wanted) and is_secret(typed, wanted)


def tries(code: str) -> Throttle:
    """The tries at a code from here, or those from other machines, which use up none of ours.

    Twenty-five guesses a minute at a code of 40 bits: eighty thousand years.
    """
    made = current_app.extensions.setdefault(
        f"{code}_tries", {"here": Throttle(5), "afar": Throttle(5, in_total=20)}
    )
    found: Throttle = made["afar" if afar() else "here"]
    return found


def known_browser() -> None:
    """Refuse whoever did not give the one-time code."""
    if not _is_known_browser():
        raise Forbidden


def _is_known_browser() -> bool:
    token = current_app.extensions.get("setup_token", "")
    return bool(token) and is_secret(request.cookies.get(COOKIE, ""), token)


def code_for(here: House) -> str:
    """Make the one-time code when the kiosk still has to be set up; empty when not."""
    here.set_up_code = "" if store.keys.is_set_up() else new_code()
    return here.set_up_code
