"""What is kept in one way to the server is kept as it was asked: only where it still may be."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

import store
from store import errors, items
from store.items import Note
from store.rows.engine import Place
from store.server import adding, copies
from store.server.connections import OURS, WRITER
from tests.support import postgres
from tests.support.store_folder import token

FUNCTIONS = "SELECT proname FROM pg_proc WHERE starts_with(proname, 'release_')"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def count_of_items(on_server) -> int:
    with on_server.connect() as connection:
        return int(connection.execute("SELECT count(*) FROM item").fetchone()[0])


def test_what_waited_while_the_gathering_was_closed_is_not_kept(on_server, gathering):
    """It looks at the gathering after it has waited, not as it was when it began to wait."""

    def keep() -> None:
        with store.connection():
            items.keep(Note("too late"), gathering, token=token())

    items.keep(Note("in time"), gathering, token=token())
    with ThreadPoolExecutor(1) as visitor, on_server.connect() as desk, on_server.connect() as eye:
        with desk.transaction():
            desk.execute("SELECT pg_advisory_xact_lock(%s, %s)", (OURS, WRITER))
            desk.execute("UPDATE gathering SET state = 'closed'")
            kept = visitor.submit(keep)
            while not eye.execute(WAITING).fetchone()[0]:
                assert not kept.done()
        with pytest.raises(errors.GatheringClosedError):
            kept.result(30)
    assert count_of_items(on_server) == 1


def test_one_token_at_many_hosts_at_once_keeps_one(on_server, gathering):
    """Whoever comes second finds what the first one kept, and gives the same words."""
    twice = token()

    def keep(_number: int) -> str:
        with store.connection():
            return items.keep(Note("once"), gathering, token=twice).words

    with ThreadPoolExecutor(6) as hosts:
        words = set(hosts.map(keep, range(12)))
    assert len(words) == 1
    assert count_of_items(on_server) == 1


def test_what_is_kept_twice_at_once_is_no_line_in_the_servers_log(on_server, gathering):
    """An error there would name the id, beside the time."""
    twice, log = token(), on_server.server.folder / "log"
    began = log.stat().st_size

    def keep() -> str:
        with store.connection():
            return items.keep(Note("once"), gathering, token=twice).words

    with ThreadPoolExecutor(1) as other, on_server.connect() as eye:
        with store.connection(), store.database.db.atomic():
            first = keep()
            second = other.submit(keep)
            while not eye.execute(WAITING.replace("advisory", "transactionid")).fetchone()[0]:
                assert not second.done()
        assert second.result(30) == first
        assert b"duplicate key" not in log.read_bytes()[began:]
        with pytest.raises(psycopg.errors.UniqueViolation):
            eye.execute("INSERT INTO item SELECT * FROM item")  # the control: it is logged
    assert b"duplicate key" in log.read_bytes()[began:]
    assert count_of_items(on_server) == 1


def test_a_server_that_an_older_version_set_up_is_given_what_keeping_asks_for(
    on_server, gathering, data_dir
):
    store.close()
    with on_server.connect() as connection:
        for (name,) in connection.execute(FUNCTIONS).fetchall():
            connection.execute(f"DROP FUNCTION {name}")
    store.open(data_dir, url=on_server.url, allowed=postgres.UNSAFE)
    items.keep(Note("after an update"), gathering, token=token())
    assert count_of_items(on_server) == 1


def test_what_was_moved_away_leaves_no_function_behind(on_server, gathering, data_dir):
    store.close()
    place = Place(data_dir, on_server.url, postgres.UNSAFE)
    with on_server.connect() as connection:
        assert connection.execute(FUNCTIONS).fetchall() == [(adding.NAME,)]
        with copies.taken_from(place) as old:
            old.leave()
        copies.remove_left(place)
        assert connection.execute(FUNCTIONS).fetchall() == []
