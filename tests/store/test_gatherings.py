from dataclasses import replace
from datetime import date, timedelta

import pytest

import store
from store import backlog, gatherings, items, release, status
from store.errors import DamagedError, LooserPromiseError, UnknownGatheringError, WrongStateError
from store.items import Note
from store.kinds import Repeats
from store.promise import Promise, Wording, asked_from_json, asked_to_json
from store.rows import models
from store.status import State
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, token

KEPT = Promise(readers=("Ann", "Ben"), threshold=4, retention_days=30)


def keep(gathering, count):
    return [items.keep(Note(f"{number}"), gathering, token=token()) for number in range(count)]


def days(count):
    return DAY + timedelta(days=count)


def test_a_gathering_is_what_it_was_opened_as(gathering):
    assert gatherings.get(gathering.id) == gathering == gatherings.current()
    assert gatherings.everything() == [gathering]
    assert (gathering.questions, gathering.opens, gathering.closes) == (
        ("What keeps you?",),
        DAY,
        None,
    )


def test_what_is_asked_in_other_languages_stays_and_comes_again(recovery_code):
    words = {"pl": Wording(questions=("Co przeszkadza?",), readers="Rada", readers_of="Ann")}
    first = gatherings.new(
        "Round", questions=["What is in the way?"], wordings=words, today=DAY, repeats="weekly"
    )
    assert gatherings.get(first.id).wordings == words
    gatherings.tick(days(7))
    assert (gatherings.current().questions, gatherings.current().wordings) == (
        ("What is in the way?",), words,
    )  # fmt: skip


def test_damaged_questions_are_said_to_be_damaged():
    words = {"de": Wording(questions=("Was?",))}
    assert asked_from_json(asked_to_json(["What?"], words)) == (("What?",), words)
    assert asked_from_json('["What?"]') == (("What?",), {})  # as older versions wrote it
    for damage in ("", "7", '{"own": ["?"]}', '{"own": ["?"], "in": {"de": 3}}'):
        with pytest.raises(DamagedError):
            asked_from_json(damage)


def test_an_unknown_gathering_is_said_to_be_unknown(gathering):
    for name in ("00" * 16, "no hex", ""):
        with pytest.raises(UnknownGatheringError):
            gatherings.get(name)


def test_closing_with_k_items_releases_and_below_k_does_not(gathering):
    keep(gathering, 2)
    assert gatherings.close(gathering.id, today=DAY).state == "closed"
    with pytest.raises(WrongStateError):
        gatherings.close(gathering.id, today=DAY)
    after = gatherings.new("Summer", promise=Promise(threshold=3), today=DAY)
    keep(after, 3)
    assert gatherings.close(after.id, today=days(1)).state == "released"


def test_what_is_closed_is_never_opened_again(gathering):
    """Close, open again, one person comes, close: the k-th visitor would be watched."""
    keep(gathering, 2)
    gatherings.close(gathering.id, today=DAY)
    with pytest.raises(WrongStateError):
        gatherings.extend(gathering.id, closes=days(2), today=DAY)
    assert not status.may(State.CLOSED, State.OPEN)


def test_an_open_gathering_is_only_made_longer(recovery_code):
    opened = gatherings.new("Short", today=DAY, closes=days(5))
    with pytest.raises(ValueError, match="later"):
        gatherings.extend(opened.id, closes=days(4), today=DAY)
    assert gatherings.extend(opened.id, closes=days(6), today=DAY).closes == days(6)


def test_closing_by_hand_makes_nothing_longer(recovery_code):
    """Its last day was over, and the clock had not struck yet."""
    opened = gatherings.new("Short", today=DAY, closes=days(1))
    assert gatherings.close(opened.id, today=days(2)).closes == days(1)


@pytest.mark.parametrize(
    "looser",
    [
        Promise(readers=("Ann", "Ben", "Eve"), threshold=4, retention_days=30),
        Promise(readers=("Ann",), threshold=3, retention_days=30),
        Promise(readers=("Ann",), threshold=4, retention_days=31),
    ],
)
def test_a_promise_only_becomes_stricter(recovery_code, looser):
    opened = gatherings.new("Kept", promise=KEPT, today=DAY)
    stricter = Promise(readers=("Ann",), threshold=6, retention_days=10)
    with pytest.raises(LooserPromiseError):
        gatherings.tighten(opened.id, looser)
    assert gatherings.tighten(opened.id, stricter).promise == stricter
    with pytest.raises(LooserPromiseError):
        gatherings.tighten(opened.id, KEPT)


