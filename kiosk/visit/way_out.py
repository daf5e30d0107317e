"""The way out of the kiosk's own screen, for staff: a long press, a PIN, and the browser ends.

`kiosk launch` is the browser's parent and asks here again and again whether it shall end. Without a
PIN in the settings, or where nobody asks, no way out is offered, and nothing leads to the page.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from kiosk.errors import Problem
from kiosk.guard import is_same_machine, is_secret
from kiosk.house import house
from kiosk.i18n import _
from kiosk.visit.request import json_body

way_out = Blueprint("way_out", __name__, url_prefix="/exit")

WRONG_SECONDS = 10.0  # a wrong PIN takes so long; six digits are found in two months of trying
IS_THERE_SECONDS = 10.0  # after `kiosk launch` asked last; it asks each second
LONGEST_PIN = 64  # characters that are looked at


@dataclass
class WayOut:
    """Whether `kiosk launch` is there, and whether somebody who knows the PIN wants out.

    One PIN is looked at at a time, and a wrong one keeps its turn for a while. Nothing is counted:
    who comes next learns nothing of who tried before, and is kept out by nobody.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    turn: threading.Lock = field(default_factory=threading.Lock)
    _asked_at: float = float("-inf")
    _wanted_at: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_watched(self) -> bool:
        """Whether a browser would end."""
        return self.clock() - self._asked_at < IS_THERE_SECONDS

    def want(self) -> None:
        """Somebody knows the PIN."""
        with self._lock:
            self._wanted_at = self.clock()

    def asked(self) -> bool:
        """`kiosk launch` asks whether to end; it is told so once."""
        with self._lock:
            self._asked_at = now = self.clock()
            is_wanted = now - self._wanted_at < IS_THERE_SECONDS
            self._wanted_at = float("-inf")
            return is_wanted


def _here() -> WayOut:
    found: WayOut = current_app.extensions.setdefault("way_out", WayOut())
    return found


def leads_out() -> bool:
    """Whether the visitor's page listens for the long press: there is a PIN, and this screen."""
    return bool(house().settings.screen.exit_pin) and is_same_machine()


@way_out.get("/")
def ask() -> ResponseReturnValue:
    """Ask for the PIN; who came by chance is told so, and goes back."""
    if not (leads_out() and _here().is_watched):
        return redirect(url_for("visitor.start"), code=303)
    return render_template("way_out.html")


@way_out.post("/")
def end() -> ResponseReturnValue:
    """Let the browser end, for who knows the PIN."""
    if not leads_out():
        raise NotFound
    way, typed = _here(), json_body().get("pin")
    if not way.turn.acquire(blocking=False):
        raise Problem(429, _("One moment ..."), retry_after_seconds=int(WRONG_SECONDS))
    try:
        pin = house().settings.screen.exit_pin
        if not isinstance(typed, str) or not is_secret(typed[:LONGEST_PIN], pin):
            way.sleep(WRONG_SECONDS)
            raise Problem(403, _("This is not the PIN. Nothing has changed."))
        way.want()
    finally:
        way.turn.release()
    return Response(status=204)


@way_out.post("/asked")
def asked() -> dict[str, bool]:
    """Tell `kiosk launch` whether the browser shall end."""
    if not is_same_machine():
        raise NotFound
    return {"end": _here().asked()}
