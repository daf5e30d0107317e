"""Whoever waits for somebody who waits is the more patient of the two."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.children import bounds, ear
from kiosk.children.bounds import late_seconds
from kiosk.hearing.memo import Patience
from kiosk.visit.item_calls import MEMO_WAIT_SECONDS

ANY_MACHINE = st.floats(0, 1e9)


@given(ANY_MACHINE)
def test_giving_way_ends_long_before_the_model_is_ended_for_being_late(expected: float) -> None:
    """However slow the machine: what gave way, and as much again, fits into the watchdog's time."""
    assert 2 * late_seconds(expected) <= Patience().model / 2


@given(ANY_MACHINE)
def test_giving_way_has_at_least_what_a_stretch_usually_takes(expected: float) -> None:
    assert late_seconds(expected) >= min(expected, bounds.LATE_MOST_SECONDS)
    assert late_seconds(expected) >= bounds.LATE_SECONDS


def test_without_its_most_the_watchdog_would_have_come_first() -> None:
    """The machine that showed it: thirty seconds for what takes one when nothing else runs."""
    assert Patience().model < bounds.LATE_FACTOR * 30


def test_the_wait_for_a_second_copy_ends_long_before_a_model_that_loads_is_given_up() -> None:
    assert Patience().load > 10 * bounds.SECOND_COPY_SECONDS


def test_an_ear_is_ended_for_being_late_before_its_processor_time_is_used_up() -> None:
    assert Patience().ear < ear.CPU_SECONDS


def test_a_client_that_waits_for_words_waits_shorter_than_the_watchdog() -> None:
    """Its sound is sealed for later then, and nothing is lost."""
    assert Patience().model > MEMO_WAIT_SECONDS
