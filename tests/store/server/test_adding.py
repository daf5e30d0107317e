"""What is kept in one way to the server is kept as it was asked: only where it still may be."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import store
from store import errors, items
from store.items import Note
from store.server.connections import OURS, WRITER
from tests.support.store_folder import token

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
