"""What holds in every language, for text in every script."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact import Kind, LocalLists, Span, Strength, redact
from redact.languages import FULL, coverage, language
from redact.placeholders import PLACEHOLDER
from tests.support.proportion import takes_time_in_proportion

CODES = (*FULL, "it", "und")
PIECES = [
    "Frau Müller", "Herrn von der Leyen", "doña Carmen", "M. d'Almeida", "pani Wałęsowa",
    "Markowi", "0171 2345678", "06 12 34 56 78", "PESEL 79041827903", "DNI 71234567K",
    "12. April 2021", "12 kwietnia 2021 r.", "58 Jahre alt", "tengo treinta y dos años",
    "j'ai 45 ans", "lat", "anna punkt", "ät gmx punkt de", "arroba", "punto com", "małpa",
    "kropka", "null eins sieben eins zwei drei vier fünf", "Hauptstraße 12a, 04275 Leipzig",
    "9 rue Haute, 67000 Strasbourg", "ul. Młyńskiej 22/4, 44-100 Gliwice", "calle Olmo 17",
    "Personalnummer", "matricule", "spind", "12", "die Pflegedienstleiterin", "directora de",
    "Spedition Huber", "Projekt Delta", "M-A-R-E-K", "l'", "d'", "qu'", "[PERSON 1]", "[ID]",
    "[PERSON", "]", "Пан Коваленко", "السيد أحمد", "山田さん", "ольга", "ę", "ß", "İ", "\u200b",
    "\n", ". ", ", ", "!", "'s", "und", "que", "est", "się", "the",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=100),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
codes = st.sampled_from((*CODES, None))


@given(texts, codes)
@settings(max_examples=250, deadline=None)
def test_redacting_twice_changes_nothing(raw_text: str, code: str | None) -> None:
    once = redact(raw_text, code).text
    assert redact(once, code).text == once


@given(texts, codes)
@settings(max_examples=200, deadline=None)
def test_what_is_outside_placeholders_was_in_the_text_in_order(
    raw_text: str, code: str | None
) -> None:
    redaction = redact(raw_text, code)
    ends = [Span(0, 0, Kind.ID), *redaction.spans, Span(len(raw_text), len(raw_text), Kind.ID)]
    rest = [raw_text[end.end : start.start] for end, start in pairwise(ends)]
    pattern = r"\[[A-Z]+(?: \d+)?\]".join(re.escape(part) for part in rest)
    assert re.fullmatch(pattern, redaction.text, flags=re.DOTALL)


@given(texts, codes)
@settings(max_examples=150, deadline=None)
def test_spans_and_doubts_are_sorted_apart_and_inside(raw_text: str, code: str | None) -> None:
    redaction = redact(raw_text, code)
    for ranges, length in (
        (redaction.spans, len(raw_text)),
        (redaction.doubts, len(redaction.text)),
    ):
        assert all(0 <= r.start < r.end <= length for r in ranges)
        assert all(a.end <= b.start for a, b in pairwise(ranges))
    taken = [m.span() for m in PLACEHOLDER.finditer(redaction.text)]
    assert not any(d.start < e and d.end > s for d in redaction.doubts for s, e in taken)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "a ",
        "@",
        "Ab ",
        "eins ",
        "uno y ",
        "vingt-",
        "dwa ",
        "arroba punto com ",
        "punkt ",
        "a-",
        "1 ",
        "Frau ",
        "pan. ",
        "l'",
        "Hauptstraße 1 ",
        "rue a ",
        "calle de la ",
        "ul. A ",
        "12 de ",
        "(58) ",
        "Personalnummer A1 ",
        "A B ",
        "Leiter der ",
        "Nowak-",
        "\n",
        "[PERSON 1]",
        "\u200b",
        "ü",
        "ش ",
        "Ok. Der die das ist. The and of it. ",
        "44-100 ",
        "a_",
        "1/",
    ],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str, code: str) -> None:
    assert takes_time_in_proportion(lambda text: redact(text, code), piece)


@pytest.mark.parametrize("code", CODES)
def test_fixed_forms_go_in_every_language(code: str) -> None:
    text = (
        "sato.kenji@example.jp, https://example.org/x, DE89 3704 0044 0532 0130 00, +49 171 2345678"
    )
    found = redact(text, code).text
    assert not re.search(r"sato|example\.org|3704|2345678", found)


@pytest.mark.parametrize("code", CODES)
def test_local_lists_count_in_every_language(code: str) -> None:
    lists = LocalLists(staff=("Xiomara Quiñonera",))
    assert "Xiomara" not in redact("Xiomara ok", code, lists=lists).text


@pytest.mark.parametrize(
    "text",
    [
        "Non ci sono guanti e la Direzione non ascolta mai nessuno.",
        "Não há luvas e a Chefia nunca ouve ninguém.",
        "Er zijn geen handschoenen en de Leiding luistert nooit.",
        "Eldiven yok ve Müdür bizi hiç dinlemiyor.",
        "لا توجد قفازات والإدارة لا تسمع أحدا",
        "Рукавичок немає, і Керівництво ніколи не слухає.",
        "手袋が足りません。冬は寒いです。",
        "Nuk ka doreza dhe askush nuk na dëgjon këtu.",
    ],
)
def test_ordinary_words_of_other_languages_stay(text: str) -> None:
    assert redact(text).text == text


def test_names_after_titles_go_in_languages_without_a_folder() -> None:
    assert "Rossi" not in redact("Il signor Rossi non ci ascolta mai.").text
    assert "Коваленко" not in redact("Пан Коваленко нас ніколи не слухає.").text
    assert "Ahmet" not in redact("Ahmet Bey bizi hiç dinlemiyor ve çok kızıyor.").text


def test_coverage_says_what_is_found_in_which_language() -> None:
    assert [coverage(code) for code in FULL] == ["full"] * len(FULL)
    assert coverage("it") == coverage("xx") == "careful"
    assert [language(code).code for code in FULL] == list(FULL)


@pytest.mark.parametrize(
    ("code", "text", "place"),
    [
        ("de", "Agnieszka Kowalska fehlt, das Lager in Augsburg ist leer.", "Augsburg"),
        ("es", "Agnieszka Kowalska no vino, el almacén de Zaragoza está vacío.", "Zaragoza"),
        ("fr", "Agnieszka Kowalska est absente, le dépôt de Grenoble est vide.", "Grenoble"),
        ("pl", "Agnieszka Kowalska nie przyszła, magazyn w Gliwicach pusty.", "Gliwicach"),
    ],
)
def test_a_light_redaction_takes_people_and_leaves_places(code: str, text: str, place: str) -> None:
    light = redact(text, code, strength=Strength.LIGHT).text
    standard = redact(text, code).text
    assert "Kowalska" not in light
    assert place in light
    assert "Kowalska" not in standard
    assert place not in standard


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Das war nach der WM 2006, als er mit 27 Treffern aufhörte."),
        ("de", "Wir nutzen Microsoft Teams und Twitter."),
        ("fr", "Depuis plus de 20 ans, on attend une place baptisée au nom du quartier."),
        ("es", "La fábrica es del 2 de mayo de 1862."),
        ("pl", "Fabryka jest z 2 maja 1862 roku."),
        ("it", "La battaglia fu il 2 maggio 1862 qui."),
        ("es", "Lleva 20 años esperando en Internet."),
        ("pl", "W 2005 roku było lepiej, dziś wszystko jest na Facebooku."),
    ],
)
def test_years_counts_and_sites_of_everybody_stay(code: str, text: str) -> None:
    assert redact(text, code).text == text
