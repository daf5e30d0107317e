"""English as people write it who are in a hurry, spell by ear, shout, or learn it."""

import pytest

from redact import redact
from redact.languages.en.features import known
from redact.languages.en.untidy.nearest import nearest
from redact.languages.en.untidy.reading import as_meant
from redact.languages.en.untidy.style import capitals
from redact.tokens import tokenize


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("anwsers", "answers"),
        ("fone", "phone"),
        ("tempreture", "temperature"),
        ("uniforn", "uniform"),
        ("seperate", "separate"),
        ("becuase", "because"),
        ("maintainance", "maintenance"),
    ],
)
def test_a_slip_is_near_the_word_that_was_meant(written: str, meant: str) -> None:
    assert nearest(written).word == meant


@pytest.mark.parametrize("word", ["zubin", "gareth", "kowalski", "chidi", "tegwen", "aa", "x" * 40])
def test_a_name_is_near_no_word(word: str) -> None:
    assert not nearest(word).word


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("please fix the door by the canteen", "n"),
        ("FIX THE DOOR BY THE CANTEEN", "a"),
        ("Please Fix The Heating In The Canteen", "t"),
        ("The Mop is in the Cupboard and the Cupboard is open", "r"),
        ("They found the bike on Old Bullock Track near the gate", "m"),
        ("Ask Gareth about the heating in the canteen", "m"),
    ],
)
def test_a_note_has_the_style_of_its_capitals(text: str, style: str) -> None:
    tokens = tokenize(text)
    assert set(capitals(tokens, known(tokens))) == {style}


def test_the_tagger_reads_what_was_meant_at_the_place_of_what_was_written() -> None:
    tokens = tokenize("THE FONE IS BROKE. And then he sai said so.")
    read = as_meant(tokens, known(tokens))
    assert [t.start for t in read] == [t.start for t in tokens]
    assert "phone" in [t.lower for t in read]
    assert [t.lower for t in read].count("said") == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the rota that zubin made is a joke", "the rota that [PERSON 1] made is a joke"),
        ("its moz turn", "its [PERSON 1] turn"),
        ("Dorotas locker was broken into", "[PERSON 1] locker was broken into"),
        ("THE ROTA THAT ZUBIN MADE IS A JOKE", "THE ROTA THAT [PERSON 1] MADE IS A JOKE"),
        ("The Rota That Zubin Made Is A Joke", "The Rota That [PERSON 1] Made Is A Joke"),
    ],
)
def test_a_listed_name_goes_whatever_stands_round_it(text: str, expected: str) -> None:
    assert redact(text, "en").text == expected


def test_a_name_near_no_frequent_word_is_seen() -> None:
    assert redact("Please ask Gareth wether it is fixed", "en").text.startswith(
        "Please ask [PERSON"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Pleae mend the dryer befor somone trips over the cabel",
        "I have to bring myu own gloves and myu own tape evry week",
        "the canteen prises went up agian and noboddy told us wy",
        "Absestos in the lofts, and teh mangement knwos about it",
        "Sincerly hoping the liftt gets fixed befroe wenter",
        "can sombody tel the nite shift to cleen the frigde",
        "we need moer Trolleys and lesss Paperwrok",
        "Shoping for cleannig suplies is not my jbo",
        "teh calll bell in the toilett dosent wrok",
        "Training was rushd and the Instuctions wer unclaer",
    ],
)
def test_a_misspelled_word_is_no_name(text: str) -> None:
    assert redact(text, "en").text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The chap they call smudge was drunk.", "The chap they call [PERSON 1] was drunk."),
        ("a lad named biscuit keeps the key", "a lad named [PERSON 1] keeps the key"),
        ("then you know rose goes and tells me", "then you know [PERSON 1] goes and tells me"),
        ("I asked Will about it.", "I asked [PERSON 1] about it."),
        ("He is the best, we call him Choirboy.", "He is the best, we call him [PERSON 1]."),
        ("They call me Dracula, not Vlad.", "They call me [PERSON 1], not [PERSON 2]."),
        ("I call her Mum, you know.", "I call her Mum, you know."),
        ("We call him Manager.", "We call him Manager."),
        ("The nurse called me back.", "The nurse called me back."),
        ("The driver called in sick, I will say.", "The driver called in sick, I will say."),
        ("Will someone say who will fix it?", "Will someone say who will fix it?"),
        ("Prices rose and the till says so.", "Prices rose and the till says so."),
    ],
)
def test_a_word_is_a_name_where_only_people_stand(text: str, expected: str) -> None:
    assert redact(text, "en").text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ma back hurts and i cannae lift", "ma back hurts and i cannae lift"),
        ("abeg una fix the light, e dey off", "abeg una fix the light, e dey off"),
        ("I asked Una and she fixed it", "I asked [PERSON 1] and she fixed it"),
        ("una has the key to the store", "[PERSON 1] has the key to the store"),
    ],
)
def test_a_name_that_a_dialect_uses_for_a_word_stays_amid_that_dialect(
    text: str, expected: str
) -> None:
    assert redact(text, "en").text == expected
