"""The shape of a gathering: no number and no difference of two points at a few."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store
from kiosk.meaning.shape import each_alone, parts
from store.items import Note
from store.payloads import Said, Silence
from tests.support.desk_helpers import Desk, filled
from tests.support.places import PASSPHRASE

NAMES = ("memo", "drawing", "note", "silence", "celebration")
COUNTS = st.fixed_dictionaries({name: st.integers(0, 40) for name in NAMES})
K = st.integers(3, 9)


def numbers(bars):
    return [bar.at_least for bar in bars]


def too_small(shown, k):
    """Numbers, and differences of two of them, that are between 1 and k - 1."""
    pairs = {abs(one - other) for one, other in itertools.product([*shown, 0], repeat=2)}
    return {each for each in pairs if 0 < each < k}


@given(COUNTS, st.sampled_from(NAMES), K)
def test_no_number_and_no_difference_of_two_is_between_one_and_k_less_one(counts, name, k):
    """Over both kinds of pictures, and over two views between which one contribution has gone."""
    assert too_small([12, 10], 5) == {2}
    fewer = {**counts, name: max(0, counts[name] - 1)}
    shown = [
        *numbers(parts(counts, k)),
        *numbers(parts(counts, k, is_whole_known=False)),
        *numbers(each_alone(counts, k)),
        *numbers(parts(fewer, k)),
        *numbers(each_alone(fewer, k)),
    ]
    assert too_small(shown, k) == set()


@given(COUNTS, K)
def test_a_picture_is_the_same_whether_a_few_were_there_or_nobody(counts, k):
    """Whoever knows the whole subtracts whatever they like: the few may as well be none."""
    most = max(counts, key=lambda name: counts[name])
    few = {name for name, count in counts.items() if count < k and name != most}
    nobody = {name: 0 if name in few else count for name, count in counts.items()}
    nobody[most] += sum(counts[name] for name in few)
    if counts[most] < k:
        assert numbers(parts(counts, k)) == [0] * len(NAMES)
        return
    assert parts(counts, k) == parts(nobody, k)
    assert sum(nobody.values()) == sum(counts.values())


@given(COUNTS, K)
def test_what_is_shown_is_never_more_than_there_is(counts, k):
    for bar in [*parts(counts, k), *each_alone(counts, k)]:
        assert bar.at_least <= counts[bar.name]


def test_with_one_way_that_most_took_the_picture_still_says_something():
    shown = {bar.name: bar for bar in parts(dict(zip(NAMES, (12, 3, 30, 3, 0), strict=True)), 5)}
    assert shown["memo"].at_least == 10
    assert shown["note"].at_least == 20
    assert shown["note"].is_most
    assert {shown[name].at_least for name in ("drawing", "silence", "celebration")} == {0}


@pytest.fixture
def desk(client):
    return Desk(client)


def test_each_chart_has_a_table_with_the_same_numbers_and_words_for_ears(desk):
    notes = [Note(f"note {n}", said=Said("tired")) for n in range(7)]
    gathering = filled(*notes, Silence(Said("not_yet")))
    page = desk.page(f"/review/gatherings/{gathering.id}/shape")
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Wrote 3 or more, the most" in text or "Wrote 6 or more, the most" in text
    assert "Kept silence fewer than 3, or none" in text
    assert "Tired 6 or more" in text
    for label in re.findall(r'role="img"\s+aria-label="([^"]+)"', page):
        for part in " ".join(label.split()).split(": ", 1)[1].split("; "):
            assert part in text
    assert not re.search(r"\b7\b|\b8\b", re.sub(r"<svg.*?</svg>", "", text))


def test_what_becomes_of_items_at_the_desk_changes_no_number(desk):
    gathering = filled(*(Note(f"note {n}", said=Said("tired")) for n in range(6)))
    url = f"/review/gatherings/{gathering.id}"
    before = desk.page(f"{url}/shape").split("<main")[1]
    item = re.search(r"read/(\w{32})", desk.client.get(f"{url}/read").location)[1]
    desk.follow(f"{url}/read/{item}/discard", version=1)
    desk.follow(f"{url}/read/{item}/worry", version=2)
    assert desk.page(f"{url}/shape").split("<main")[1] == before


def test_what_was_promised_or_named_and_hardly_has_a_card_is_said(desk):
    """A theme with few cards, and what the board promised before; one that k spoke of is not."""
    store.board.publish(filled(title="Earlier").id, "A quiet room", "We look for one.")
    gathering = filled(*(Note(f"The hall is cold, number {n}") for n in range(6)))
    store.board.publish(gathering.id, "Of this one", "Its own answer is no promise to it.")
    url = f"/review/gatherings/{gathering.id}"
    with store.keys.unlock(PASSPHRASE) as master:
        items = list(store.items.released(gathering.id, master))
    for item in items:
        desk.follow(f"{url}/read/{item.id}/theme", name="Cold")
    desk.follow(f"{url}/read/{items[0].id}/theme", name="Light")

    def told():
        page = desk.page(f"{url}/shape")
        named = page.split("Promised or named, and hardly a card")[1].split("</ul>")[0]
        return set(re.findall(r'<li dir="auto">([^<]+)</li>', named))

    assert told() == {"A quiet room", "Light"}
    for item in items[:3]:
        desk.follow(f"{url}/read/{item.id}/theme", name="A quiet room")
    assert told() == {"Light"}
