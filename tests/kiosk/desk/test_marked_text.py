"""What the desk marks in a text: what was taken out, what is unsure, and nothing by its looks."""

from kiosk.desk.marked_text import pieces, words
from store.covering import Text
from store.payloads import Gap

SHOWN = Text("[URGENT] ask [PERSON 1] now.", (Gap(13, 23, "PERSON"),), ((24, 27),))


def test_only_what_was_taken_out_is_marked_as_taken_out():
    assert [(each.text, each.sort) for each in pieces(SHOWN) if each.sort != "plain"] == [
        ("[PERSON 1]", "placeholder"),
        ("now", "unsure"),
    ]
    assert "".join(each.text for each in pieces(SHOWN)) == SHOWN.text


def test_a_placeholder_is_one_word_to_cover_and_typed_brackets_are_not():
    sorts = {each.text: each.sort for each in words(SHOWN) if each.text.strip()}
    assert sorts == {
        "[URGENT]": "plain",
        "ask": "plain",
        "[PERSON 1]": "placeholder",
        "now.": "unsure",
    }
    assert "".join(each.text for each in words(SHOWN)) == SHOWN.text