def test_a_promise_made_stricter_at_the_last_moment_is_kept(gathering):
    """Housekeeping looks at what is closed, a facilitator tightens, and only then it releases."""
    items.hold_sound(b"sound", gathering, token=token())
    keep(gathering, 3)
    gatherings.close(gathering.id, today=DAY)
    backlog.give_up_on(bytes.fromhex(gathering.id))
    seen = models.GatheringRow.get()
    gatherings.tighten(gathering.id, replace(gathering.promise, threshold=10))
    release.release_if_due(seen, today=DAY)
    assert gatherings.get(gathering.id).state == "closed"


def test_promises_below_the_floor_cannot_be_made():
    with pytest.raises(ValueError, match="threshold"):
        Promise(threshold=2)
    with pytest.raises(ValueError, match="retention"):
        Promise(retention_days=0)
    with pytest.raises(ValueError, match="withdrawable"):
        Promise(withdrawable="never")
    assert Promise(readers="the facilitators").readers == ("the facilitators",)


def test_sealed_items_merge_into_the_next_gathering_and_are_read_there(gathering):
    receipts = keep(gathering, 2)
    gatherings.close(gathering.id, today=DAY)
    after = gatherings.new("Summer", promise=Promise(threshold=4), today=DAY)
    keep(after, 1)
    gatherings.merge_forward(gathering.id, after.id)
    assert gatherings.get(gathering.id).state == "purged"
    assert store.receipts.withdraw(receipts[0].words)
    keep(after, 3)
    gatherings.close(after.id, today=DAY)
    with store.keys.unlock(PASSPHRASE) as master:
        assert len(items.released(after.id, master)) == 5
    gatherings.purge(after.id)
    assert models.KeyRow.select().count() == 0


def test_items_do_not_merge_into_a_looser_promise(gathering):
    keep(gathering, 2)
    gatherings.close(gathering.id, today=DAY)
    looser = gatherings.new("Summer", promise=Promise(threshold=3, retention_days=365), today=DAY)
    with pytest.raises(LooserPromiseError):
        gatherings.merge_forward(gathering.id, looser.id)
    with pytest.raises(WrongStateError):
        gatherings.merge_forward(looser.id, gathering.id)


def test_purging_leaves_no_key_no_item_and_no_receipt(gathering, master):
    words = keep(gathering, 4)[0].words
    gatherings.close(gathering.id, today=DAY)
    gatherings.purge(gathering.id)
    for table in (models.KeyRow, models.ItemRow, models.PieceRow, models.ReceiptRow):
        assert table.select().count() == 0
    assert gatherings.get(gathering.id).state == "purged"
    assert store.receipts.look_up(words).state == "unknown"


def test_a_purge_that_was_cut_off_is_finished_by_the_next_tick(gathering):
    keep(gathering, 4)
    gatherings._destroy_keys(gathering.id)
    assert models.ItemRow.select().count() == 4
    gatherings.tick(DAY)
    assert models.ItemRow.select().count() == 0


def test_what_is_over_closes_by_itself_on_the_day_after(recovery_code):
    opened = gatherings.new("Short", promise=Promise(threshold=3), today=DAY, closes=days(2))
    keep(opened, 3)
    gatherings.tick(days(2))
    assert gatherings.get(opened.id).state == "open"
    gatherings.tick(days(3))
    assert gatherings.get(opened.id).state == "released"


@pytest.mark.parametrize(
    ("every", "opens", "ends"),
    [
        (Repeats.WEEKLY, date(2026, 3, 2), [date(2026, 3, 8), date(2026, 3, 15)]),
        (Repeats.FORTNIGHTLY, date(2026, 3, 2), [date(2026, 3, 15), date(2026, 3, 29)]),
        (Repeats.MONTHLY, date(2026, 12, 1), [date(2026, 12, 31), date(2027, 1, 31)]),
        (Repeats.MONTHLY, date(2026, 1, 31), [date(2026, 2, 27), date(2026, 3, 27)]),
    ],
)
def test_recurring_gatherings_follow_on_without_a_gap(recovery_code, every, opens, ends):
    first = gatherings.new("Round", promise=KEPT, questions=["?"], today=opens, repeats=every)
    assert first.closes == ends[0]
    gatherings.tick(ends[0] + timedelta(days=1))
    after = gatherings.current()
    assert (after.opens, after.closes) == (ends[0] + timedelta(days=1), ends[1])
    assert (after.title, after.questions, after.promise) == (first.title, first.questions, KEPT)


