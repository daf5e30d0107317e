"""Whatever people do in whatever order, the store agrees with a dictionary."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

import store
from store import backlog, gatherings, items, receipts
from store.file import reserve
from store.items import Drawing, Memo, Note, Said, Silence
from store.payloads import has_content
from store.rows import database
from store.seals import derive
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, UNTHROTTLED, K, begin, token

payloads = st.one_of(
    st.builds(Note, st.text(max_size=50)),
    st.builds(Note, st.just("long " * 3_000)),
    st.builds(Drawing, st.binary(min_size=1, max_size=40_000)),
    st.builds(Silence, st.builds(Said, st.sampled_from(["", "good"]))),
)


class Store(RuleBasedStateMachine):
    kept = Bundle("kept")

    def __init__(self):
        super().__init__()
        receipts.ANSWER_SECONDS = 0.0001
        reserve.SIZE = 1 << 20
        self.folder = Path(tempfile.mkdtemp())
        self.gathering = begin(self.folder)
        self.worker = backlog.Worker()
        self.inside = {}
        self.words = {}

    def teardown(self):
        with store.keys.unlock(PASSPHRASE) as master:
            state = gatherings.close(self.gathering.id, today=DAY).state
            if sum(map(has_content, self.inside.values())) >= K:
                found = items.released(self.gathering.id, master)
                assert sorted(map(repr, self.inside.values())) == sorted(
                    repr(each.payload) for each in found
                )
            else:
                assert state == "closed"
        store.close()
        shutil.rmtree(self.folder)

    @rule(target=kept, payload=payloads)
    def keep(self, payload):
        name = token()
        self.words[name] = items.keep(payload, self.gathering, token=name).words
        self.inside[name] = payload
        return name

    @rule(target=kept, text=st.text(max_size=30))
    def hold(self, text):
        name = token()
        sound = text.encode() * 2_000
        receipt = items.hold_sound(
            sound, self.gathering, token=name, worker_public_key=self.worker.public_key
        )
        job = backlog.claim(self.worker)
        backlog.finish(self.worker, job, Memo(text))
        self.words[name], self.inside[name] = receipt.words, Memo(text)
        return name

    @rule(name=kept, payload=payloads)
    def repeat(self, name, payload):
        if name in self.inside:
            assert items.keep(payload, self.gathering, token=name).words == self.words[name]

    @rule(name=consumes(kept))
    def withdraw(self, name):
        assert receipts.withdraw(self.words[name]) == (name in self.inside)
        self.inside.pop(name, None)

    @rule()
    def tick(self):
        gatherings.tick(DAY)

    @rule()
    def restart(self):
        store.close()
        store.open(self.folder, receipt_cost=derive.TEST_COST, tries=UNTHROTTLED)

    @invariant()
    def the_store_holds_what_was_kept(self):
        assert database.rows("SELECT count(*) FROM item") == [(len(self.inside),)]
        assert all(items.find_receipt(name) for name in self.inside)
        assert not database.rows("SELECT 1 FROM work")


Store.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
TestStore = Store.TestCase
