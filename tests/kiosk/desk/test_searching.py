"""Search as people search, and filters; nothing of it is written anywhere."""

import pytest

import store
from kiosk.desk.searching import Search, folded, hits, searchable
from store.items import Item, Kind
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
    assert Search(typed).finds(STREET, searchable(STREET))


@pytest.mark.parametrize("typed", ["alle", "halle keller", "angry", "strassen"])
def test_what_is_not_there_is_not_found(typed):
    assert not Search(typed).finds(STREET, searchable(STREET))


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
