"""German notes come out as a German reader would want them."""

import re

import pytest

from redact import redact

# Inputs that other tools or earlier versions got wrong, each for a whole kind.
REPORTED = [
    (
        "Vielleicht sollte man die Tür mal ölen, ich glaube sie klemmt",
        "Vielleicht sollte man die Tür mal ölen, ich glaube sie klemmt",
    ),
    (
        "Warum gibt es für die Nachtschicht kein warmes Essen?",
        "Warum gibt es für die Nachtschicht kein warmes Essen?",
    ),
    (
        "Unser Meister Wegner lacht, wenn jemand ausrutscht.",
        "Unser Meister [PERSON] lacht, wenn jemand ausrutscht.",
    ),
    (
        "Am 2. Mai 2022 habe ich gekündigt bekommen und am Tag darauf war alles anders.",
        "Am [DATE] habe ich gekündigt bekommen und am Tag darauf war alles anders.",
    ),
]
FORMS = [
    ("Der neue Schichtplan ist eine Katastrophe", "Der neue Schichtplan ist eine Katastrophe"),
    ("Frau Dr. von der Leyen kommt nie.", "Frau Dr. [PERSON] kommt nie."),
    ("Herta Mueller-Sandvoss liest daraus.", "[PERSON] liest daraus."),
    ("das kennzeichen vom firmenwagen ist b-kl 2207", "das kennzeichen vom firmenwagen ist [ID]"),
    (
        "Die Rolltuer klemmt, und die Schluessel fehlen.",
        "Die Rolltuer klemmt, und die Schluessel fehlen.",
    ),
    ("Ich bin 58 Jahre alt und hebe noch.", "Ich bin [AGE] und hebe noch."),
    ("Frau Meier, 54 Jahre, weiß es.", "Frau [PERSON], [AGE], weiß es."),
    ("Von Sabine Gundlach kam keine Antwort.", "Von [PERSON] kam keine Antwort."),
    ("Das stand schon 69 n. Chr. hier.", "Das stand schon 69 n. Chr. hier."),
    ("Seit der Schicht, 20 Jahre, nichts.", "Seit der Schicht, 20 Jahre, nichts."),
    ("Wir heben Kisten, 20 Kilo, immer.", "Wir heben Kisten, 20 Kilo, immer."),
    ("Nach Covid und Corona war alles anders.", "Nach Covid und Corona war alles anders."),
    (
        "Meine Nummer ist null eins sieben eins zwei drei vier fünf sechs sieben acht",
        "Meine Nummer ist [PHONE]",
    ),
    ("schreib an anna punkt krause ät gmx punkt de", "schreib an [EMAIL]"),
    (
        "Meine Lohnabrechnung geht an die Gartenstraße 12a, 04275 Leipzig.",
        "Meine Lohnabrechnung geht an die [ADDRESS].",
    ),
    ("Steuer-ID 48 291 337 560, bitte prüfen.", "Steuer-ID [ID], bitte prüfen."),
    ("Unsere Pflegedienstleiterin hört nie zu.", "Unsere [ROLE] hört nie zu."),
    (
        "Die Palette wiegt 950 kg und die Presse hat 48120 gezählt.",
        "Die Palette wiegt 950 kg und die Presse hat 48120 gezählt.",
    ),
    ("Das war am siebzehnten März.", "Das war am [DATE]."),
]


def plain(redacted: str) -> str:
    return re.sub(r"\[PERSON \d+\]", "[PERSON]", redacted)


def test_a_letter_after_a_title_is_a_person() -> None:
    assert plain(redact("Herr K. schreit Frau M an", "de").text) == (
        "Herr [PERSON]. schreit Frau [PERSON] an"
    )
    assert redact("Plan A ging schief, Plan B auch", "de").text.startswith("Plan A ging")


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_what_was_reported_comes_out_right(text: str, expected: str) -> None:
    assert plain(redact(text, "de").text) == expected


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_its_own_forms_go_and_its_words_stay(text: str, expected: str) -> None:
    assert plain(redact(text, "de").text) == expected


@pytest.mark.parametrize(("text", "expected"), REPORTED + FORMS)
def test_the_language_is_known_from_the_text(text: str, expected: str) -> None:
    assert redact(text, likely="de").language == "de"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kollege T. war da.", "Kollege [PERSON 1]. war da."),
        ("die jenny ausm lager weiß das", "die [PERSON 1] ausm lager weiß das"),
    ],
)
def test_a_letter_for_a_name_goes_and_a_small_word_behind_one_stays(
    text: str, expected: str
) -> None:
    assert redact(text, "de").text == expected
