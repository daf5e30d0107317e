"""Places of two or three words, which go whole or not at all."""

from collections.abc import Callable, Sequence

from redact.languages.kit.lexicon import Entry
from redact.tokens import Token


def whole_place(
    look_up: Callable[[str], Entry], tokens: Sequence[Token], first: int, last: int
) -> tuple[int, int]:
    """Return a range of tokens with the rest of the listed place: "Santo" Domingo."""
    for begin in range(max(0, first - 2), last):
        for length in (3, 2):
            end = begin + length
            words = " ".join(token.lower for token in tokens[begin:end])
            if first < end <= len(tokens) and look_up(words).place:
                first, last = min(first, begin), max(last, end)
    return first, last
