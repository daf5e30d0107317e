"""Each strength takes more than the one below, and a light one hardly an ordinary word."""

import json
from pathlib import Path

import pytest

from benchmarks.redaction import judge
from redact import Strength, redact

NOTES = Path(__file__).parents[2] / "noise" / "choose" / "notes.jsonl"


def test_light_takes_less_than_standard_and_standard_less_than_strict() -> None:
    notes = [json.loads(line) for line in NOTES.read_text(encoding="utf-8").splitlines()]
    taken = [
        judge(notes, [redact(note["text"], "en", strength=strength).text for note in notes])["over"]
        for strength in (Strength.LIGHT, Strength.STANDARD, Strength.STRICT)
    ]
    assert taken[0] < taken[1] < taken[2]


@pytest.mark.parametrize(
    ("text", "light", "standard", "strict"),
    [
        (
            "Gareth is on 07911 234567",
            "[PERSON 1] is on [PHONE]",
            "[PERSON 1] is on [PHONE]",
            "[PERSON 1] is on [PHONE]",
        ),
        (
            "we asked the Kestrel team",
            "we asked the Kestrel team",
            "we asked the [ORG]",
            "we asked the [ORG]",
        ),
        (
            "It came in a Vorblix crate",
            "It came in a Vorblix crate",
            "It came in a Vorblix crate",
            "It came in a [PERSON 1] crate",
        ),
    ],
)
def test_what_each_strength_takes(text: str, light: str, standard: str, strict: str) -> None:
    for strength, expected in zip(Strength, (light, standard, strict), strict=True):
        assert redact(text, "en", strength=strength).text == expected
