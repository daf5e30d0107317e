"""A server that would tell a time, keep copies or lose what is kept is not used unasked."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

import store
from kiosk import advice
from store import errors
from store.seals import derive
from store.server import guard
from tests.support import postgres
from tests.support.places import HOME, PASSPHRASE

CARELESS = {  # all that needs a start of its own, at once
    "track_commit_timestamp": "on",
    "archive_mode": "on",
    "archive_command": "true",
    "wal_level": "replica",
    "max_wal_senders": "2",
    "max_replication_slots": "2",
    "shared_preload_libraries": "auto_explain",
}
AT_RUN_TIME = {
    "log_statement": "'mod'",
    "log_min_duration_statement": "0",
    "log_min_duration_sample": "0",
    "log_transaction_sample_rate": "1",
    "log_duration": "on",
    "log_parameter_max_length_on_error": "-1",
}


@pytest.mark.parametrize("name", AT_RUN_TIME)
def test_a_server_that_logs_is_refused_by_name_or_allowed_by_name(server, data_dir, name):
    url = server.new()
    store.open(data_dir, url=url, allowed=postgres.UNSAFE)  # the control: otherwise it is fine
    store.close()
    database = url.rsplit("/", 1)[1]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {database} SET {name} = {AT_RUN_TIME[name]}".encode())
    with pytest.raises(errors.UnsafeDatabaseError, match=name):
        store.open(data_dir, url=url, allowed=postgres.UNSAFE)
    store.open(data_dir, url=url, allowed=(*postgres.UNSAFE, name))
    assert any(each.startswith(f"{name}: ") for each in store.concessions())
    store.close()


def test_a_server_that_keeps_times_or_copies_is_refused(server, data_dir, tmp_path):
    """`server` first: where PostgreSQL is missing, it says so."""
    with postgres.running(**CARELESS) as careless:
        url = careless.new()
        with psycopg.connect(url, autocommit=True) as connection:
            with copied(careless, tmp_path) as copying:
                while not connection.execute("SELECT 1 FROM pg_stat_replication").fetchone():
                    assert copying.poll() is None
                with pytest.raises(errors.UnsafeDatabaseError) as refused:
                    store.open(data_dir, url=url)
            assert "replicas: " in str(refused.value)
            connection.execute("SELECT pg_create_physical_replication_slot('standby')")
        with pytest.raises(errors.UnsafeDatabaseError) as refused:
            store.open(data_dir, url=url)
        for name in (
            "track_commit_timestamp", "archive_mode", "replication_slots", "auto_explain",
            *postgres.UNSAFE,
        ):  # fmt: skip
            assert f"{name}: " in str(refused.value)


@contextlib.contextmanager
def copied(careless: postgres.Server, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let somebody copy its log of changes without a slot, as a plain replica does."""
    there = postgres.programs()
    assert there
    where = ["-h", "127.0.0.1", "-p", str(careless.port), "-U", careless.user, "-D", folder]
    copying = subprocess.Popen([there / "pg_receivewal", *where])
    try:
        yield copying
    finally:
        copying.terminate()
        copying.wait(30)


def test_a_way_on_which_somebody_could_pose_as_the_server_is_seen():
    def way(host: str, address: str, mode: str) -> Any:
        return SimpleNamespace(
            host=host, hostaddr=address, get_parameters=lambda: {"sslmode": mode}
        )

    for safe in (
        ("/run/postgresql", "", "prefer"),
        ("here", "127.0.0.1", "disable"),
        ("here", "::1", "prefer"),
        ("server.site", "192.0.2.7", "verify-full"),
    ):
        assert guard.is_safe_on_its_way(way(*safe))
    for mode in ("disable", "prefer", "require"):
        assert not guard.is_safe_on_its_way(way("server.site", "192.0.2.7", mode))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("kiosk@", "nobody@"), "does not let the kiosk in"),
        (("/postgres", "/nothing"), "has no such database"),
        (("/postgres", "/postgres?sslmode=require"), "does not encrypt"),
        (("127.0.0.1", "nowhere.invalid"), "of that name"),
        (("/postgres", "/postgres?no=such"), "address of the server is not right"),
    ],
)
def test_why_a_server_cannot_be_used_is_said(server, data_dir, change, said):
    """And what to do about it is nothing in the data folder."""
    with pytest.raises(errors.UnreachableError, match=said) as refused:
        store.open(data_dir, url=server.url("postgres").replace(*change))
    assert "~/.pgpass" in advice.for_store(refused.value, data_dir)
    assert "Another kiosk" in advice.for_store(errors.BusyError(), data_dir)  # of a file


def test_a_password_in_the_address_is_in_no_message(data_dir):
    secret = "hunter2"
    with pytest.raises(errors.UnreachableError) as refused:
        store.open(data_dir, url=f"postgresql://kiosk:{secret}@127.0.0.1:9/kiosk")
    assert "does not answer" in str(refused.value)
    assert secret not in f"{refused.value!r}{refused.value.__cause__!r}"


def test_an_ordinary_role_is_enough_once_it_sees_the_settings(server, data_dir):
    """What the guide hands out is the owner of one database, and no administrator."""
    role = (HOME / "docs" / "growing" / "role.sql").read_text().replace("kiosk", "guest")
    there = postgres.programs()
    assert there
    subprocess.run(
        [there / "psql", server.url("postgres"), "--quiet"],
        input=role, env=os.environ | {"POSTGRES_PASSWORD": "it's"}, text=True, check=True,
    )  # fmt: skip
    url = server.url("guest").replace("kiosk@", "guest@")
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("REVOKE pg_read_all_settings FROM guest")
        with pytest.raises(errors.UnsafeDatabaseError, match=r'GRANT .* TO "guest"'):
            store.open(data_dir, url=url, allowed=postgres.UNSAFE)
        connection.execute("GRANT pg_read_all_settings TO guest")
    store.open(data_dir, url=url, allowed=postgres.UNSAFE)
    store.keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    store.close()


def test_without_the_driver_a_sentence_says_how_to_get_it(data_dir, monkeypatch):
    """It is an optional extra, and a file needs none of it."""
    for name in [each for each in sys.modules if each.startswith(("store.server", "psycopg"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(errors.StoreError, match=r"\.whl\[postgres\]"):
        store.open(data_dir, url="postgresql://kiosk@127.0.0.1/kiosk")
    store.open(data_dir)
    store.close()


def test_somebody_elses_database_is_left_alone(server, data_dir):
    url = server.new()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE meta (theirs text)")
    with pytest.raises(errors.WrongStateError, match="another program"):
        store.open(data_dir, url=url, allowed=postgres.UNSAFE)


def test_the_settings_in_the_guide_are_enough(server, data_dir):
    """What operators copy is what the kiosk asks for, with nothing allowed beside it."""
    lines = (HOME / "docs" / "growing" / "release.conf").read_text().splitlines()
    said = [line.split("#")[0].split("=") for line in lines if "=" in line.split("#")[0]]
    settings = {name.strip(): value.strip().strip("'") for name, value in said}
    with postgres.running(**settings) as running:
        store.open(data_dir, url=running.new())
        assert store.concessions() == []
        store.close()
