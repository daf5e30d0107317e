"""One person has one placeholder within a note; a name that is also a word goes only as a name."""

import pytest

from redact import Kind, Span, Strength, redact


def test_a_person_keeps_one_number_under_every_form_of_the_name() -> None:
    text = redact(
        "Margaret Tully left. Peggy's desk is empty. Margaret's too. Mrs Tully was kind. Ask Ravi."
    ).text
    assert text == (
        "[PERSON 1] left. [PERSON 1]'s desk is empty. [PERSON 1]'s too. Mrs [PERSON 1] "
        "was kind. Ask [PERSON 2]."
    )


def test_numbers_start_anew_in_every_note() -> None:
    assert redact("Ask Ravi.").text == redact("Ask Gareth.").text == "Ask [PERSON 1]."


def test_placeholders_that_stand_already_are_left_alone_and_counted_on() -> None:
    assert (
        redact("[PERSON 2] told Gareth, see [EMAIL].").text
        == "[PERSON 2] told [PERSON 3], see [EMAIL]."
    )


def test_a_spelled_out_name_is_the_person_it_spells() -> None:
    assert (
        redact("Neve, spelled N I A M H, found the wallet.").text
        == "[PERSON 1], spelled [PERSON 1], found the wallet."
    )


@pytest.mark.parametrize(
    "harmless",
    [
        "Will someone please answer the door.",
        "May as well quit.",
        "A bit of grace would go a long way.",
        "I hope the pay talks go somewhere.",
        "Frank conversations are welcome here, are they?",
        "Grant us one Saturday off.",
        "Mark my words, it will flood.",
        "Slack is full of gifs.",
        "The supervisor on nights lets us swap.",
    ],
)
def test_a_word_that_is_also_a_name_stays_a_word(harmless: str) -> None:
    assert redact(harmless).text == harmless


def test_the_same_word_goes_as_a_name() -> None:
    assert (
        redact("I trust Faith with the keys, I just have no faith in the locks.").text
        == "I trust [PERSON 1] with the keys, I just have no faith in the locks."
    )


def test_stricter_takes_at_least_what_lighter_takes() -> None:
    note = "Zorwanka and the people from Brimfold were loud, ask Kit or the yard lead."
    taken = [
        sum(s.end - s.start for s in redact(note, strength=s).spans)
        for s in (Strength.LIGHT, Strength.STANDARD, Strength.STRICT)
    ]
    assert taken == sorted(taken)


def test_an_operators_recognizer_joins_in() -> None:
    def teapots(text: str) -> list[Span]:
        return (
            [Span(text.index("teapot"), text.index("teapot") + 6, Kind.ID)]
            if "teapot" in text
            else []
        )

    assert redact("the teapot is cold", extra=[teapots]).text == "the [ID] is cold"


def test_words_the_speech_model_was_unsure_of_become_doubts() -> None:
    redaction = redact("the brown fox sat", weak_words=[(4, 9)])
    assert [redaction.text[d.start : d.end] for d in redaction.doubts] == ["brown"]


@pytest.mark.parametrize(
    "phrase", ["Bob's your uncle.", "Every Tom, Dick and Harry has a key.", "It's Murphy's law."]
)
def test_a_set_phrase_points_at_nobody(phrase: str) -> None:
    assert redact(phrase).text == phrase


def test_a_name_in_a_set_phrase_still_goes_elsewhere() -> None:
    text = redact("It's Murphy's law that Murphy is late.").text
    assert text == "It's Murphy's law that [PERSON 1] is late."
