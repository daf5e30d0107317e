"""The kiosk's own microphone, for a box whose browser has none: only its own screen starts it."""

from flask import Blueprint
from werkzeug.exceptions import Forbidden

from kiosk.guard import is_same_machine

microphone = Blueprint("microphone", __name__, url_prefix="/api/microphone")


@microphone.before_request
def _only_from_here() -> None:
    if not is_same_machine():
        raise Forbidden
