"""French notes come out as a French reader would want them."""

import re

import pytest

from redact import redact

# Inputs that other tools or earlier versions got wrong, each for a whole kind.
REPORTED = [
    (
        "Ma paie part encore au 9 rue Haute, 67000 Strasbourg et je n'habite plus là.",
        "Ma paie part encore au [ADDRESS] et je n'habite plus là.",
    ),
    (
        "Le monte-charge est en panne depuis deux semaines et personne ne dit rien.",
        "Le monte-charge est en panne depuis deux semaines et personne ne dit rien.",
    ),
    (
        (
            "je trouve que les chaises du réfectoire sont inconfortables "
            "et le chauffage est toujours éteint"
        ),
        (
            "je trouve que les chaises du réfectoire sont inconfortables "
            "et le chauffage est toujours éteint"
        ),
    ),
    (
        "En juin j'aurai 62 ans et je porte encore des caisses.",
        "En juin j'aurai [AGE] et je porte encore des caisses.",
    ),
    (
        "Je travaille au dépôt de Béziers et il n'y a pas de douches.",
        "Je travaille au dépôt de [LOCATION] et il n'y a pas de douches.",
    ),
    (
        "Ghislaine de la blanchisserie fait tout toute seule depuis Pâques.",
        "[PERSON] de la blanchisserie fait tout toute seule depuis Pâques.",
    ),
    (
        (
            "J'ai déménagé au 22 rue du Moulin, 34500 Béziers et la paie "
            "part toujours à l'ancienne adresse."
        ),
        "J'ai déménagé au [ADDRESS] et la paie part toujours à l'ancienne adresse.",
    ),
    (
        "ils ont écrit au 4 rue Noire, 80000 Amiens et pas chez moi",
        "ils ont écrit au [ADDRESS] et pas chez moi",
    ),
]
FORMS = [
    ("Demande à Mme Lefèvre, 54 ans, elle sait.", "Demande à Mme [PERSON], [AGE], elle sait."),
    ("Après le Covid et le Ramadan, rien.", "Après le Covid et le Ramadan, rien."),
    ("Darrieussecq-Lopez a tout pris sur lui.", "[PERSON] a tout pris sur lui."),
    ("la camionnette fg-418-zk dort devant chez lui", "la camionnette [ID] dort devant chez lui"),
    ("depuis 20 ans ici, 12 ans de nuit", "depuis 20 ans ici, 12 ans de nuit"),
    ("Il n'y a plus de gants.", "Il n'y a plus de gants."),
    ("Mme d'Almeida ne répond jamais.", "Mme [PERSON] ne répond jamais."),
    ("J'ai quarante-cinq ans et le dos fichu.", "J'ai [AGE] et le dos fichu."),
    ("écris à lucie point moulin arobase gmail point com", "écris à [EMAIL]"),
    ("Appelez-moi au 06 12 34 56 78.", "Appelez-moi au [PHONE]."),
    (
        "La palette pèse 950 kg et on est quatre pour 1200 colis.",
        "La palette pèse 950 kg et on est quatre pour 1200 colis.",
    ),
    ("mon matricule c'est quatre sept un zéro neuf", "mon matricule c'est [ID]"),
]


def plain(redacted: str) -> str:
    return re.sub(r"\[PERSON \d+\]", "[PERSON]", redacted)


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_what_was_reported_comes_out_right(text: str, expected: str) -> None:
    assert plain(redact(text, "fr").text) == expected


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_its_own_forms_go_and_its_words_stay(text: str, expected: str) -> None:
    assert plain(redact(text, "fr").text) == expected


@pytest.mark.parametrize(("text", "expected"), REPORTED + FORMS)
def test_the_language_is_known_from_the_text(text: str, expected: str) -> None:
    assert redact(text, likely="fr").language == "fr"
