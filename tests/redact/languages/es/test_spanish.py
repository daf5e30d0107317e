"""Spanish notes come out as a Spanish reader would want them."""

import re

import pytest

from redact import redact

# Inputs that other tools or earlier versions got wrong, each for a whole kind.
REPORTED = [
    (
        "necesitamos guantes nuevos y una silla, gracias",
        "necesitamos guantes nuevos y una silla, gracias",
    ),
    (
        "me parece que las sillas del comedor son incómodas y la calefacción siempre está apagada",
        "me parece que las sillas del comedor son incómodas y la calefacción siempre está apagada",
    ),
    (
        "En junio cumplo 62 años y sigo cargando cajas.",
        "En junio cumplo [AGE] y sigo cargando cajas.",
    ),
    (
        "La directora de enfermería nos quitó la paga de Navidad.",
        "La [ROLE] nos quitó la paga de Navidad.",
    ),
]
FORMS = [
    ("Necesitamos más guantes", "Necesitamos más guantes"),
    ("Ana viajó a Santo Domingo con su madre.", "[PERSON] viajó a [LOCATION] con su madre."),
    ("la furgoneta 4471 klm duerme en su casa", "la furgoneta [ID] duerme en su casa"),
    (
        "El motor gira a 3000 rpm y pesa 2500 kg.",
        "El motor gira a 3000 rpm y pesa 2500 kg.",
    ),
    ("Doña Carmen García Márquez lo sabe.", "Doña [PERSON] lo sabe."),
    ("Tengo treinta y dos años y la espalda rota.", "Tengo [AGE] y la espalda rota."),
    ("mi correo es lucia punto mena arroba gmail punto com", "mi correo es [EMAIL]"),
    ("Mi DNI es 71234567K y está mal.", "Mi DNI es [ID] y está mal."),
    ("Vivo en la calle Olmo 17, 39300 Torrelavega.", "Vivo en la [ADDRESS]."),
    (
        "El palé pesa 950 kg y somos 4 para 1200 paquetes.",
        "El palé pesa 950 kg y somos 4 para 1200 paquetes.",
    ),
    ("Mi teléfono es seis cinco cuatro dos uno nueve ocho cero siete", "Mi teléfono es [PHONE]"),
]


def plain(redacted: str) -> str:
    return re.sub(r"\[PERSON \d+\]", "[PERSON]", redacted)


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_what_was_reported_comes_out_right(text: str, expected: str) -> None:
    assert plain(redact(text, "es").text) == expected


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_its_own_forms_go_and_its_words_stay(text: str, expected: str) -> None:
    assert plain(redact(text, "es").text) == expected


@pytest.mark.parametrize(("text", "expected"), REPORTED + FORMS)
def test_the_language_is_known_from_the_text(text: str, expected: str) -> None:
    assert redact(text, likely="es").language == "es"


def test_a_title_that_many_hold_stays_whole() -> None:
    text = "El jefe de turno cambia los descansos cuando le da la gana."
    assert redact(text, "es").text == text
