"""The application: views hung in, limits set, nothing spooled, nothing logged of a request."""

import io
import logging
from collections.abc import Callable
from typing import Any

import flask
from flask import Flask

import store
from kiosk import errors, feelings, guard, i18n
from kiosk.desk.door import review
from kiosk.desk.session import DeskSessions
from kiosk.desk.setup import setup
from kiosk.house import House
from kiosk.network.tablet_page import tablet
from kiosk.static_files import (
    icon_file,
    icons_within,
    listed,
    name_version,
    sheets,
    static_file,
)
from kiosk.team.joining import joining
from kiosk.team.outpost import outpost
from kiosk.visit.draft_calls import drafts
from kiosk.visit.item_calls import items
from kiosk.visit.joined import joined_file
from kiosk.visit.own_keyboard import own_keyboard
from kiosk.visit.own_microphone_calls import own_microphone
from kiosk.visit.page import visitor
from kiosk.visit.request import MOST_JSON_BYTES
from kiosk.visit.way_out import way_out


class InMemoryRequest(flask.Request):
    """A request whose parts stay in memory: Werkzeug would put large ones into a temporary file."""

    max_form_memory_size = 2_000_000  # the desk's list import; raw uploads are read by their views
    max_form_parts = 2_000

    def _get_file_stream(self, *_args: object, **_kwargs: object) -> io.BytesIO:
        return io.BytesIO()


def create_app(house: House, *, names: tuple[str, ...] = ()) -> Flask:
    """The application of one house.

    Args:
        house: Its settings, worker and drafts; the store is open already.
        names: Host names to answer to, besides those of this machine.
    """
    app = Flask(__name__, static_folder=None)
    app.request_class = InMemoryRequest
    app.config.update(MAX_CONTENT_LENGTH=64_000_000, TESTING=False, DEBUG=False)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # every JSONProvider has it but the base
    app.extensions["house"] = house
    app.extensions["desk_sessions"] = DeskSessions(
        idle_seconds=house.settings.desk.desk_idle_minutes * 60,
        longest_seconds=house.settings.desk.desk_hours * 3600,
    )
    quiet_loggers()
    app.log_exception = _log_nothing  # type: ignore[method-assign]
    guard.install(app, names=(*house.settings.server.names, *names))
    errors.install(app)
    i18n.install(app)
    app.jinja_env.globals.update(feelings=feelings.feelings, feeling_name=feelings.feeling_name)
    app.before_request(_limit_body)
    app.before_request(_open_connection)
    app.teardown_request(_close_connection)
    listed()  # now, and no later
    app.add_url_rule("/static/<path:filename>", "static", static_file)
    app.add_url_rule("/static/joined/<name>", "joined", joined_file)
    app.url_default_functions.setdefault(None, []).append(name_version)
    app.jinja_env.globals.update(
        sheets=sheets, own_keyboard=own_keyboard, icon_file=icon_file, icons_within=icons_within
    )
    for blueprint in (
        visitor,
        drafts,
        items,
        own_microphone,
        tablet,
        way_out,
        setup,
        joining,
        outpost,
        review,
    ):
        app.register_blueprint(blueprint)
    return app


class TypeAlone(logging.Filter):
    """Of an exception that a library logs, its type and nothing else: no words and no address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        if record.exc_info and record.exc_info[0]:
            record.msg, record.args = record.exc_info[0].__name__, ()
            record.exc_info = None
        return True


_type_alone = TypeAlone()


def quiet_loggers() -> None:
    """At DEBUG these print what people wrote or how long they spoke."""
    # An answer that breaks off half-way, such as a stream of events, is past our own errors.
    logging.getLogger("waitress").addFilter(_type_alone)
    for name in ("peewee", "faster_whisper", "PIL", "werkzeug", "httpx"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Of a connection that went away it warns with the server's words, which can name a row.
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    # It says how many wait, and the system's journal would add the second at which they came.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _limit_body() -> None:
    """A visitor's call is small, unless its view takes more: nothing larger is even parsed."""
    if flask.request.path.startswith("/api/"):
        flask.request.max_content_length = MOST_JSON_BYTES


def _open_connection() -> None:
    flask.g.store_connection = store.connection()
    flask.g.store_connection.__enter__()


def _close_connection(_error: BaseException | None) -> None:
    connection: Any = flask.g.pop("store_connection", None)
    close: Callable[..., object] | None = getattr(connection, "__exit__", None)
    if close:
        close(None, None, None)


def _log_nothing(exc_info: object) -> None:
    """A traceback could quote a visitor; `errors` logs the type alone."""
    del exc_info
