"""k against every act: no answer, no two looks, no restored backup single out fewer than k."""

import contextlib
import json
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import store
from kiosk.desk.export import chosen, write_export
from store import backlog, gatherings, invitation, items, parcels, waiting
from store.errors import HeldError, StoreError, WrongStateError
from store.file import reserve
from store.kinds import Kind
from store.payloads import Memo, Note, Said, Silence
from store.promise import Promise
from store.seals import derive
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, UNTHROTTLED, K, begin, token

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


def singled_out(before, after, touched):
    """What one of two files tells and the other does not, if it is of fewer than k people.

    Left out are those that a facilitator acted on: they chose them, and know no more than that.
    They count where a gathering is in one file only: it opened between the two, with them.
    """
    found = set()
    for file in before.keys() | after.keys():
        chosen_ones = touched.get(file[0], set())
        apart = before.get(file, frozenset()) ^ after.get(file, frozenset())
        came = apart - chosen_ones if file in before and file in after else apart | chosen_ones
        found |= apart - chosen_ones if len({who(text) for text in came}) < K else set()
    return found


def who(text):
    """A covered word and a bare one are of one visitor: the number is the last word of both."""
    return text.split()[-1]


def test_one_more_in_the_second_of_two_files_would_be_found():
    before = {("a", True): frozenset("xyz")}
    assert singled_out(before, {("a", True): frozenset("xyzw")}, {}) == {"w"}
    assert singled_out({}, {("a", True): frozenset("xy")}, {}) == {"x", "y"}
    assert singled_out(before, {}, {}) == set()
    assert singled_out(before, {("a", True): frozenset("xy")}, {"a": {"z"}}) == set()
    assert singled_out({}, before, {"a": {"x"}}) == set()
    assert singled_out({}, {("a", True): frozenset("xy")}, {"a": {"x", "… x"}}) == {"y"}
    assert singled_out(before, {("a", True): frozenset("xw")}, {"a": {"y"}}) == {"z", "w"}


