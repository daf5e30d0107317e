"""What a server must not be set to: whatever remembers when somebody came, or loses what is kept.

An operator who needs one of them all the same names it in `settings.toml`, `[store] allow`; then
`kiosk doctor` says at each look what that costs.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
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
_KEEPS = "the server keeps its log of changes, which has their order, for longer than it needs it"
_OPEN = (
    "somebody on the network between could look on, or pose as the server and have what comes next "
    "sealed for themselves; url needs ?sslmode=verify-full"
)
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
    "wal_keep_size": ("0", _KEEPS),
    "summarize_wal": ("off", _KEEPS),
    "fsync": ("on", "a power cut may lose what visitors were told is kept"),
    "full_page_writes": ("on", "a power cut may damage what is kept"),
}
_LISTENERS = ("pg_stat_statements", "auto_explain", "pgaudit")
_LOADED = ("shared_preload_libraries", "session_preload_libraries")


def check(connection: psycopg.Connection[tuple[Any, ...]], allowed: Collection[str]) -> None:
    """Refuse a server that would tell a time or an order, unless each such setting is allowed.

    Raises:
        UnsafeDatabaseError: It names the settings.
    """
    if connection.info.server_version < OLDEST:
        raise errors.UnsafeDatabaseError("This PostgreSQL is too old; version 13 is the oldest.")
    if not _is_shown_all(connection):
        raise errors.UnsafeDatabaseError(
            "The database server does not show the kiosk its settings. Its administrator allows "
            f"that with: GRANT pg_read_all_settings TO {_quoted(connection.info.user)};"
        )
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


def _is_shown_all(connection: psycopg.Connection[tuple[Any, ...]]) -> bool:
    """Say whether no setting is hidden from the kiosk's role, as some are from an ordinary one."""
    row = connection.execute("SELECT pg_has_role('pg_read_all_settings', 'USAGE')").fetchone()
    return bool(row and row[0])


def is_safe_on_its_way(to: psycopg.ConnectionInfo) -> bool:
    """Say whether the server is this machine, or has shown a certificate that was looked at."""
    if to.host.startswith("/") or (to.hostaddr and ip_address(to.hostaddr).is_loopback):
        return True
    return to.get_parameters().get("sslmode") in {"verify-ca", "verify-full"}


def _quoted(role: str) -> str:
    return '"' + role.replace('"', '""') + '"'


def _found(connection: psycopg.Connection[tuple[Any, ...]]) -> Iterator[Concession]:
    rows = connection.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", (list(_WANTED),)
    )
    for name, setting in sorted(rows.fetchall()):
        wanted, cost = _WANTED[name]
        if setting != wanted:
            yield Concession(name, cost)
    loaded = connection.execute(
        "SELECT setting FROM pg_settings WHERE name = ANY(%s)", (list(_LOADED),)
    ).fetchall()
    for name in _LISTENERS:
        if any(name in setting for (setting,) in loaded):
            yield Concession(name, _LOGS)
    if not is_safe_on_its_way(connection.info):
        yield Concession("sslmode", _OPEN)
    if connection.execute("SELECT 1 FROM pg_replication_slots LIMIT 1").fetchone():
        yield Concession("replication_slots", _COPIES)
    if connection.execute("SELECT 1 FROM pg_stat_replication LIMIT 1").fetchone():
        yield Concession("replicas", _COPIES)
