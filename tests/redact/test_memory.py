"""Answers about words are kept for one text and forgotten with it."""

from redact import redact
from redact.memory import _known, once_a_text, one_text


def test_the_same_is_asked_once_within_a_text_and_anew_for_the_next() -> None:
    asked = []

    @once_a_text
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    for _ in range(2):
        with one_text():
            assert [length("Gareth"), length("Gareth")] == [6, 6]
    assert asked == ["Gareth"] * 2
    assert [length("Gareth"), length("Gareth")] == [6, 6]
    assert asked == ["Gareth"] * 4


def test_nothing_that_was_read_is_remembered_after_it() -> None:
    with one_text():
        assert _known.get() is not None
    redact("Ask Gareth.")
    assert _known.get() is None
