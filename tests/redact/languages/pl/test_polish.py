"""Polish notes come out as a Polish reader would want them."""

import re

import pytest

from redact import redact

# Inputs that other tools or earlier versions got wrong, each for a whole kind.
REPORTED = [
    (
        "W czerwcu kończę 62 lata i dalej noszę skrzynki.",
        "W czerwcu kończę [AGE] i dalej noszę skrzynki.",
    ),
    (
        "Dnia 2 maja 2022 dostałem wypowiedzenie i od tamtej pory cisza.",
        "Dnia [DATE] dostałem wypowiedzenie i od tamtej pory cisza.",
    ),
    (
        "Pracuję w magazynie w Gliwicach i nie ma tu pryszniców.",
        "Pracuję w magazynie w [LOCATION] i nie ma tu pryszniców.",
    ),
    (
        "Zapytajcie Krystynę z pralni, robi wszystko sama.",
        "Zapytajcie [PERSON] z pralni, robi wszystko sama.",
    ),
    (
        "Nie mieszkam już na ul. Młyńskiej 22, 44-100 Gliwice, poprawcie w kadrach.",
        "Nie mieszkam już na [ADDRESS], poprawcie w kadrach.",
    ),
]
FORMS = [
    ("Po Covidzie używamy Excela i Teams.", "Po Covidzie używamy Excela i Teams."),
    ("Brak rękawic", "Brak rękawic"),
    (
        "brakuje rekawiczek, te male zawsze sie koncza pierwsze",
        "brakuje rekawiczek, te male zawsze sie koncza pierwsze",
    ),
    ("brygadzista ciagle krzyczy", "brygadzista ciagle krzyczy"),
    ("Stanąłeś za nami, dziękuję.", "Stanąłeś za nami, dziękuję."),
    ("kasia i arek pala w magazynie", "[PERSON] i [PERSON] pala w magazynie"),
    ("Pani Wałęsowa i pan Kowalski nie słuchają.", "Pani [PERSON] i pan [PERSON] nie słuchają."),
    ("Mam pięćdziesiąt siedem lat i dalej dźwigam.", "Mam [AGE] i dalej dźwigam."),
    ("pisz na lucyna kropka mak małpa gmail kropka com", "pisz na [EMAIL]"),
    ("Mój PESEL 79041827903 jest źle.", "Mój PESEL [ID] jest źle."),
    (
        "Paleta waży 950 kg i jest nas czworo na 1200 paczek.",
        "Paleta waży 950 kg i jest nas czworo na 1200 paczek.",
    ),
    ("To było 12 kwietnia 2021 r. i nikt nic nie zrobił.", "To było [DATE] i nikt nic nie zrobił."),
    ("Powiedziałem Markowi i zapytałem Annę.", "Powiedziałem [PERSON] i zapytałem [PERSON]."),
]


def plain(redacted: str) -> str:
    return re.sub(r"\[PERSON \d+\]", "[PERSON]", redacted)


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_what_was_reported_comes_out_right(text: str, expected: str) -> None:
    assert plain(redact(text, "pl").text) == expected


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_its_own_forms_go_and_its_words_stay(text: str, expected: str) -> None:
    assert plain(redact(text, "pl").text) == expected


@pytest.mark.parametrize(("text", "expected"), REPORTED + FORMS)
def test_the_language_is_known_from_the_text(text: str, expected: str) -> None:
    assert redact(text, likely="pl").language == "pl"
