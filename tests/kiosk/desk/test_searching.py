"""Search as people search, and filters; nothing of it is written anywhere."""

import gc
import threading
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store
from kiosk.desk import searching
from kiosk.desk.searching import Index, Search, folded, hits
from store.items import Item, Kind, Released
from store.payloads import Memo, Note, Said, Silence
from store.status import Status
from tests.support.desk_helpers import Desk, filled
from tests.support.kiosk_in_folder import PASSPHRASE


def item(payload, kind=Kind.NOTE, **more):
    return Item("ab" * 16, "cd" * 16, kind, payload, Status.RELEASED, **more)


STREET = item(Note("Die Straße zur Halle ist müde. Żółć!", said=Said("tired", "Was fehlt?")),
              labels=("Wege",), note="Ask Zoë")  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["strasse", "STRASSE", "straße", "halle die", "hal", "mude", "müd", "zolc", "wege", "fehlt",
     "zoe", "Tired", "tir stras", " ", "halle, straße!"],
)  # fmt: skip
def test_words_are_found_in_any_order_and_spelling(typed):
    """Beginnings, without accents, in texts, labels, notes, questions and names of feelings."""
    assert Search(typed).finds(STREET)


@pytest.mark.parametrize("typed", ["alle", "halle keller", "angry", "strassen"])
def test_what_is_not_there_is_not_found(typed):
    assert not Search(typed).finds(STREET)


WORDS = st.sampled_from(["Straße", "strasse", "Halle", "hal", "müde", "so", "s", "tired", "angry"])
SAID = st.lists(WORDS, max_size=4).map(" ".join)


@pytest.mark.parametrize("few", [0, 1_000])
@given(
    texts=st.lists(st.tuples(SAID, st.sampled_from(["", "tired", "tired proud"])), max_size=6),
    later=st.dictionaries(st.integers(0, 5), SAID),
    typed=SAID,
)
def test_what_is_noted_beforehand_finds_what_reading_each_finds(few, texts, later, typed):
    """Whether noted while somebody reads or when they search, and after items have changed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(searching, "FEW", few)
        patched.setattr(searching, "SLICE", 2)
        patched.setattr(searching, "SOON_SECONDS", 0.0)
        items = [item(Note(text, said=Said(feeling))) for text, feeling in texts]
        index = Index(items)
        for at, text in later.items():
            if at < len(items):
                items[at] = item(Note(text), note=f"{at}")
                index.changed(at)
        search = Search(typed)
        assert index.found_by(search) == [each for each in items if search.finds(each)]


def test_what_a_desk_forgets_is_noted_no_further(monkeypatch):
    """A desk that locks meanwhile: nothing holds its items any more."""
    monkeypatch.setattr(searching, "FEW", 0)
    monkeypatch.setattr(searching, "SOON_SECONDS", 0.0)
    items = Released([STREET])
    reading, index = weakref.ref(items), Index(items)
    del items, index
    gc.collect()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join()
    gc.collect()
    assert reading() is None


def test_hits_are_the_words_that_were_found():
    text = "Die Straße, die müde Straße."
    assert [text[start:end] for start, end in hits(text, ("strass",))] == ["Straße", "Straße"]
    assert hits(text, ()) == []
    assert folded("ŁÓDŹ Æ") == "lodz ae"


@pytest.fixture
def desk(client):
    return Desk(client)


def shown(desk, gathering, **wanted):
    found = desk.post(f"/review/gatherings/{gathering.id}/filter", **wanted)
    return desk.client.get(found.location, follow_redirects=True).text


def test_hits_are_marked_in_the_text(desk):
    gathering = filled(Note("The canteen is loud."), Note("b"), Note("c"))
    page = shown(desk, gathering, words="loud CAN")
    assert 'class="hit">canteen</mark>' in page
    assert 'class="hit">loud</mark>' in page


def test_each_filter_finds_what_it_says(desk):
    """Feeling, question, unsure words, without a label; and together."""
    gathering = filled(
        Note("one", ((0, 3),), said=Said("tired worried", "What should change?")),
        Memo("two", said=Said("angry")),
        Note("three"),
        Silence(said=Said("good")),
    )
    with store.keys.unlock(PASSPHRASE) as master:
        first = next(
            each
            for each in store.items.released(gathering.id, master)
            if getattr(each.payload, "text", "") == "one"
        )
        store.items.label(first.id, ["x"], master, version=1)
    for wanted, count in (
        ({"feeling": "tired"}, 1), ({"feeling": "alone"}, 0), ({"only": "unsure"}, 1),
        ({"question": "What should change?"}, 1), ({"only": "unlabelled"}, 3),
        ({"kind": "memo", "feeling": "angry"}, 1), ({"only": "nonsense"}, 4),
    ):  # fmt: skip
        page = shown(desk, gathering, **wanted)
        assert (f" of {count}<" in page) or (count == 0 and "No item is like this" in page), wanted
