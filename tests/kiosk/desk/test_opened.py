"""What a desk has opened is followed change by change, and never differs from looking at it all."""

from collections import Counter
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.desk.opened import Filter, Reading
from kiosk.desk.searching import Search
from store.items import Item, Kind, Released
from store.payloads import Note, Said
from store.status import Status

COUNT = 6
FILTERS = (
    Filter(),
    Filter(status="released"),
    Filter(label="noise"),
    Filter(only="unlabelled"),
    Filter(only="worrying"),
    Filter(words="item two"),
    Filter(words="noise"),
)
LABELS = ((), ("noise",), ("noise", "rota"))
changes = st.tuples(
    st.integers(0, COUNT - 1),
    st.sampled_from([Status.RELEASED, Status.APPROVED, Status.DISCARDED]),
    st.sampled_from(LABELS),
    st.booleans(),
)


def fresh(number: int) -> Item:
    payload = Note(
        f"item {('one', 'two')[number % 2]}", said=Said(is_unpreviewed=number == COUNT - 1)
    )
    return Item(f"{number:032x}", "0" * 32, Kind.NOTE, payload, Status.RELEASED)


def looked_at(reading: Reading) -> list[Item]:
    """What the list holds, found by looking at every item."""
    search = Search(reading.chosen.words)
    return [i for i in reading.items if reading.chosen.takes(i) and search.finds(i)]


@given(
    st.lists(st.one_of(changes, st.sampled_from(FILTERS), st.integers(0, COUNT - 1)), max_size=12)
)
@example([Filter(status="released"), (0, Status.APPROVED, (), False)])  # leaves the list
@example([Filter(label="noise"), (3, Status.RELEASED, ("noise",), False)])  # comes into it
@example([2, (2, Status.RELEASED, (), True), (2, Status.RELEASED, (), False)])  # apart and back
def test_lists_and_counts_are_those_of_looking_at_every_item(steps):
    """At a hundred thousand items no key can look at each, so each change is followed instead."""
    reading = Reading("0" * 32, Released(fresh(number) for number in range(COUNT)))
    for step in steps:
        if isinstance(step, Filter):
            reading.choose(step)
        elif isinstance(step, int):
            reading.seen.add(fresh(step).id)
        else:
            number, status, labels, is_worrying = step
            item = reading.item(fresh(number).id)
            assert item is not None
            reading.put(replace(item, status=status, labels=labels, is_worrying=is_worrying))
        shown, calm = looked_at(reading), [i for i in reading.items if not i.is_worrying]
        unread = [item for item in calm if item.id not in reading.seen]
        assert reading.shown() == shown
        assert [reading.place_shown(item.id) for item in shown] == list(range(len(shown)))
        assert all(reading.place_shown(i.id) < 0 for i in reading.items if i not in shown)
        assert (reading.count(), reading.worrying()) == (len(calm), COUNT - len(calm))
        assert reading.left() == len(unread)
        assert reading.next_unread() == (unread[0] if unread else None)
        assert dict(reading.labels()) == Counter(name for i in calm for name in i.labels)


def test_an_item_that_is_not_there_is_in_no_list():
    """What another desk has purged meanwhile has no place, not even at the end."""
    reading = Reading("0" * 32, Released([fresh(0)]))
    assert reading.place_shown(fresh(0).id) == 0
    assert reading.place_shown(fresh(1).id) == -1
