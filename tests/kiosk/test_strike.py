import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.strike import STRUCK, placeholders, strike


def test_a_struck_word_is_gone_and_a_gap_shows_where():
    assert strike("ask Bob today", [(4, 7)]) == (f"ask {STRUCK} today", ())


def test_neighbouring_words_become_one_gap():
    assert strike("one two three", [(0, 3), (4, 7)])[0] == f"{STRUCK} three"


def test_striking_into_a_placeholder_takes_all_of_it():
    assert strike("saw [PERSON 1] there", [(6, 8)])[0] == f"saw {STRUCK} there"


def test_a_doubt_moves_with_its_word_and_goes_with_it():
    text = "ask Bob about Wren"
    assert strike(text, [(0, 3)], marked=[(14, 18)]) == (
        f"{STRUCK} Bob about Wren",
        ((20, 24),),
    )
    assert strike(text, [(14, 18)], marked=[(14, 18)]) == (f"ask Bob about {STRUCK}", ())


@pytest.mark.parametrize("wrong", [(-1, 2), (3, 3), (2, 99), (4, 1)])
def test_a_range_outside_the_text_is_refused(wrong: tuple[int, int]):
    with pytest.raises(ValueError, match="within"):
        strike("abc", [wrong])


@st.composite
def texts_with_ranges(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(min_size=1, max_size=40))
    starts = draw(st.lists(st.integers(0, len(text) - 1), max_size=4))
    return text, [(start, draw(st.integers(start + 1, len(text)))) for start in starts]


@given(texts_with_ranges())
def test_what_is_left_was_in_the_text_in_this_order(case: tuple[str, list[tuple[int, int]]]):
    text, ranges = case
    left = "".join(strike(text, ranges)[0].split(STRUCK))
    characters = iter(text)
    assert all(any(each == other for other in characters) for each in left)


@given(texts_with_ranges(), st.data())
def test_marked_ranges_still_hold_the_same_words(
    case: tuple[str, list[tuple[int, int]]], data: st.DataObject
):
    text, ranges = case
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    struck, marked = strike(text, ranges, marked=[(start, end)])
    assert all(struck[a:b] == text[start:end] for a, b in marked)


def test_placeholders_are_found_with_their_kinds():
    assert placeholders("[PERSON 2] and [EMAIL], not [this]") == [
        {"start": 0, "end": 10, "kind": "PERSON"},
        {"start": 15, "end": 22, "kind": "EMAIL"},
    ]
