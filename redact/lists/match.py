"""Entries of the local lists in a text: by spelling, by sound and with a small slip."""

from collections.abc import Iterator, Sequence

from redact.lists.entries import LocalLists
from redact.spans import Span
from redact.tagger import Guess
from redact.tokens import Token


def listed(tokens: Sequence[Token], guesses: Sequence[Guess], lists: LocalLists) -> Iterator[Span]:
    """Yield what the lists know."""
    yield from ()
