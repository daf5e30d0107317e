"""What is left of a text: the stems of what it is about."""

import pytest

from themes.words import content, plain_words, shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They charged my card", "charging the cards"),
        ("Der Stuhl ist kaputt", "Die Stühle sind kaputt"),
        ("Necesitamos guantes nuevos", "el guante nuevo"),
        ("The break", "Die Pause"),
        ("Les gants", "The gloves"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert set(content(one)) & set(content(other))


def test_a_word_put_together_has_its_parts_too() -> None:
    assert {"=shift", "=plan"} <= set(
        content("Der Nachtschicht-Ersatz und das Planwerk im Schichtplan")
    )


def test_placeholders_figures_and_small_words_go() -> None:
    assert content("[PERSON 1] and I were at the [PLACE] in 2024") == content(
        "and I were at the in"
    )
    assert "person" not in content("[PERSON 1] shouted")


def test_scripts_without_blanks_come_two_signs_at_a_time() -> None:
    assert plain_words("食堂が寒い") == ["食堂", "堂が", "が寒", "寒い"]


def test_no_small_word_and_no_letter_stands_in_a_name() -> None:
    assert [word for word, _ in shown("We had a heavy door at the hall")] == [
        "heavy",
        "door",
        "hall",
    ]
