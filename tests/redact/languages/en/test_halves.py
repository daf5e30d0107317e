"""A name's other half, and a surname at the start of a sentence, go for what stands beside them."""

import pytest

from redact import redact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We lost Eric Cantor in the spring.", "We lost [PERSON 1] in the spring."),
        ("I asked Sue Black about the rota.", "I asked [PERSON 1] about the rota."),
        ("The chair is Dr Sue Black of nights.", "The chair is Dr [PERSON 1] of nights."),
        ("Saido Berahino could not cope.", "[PERSON 1] could not cope."),
        ("Angela (née Stone) is back.", "[PERSON 1] (née [PERSON 2]) is back."),
        ("Mr Stone said no.", "Mr [PERSON 1] said no."),
        ("He weighs 16 Stone now.", "He weighs 16 Stone now."),
        ("the team will smith was in", "the team [PERSON 1] was in"),
        ("waiting for megannnnnn again", "waiting for [PERSON 1] again"),
        ("pleaseeee heyyyy yessss stop", "pleaseeee heyyyy yessss stop"),
        ("Then Shaw was sent home.", "Then [PERSON 1] was sent home."),
        ("Cavallaro said nothing at all.", "[PERSON 1] said nothing at all."),
        ("Shaw's van was left open.", "[PERSON 1]'s van was left open."),
        ("escape it all, emily blunt says", "escape it all, [PERSON 1] says"),
        ("miss patel at the front is lovely", "miss [PERSON 1] at the front is lovely"),
        ("final call for Mr Bean, they said", "final call for Mr [PERSON 1], they said"),
        ("he was written up by mister pengelly", "he was written up by mister [PERSON 1]"),
        ("Cannot make it.\nThanks a bunch,\nPam", "Cannot make it.\nThanks a bunch,\n[PERSON 1]"),
        ("From: Okafor, Brant\nSee below.", "From: [PERSON 1]\nSee below."),
        ("To: All Staff\nSee below.", "To: All Staff\nSee below."),
        ("THANK YOU GRAHAM AND SUE", "THANK YOU [PERSON 1] AND [PERSON 2]"),
        (
            "May I work with Dawn and April again?",
            "May I work with [PERSON 1] and [PERSON 2] again?",
        ),
        ("the rota that george made is wrong", "the rota that [PERSON 1] made is wrong"),
        ("Henry on nights, who knows?", "[PERSON 1] on nights, who knows?"),
        ("the henry is broken again", "the henry is broken again"),
        ("In April and May we had no fans.", "In April and May we had no fans."),
        ("The Honda was left running.", "The Honda was left running."),
        ("Canteen was closed again.", "Canteen was closed again."),
    ],
)
def test_what_stands_beside_a_name_tells_the_rest_of_it(text: str, expected: str) -> None:
    assert redact(text, "en").text == expected


@pytest.mark.parametrize(
    "text",
    [
        "What is twenty four times twenty four, the screen asks.",
        "We moved thirty three thousand seven hundred and seventy four parcels.",
        "The stock included two wet pallets and two dry pallets.",
        "The final report is a joke.",
    ],
)
def test_amounts_and_plain_words_stay(text: str) -> None:
    assert redact(text, "en").text == text
