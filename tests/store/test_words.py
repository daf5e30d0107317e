from itertools import combinations

import jellyfish
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import OSA

from store import words

LETTERS = "abcdefghijklmnopqrstuvwxyz"
receipts = st.binary(min_size=8, max_size=32).map(words.from_bytes)


def test_four_words_carry_44_bits():
    assert len(words.everything()) == len(set(words.everything())) == 2**words.BITS
    assert words.COUNT * words.BITS == 44


def test_words_are_short_and_plain():
    assert all(4 <= len(word) <= 8 and set(word) <= set(LETTERS) for word in words.everything())


def test_no_two_words_sound_alike():
    heard = {jellyfish.metaphone(word) for word in words.everything()}
    assert len(heard) == len(words.everything())
    assert jellyfish.metaphone("knight") == jellyfish.metaphone("night")


def test_any_two_words_are_three_edits_apart():
    close = process.cdist(
        words.everything(), words.everything(), scorer=OSA.distance, score_cutoff=2
    )
    pairs = [pair for pair in combinations(range(len(close)), 2) if close[pair] < 3]
    assert pairs == []
    assert OSA.distance("stair", "stairs") == 1


@given(receipts)
def test_words_read_as_they_were_given(plain):
    assert words.read(plain) == plain


@given(receipts, st.data())
def test_case_spaces_and_one_typo_in_each_word_are_forgiven(plain, data):
    typed = "  ".join(data.draw(typos(word)) for word in plain.split())
    assert words.read(f" {typed.upper()}.") == plain
    assert words.read(typed.replace("  ", "-")) == plain


@given(receipts, st.randoms())
def test_spaces_may_be_missing_or_too_many_where_one_reading_is_left(plain, random):
    """Read wrongly they never are: where two readings are possible, none is taken."""
    letters = plain.replace(" ", "")
    at = random.randrange(1, len(letters))
    for typed in (letters, f"{letters[:at]} {letters[at:]}"):
        assert words.read(typed) in {plain, None}
    assert words.read("runningdoormat skill ful audio") == "running doormat skillful audio"
    assert words.read("runningdoormat" * 9) is None
    assert words.read("rùnníng döormät skíllfûl aúdío") == "running doormat skillful audio"


@st.composite
def typos(draw, word):
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS))
    return draw(
        st.sampled_from(
            [
                word,
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            ]
        )
    )


@given(receipts)
def test_order_counts(plain):
    turned = " ".join(reversed(plain.split()))
    assert words.read(turned) == turned


@given(st.text())
def test_any_typing_is_read_or_refused(typed):
    plain = words.read(typed)
    assert plain is None or words.read(plain) == plain
