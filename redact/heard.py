"""What goes from a transcript besides what reading it finds: the mishearings of a speech model."""

import re
from collections.abc import Iterator, Sequence

from redact.languages.en.heard import Heard
from redact.languages.en.heard import heard as heard_in_english
from redact.lists.across import listed_by_sound
from redact.lists.entries import LocalLists
from redact.spans import Kind, Span

__all__ = ["Heard", "heard"]

# A number in groups, in any language: "0176, 445, 890". No sum is said like this, nor a year.
_GROUPS = re.compile(r"(?<![\d.,])\+?\d{2,6}(?:[\s,.\-]{1,2}\d{1,6}){1,7}(?![\d])")
_LEAST_DIGITS = 7
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?")
_YEARS = re.compile(r"(?:(?:1[89]|20)\d\d[\s,.\-]*)+")


def heard(
    text: str,
    found: Sequence[Span],
    words: Sequence[Heard],
    lists: LocalLists,
    languages: Sequence[str],
) -> Iterator[Span]:
    """Yield what goes from a transcript.

    Args:
        text: As the speech model wrote it.
        found: What reading it has claimed.
        words: How sure the model was of each; may be empty.
        lists: What the place knows of itself.
        languages: In which the text is.
    """
    for match in _GROUPS.finditer(text):
        groups = match[0]
        digits = sum(each.isdigit() for each in groups)
        if digits >= _LEAST_DIGITS and not (
            _THOUSANDS.fullmatch(groups) or _YEARS.fullmatch(groups)
        ):
            yield Span(*match.span(), Kind.PHONE)
    if "en" in languages or "und" in languages:
        yield from heard_in_english(text, found, words)
    yield from listed_by_sound(text, lists, words)
