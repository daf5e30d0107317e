"""A text says itself in which language it is, and may be in two."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact import redact
from redact.languages.identify import identify, plain_code, stretches
from tests.support.proportion import takes_time_in_proportion

SENTENCES = [
    ("en", "The rota changes every week and nobody tells us."),
    ("en", "more gloves please"),
    ("en", "wifi in the warehouse is rubbish"),
    ("de", "Der neue Schichtplan ist eine Katastrophe"),
    ("de", "warum gibts nachts kein warmes essen"),
    ("de", "Küche dreckig"),
    ("de", "Bitte mehr Handschuhe im Lager, die Größe L ist immer weg."),
    ("es", "Necesitamos más guantes"),
    ("es", "el turno de noche no tiene calefaccion y nadie hace nada"),
    ("es", "¿Por qué no nos pagan las horas extra?"),
    ("fr", "Le monte-charge est en panne depuis deux semaines"),
    ("fr", "on a encore changé les plannings sans prévenir"),
    ("fr", "Il n'y a plus de gants."),
    ("pl", "Brak rękawic"),
    ("pl", "na nocnej zmianie nie ma cieplej wody i nikogo to nie obchodzi"),
    ("pl", "Dlaczego premie dostają zawsze ci sami?"),
    ("pl", "auto sluzbowe stoi co weekend pod domem dyrektora"),
    ("de", "hier klemmt montags stets jede rolltuer"),
    ("es", "piden turnos partidos sin avisar"),
    ("fr", "encore trois chariots cassés hier soir"),
    ("it", "nessuno risponde mai alle segnalazioni"),
    ("pt", "ninguem responde as reclamacoes desde janeiro"),
    ("tr", "yemekler soguk servis ediliyor hep"),
    ("en", "soz cudnt txt bk fone died x"),
    ("en", "Yours sincerely,\nGethin Pryce-Rowlands\nRowlands Bevan LLP"),
    ("it", "Non ci sono abbastanza guanti e la mensa è sempre chiusa di notte."),
    ("pt", "Não há luvas suficientes e a cantina está sempre fechada à noite."),
    ("nl", "Er zijn niet genoeg handschoenen en de kantine is altijd dicht."),
    ("tr", "Eldiven yok ve gece vardiyasında yemekhane her zaman kapalı."),
    ("ar", "لا توجد قفازات كافية والمقصف مغلق دائما في الليل"),
    ("uk", "Не вистачає рукавичок, і їдальня вночі завжди зачинена."),
    ("ru", "Перчаток не хватает, и столовая ночью всегда закрыта, это плохо."),
    ("und", "手袋が足りません"),
]


@pytest.mark.parametrize(("code", "text"), SENTENCES)
def test_a_sentence_is_known_by_its_small_words_and_letters(code: str, text: str) -> None:
    assert identify(text) == code


@pytest.mark.parametrize("text", ["Kam", "ta, moz", "ok", "", "12345", "[PERSON 1]"])
def test_where_a_text_says_nothing_the_likely_language_holds(text: str) -> None:
    assert identify(text) == "en"
    assert identify(text, likely="pl") == "pl"


def test_a_screen_is_a_hint_and_no_order() -> None:
    assert identify("Nobody listens to us on nights, it is always the same.", likely="de") == "en"


def test_a_german_note_with_an_english_line_is_both() -> None:
    text = (
        "Die Pausen sind viel zu kurz. Nobody has asked us what we think about it. Danke und Gruß"
    )
    assert [s.language for s in stretches(text)] == ["de", "en", "de"]
    assert redact(text).languages == ("de", "en")


def test_one_borrowed_word_does_not_change_the_language() -> None:
    assert [s.language for s in stretches("Das Meeting war okay. Nice. Nie wieder.")] == ["de"]


def test_a_language_that_is_given_is_not_asked_of_the_text() -> None:
    assert redact("Nobody told us anything about it.", "de-AT").language == "de"
    assert plain_code("../x") == plain_code("x") == ""


def test_text_in_unknown_words_is_read_carefully() -> None:
    text = "Kuva zvirokwazvo tinoda magirovhosi matsva nekuti akabvaruka kare"
    assert redact(text).text == text
    assert redact(text).language not in {"en", "de", "es", "fr", "pl"}


@given(st.text(max_size=200))
def test_stretches_cover_the_text_in_order(text: str) -> None:
    parts = stretches(text)
    assert parts[0].start == 0
    assert parts[-1].end == len(text)
    assert all(a.end == b.start for a, b in itertools.pairwise(parts))


@pytest.mark.parametrize("piece", ["a", "ü.", "der the el ", "\n", "ł ", "'", "…", "[PERSON 1]"])
def test_hostile_text_is_cut_in_time_in_proportion(piece: str) -> None:
    assert takes_time_in_proportion(stretches, piece)


def test_time_that_grows_with_the_square_would_be_seen() -> None:
    assert takes_time_in_proportion(lambda text: sum(range(100 * len(text))), "a")
    assert not takes_time_in_proportion(
        lambda text: sum(sum(range(place)) for place in range(int(1.4 * len(text)))), "a"
    )
