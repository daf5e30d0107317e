"""Every error a visitor can meet, as one plain sentence: which status, and what to do now."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from capture.drawing import DrawingTooLargeError
from capture.errors import CaptureError, TooLargeError, WrongTypeError
from capture.microphone import MicrophoneError
from capture.photo import UnknownPictureError
from kiosk.drafts import TooManyDraftsError
from kiosk.hearing.stages import Fault
from kiosk.i18n import _
from store.errors import BusyError, FullError, StoreError, TooManyTriesError, UnreachableError
from store.errors import TooLargeError as TooLargeToSealError


class Problem(Exception):  # noqa: N818  # the field's word, RFC 9457
    """An answer that is not a success: a status and a sentence for the person at the screen."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        retry_after_seconds: int | None = None,
        more: dict[str, object] | None = None,
    ) -> None:
        super().__init__(status)
        self.status, self.detail = status, detail
        self.more = more or {}  # what a script needs beside the sentence
        self.retry_after_seconds = retry_after_seconds

    def response(self) -> Response:
        """The answer as `application/problem+json`, or as a page where a page was asked for."""
        title = HTTPStatus(self.status).phrase
        if wants_page():
            page = render_template("problem.html", title=title, detail=self.detail)
            response = make_response(page, self.status)
        else:
            body = {"title": title, "status": self.status, "detail": self.detail, **self.more}
            response = make_response(body, self.status)
            response.content_type = "application/problem+json"
        if self.retry_after_seconds is not None:
            response.headers["Retry-After"] = str(self.retry_after_seconds)
        return response


def wants_page() -> bool:
    """Whether a person with a browser asked, rather than a script or a module."""
    return not request.path.startswith("/api/") and "text/html" in request.headers.get("Accept", "")


def too_large() -> Problem:
    """413, for a body over its limit."""
    return Problem(413, _("This is longer than the kiosk can take. Please make it shorter."))


def too_large_picture() -> Problem:
    """413, for a picture over a limit, or of several frames."""
    return Problem(413, _("This picture is too large, or it moves. Please take a smaller one."))


def nothing_open() -> Problem:
    """503, while no gathering is open."""
    return Problem(
        503,
        _("Nothing is being collected just now. Please come back later."),
        retry_after_seconds=600,
    )


def gone() -> Problem:
    """404, for a draft that has been forgotten."""
    return Problem(404, _("This has already been forgotten. Nothing of it was kept."))


def why_unheard(fault: Fault) -> str:
    """Why a memo could not become words, for its visitor."""
    return {
        Fault.NOTHING_HEARD: _("We heard no words. Please try again, a little closer."),
        Fault.UNREADABLE: _("We cannot read this recording. Please record it again."),
        Fault.WRONG_TYPE: _("We cannot read this kind of recording. Please record it here."),
        Fault.TOO_LARGE: _("This recording is too long. Please make it shorter."),
        Fault.UNKNOWN: _("This has already been forgotten. Nothing of it was kept."),
    }.get(fault, _("This recording could not be turned into words. Please try again, or write."))


def problem_for(error: Exception) -> Problem:
    """The answer for an error of any package; an unknown one says nothing about its cause."""
    if isinstance(error, Problem):
        return error
    for classes, answer in _ANSWERS:
        if isinstance(error, classes):
            return answer(error)
    return Problem(500, _("Something went wrong here. Nothing was kept. Please try again."))


def _busy(_error: Exception) -> Problem:
    busy = _("Many people are here at once. Please try again in a moment; nothing is lost.")
    return Problem(503, busy, retry_after_seconds=5)


def _away(_error: Exception) -> Problem:
    away = _(
        "What is kept here cannot be reached just now. "
        "Please try again in a moment; nothing is lost."
    )
    return Problem(503, away, retry_after_seconds=5)


def _no_room(_error: Exception) -> Problem:
    full = _("The kiosk has no room left, so nothing was kept. Please tell a facilitator.")
    return Problem(507, full)


def _not_kept(_error: Exception) -> Problem:
    broken = _("This could not be kept. Please try again; nothing was stored.")
    return Problem(503, broken, retry_after_seconds=5)


def _slow_down(_error: Exception) -> Problem:
    slow = _("That was tried several times. Please wait a minute, then try again.")
    return Problem(429, slow, retry_after_seconds=60)


def _no_microphone(error: Exception) -> Problem:
    sentences = {
        "NoMicrophoneError": _("No microphone is plugged in. You can write or draw instead."),
        "BusyMicrophoneError": _("The microphone is in use. Please try again in a moment."),
        "LostMicrophoneError": _("The microphone does not answer. You can write or draw instead."),
    }
    broken = _("The microphone cannot be used here. You can write or draw instead.")
    return Problem(409, sentences.get(type(error).__name__, broken))


def _unknown_picture(_error: Exception) -> Problem:
    kind = _("We cannot open this kind of photo. Please save it as JPEG, or photograph it again.")
    return Problem(415, kind)


def _wrong_type(_error: Exception) -> Problem:
    return Problem(415, _("The kiosk takes text, drawings and voice recordings, not this."))


_ANSWERS: tuple[tuple[tuple[type[Exception], ...], Callable[[Exception], Problem]], ...] = (
    ((DrawingTooLargeError,), lambda _error: too_large_picture()),
    ((UnknownPictureError,), _unknown_picture),
    ((TooLargeError, TooLargeToSealError), lambda _error: too_large()),
    ((WrongTypeError,), _wrong_type),
    ((MicrophoneError,), _no_microphone),
    ((CaptureError,), lambda error: Problem(422, _unreadable_sentence(error))),
    ((UnreachableError,), _away),
    ((TooManyDraftsError, BusyError), _busy),
    ((FullError,), _no_room),
    ((TooManyTriesError,), _slow_down),
    ((StoreError,), _not_kept),
)


def _unreadable_sentence(error: Exception) -> str:
    return {
        "EmptyNoteError": _("There is nothing here yet. Write or say something first."),
        "UnreadableNoteError": _("We cannot read this text. Please write it again."),
        "UnreadableDrawingError": _(
            "This picture is damaged or cut off. Please draw or photograph it again."
        ),
        "UnreadableMemoError": why_unheard(Fault.UNREADABLE),
    }.get(type(error).__name__, _("We cannot read this. Please try again."))


def install(app: Flask) -> None:
    """Answer every error in plain words, and log its type and route alone."""

    def answer(error: Exception) -> Response:
        if isinstance(error, HTTPException):
            response = http_problem(error).response()
            if isinstance(error, MethodNotAllowed):
                response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
            return response
        problem = problem_for(error)
        if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            app.logger.error("%s at %s", type(error).__name__, request.url_rule)
        return problem.response()

    app.register_error_handler(Exception, answer)


def http_problem(error: HTTPException) -> Problem:
    """Werkzeug's own refusals in our words."""
    sentences: dict[int, Any] = {
        400: _("The kiosk did not understand this. Please try again."),
        403: _("This page is too old, or came from somewhere else. Please open it again."),
        404: _("There is nothing at this address."),
        405: _("This cannot be done here."),
        413: too_large().detail,
        415: _("The kiosk takes text, drawings and voice recordings, not this."),
        421: _("The kiosk does not answer to this name. Use the address on its screen."),
    }
    code = error.code or 500
    if code in range(300, 400):
        return Problem(code, "")
    return Problem(code, sentences.get(code, _("Something went wrong here. Please try again.")))
