"""Public answers do not depend on other visitors: shares of an hour, and room for drafts."""

import random
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kiosk.drafts import Draft, Drafts, TooManyDraftsError
from kiosk.pipeline import place_told
from kiosk.places import HERE, Turns, machine_of, share_of
from kiosk.settings import Limits
from kiosk.shares import HOUR, Shares
from store.throttle import Stretches, Throttle, Tries
from tests.support.kiosk_in_folder import app_of

TRIALS = 1_000
FAR = "network 1"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class SlidingCount:
    """What the kiosk used to do: everybody's drafts in the last sixty minutes, exactly."""

    def __init__(self, most: int) -> None:
        self._most, self._times = most, deque[float]()

    def wait_seconds(self, now: float) -> float:
        while self._times and now - self._times[0] >= HOUR:
            self._times.popleft()
        if len(self._times) >= self._most:
            return HOUR - (now - self._times[0])
        self._times.append(now)
        return 0.0


def own_until_refused(others: int, draw: Callable[[int], int]) -> int:
    """What somebody counts who keeps things until the kiosk says: come back later."""
    shares = Shares(300, clock=Clock(), draw=draw)
    for _other in range(others):
        shares.count(HERE)
    own = 0
    while not shares.is_used_up(HERE):
        shares.count(HERE)
        own += 1
    return own


def apart(one: list[int], other: list[int]) -> float:
    """The Kolmogorov-Smirnov distance of two samples."""
    everything = sorted({*one, *other})
    return max(
        abs(sum(x <= at for x in one) / len(one) - sum(x <= at for x in other) / len(other))
        for at in everything
    )


def test_the_old_count_told_how_many_came_and_when():
    """The control: four others, and the first one's second, read off the first refusal."""
    count = SlidingCount(300)
    for moment in (10.0, 400.0, 900.0, 1500.0):
        count.wait_seconds(moment)
    own = 0
    while not (wait := count.wait_seconds(2000.0)):
        own += 1
    assert 300 - own == 4
    assert 2000.0 - (HOUR - wait) == 10.0


def test_how_often_one_may_keep_is_statistically_the_same_whatever_others_do():
    """Four others, a thousand trials: no more apart than chance; a hundred others would show."""
    draw = random.Random(11).randrange  # noqa: S311  # repeatable; the kiosk draws from `secrets`
    alone = [own_until_refused(0, draw) for _trial in range(TRIALS)]
    with_four = [own_until_refused(4, draw) for _trial in range(TRIALS)]
    with_hundred = [own_until_refused(100, draw) for _trial in range(TRIALS)]
    by_chance = 1.63 * (2 / TRIALS) ** 0.5  # exceeded once in a hundred times
    assert apart(alone, with_hundred) > by_chance
    assert apart(alone, with_four) < by_chance


def questions_until_refused(others: int, draw: Callable[[int], int]) -> int:
    """What somebody counts who asks after made-up words, right after others at the same place."""
    count = Stretches(20, drawn=Tries().receipts.drawn, clock=Clock(), draw=draw)
    for _other in range(others):
        count.take(HERE)
    own = 0
    while not count.is_used_up(HERE):
        count.take(HERE)
        own += 1
    return own


def test_how_often_one_may_ask_after_a_receipt_tells_of_nobody():
    """The control: an exact count, twenty less one's own, was the number of others."""
    exact = Throttle(20)
    for _other in range(3):
        exact.take()
    own = 0
    while not exact.wait_seconds():
        own += 1
    assert 20 - own == 3
    draw = random.Random(12).randrange  # noqa: S311
    alone, with_two, with_twenty = (
        [questions_until_refused(others, draw) for _trial in range(TRIALS)] for others in (0, 2, 20)
    )
    by_chance = 1.63 * (2 / TRIALS) ** 0.5
    assert apart(alone, with_twenty) > by_chance
    assert apart(alone, with_two) < by_chance  # who looks up and takes back asks twice


def test_a_place_in_the_queue_tells_of_no_single_other():
    """Fixed steps did: with four of one's own ahead, the fifth memo was somebody else's."""
    fixed = [place - place % 5 for place in range(7)]
    assert fixed == [0, 0, 0, 0, 0, 5, 5]
    told = {place: {place_told(place, blur) for blur in range(5)} for place in range(12)}
    assert all(told[place] == {0} for place in range(5))
    assert all(told[place] == {0, 5} for place in range(5, 9))
    assert told[9] == {5}
    assert {Draft("memo").blur % 5 for _number in range(500)} == set(range(5))


def test_a_place_full_of_streams_ends_nobody_elses():
    """Reported: a stream that ended at once told that three others were being followed just now."""
    turns = Turns(here=2, afar=1)
    for _time in range(2):
        assert turns.at(HERE).acquire(blocking=False)
    assert not turns.at(HERE).acquire(blocking=False)  # it would be seen
    assert turns.at(FAR).acquire(blocking=False)
    assert not turns.at(FAR).acquire(blocking=False)
    assert turns.at("network 2").acquire(blocking=False)