def test_a_kiosk_that_was_off_opens_the_period_of_today(recovery_code):
    gatherings.new("Round", today=DAY, repeats="weekly")
    gatherings.tick(days(30))
    assert gatherings.current().opens <= days(30) <= gatherings.current().closes
    assert len(gatherings.everything()) == 2


def test_a_tick_twice_changes_nothing_more(recovery_code):
    gatherings.new("Round", today=DAY, repeats="weekly")
    gatherings.tick(days(8))
    before = gatherings.everything()
    gatherings.tick(days(8))
    assert gatherings.everything() == before


def pass_days(first, last):
    for day in range(first, last + 1):
        gatherings.tick(days(day))


def test_what_was_kept_long_enough_goes_by_itself(recovery_code):
    short = Promise(threshold=3, retention_days=2)
    read, sealed = (gatherings.new(title, promise=short, today=DAY) for title in "ab")
    keep(read, 3)
    keep(sealed, 2)
    pass_days(0, 0)
    for each in (read, sealed):
        gatherings.close(each.id, today=DAY)
    pass_days(1, 2)
    assert [each.state for each in gatherings.everything()].count("purged") == 0
    pass_days(3, 3)
    assert [each.state for each in gatherings.everything()] == ["purged", "purged"]
    assert models.ItemRow.select().count() == 0


def test_a_clock_that_jumps_purges_nothing(recovery_code):
    opened = gatherings.new("Kept", promise=Promise(threshold=3), today=DAY)
    keep(opened, 3)
    gatherings.tick(DAY)
    gatherings.close(opened.id, today=DAY)
    gatherings.tick(days(4000))
    gatherings.tick(days(4000))
    gatherings.tick(days(1))
    gatherings.tick(days(-300))
    assert gatherings.get(opened.id).state == "released"


def test_a_kiosk_that_was_away_purges_one_day_later(recovery_code):
    opened = gatherings.new("Kept", promise=Promise(threshold=3), today=DAY)
    keep(opened, 3)
    gatherings.tick(DAY)
    gatherings.close(opened.id, today=DAY)
    gatherings.tick(days(200))
    assert gatherings.get(opened.id).state == "released"
    gatherings.tick(days(260))
    assert gatherings.get(opened.id).state == "purged"


def test_of_two_opened_on_one_day_the_later_one_asks(recovery_code):
    """Days alone cannot tell them apart, and ids are random: ten pairs would show chance."""
    for number in range(10):
        gatherings.new(f"first {number}", today=DAY)
        later = gatherings.new(f"second {number}", today=DAY)
        assert gatherings.current().id == later.id
        assert gatherings.open_ones()[0].id == later.id


def test_a_damaged_gathering_keeps_no_other_one_waiting(recovery_code):
    fine, ended, damaged = (
        gatherings.new(title, promise=KEPT, today=DAY, closes=days(6), repeats=repeats)
        for title, repeats in (("fine", "weekly"), ("ended", "never"), ("damaged", "weekly"))
    )
    models.GatheringRow.update(title="changed by the disk").where(
        models.GatheringRow.id == bytes.fromhex(damaged.id)
    ).execute()
    with pytest.raises(DamagedError):
        gatherings.get(damaged.id)
    keep(ended, 4)
    with pytest.raises(DamagedError):
        gatherings.tick(days(7))
    assert gatherings.get(fine.id).state is State.CLOSED
    assert gatherings.get(ended.id).state is State.RELEASED
    state = models.GatheringRow.get_by_id(bytes.fromhex(damaged.id)).state
    assert state == State.OPEN  # and comes again once it is mended
    for later in (60, 61):  # a jump of the clock purges nothing until a later day was seen
        with pytest.raises(DamagedError):
            gatherings.tick(days(later))
    assert gatherings.get(ended.id).state is State.PURGED
