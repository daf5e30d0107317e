"""Which words a claim holds."""

from collections.abc import Mapping, Sequence

from redact.spans import Span
from redact.tokens import Token


def within(tokens: Sequence[Token], starts: Mapping[int, int], span: Span) -> range:
    """Return the places of the words inside a claim; none where it begins within a word.

    Args:
        tokens: Of the note.
        starts: The place of the word that begins at an offset.
        span: The claim.
    """
    first = starts.get(span.start)
    if first is None:
        return range(0)
    last = first
    while last < len(tokens) and tokens[last].end <= span.end:
        last += 1
    return range(first, last)
