"""k against every act: close, carry, extend, wait; no answer singles out fewer than k."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import store
from store import gatherings, items
from store.errors import StoreError, WrongStateError
from store.file import reserve
from store.kinds import Kind
from store.payloads import Memo, Note, Said, Silence
from store.promise import Promise
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, K, begin, token

PROMISE = Promise(threshold=K)


def new(title="Next", questions=("Here?",), **more):
    return gatherings.new(title, questions=questions, promise=PROMISE, today=DAY, **more)


def keep(gathering, count, payload=None):
    for number in range(count):
        items.keep(payload or Note(f"{number}"), gathering, token=token())


@pytest.mark.parametrize(
    "filler", [Silence(), Silence(said=Said("good")), Note(" "), Memo("", is_untranscribed=True)]
)
def test_what_has_no_content_never_fills_the_batch(gathering, filler):
    """Whoever adds silences to the words of one person must not read them."""
    keep(gathering, K - 1)
    keep(gathering, 9, filler)
    assert gatherings.close(gathering.id, today=DAY).state == "closed"


def test_silences_come_along_with_a_batch_that_is_full(gathering, master):
    """They are contributions like any other, and are read with the others."""
    keep(gathering, K)
    keep(gathering, 2, Silence(said=Said("good")))
    assert gatherings.close(gathering.id, today=DAY).state == "released"
    assert len(items.released(gathering.id, master)) == K + 2


def test_one_visitor_after_a_carry_opens_no_lid(gathering):
    """Close below k, carry, one person comes, close: until now that person had been watched."""
    keep(gathering, K - 1)
    gatherings.close(gathering.id, today=DAY)
    after = new()
    gatherings.merge_forward(gathering.id, after.id)
    keep(after, 1)
    assert gatherings.close(after.id, today=DAY).state == "closed"


@pytest.mark.parametrize(
    ("asked", "tells"), [(("Here?", "There?"), True), (("Here?",), False), ((), False)]
)
def test_no_question_tells_the_carried_ones_apart(recovery_code, master, asked, tells):
    """Questions stay where all of them were asked here, and go from every item where not."""
    before = new("Before", questions=("There?",))
    keep(before, 1, Note("carried", said=Said(question="There?")))
    gatherings.close(before.id, today=DAY)
    after = new(questions=asked)
    gatherings.merge_forward(before.id, after.id)
    keep(after, K, Note("own", said=Said(question="Here?")))
    gatherings.close(after.id, today=DAY)
    found = items.released(after.id, master)
    assert len(found) == K + 1
    seen = {each.payload.said.question for each in found}
    assert seen == ({"Here?", "There?"} if tells else {""})
    assert {items.find(each.id, master).payload.said.question for each in found} == seen


def test_a_standing_gathering_is_closed_by_hand_only_at_the_end_of_the_day(recovery_code):
    """So nobody can close it behind one visitor."""
    standing = new(is_standing=True)
    keep(standing, K)
    assert standing.closes == DAY + timedelta(days=6)
    closed = gatherings.close(standing.id, today=DAY)
    assert (closed.state, closed.closes) == ("open", DAY)
    keep(standing, 1)
    gatherings.tick(DAY)
    assert gatherings.get(standing.id).state == "open"
    gatherings.tick(DAY + timedelta(days=1))
    assert gatherings.get(standing.id).state == "released"


def test_the_series_ends_only_if_asked_to(recovery_code):
    for is_series, left in ((False, 2), (True, 1)):
        made = new(f"series {is_series}", repeats="weekly")
        gatherings.close(made.id, today=DAY, is_series=is_series)
        gatherings.tick(DAY + timedelta(days=1))
        same = [each for each in gatherings.everything() if each.title == made.title]
        assert len(same) == left


def test_kinds_of_before_are_told_by_their_last_day(gathering):
    """Rows that know no kind: with a last day, or coming again, they are standing."""
    assert gathering.kind is Kind.SESSION
    row = store.rows.models.GatheringRow.get()
    with store.database.writing():
        row.rewrite(kind=None)
    assert gatherings.get(gathering.id).kind is Kind.SESSION
    with store.database.writing():
        row.rewrite(closes=DAY.isoformat())
    assert gatherings.get(gathering.id).kind is Kind.STANDING


class Acts(RuleBasedStateMachine):
    """Everything a facilitator and visitors can do; a dictionary knows who came where."""

    def __init__(self):
        super().__init__()
        reserve.SIZE = 1 << 20
        self.folder = Path(tempfile.mkdtemp())
        self.day = DAY
        first = begin(self.folder)
        self.came = {first.id: 0}  # visitors with content since it was opened
        self.seen = {}

    def teardown(self):
        store.close()
        shutil.rmtree(self.folder)

    def some(self, state):
        return [each for each in gatherings.everything() if each.state == state]

    @rule(is_standing=st.booleans())
    def open(self, is_standing):
        made = gatherings.new(
            "More", promise=PROMISE, today=self.day, is_standing=is_standing, questions=("?",)
        )
        self.came[made.id] = 0

    @precondition(lambda self: self.some("open"))
    @rule(data=st.data(), has_words=st.booleans())
    def visit(self, data, has_words):
        where = data.draw(st.sampled_from(self.some("open")))
        said = Said(question=data.draw(st.sampled_from([*where.questions, ""])))
        items.keep(Note("x", said=said) if has_words else Silence(), where, token=token())
        self.came[where.id] += has_words

    @precondition(lambda self: self.some("open"))
    @rule(data=st.data())
    def close(self, data):
        where = data.draw(st.sampled_from(self.some("open")))
        closed = gatherings.close(where.id, today=self.day)
        assert (closed.state == "open") == (where.kind is Kind.STANDING)

    @precondition(lambda self: self.some("closed") and self.some("open"))
    @rule(data=st.data())
    def carry(self, data):
        source, target = (data.draw(st.sampled_from(self.some(s))) for s in ("closed", "open"))
        gatherings.merge_forward(source.id, target.id)

    @rule(data=st.data(), days=st.integers(0, 9))
    def extend(self, data, days):
        where = data.draw(st.sampled_from(gatherings.everything()))
        try:
            gatherings.extend(where.id, closes=self.day + timedelta(days=days), today=self.day)
        except (WrongStateError, ValueError):
            return
        assert where.state == "open"

    @rule()
    def release_without_sound(self):
        for where in self.some("closed"):
            with pytest.raises(WrongStateError):
                gatherings.release_without_sound(where.id, today=self.day)

    @rule(days=st.integers(0, 3))
    def sleep(self, days):
        self.day += timedelta(days=days)
        gatherings.tick(self.day)

    @invariant()
    def nothing_opens_for_fewer_than_k(self):
        """What a desk sees changes by k visitors with content at once, or not at all."""
        for each in gatherings.everything():
            before = self.seen.get(each.id)
            self.seen[each.id] = each.state
            if each.state == "released" and before != "released":
                assert self.came[each.id] >= K
            if each.state == "closed":
                assert self.came[each.id] < K
            if before in {"closed", "released", "purged"}:
                assert each.state != "open"

    @invariant()
    def a_released_one_tells_no_group_that_was_carried(self):
        with store.keys.unlock(PASSPHRASE) as master:
            for each in gatherings.everything():
                if each.state != "released":
                    with pytest.raises(StoreError):
                        items.released(each.id, master)
                    assert items.participation(each.id) is None
                    continue
                found = items.released(each.id, master)
                keys = store.rows.models.KeyRow.keys_of(bytes.fromhex(each.id))
                asked = {gatherings.get(bytes(key).hex()).questions for key in keys}
                if any(not set(foreign) <= set(each.questions) for foreign in asked):
                    assert {item.payload.said.question for item in found} == {""}


Acts.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestActs = Acts.TestCase
