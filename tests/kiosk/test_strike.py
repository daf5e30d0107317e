import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.drafts import Words
from kiosk.strike import bring_back, bring_back_alike, carried, strike
from store.covering import Text
from store.payloads import Gap

STRUCK = "[REMOVED]"


def left(text: str, ranges: list[tuple[int, int]], *gaps: Gap) -> str:
    return strike(Text(text, gaps), ranges).text


def test_a_struck_word_is_gone_and_a_gap_shows_where():
    assert strike(Text("ask Bob today"), [(4, 7)]) == Text(
        f"ask {STRUCK} today", (Gap(4, 13, "REMOVED"),)
    )


def test_neighbouring_words_become_one_gap():
    assert left("one two three", [(0, 3), (4, 7)]) == f"{STRUCK} three"


def test_striking_into_a_placeholder_takes_all_of_it():
    assert left("saw [PERSON 1] there", [(6, 8)], Gap(4, 14, "PERSON")) == f"saw {STRUCK} there"


def test_brackets_that_a_visitor_typed_are_words_like_others():
    assert left("[URGENT] fix it", [(1, 7)]) == f"[{STRUCK}] fix it"


def test_placeholders_move_along():
    struck = strike(Text("Bob and [PERSON 1]", (Gap(8, 18, "PERSON"),)), [(0, 3)])
    assert [(struck.text[a:b], kind) for a, b, kind in struck.spans] == [
        (STRUCK, "REMOVED"),
        ("[PERSON 1]", "PERSON"),
    ]


def test_a_doubt_moves_with_its_word_and_goes_with_it():
    text = "ask Bob about Wren"
    moved = strike(Text(text, doubts=((14, 18),)), [(0, 3)])
    assert (moved.text, moved.doubts) == (f"{STRUCK} Bob about Wren", ((20, 24),))
    gone = strike(Text(text, doubts=((14, 18),)), [(14, 18)])
    assert (gone.text, gone.doubts) == (f"ask Bob about {STRUCK}", ())


TAKEN_OUT = Words(
    "ask [PERSON 1] and [PERSON 2] now",
    (Gap(4, 14, "PERSON"), Gap(19, 29, "PERSON")),
    ((30, 33),),
    raw_behind=("Rose", "Bob Miller"),
)


def test_a_detail_that_is_brought_back_is_in_doubt_and_the_rest_moves_along():
    back = bring_back(TAKEN_OUT, (4, 14))
    assert back.text == "ask Rose and [PERSON 2] now"
    assert [back.text[a:b] for a, b, _kind in back.spans] == ["[PERSON 2]"]
    assert [back.text[a:b] for a, b in back.doubts] == ["Rose", "now"]
    both = bring_back(back, back.spans[0][:2])
    assert (both.text, both.spans, both.raw_behind) == ("ask Rose and Bob Miller now", (), ())
    assert "Rose" not in repr(TAKEN_OUT)


def test_what_was_brought_back_before_is_so_again_but_not_more_of_it():
    again = bring_back_alike(TAKEN_OUT, ["Rose", "Rose", "Nobody"])
    assert again == bring_back(TAKEN_OUT, (4, 14))
    twice = Words(
        "[PERSON 1], [PERSON 1]",
        (Gap(0, 10, "PERSON"), Gap(12, 22, "PERSON")),
        raw_behind=("Rose", "Rose"),
    )
    assert bring_back_alike(twice, ["Rose"]) == twice
    assert bring_back_alike(twice, ["Rose", "Rose"]).text == "Rose, Rose"


def test_what_was_taken_out_of_a_memo_is_known_again_in_its_correction():
    """Not what looks like it and never stood there."""
    text = "ask [PERSON 2] and [PERSON 3], not [PERSON 9] or [URGENT]"
    corrected = Words(text, (Gap(19, 29, "PERSON"),), raw_behind=("Ann",))
    known = carried(corrected, TAKEN_OUT)
    assert [text[a:b] for a, b, _kind in known.spans] == ["[PERSON 2]", "[PERSON 3]"]
    assert known.raw_behind == ("Bob Miller", "Ann")


@pytest.mark.parametrize("wrong", [(0, 3), (4, 13), (99, 104)])
def test_only_what_the_kiosk_took_out_can_be_brought_back(wrong: tuple[int, int]):
    with pytest.raises(ValueError, match="no placeholder"):
        bring_back(TAKEN_OUT, wrong)


@pytest.mark.parametrize("wrong", [(-1, 2), (3, 3), (2, 99), (4, 1)])
def test_a_range_outside_the_text_is_refused(wrong: tuple[int, int]):
    with pytest.raises(ValueError, match="within"):
        strike(Text("abc"), [wrong])


@st.composite
def texts_with_ranges(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(min_size=1, max_size=40))
    starts = draw(st.lists(st.integers(0, len(text) - 1), max_size=4))
    return text, [(start, draw(st.integers(start + 1, len(text)))) for start in starts]


@given(texts_with_ranges())
def test_what_is_left_was_in_the_text_in_this_order(case: tuple[str, list[tuple[int, int]]]):
    text, ranges = case
    rest = left(text, ranges).replace(STRUCK, "")
    characters = iter(text)
    assert all(any(each == other for other in characters) for each in rest)


@given(texts_with_ranges(), st.data())
def test_marked_ranges_still_hold_the_same_words(
    case: tuple[str, list[tuple[int, int]]], data: st.DataObject
):
    text, ranges = case
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    struck = strike(Text(text, doubts=((start, end),)), ranges)
    assert all(struck.text[a:b] == text[start:end] for a, b in struck.doubts)
