"""What a server must not be set to: whatever remembers when somebody came, or loses what is kept.

An operator who needs one of them all the same names it in `settings.toml`, `[store] allow`; then
`kiosk doctor` says at each look what that costs.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from store import errors

OLDEST = 13_00_00  # gen_random_uuid() is built in from there on


@dataclass(frozen=True)
class Concession:
    """A setting that costs something.

    Attributes:
        name: As in `[store] allow`.
        cost: Who learns what by it, or what may be lost.
    """

    name: str
    cost: str


_LOGS = "the server's log says at which moment somebody contributed or took back"
_COPIES = "every contribution is copied elsewhere, in order and with the time; no purge reaches it"
# setting -> the value that is harmless, and what another costs
_WANTED: dict[str, tuple[str, str]] = {
    "track_commit_timestamp": ("off", "the server knows the moment of each contribution"),
    "log_statement": ("none", _LOGS),
    "log_min_duration_statement": ("-1", _LOGS),
    "log_min_duration_sample": ("-1", _LOGS),
    "log_transaction_sample_rate": ("0", _LOGS),
    "log_duration": ("off", _LOGS),
    "log_parameter_max_length_on_error": ("0", "the server's log may quote sealed rows"),
    "archive_mode": ("off", _COPIES),
    "fsync": ("on", "a power cut may lose what visitors were told is kept"),
    "full_page_writes": ("on", "a power cut may damage what is kept"),
}
_LISTENERS = ("pg_stat_statements", "auto_explain", "pgaudit")


def check(connection: psycopg.Connection[tuple[Any, ...]], allowed: Collection[str]) -> None:
    """Refuse a server that would tell a time or an order, unless each such setting is allowed.

    Raises:
        UnsafeDatabaseError: It names the settings.
    """
    if connection.info.server_version < OLDEST:
        raise errors.UnsafeDatabaseError("This PostgreSQL is too old; version 13 is the oldest.")
    found = [each for each in _found(connection) if each.name not in allowed]
    if found:
        told = "; ".join(f"{each.name}: {each.cost}" for each in found)
        raise errors.UnsafeDatabaseError(
            f"The database server is set to what the promise forbids. {told}. Change it there, "
            'or accept it by name: [store] allow = ["NAME"] in settings.toml.'
        )


def concessions(connection: psycopg.Connection[tuple[Any, ...]]) -> list[str]:
    """Say what the operator has accepted, and what each costs."""
    return [f"{each.name}: {each.cost}" for each in _found(connection)]


def _found(connection: psycopg.Connection[tuple[Any, ...]]) -> Iterator[Concession]:
    rows = connection.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", (list(_WANTED),)
    )
    for name, setting in sorted(rows.fetchall()):
        wanted, cost = _WANTED[name]
        if setting != wanted:
            yield Concession(name, cost)
    (loaded,) = connection.execute("SHOW shared_preload_libraries").fetchone() or ("",)
    for name in _LISTENERS:
        if name in loaded:
            yield Concession(name, _LOGS)
    if connection.execute("SELECT 1 FROM pg_replication_slots LIMIT 1").fetchone():
        yield Concession("replication_slots", _COPIES)
    if connection.execute("SELECT 1 FROM pg_stat_replication LIMIT 1").fetchone():
        yield Concession("replicas", _COPIES)
