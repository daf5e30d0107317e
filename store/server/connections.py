"""Connections to PostgreSQL, its transactions and its errors.

Connections are pooled: a server may log each new one with its time. One more per process stays
open: it says that a kiosk uses the store, and holds what guesses it counts (`slots`).
"""

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import peewee
import psycopg
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase

from store import errors
from store.rows.engine import Place
from store.server import guard

BUSY_SECONDS = 5  # then the caller is told to try again
FAULTS: tuple[type[Exception], ...] = (psycopg.Error, MaxConnectionsExceeded)
OURS = 0x52656C31  # "Rel1": locks of the store
WRITER, USERS = 1, 2  # the lock that writers share or hold alone; the one that each process shares

_OPTIONS = " ".join(
    f"-c {each}"
    for each in (
        f"lock_timeout={BUSY_SECONDS}s",
        r"default_transaction_isolation=read\ committed",  # of a statement without BEGIN
        "synchronous_commit=on",  # whatever the server's default is
        "idle_in_transaction_session_timeout=60s",
        "client_min_messages=error",
        "enable_seqscan=off",  # it may count no rows of ours, so it is told to go by the keys
        "enable_bitmapscan=off",
    )
)
_MOST = 80  # connections of one process; it has 8 threads unless told otherwise


def open_one(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Open a connection outside the pool.

    Raises:
        UnreachableError: The server does not answer, or not to us.
    """
    try:
        return psycopg.connect(url, autocommit=True, **_SETTINGS)
    except psycopg.Error as error:
        raise _why_not(error) from None


def _why_not(error: psycopg.Error) -> errors.StoreError:
    """Say why nothing could be opened: the driver has no code for it, and its words are not shown.

    They could quote the password, from an address that is read otherwise than it was meant.
    """
    if isinstance(error, psycopg.ProgrammingError):
        return errors.at_server(errors.UnreachableError("The address of the server is not right."))
    said = str(error)
    found = (message for pattern, message in _REASONS if re.search(pattern, said, re.IGNORECASE))
    message = next(found, "The database server does not answer.")
    return errors.at_server(errors.UnreachableError(message))


# What the driver says, in the order in which it is looked for. A server may speak another language;
# then it "does not answer".
_REASONS = (
    (r"database .* does not exist", "The database server has no such database."),
    (
        r"password|pg_hba\.conf|role .* does not exist|authentication",
        "The database server does not let the kiosk in.",
    ),
    (
        r"certificate",
        "The database server does not prove who it is; see ~/.postgresql/root.crt.",
    ),
    (r"SSL", "The database server does not encrypt as its address asks."),
    (
        r"translate host name|Name or service|name resolution|nodename",
        "Nobody here knows a database server of that name.",
    ),
)
_SETTINGS: dict[str, Any] = {
    "options": _OPTIONS,
    "application_name": "release",
    "connect_timeout": BUSY_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,  # milliseconds
}


class _Database(PooledPostgresqlDatabase):  # type: ignore[misc] # it has no types
    """Connections that go back to a pool; dead ones are noticed when they are taken from it."""

    def cursor(self, named_cursor: None = None) -> psycopg.Cursor[tuple[Any, ...]]:
        """Let sealed bytes come as bytes: as text they are twice as long."""
        cursor: psycopg.Cursor[tuple[Any, ...]] = super().cursor(named_cursor)
        cursor.format = psycopg.pq.Format.BINARY
        return cursor

    def begin(self, isolation_level: str | None = None) -> None:
        """Begin, and do what follows on the level in the same breath."""
        self.connection().execute(f"BEGIN ISOLATION LEVEL {isolation_level or _LOOKING_ANEW}")


_db = _Database(None, max_connections=_MOST, timeout=BUSY_SECONDS)
_presence: psycopg.Connection[tuple[Any, ...]] | None = None
_place: Place | None = None


def attach(place: Place) -> peewee.Database:
    """Point the store at a server, if it may be trusted with order and time."""
    global _presence, _place  # noqa: PLW0603 - one process serves one store
    detach()
    address = place.url.replace("postgres://", "postgresql://", 1)
    _presence = open_one(address)
    try:
        guard.check(_presence, place.allowed)
        if not _is_lock_taken(_presence, "pg_try_advisory_lock_shared", USERS):
            raise errors.at_server(
                errors.BusyError("The store on this server is being moved or restored.")
            )
    except psycopg.Error as error:
        detach()
        raise meaning(error) from None
    except BaseException:
        detach()
        raise
    _db.init(address, prefer_psycopg3=True, **_SETTINGS)
    _place = Place(place.folder, address, place.allowed)
    return _db


def detach() -> None:
    """Close all connections."""
    global _presence, _place  # noqa: PLW0603
    if _place is not None:
        _db.close_all()
    if _presence is not None:
        _presence.close()
    _presence = _place = None


def presence() -> psycopg.Connection[tuple[Any, ...]]:
    """Return the connection that stays open, made anew where the server has been away."""
    global _presence  # noqa: PLW0603
    if _place is None:
        raise errors.NotSetUpError("The store is not open.")
    if _presence is None or _presence.closed:
        _presence = open_one(_place.url)
        _is_lock_taken(_presence, "pg_try_advisory_lock_shared", USERS)
    return _presence


def place() -> Place:
    """Return where the open store is."""
    if _place is None:
        raise errors.NotSetUpError("The store is not open.")
    return _place


@contextlib.contextmanager
def alone(url: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Hold a server's store that nobody else has open, and keep others out.

    Raises:
        BusyError: Somebody has it open, a running kiosk as a rule.
    """
    with contextlib.closing(open_one(url)) as connection:
        if not _is_lock_taken(connection, "pg_try_advisory_lock", USERS):
            raise errors.at_server(
                errors.BusyError("The store on this server is in use: stop every kiosk first.")
            )
        yield connection


def _is_lock_taken(
    connection: psycopg.Connection[tuple[Any, ...]], function: str, number: int
) -> bool:
    row = connection.execute(f"SELECT {function}(%s, %s)", (OURS, number)).fetchone()
    return bool(row and row[0])


LOCK_TO_ADD = f"pg_advisory_xact_lock_shared({OURS}, {WRITER})"
_LOOKING_ANEW = "READ COMMITTED"  # what follows in one breath saves a way to the server


@contextlib.contextmanager
def to_read() -> Iterator[None]:
    """Begin a transaction that sees one state throughout."""
    with _db.atomic("REPEATABLE READ READ ONLY"):
        yield


@contextlib.contextmanager
def to_write() -> Iterator[None]:
    """Begin a transaction that writes alone.

    It sees what was committed before it held the lock: each of its statements looks anew.
    """
    with _db.atomic(f"{_LOOKING_ANEW}; SELECT pg_advisory_xact_lock({OURS}, {WRITER})"):
        yield


@contextlib.contextmanager
def to_add() -> Iterator[None]:
    """Begin a transaction beside others that add, while nobody writes alone.

    What is said goes to the server together with what follows it, until an answer is read: so a
    keep, which reads one, goes there twice in all and not once for each statement.
    """
    with _db.connection().pipeline(), _db.atomic(_LOOKING_ANEW):
        _db.connection().execute(f"SELECT {LOCK_TO_ADD}")
        yield


_MEANINGS: tuple[tuple[str, type[errors.StoreError], str], ...] = (
    (
        "55P03",
        errors.BusyError,
        "The database is busy. Please try again in a moment.",
    ),  # a lock that was not free in time
    (
        "40",
        errors.BusyError,
        "The database is busy. Please try again in a moment.",
    ),  # deadlock, serialization
    ("23505", errors.TakenError, "Somebody else did the same at once."),
    ("57014", errors.BusyError, "The database is busy. Please try again in a moment."),
    ("57", errors.UnreachableError, "The database server is going down or starting."),
    ("08", errors.UnreachableError, "The database server does not answer."),
    ("28", errors.UnreachableError, "The database server does not let the kiosk in."),
    ("3D", errors.UnreachableError, "The database server has no such database."),
    ("53300", errors.UnreachableError, "The database server has too many connections."),
    ("53", errors.FullError, "The disk of the database server is full."),
    ("58", errors.FullError, "The disk of the database server does not take the data."),
    ("25006", errors.ReadOnlyError, "The database server cannot be written."),
    ("42501", errors.ReadOnlyError, "The database server does not let the kiosk write."),
    ("XX", errors.DamagedError, "The database is damaged."),
)


def meaning(error: BaseException) -> Exception:
    """Translate the server's code; the original could quote a statement, so it is dropped."""
    if isinstance(error, MaxConnectionsExceeded):
        return errors.at_server(errors.BusyError("Too many at once; please try again."))
    state, is_lost = _state(error)
    for start, meant, message in _MEANINGS:
        if state is not None and state.startswith(start):
            return errors.at_server(meant(message))
    if state is None and is_lost:
        return errors.at_server(errors.UnreachableError("The database server does not answer."))
    return errors.StoreError(f"The database refused ({type(error).__name__}, code {state}).")


def _state(error: BaseException) -> tuple[str | None, bool]:
    """Find the code of what went wrong first, and whether the connection went."""
    state, is_lost = None, False
    seen: BaseException | None = error
    while seen is not None:
        wrapped = seen.args[0] if seen.args and isinstance(seen.args[0], Exception) else seen
        state = getattr(wrapped, "sqlstate", None) or state
        is_lost = is_lost or isinstance(
            wrapped, psycopg.OperationalError | psycopg.InterfaceError | peewee.InterfaceError
        )
        seen = seen.__context__
    return state, is_lost
