"""A light redaction in German and Polish asks more of names that no list knows."""

import pytest

from redact.languages.kit.lexicon import NOTHING, Entry
from redact.languages.kit.outcome import Outcome
from redact.languages.language import Guess
from redact.spans import Kind, Strength
from redact.tokens import tokenize

TEXT = "wir fragten Zschimmer danach"
AFTER_A_GIVEN_NAME = "wir fragten Dietmar Zschimmer danach"


def _look_up(word: str) -> Entry:
    return Entry(given=6) if word == "dietmar" else NOTHING


def _found(text: str, strength: Strength, odds: float) -> list[str]:
    tokens = tokenize(text)
    guesses = [Guess(Kind.PERSON, 0.7 if t.text[0].isupper() else 0.0) for t in tokens]
    outcome = Outcome(_look_up, frozenset(), frozenset(), frozenset(), strangers=odds)
    return [text[s.start : s.end] for s in outcome.likely(tokens, guesses, strength)]


@pytest.mark.parametrize(
    ("text", "strength", "odds", "expected"),
    [
        (TEXT, Strength.LIGHT, 1.0, ["Zschimmer"]),
        (TEXT, Strength.LIGHT, 3.0, []),
        (TEXT, Strength.STANDARD, 3.0, ["Zschimmer"]),
        (AFTER_A_GIVEN_NAME, Strength.LIGHT, 3.0, ["Dietmar Zschimmer"]),
    ],
)
def test_a_name_in_no_list_goes_lightly_only_beside_a_listed_one(
    text: str, strength: Strength, odds: float, expected: list[str]
) -> None:
    assert _found(text, strength, odds) == expected
