"""Themes as a value: merges that forget nothing, steps that touch only what they changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.meaning import book as b
from kiosk.meaning.book import Book, Card, Cut
from kiosk.meaning.written import read, write

CARDS = st.frozensets(st.sampled_from([Card(f"{n:02}") for n in range(8)]), max_size=8)
NAMES = st.sampled_from(["Canteen", "Shift plan", "Noise", "Praise", "كلمة"])


@st.composite
def books(draw):
    book = Book()
    for name in draw(st.lists(NAMES, min_size=2, max_size=5, unique=True)):
        book = b.add(book, name, draw(CARDS))
    return book


@st.composite
def changed(draw, before):
    """A book after something a facilitator can do."""
    ids = [each.id for each in before.themes]
    one, other, cards = draw(st.sampled_from(ids)), draw(st.sampled_from(ids)), draw(CARDS)
    return draw(
        st.sampled_from(
            [
                b.add(before, "Fresh", cards),
                b.toggle(before, one, cards),
                b.transfer(before, one, cards, into=other),
                b.merge(before, one, into=other),
                b.split_off(before, one, cards, "Split"),
                b.shift(before, one, 1),
                b.remove(before, one),
                b.describe(before, one, name="New", meaning="m", colour=3),
                b.cut_item(before, "01", Cut(4, "x"), 9),
                b.count_dots(before, one, 7),
            ]
        )
    )


@given(st.data(), books())
def test_whatever_is_done_is_taken_back_exactly_and_done_again(data, before):
    after = data.draw(changed(before))
    step = b.difference(before, after)
    assert b.applied(before, step) == after
    assert b.applied(after, b.back(step)) == before


@given(st.data(), books())
def test_a_merge_is_undone_exactly_whatever_was_merged(data, before):
    one, other = data.draw(st.permutations([each.id for each in before.themes]))[:2]
    merged = b.merge(before, one, into=other)
    assert len(merged.themes) == len(before.themes) - 1
    assert merged.theme(other).cards == before.theme(one).cards | before.theme(other).cards
    assert b.unmerge(merged, other) == before


@given(st.data(), books())
def test_a_merge_of_merges_comes_apart_one_after_the_other(data, before):
    ids = [each.id for each in before.themes]
    once = b.merge(before, ids[0], into=ids[1])
    again = b.add(once, "Third")
    third = again.named("Third").id
    twice = b.merge(again, ids[1], into=third)
    assert b.unmerge(b.unmerge(twice, third), ids[1]).themes[: len(ids)] == before.themes


def test_what_came_after_a_merge_is_not_lost_when_it_comes_apart():
    book = b.add(b.add(Book(), "A", [Card("1")]), "B", [Card("2")])
    one, other = (each.id for each in book.themes)
    later = b.put(b.merge(book, one, into=other), other, [Card("3")])
    apart = b.unmerge(later, other)
    assert [(each.name, each.cards) for each in apart.themes] == [
        ("A", {Card("1")}),
        ("B", {Card("2")}),
        ("B", {Card("3")}),
    ]


def test_taking_back_leaves_what_a_colleague_did_since():
    book = b.add(b.add(Book(), "A"), "B")
    one, other = (each.id for each in book.themes)
    mine = b.put(book, one, [Card("1")])
    theirs = b.put(b.put(mine, one, [Card("2")]), other, [Card("1")])
    left = b.applied(theirs, b.back(b.difference(book, mine)))
    assert left.theme(one).cards == {Card("2")}
    assert left.theme(other).cards == {Card("1")}


def test_what_a_colleague_changed_since_is_never_overwritten():
    book = b.add(Book(), "A")
    (theme,) = book.themes
    mine = b.describe(book, theme.id, name="Mine", meaning="", colour=1)
    theirs = b.describe(mine, theme.id, name="Theirs", meaning="", colour=1)
    with pytest.raises(b.ChangedMeanwhileError):
        b.applied(theirs, b.back(b.difference(book, mine)))


def test_a_new_theme_that_a_colleague_uses_is_not_taken_away():
    made = b.add(Book(), "A")
    used = b.put(made, made.themes[0].id, [Card("1")])
    with pytest.raises(b.ChangedMeanwhileError):
        b.applied(used, b.back(b.difference(Book(), made)))


@given(st.data(), books())
def test_what_is_sealed_is_the_whole_book(data, before):
    after = data.draw(changed(before))
    assert read(write(after)) == after
    assert read(write(Book())) == Book()


@given(CARDS)
def test_the_text_does_not_tell_in_which_order_cards_came(cards):
    first = b.add(Book(), "A")
    theme = first.themes[0].id
    rows = sorted(cards)
    up, down = first, first
    for card in rows:
        up = b.put(up, theme, [card])
    for card in reversed(rows):
        down = b.put(down, theme, [card])
    assert write(up) == write(down)


def test_a_split_item_keeps_its_themes_and_joins_again():
    book = b.add(Book(), "A", [Card("1"), Card("2")])
    (theme,) = book.themes
    split = b.cut_item(book, "1", Cut(5, "x"), 12)
    assert split.theme(theme.id).cards == {Card("1", 0, 5, "x"), Card("1", 5, 12, "x"), Card("2")}
    assert b.join_item(split, "1") == book


def test_a_name_is_found_however_it_is_written():
    book = b.add(b.add(Book(), "Canteen", [Card("1")]), "CANTEEN", [Card("2")])
    (theme,) = book.themes
    assert (theme.name, len(theme.cards)) == ("Canteen", 2)