def test_slow_hashes_for_nothing_come_to_an_end_at_their_place_alone(make_house: Any):
    """A made-up key costs a slow hash; a flood of them costs a minute's share and no more."""
    house = make_house(contributions_per_hour=300)
    client: Any = app_of(house).test_client()
    house.slow_hashes = Stretches(2, drawn=0)
    house.slow_hashes.count(FAR)
    house.slow_hashes.count(FAR)

    def keep(number: int) -> Any:
        headers = {"Idempotency-Key": f"{number:022}", "Content-Type": "text/plain"}
        return client.post("/api/items", data=b"", headers=headers)

    assert [keep(number).status_code for number in range(3)] == [422, 422, 429]
    assert keep(4).headers["Retry-After"] == "60"


def test_of_ipv6_a_machine_is_its_network():
    """Who may take any address of a network would be in all shares, and count as thousands."""
    assert machine_of("2001:db8::1") == machine_of("2001:db8::ffff:2%eth0")
    assert machine_of("2001:db8::1") != machine_of("2001:db8:0:1::1")
    assert machine_of("::ffff:192.0.2.7") == machine_of("192.0.2.7") != machine_of("192.0.2.8")
    assert len({share_of(f"2001:db8::{number:x}") for number in range(200)}) == 1


def test_other_places_change_nothing_at_all():
    shares = Shares(3, clock=Clock(), draw=lambda _below: 0)
    for _time in range(50):
        shares.count(FAR)
    assert shares.is_used_up(FAR)
    assert not shares.is_used_up(HERE)


def test_asking_costs_nothing_and_the_next_hour_is_new():
    clock = Clock()
    shares = Shares(2, clock=clock, draw=lambda _below: 0)
    assert not any(shares.is_used_up(HERE) for _time in range(100))
    shares.count(HERE)
    shares.count(HERE)
    assert shares.is_used_up(HERE)
    clock.now = HOUR
    assert not shares.is_used_up(HERE)


def test_sound_that_waits_has_a_smaller_share_of_its_own():
    """Eight megabytes each: an hour of them must not fill a disk; notes go on."""
    shares = Shares(300, clock=Clock(), draw=lambda _below: 0)
    for _time in range(60):
        assert not shares.is_used_up(HERE, waits_as_sound=True)
        shares.count(HERE, waits_as_sound=True)
    assert shares.is_used_up(HERE, waits_as_sound=True)
    assert not shares.is_used_up(HERE)


def test_no_limit_means_none():
    shares = Shares(0)
    for _time in range(1_000):
        shares.count(HERE)
    assert not shares.is_used_up(HERE)


def test_an_address_keeps_its_share_and_is_told_by_no_share():
    """Four shares for any number of addresses: a share does not say which."""
    shares = {share_of(f"192.0.2.{number}") for number in range(200)}
    assert len(shares) == 4
    assert share_of("192.0.2.7") == share_of("192.0.2.7")


def filled(drafts: Drafts, **what: Any) -> list[Draft]:
    """Recordings until there is no room for another."""
    made: list[Draft] = []
    with suppress(TooManyDraftsError):
        while len(made) < 1_000:
            made.append(drafts.put(Draft("memo", **what)))
    assert len(made) < 1_000
    return made


def test_a_share_full_of_drafts_leaves_room_at_the_kiosks_own_screen():
    drafts = Drafts(Limits(), clock=Clock())
    filled(drafts, place=FAR)  # until one more is refused
    for other in (Draft("memo"), Draft("note", place=FAR), Draft("drawing", place=FAR)):
        assert drafts.put(other) is drafts.find(other.id)


def test_how_large_other_drafts_are_decides_nothing():
    """Each counts as the largest of its kind."""

    def how_many(size_bytes: int) -> int:
        return len(filled(Drafts(Limits(), clock=Clock()), size_bytes=size_bytes))

    assert how_many(1) == how_many(8_000_000) > 5


def test_a_draft_left_alone_makes_room_one_in_use_does_not():
    clock, gone = Clock(), list[str]()
    drafts = Drafts(Limits(), clock=clock, on_forget=gone.append)
    made = filled(drafts, raw_sound=b"voice")
    clock.now = 61
    used = drafts.find(made[0].id)
    drafts.put(Draft("memo"))
    assert gone == [made[1].id]
    assert drafts.find(made[0].id) is used


def test_three_hundred_small_drafts_and_thirty_two_large_ones_close_no_door(client: Any):
    """Reported: either flood kept notes, drawings and silence out for an hour."""
    text = {"Content-Type": "text/plain"}
    sound = b"\x1aE\xdf\xa3" + bytes(100_000)
    refused = [
        client.post("/api/drafts", data=sound, headers={"Content-Type": "audio/webm"}).status_code
        for _number in range(32)
    ]
    assert 503 in refused
    for number in range(300):
        assert client.post("/api/drafts", data=f"note {number}", headers=text).status_code == 201
    answer = client.post("/api/drafts", data="the canteen is cold", headers=text)
    assert answer.status_code == 201
    silence = client.post(
        "/api/items", json={"kind": "silence"}, headers={"Idempotency-Key": "a" * 22}
    )
    assert silence.status_code == 201


def test_a_refusal_always_names_the_same_wait(make_house: Any):
    house = make_house(contributions_per_hour=1)
    client: Any = app_of(house).test_client()
    for _time in range(3):
        house.shares.count(HERE)
    answers = []
    for _time in range(2):
        answer = client.post("/api/drafts", data="x", headers={"Content-Type": "text/plain"})
        answers.append((answer.status_code, answer.headers["Retry-After"], answer.data))
        time.sleep(0.01)
    assert answers[0] == answers[1]
    assert answers[0][:2] == (429, "3600")
