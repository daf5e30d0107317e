"""Inventions and loops are recognised; what was really said stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe.sanity import (
    LOOP_TIMES,
    LOOP_WORDS,
    UNCLEAR,
    Confidence,
    is_invented,
    is_word,
    without_loops,
)
from transcribe.transcript import Segment, Word, joined

SURE = Confidence(no_speech=0.01, average_log_probability=-0.2)


def words(text: str, probability: float = 0.9, *, seconds: float = 1.0) -> list[Word]:
    """Words that take so long each; a model that loops squeezes them into what is left."""
    return [
        Word(f" {each}", n * seconds, (n + 0.4) * seconds, probability)
        for n, each in enumerate(text.split())
    ]


def plain(kept: list[Word]) -> str:
    return "".join(word.text for word in kept).strip()


@pytest.mark.parametrize(
    ("text", "probability", "confidence", "speech_seconds"),
    [
        ("", 0.9, SURE, 2),
        ("We all agreed on that.", 0.9, Confidence(0.8, -0.7), 2),
        ("Thank you.", 0.4, SURE, 0.5),
        ("Bye.", 0.1, SURE, 0.5),
        ("Bye.", 0.3, Confidence(0.5, -0.4), 0.5),
        ("Thanks for watching!", 0.5, SURE, 1),
        ("a b c d e f g h i j", 0.9, SURE, 0.6),
        ("Call Robert.", 0.3, SURE, 0.5),
        ("Lorem ipsum dolor.", 0.1, Confidence(0.3, -1.4), 2),
    ],
)
def test_inventions_are_dropped(text, probability, confidence, speech_seconds):
    assert is_invented(words(text, probability), confidence, speech_seconds=speech_seconds)


@pytest.mark.parametrize(
    ("text", "probability", "speech_seconds"),
    [
        ("Thank you.", 0.95, 0.7),
        ("Thank you.", 0.4, 3),
        ("No.", 0.6, 0.25),
        ("Help.", 0.27, 0.4),
        ("Bye.", 0.19, 0.4),
        ("The forklift is not safe.", 0.45, 2),
    ],
)
def test_what_was_said_stays(text, probability, speech_seconds):
    """Thanks and a short No are contributions too."""
    assert not is_invented(words(text, probability), SURE, speech_seconds=speech_seconds)


def test_a_loop_is_told_once_and_marked_unsure():
    kept = without_loops(words("We said " + "it is cold " * 9 + "twice.", seconds=0.05))
    assert plain(kept) == "We said it is cold twice."
    assert [word.probability for word in kept] == [0.9, 0.9, 0, 0, 0, 0.9]


def test_somebody_may_repeat_themselves():
    said = "No, no, no. Never, never again. It is cold, it is cold, it is cold."
    assert plain(without_loops(words(said))) == said


def test_what_somebody_says_again_and_again_they_said_again_and_again():
    """Who calls for help five times is not told once."""
    said = " ".join(["Help me."] * 5)
    assert plain(without_loops(words(said, seconds=0.3))) == said
    assert plain(without_loops(words("help " * 40, seconds=0.3))) == "help"
    assert plain(without_loops(words(said, 0.3, seconds=0.3))) == "Help me."


@pytest.mark.parametrize("text", ["Tutsu" * 40, "pfft", "tsssss.", "hmmm"])
def test_what_no_mouth_can_say_is_no_word(text):
    assert not is_word(text)


@pytest.mark.parametrize(
    "text", ["by", "Mr.", "NHS", "PhD", "w", "rhythm", "Krk", "555-0142", "źdźbło", "Größe", "мгла"]
)
def test_short_and_foreign_words_are_words(text):
    assert is_word(text)


def test_something_unclear_is_told_beside_words_and_nowhere_else():
    unclear = Segment(UNCLEAR, 1, 2, (Word(f" {UNCLEAR}", 1, 2, 0.0),))
    said = Segment("It is cold.", 0, 1, tuple(words("It is cold.")))
    both = joined([said, unclear, unclear], language="en", seconds=2)
    assert both.text == "It is cold. [unclear]"
    assert both.unsure == ((12, 21),)
    assert joined([unclear, unclear], language="en", seconds=2).text == ""


phrases = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8)


@given(phrases, phrases, st.integers(LOOP_TIMES, 30), phrases)
def test_no_loop_survives(before, phrase, times, after):
    """Whatever stands around it, nothing is left four times in a row."""
    text = " ".join([*before, *(phrase * times), *after])
    kept = plain(without_loops(words(text, seconds=0.05))).split()
    for length in range(1, LOOP_WORDS + 1):
        for at in range(len(kept)):
            assert kept[at : at + LOOP_TIMES * length] != kept[at : at + length] * LOOP_TIMES
    assert set(kept) == set(text.split())


@given(st.lists(st.sampled_from("abcdefghij"), max_size=30))
def test_without_loops_nothing_is_lost(letters):
    said = words(" ".join(letters))
    if all(letters[n : n + 1] != letters[n + 1 : n + 2] for n in range(len(letters))):
        assert len(without_loops(said)) <= len(said)
    assert [word for word in without_loops(said) if word.probability] == [
        word for word in said if word in without_loops(said)
    ]


def test_unsure_words_are_found_where_they_stand():
    """The same word twice: the unsure one is marked, not the first."""
    said = [*words("the cat saw"), Word(" the", 3, 4, 0.2), Word(" cat.", 4, 5, 0.9)]
    transcript = joined([Segment(plain(said), 0, 5, tuple(said))], language="en", seconds=5)
    assert transcript.unsure == ((12, 15),)