class Acts(RuleBasedStateMachine):
    """Everything a facilitator, an operator and visitors can do; dictionaries know who came where.

    `came`: visitors whose words count in a gathering. `waits`: those whose memo has no words yet.
    """

    def __init__(self):
        super().__init__()
        reserve.SIZE = 1 << 20
        self.folder = Path(tempfile.mkdtemp())
        self.boxes = 0
        self.day = DAY
        first = begin(self.folder / "home")
        self.came, self.waits = {first.id: 0}, {first.id: 0}
        self.guests = {first.id: 0}  # memos that were carried here: they wait, and never count
        self.invited, self.parcels, self.backup = {}, [], None
        self.visitors = 0
        self.seen, self.texts = {}, set()
        self.looks, self.touched = [{}], {}  # what files told; words that a facilitator acted on
        self.copies = []
        self.all = gatherings.everything()

    def teardown(self):
        store.close()
        shutil.rmtree(self.folder)

    def some(self, *states):
        order = list(self.came)  # ids are random, and a failure has to be found again
        found = [each for each in gatherings.everything() if each.state in states]
        return sorted(found, key=lambda each: order.index(each.id))

    def is_some(self, *states):
        """Whether there was one in these states after the last act."""
        return any(each.state in states for each in self.all)

    def come(self, where, count):
        for _ in range(count):
            items.keep(Note(self.words()), where, token=token())
        self.came[where.id] += count

    def words(self):
        self.visitors += 1
        return f"visitor {self.visitors}"

    def begun(self, made, came=0, waits=0):
        self.came[made.id], self.waits[made.id], self.guests[made.id] = came, waits, 0

    @rule(is_standing=st.booleans())
    def open(self, is_standing):
        self.begun(new("More", is_standing=is_standing, questions=("?",)))

    @precondition(lambda self: self.is_some("open"))
    @rule(data=st.data(), kind=st.sampled_from(["words", "words", "words", "silence", "memo"]))
    def visit(self, data, kind):
        where = data.draw(st.sampled_from(self.some("open")))
        said = Said(question=data.draw(st.sampled_from([*where.questions, ""])))
        if kind == "memo":
            items.hold_sound(self.words().encode(), where, token=token(), said=said)
        else:
            made = Note(self.words(), said=said) if kind == "words" else Silence()
            items.keep(made, where, token=token())
        self.came[where.id] += kind == "words"
        self.waits[where.id] += kind == "memo"

    @rule()
    def hear(self):
        """A model and a facilitator are there: every memo that waits becomes words."""
        worker = backlog.Worker()
        with store.keys.unlock(PASSPHRASE) as master:
            while job := backlog.claim(worker, master=master):
                text = job.sound.raw_sound.decode()
                backlog.finish(worker, job, Memo(text, said=job.sound.said))
        for each in self.came:
            self.came[each] += self.waits[each]
            self.waits[each] = self.guests[each] = 0
        gatherings.tick(self.day)  # as the kiosk's worker does: a closed one may have waited

    @precondition(lambda self: self.is_some("open"))
    @rule(data=st.data())
    def close(self, data):
        where = data.draw(st.sampled_from(self.some("open")))
        closed = gatherings.close(where.id, today=self.day)
        assert (closed.state == "open") == (where.kind is Kind.STANDING)

    @precondition(lambda self: self.is_some("closed") and self.is_some("open"))
    @rule(data=st.data())
    def carry(self, data):
        source, target = (data.draw(st.sampled_from(self.some(s))) for s in ("closed", "open"))
        self.carried(source, target)

    def carried(self, source, target):
        gatherings.merge_forward(source.id, target.id)
        self.guests[target.id] += self.waits.pop(source.id) + self.guests.pop(source.id)
        self.begun(source)

    @rule(
        data=st.data(),
        few=st.integers(1, K - 1),
        then_come=st.integers(0, K - 1),
        is_into_a_new_one=st.sampled_from([True, True, False]),
        is_closed=st.sampled_from([True, True, False]),
    )
    def carry_what_stayed_too_small(self, data, few, then_come, is_into_a_new_one, is_closed):
        """A few went along, a few more come, and perhaps that is all: together they may be k."""
        small, target = (new(title, questions=("?",)) for title in ("Small", "After"))
        for made in (small, target):
            self.begun(made)
        self.come(small, few)
        assert gatherings.close(small.id, today=self.day).state == "closed"
        if not is_into_a_new_one:
            target = data.draw(st.sampled_from(self.some("open")))
        self.carried(small, target)
        self.come(target, then_come)
        if is_closed:
            gatherings.close(target.id, today=self.day)

    @precondition(lambda self: self.is_some("released"))
    @rule(data=st.data(), act=st.sampled_from(["approve", "discard", "worry", "cover", "label"]))
    def decide(self, data, act):
        """A facilitator acts on one contribution: two files may differ by that one."""
        where = data.draw(st.sampled_from(self.some("released")))
        with store.keys.unlock(PASSPHRASE) as master, contextlib.suppress(HeldError):
            found = [e for e in items.released(where.id, master) if getattr(e.payload, "text", "")]
            if not found:
                return
            one = data.draw(st.sampled_from(sorted(found, key=lambda each: each.payload.text)))
            if act in {"approve", "discard"}:
                wanted = f"{act}{'d' if act == 'approve' else 'ed'}"
                if one.status != wanted:
                    version = one.version
                    if one.status != "released":
                        version = items.move(one.id, "released", version=version)
                    items.move(one.id, wanted, version=version)
            elif act == "worry":
                items.worry(one.id, master, is_worrying=not one.is_worrying, version=one.version)
            elif act == "label":
                items.label(one.id, [str(self.boxes)], master, version=one.version)
            else:
                items.cover(one.id, [(0, 7)], (), master, version=one.version)
            after = items.find(one.id, master)
            touched = self.touched.setdefault(where.id, set())
            touched |= {one.payload.text, after.payload.text}
            self.texts.add(after.payload.text)

    @rule(data=st.data(), days=st.integers(0, 9))
    def extend(self, data, days):
        where = data.draw(st.sampled_from(gatherings.everything()))
        try:
            gatherings.extend(where.id, closes=self.day + timedelta(days=days), today=self.day)
        except (WrongStateError, ValueError):
            return
        assert where.state == "open"

    @precondition(lambda self: self.is_some("closed"))
    @rule(data=st.data(), is_apart=st.booleans())
    def release_the_rest(self, data, is_apart):
        """Without the memos that wait: they go, or go on waiting in a gathering of their own."""
        where = data.draw(st.sampled_from(self.some("closed")))
        try:
            if not is_apart:
                gatherings.release_without_sound(where.id, today=self.day)
            else:
                with store.keys.unlock(PASSPHRASE) as master:
                    made = waiting.release_without_waiting(
                        where.id, master, title="Apart", today=self.day
                    )
                if made is not None:
                    self.begun(made, waits=self.waits[where.id])
                    self.guests[made.id] = self.guests[where.id]
        except WrongStateError:
            assert self.came[where.id] < K
            return
        assert self.came[where.id] >= K
        self.waits[where.id] = self.guests[where.id] = 0

    @precondition(lambda self: self.is_some("open") and self.boxes < 3)
    @rule(data=st.data(), count=st.integers(0, K))
    def collect_elsewhere(self, data, count):
        """Another box joins, collects and packs; its parcel is added some time, or never."""
        where = data.draw(st.sampled_from(self.some("open")))
        with store.keys.unlock(PASSPHRASE) as master:
            invited = invitation.invite(where.id, master)
        self.boxes += 1
        parcel = self.folder / f"parcel {self.boxes}"
        with self.elsewhere(self.folder / f"box {self.boxes}"):
            joined = invitation.join(invitation.read(invited), today=self.day)
            for _ in range(count):
                items.keep(Note(self.words()), joined, token=token())
            parcels.pack(where.id, parcel, today=self.day)
        self.parcels.append((where.id, parcel, count))

    @precondition(lambda self: self.parcels)
    @rule(data=st.data())
    def add_parcel(self, data):
        where, parcel, count = data.draw(st.sampled_from(self.parcels))
        try:
            is_new = parcels.add(parcel)
        except StoreError:  # too late, or its gathering was carried on
            return
        self.came[where] += count if is_new else 0

    @precondition(lambda self: any(e.state == "closed" and e.awaits_parcels for e in self.all))
    @rule(data=st.data())
    def await_no_more(self, data):
        where = data.draw(st.sampled_from([e for e in self.some("closed") if e.awaits_parcels]))
        gatherings.close(where.id, today=self.day)

    @rule()
    def back_up(self):
        self.boxes += 1
        self.backup = self.folder / f"backup {self.boxes}", set(self.texts)
        store.backup.backup(self.backup[0])

    @precondition(lambda self: self.backup and self.boxes < 6)
    @rule()
    def restore_and_fill(self):
        """Somebody restores a backup beside the kiosk, fills it up alone, and closes it."""
        self.boxes += 1
        copy, known = self.backup
        folder = self.folder / f"restored {self.boxes}"
        store.backup.restore(copy, folder)
        with self.elsewhere(folder):
            for each in self.some("open"):
                for _ in range(K):
                    items.keep(Note("my own"), each, token=token())
                gatherings.close(each.id, today=self.day)
            gatherings.tick(self.day + timedelta(days=9))
            assert self.visible(self.opened()) - {"my own"} <= known

    @contextlib.contextmanager
    def elsewhere(self, folder):
        store.close()
        store.open(folder, receipt_cost=derive.TEST_COST, tries=UNTHROTTLED)
        try:
            yield
        finally:
            store.close()
            store.open(self.folder / "home", receipt_cost=derive.TEST_COST, tries=UNTHROTTLED)

    def opened(self):
        """What every released gathering tells one facilitator here."""
        with store.keys.unlock(PASSPHRASE) as master:
            return {
                each.id: items.released(each.id, master)
                for each in gatherings.everything()
                if each.state == "released"
            }

    def files(self, opened):
        """What the files of every released gathering tell: all of it, and what is approved."""
        told = {}
        for gathering, found in opened.items():
            for is_all in (True, False):
                lines = write_export(chosen(found, is_all=is_all), form="jsonl")
                rows = [json.loads(line) for line in lines.splitlines()]
                told[gathering, is_all] = frozenset(r["text"] for r in rows if r["text"])
        return told

    @precondition(lambda self: len(self.copies) > 1)
    @rule(data=st.data())
    def compare_two_copies_of_the_file(self, data):
        """Somebody copied the database before and after an act, and opens both with the program."""
        pair = [data.draw(st.sampled_from(self.copies)) for _ in range(2)]
        told = []
        for copied in pair:
            folder = self.folder / "copy"
            folder.mkdir(mode=0o700)
            (folder / "kiosk.db").write_bytes(copied)
            with self.elsewhere(folder):
                told.append(self.files(self.opened()))
            shutil.rmtree(folder)
        assert singled_out(*told, self.touched) == set()

    def visible(self, opened):
        """Every text that one facilitator can read here now."""
        return {getattr(i.payload, "text", "") for found in opened.values() for i in found} - {""}

    @rule(days=st.integers(0, 3))
    def sleep(self, days):
        self.day += timedelta(days=days)
        gatherings.tick(self.day)

    @invariant()
    def nobody_is_singled_out(self):
        """Look once after each act, and hold what is seen against every promise."""
        self.all, opened = gatherings.everything(), self.opened()
        self.nothing_opens_for_fewer_than_k()
        self.two_looks_differ_by_nobody_or_by_k(self.visible(opened))
        self.no_two_files_single_out_fewer_than_k(self.files(opened))
        self.a_released_one_tells_no_group_that_was_carried(opened)

    def nothing_opens_for_fewer_than_k(self):
        """What a desk sees changes by k visitors with content at once, or not at all."""
        for each in self.all:
            before = self.seen.get(each.id)
            self.seen[each.id] = each.state
            if each.state == "released" and before != "released":
                assert self.came[each.id] >= K
            if each.state == "closed" and not each.awaits_parcels:
                something_waits = self.waits[each.id] or self.guests[each.id]
                assert self.came[each.id] < K or something_waits
            if before in {"closed", "released", "purged"}:
                assert each.state != "open"

    def two_looks_differ_by_nobody_or_by_k(self, now):
        """Whoever writes down what a desk shows, and looks again, has singled out nobody."""
        assert not now - self.texts or len(now - self.texts) >= K
        self.texts |= now

    def no_two_files_single_out_fewer_than_k(self, now):
        """Exports and copies of before, whichever two somebody lays side by side."""
        for before in self.looks:
            assert singled_out(before, now, self.touched) == set()
        if now not in self.looks:
            self.looks.append(now)
        self.copies = [*self.copies[-4:], (self.folder / "home" / "kiosk.db").read_bytes()]

    def a_released_one_tells_no_group_that_was_carried(self, opened):
        questions = {each.id: each.questions for each in self.all}
        with store.keys.unlock(PASSPHRASE) as master:
            for each in self.all:
                if each.state != "released":
                    with pytest.raises(StoreError):
                        items.released(each.id, master)
                    assert items.participation(each.id) is None
                    continue
                keys = store.rows.models.KeyRow.keys_of(bytes.fromhex(each.id))
                asked = {questions[bytes(key).hex()] for key in keys}
                if any(not set(foreign) <= set(each.questions) for foreign in asked):
                    assert {item.payload.said.question for item in opened[each.id]} == {""}


Acts.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
TestActs = Acts.TestCase
