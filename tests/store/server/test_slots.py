"""Guesses count over all hosts, and nothing on the server's disk tells of them."""

import contextlib

import psycopg
import pytest

from store import errors
from store.server.slots import SharedThrottle
from store.throttle import Throttle


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def hosts(on_server):
    """Makes throttles of several hosts: each has its own connection and its own clock."""
    with contextlib.ExitStack() as stack:

        def host(most, *, in_total=None):
            connection = stack.enter_context(psycopg.connect(on_server.url, autocommit=True))
            like = Throttle(most, in_total=in_total, clock=Clock())
            return SharedThrottle(like, "guesses", lambda: connection), connection

        yield host


def test_guesses_of_all_hosts_count_together(hosts):
    """The control: throttles of their own would let each host guess that often."""
    (one, _), (other, _) = hosts(5), hosts(5)
    for each in (one, other, one, other, one):
        each.take()
    for each in (one, other):
        with pytest.raises(errors.TooManyTriesError):
            each.take()
    alone = Throttle(5, clock=Clock())
    for _ in range(5):
        alone.take()


def test_after_a_minute_guesses_count_no_more(hosts):
    (one, _), (other, _) = hosts(2), hosts(2)
    one.take()
    one.take()
    assert other.wait_seconds() > 0
    one.clock.now += 61
    assert one.wait_seconds() == 0
    assert other.wait_seconds() == 0
    assert other.wait_seconds() > 0


def test_names_count_apart_and_in_total(hosts):
    (one, _), (other, _) = hosts(2, in_total=3), hosts(2, in_total=3)
    one.take("east")
    other.take("east")
    with pytest.raises(errors.TooManyTriesError):
        one.take("east")
    one.take("west")
    with pytest.raises(errors.TooManyTriesError):
        other.take("north")


def test_a_right_one_is_forgiven(hosts):
    (one, _), (other, _) = hosts(1), hosts(1)
    one.take("Ann")
    one.forgive("Ann")
    other.take("Ann")


def test_a_host_that_dies_takes_its_guesses_along(hosts):
    """Nothing of them is anywhere but in its connection."""
    (one, connection), (other, _) = hosts(1), hosts(1)
    one.take()
    assert other.wait_seconds() > 0
    connection.close()
    for _ in range(100):
        if not other.wait_seconds():
            return
    pytest.fail("still counted")


def test_without_a_limit_nothing_is_asked(hosts):
    (one, connection) = hosts(0)
    connection.close()
    one.take()
