"""Who has unlocked the review desk: sessions in memory only, each holding an opened master key.

The browser holds a random token in a cookie that scripts cannot read; it says nothing by itself.
A session ends after minutes without use, after hours in all, on Lock, and when the kiosk stops;
each way wipes the key and whatever the desk had opened with it.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

import store
from kiosk.desk.unsaved import Unsaved
from kiosk.guard import is_secret
from kiosk.i18n import answer_in, asked_language
from store.seals.keys import MasterKey

COOKIE = "desk"
BEAT_SECONDS = 60.0  # so long after the last key a page may still send what was typed


@dataclass
class DeskSession:
    """One facilitator at the desk."""

    master: MasterKey
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    started: float = field(default_factory=time.monotonic)
    used: float = field(default_factory=time.monotonic)
    language: str = ""  # chosen at this desk; empty: as its browser prefers
    opened: dict[str, Any] = field(default_factory=dict)  # what this desk decrypted, by its name

    def end(self) -> None:
        """Forget the key and everything opened with it."""
        self.opened.clear()
        self.master.wipe()


class DeskSessions:
    """All desks now unlocked.

    Args:
        idle_seconds: Without a request for so long, a desk locks.
        longest_seconds: However busy, a desk locks after this.
        clock: Seconds that only go forward.
    """

    def __init__(
        self,
        *,
        idle_seconds: float,
        longest_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._idle_seconds, self._longest_seconds = idle_seconds, longest_seconds
        self._clock = clock
        self._sessions: dict[str, DeskSession] = {}
        self._lock = threading.Lock()
        self.unsaved = Unsaved(clock=clock)

    def begin(self, master: MasterKey, *, language: str = "") -> str:
        """Unlock a desk; returns the token for its cookie."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            self._sessions[token] = DeskSession(master, started=now, used=now, language=language)
        return token

    def find(self, token: str, *, is_use: bool = True) -> DeskSession | None:
        """The session of a cookie; none when it has ended.

        Args:
            token: Of the cookie.
            is_use: Whether somebody is there, and not a page that asks by itself.
        """
        self.end_idle()
        with self._lock:
            session = self._sessions.get(token)
            if session and is_use:
                session.used = self._clock()
            return session

    def leave(self, token: str) -> None:
        """Lock a desk whose page was left alone, unless another page of it was used meanwhile."""
        session = self.find(token, is_use=False)
        if session and self._clock() - session.used >= self._idle_seconds - BEAT_SECONDS:
            self.end(token)

    def all(self) -> list[DeskSession]:
        """Every desk now unlocked."""
        with self._lock:
            return list(self._sessions.values())

    def end(self, token: str) -> None:
        """Lock one desk."""
        with self._lock:
            session = self._sessions.pop(token, None)
        if session:
            session.end()

    def end_idle(self) -> None:
        """Lock each desk that nobody has used, or that has been open for too long."""
        now = self._clock()
        with self._lock:
            over = [
                token
                for token, session in self._sessions.items()
                if now - session.used > self._idle_seconds
                or now - session.started > self._longest_seconds
            ]
            ended = [self._sessions.pop(token) for token in over]
        for session in ended:
            session.end()

    def end_of(self, name: str, *, but: str = "") -> None:
        """Lock every desk that one facilitator has unlocked, but for the one of a token."""
        with self._lock:
            theirs = [
                token
                for token, session in self._sessions.items()
                if session.master.name == name and token != but
            ]
            ended = [self._sessions.pop(token) for token in theirs]
        for session in ended:
            session.end()

    def end_all(self) -> None:
        """Lock every desk, as the kiosk does when it stops, or a facilitator who is in doubt."""
        with self._lock:
            ended, self._sessions = list(self._sessions.values()), {}
        for session in ended:
            session.end()


def sessions() -> DeskSessions:
    """The desks of the running kiosk."""
    found: DeskSessions = current_app.extensions["desk_sessions"]
    return found


def set_cookie(response: Response, token: str) -> None:
    """Hand a desk its token: unreadable for scripts, sent to the desk's own pages only."""
    response.set_cookie(
        COOKIE, token, path="/review", httponly=True, samesite="Strict", secure=request.is_secure
    )


def lock_this_desk() -> Response:
    """Wipe the key of this desk and everything opened with it; lead to the unlock page."""
    chosen = g.desk.language
    address = url_for("review.unlock", locked=1, lang=chosen or None)
    response = make_response(redirect(address, code=303))
    sessions().end(request.cookies[COOKIE])
    g.pop("desk", None)
    response.delete_cookie(COOKIE, path="/review", httponly=True, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def unlocked(
    view: Callable[..., ResponseReturnValue], *, is_use: bool = True
) -> Callable[..., ResponseReturnValue]:
    """Let a view run only at an unlocked desk, and its forms only with the desk's own token.

    The session is `g.desk`. A locked desk is led to the unlock page. A language that is asked for
    stays until the desk locks, and leaves the address at once: Back would bring it again.
    What a page asks by itself is no use of the desk: it locks all the same.
    """

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        session = sessions().find(request.cookies.get(COOKIE, ""), is_use=is_use)
        if session and not store.keys.is_still_good(session.master):
            sessions().end(request.cookies[COOKIE])
            session = None
        if session is None:
            return redirect(url_for("review.unlock", lang=asked_language() or None), code=303)
        if request.method not in {"GET", "HEAD"}:
            given = request.form.get("form_token") or request.headers.get("X-Form-Token", "")
            if not is_secret(given, session.form_token):
                raise Forbidden
        g.desk = session
        if asked := asked_language():
            session.language = asked
            if request.method == "GET":
                others = {name: value for name, value in request.args.items() if name != "lang"}
                query = f"?{urlencode(others)}" if others else ""
                return redirect(request.path + query, code=303)
        if session.language:
            answer_in(session.language)
        return view(*args, **kwargs)

    return guarded
