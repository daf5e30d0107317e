"""What goes from a transcript besides what reading it finds: the mishearings of a speech model."""

import re
from collections.abc import Iterator, Sequence

from redact.languages.en.misheard.doubted import Heard
from redact.languages.en.misheard.heard import heard as heard_in_english
from redact.languages.en.vocabulary import words
from redact.lists.across import listed_by_sound
from redact.lists.entries import LocalLists
from redact.spans import Kind, Span

__all__ = ["Heard", "heard"]

# A number in groups, in any language: "0176, 445, 890". No sum is said like this, nor a year.
_GROUPS = re.compile(r"(?<![\d.,])\+?\d{2,6}(?:[\s,.\-]{1,2}\d{1,6}){1,7}(?![\d])")
_LEAST_DIGITS = 7
_DIGIT_BY_DIGIT = re.compile(r"(?<![\d\-])\d(?:-\d){3,}(?![\d\-])")  # "3-3-1-2"
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?")
_WEAK_AFTER = 0.6  # a word that the model doubts, right after a number: the rest of it
_MOST_AFTER = 4
_PLAIN = frozenset(words("heard: never names"))  # words that no number ends with
_YEARS = re.compile(r"(?:(?:1[89]|20)\d\d[\s,.\-]*)+")


def heard(
    text: str,
    found: Sequence[Span],
    probabilities: Sequence[Heard],
    lists: LocalLists,
    languages: Sequence[str],
) -> Iterator[Span]:
    """Yield what goes from a transcript.

    Args:
        text: As the speech model wrote it.
        found: What reading it has claimed.
        probabilities: How sure the model was of each; may be empty.
        lists: What the place knows of itself.
        languages: In which the text is.
    """
    for match in _GROUPS.finditer(text):
        groups = match[0]
        digits = sum(each.isdigit() for each in groups)
        if digits >= _LEAST_DIGITS and not (
            _THOUSANDS.fullmatch(groups) or _YEARS.fullmatch(groups)
        ):
            yield Span(match.start(), _with_doubted(text, match.end(), probabilities), Kind.PHONE)
    yield from (Span(*match.span(), Kind.ID) for match in _DIGIT_BY_DIGIT.finditer(text))
    if "en" in languages or "und" in languages:
        yield from heard_in_english(text, found, probabilities)
    yield from listed_by_sound(text, lists, probabilities)


def _with_doubted(text: str, end: int, probabilities: Sequence[Heard]) -> int:
    """Where a number ends whose last groups became other words: "06, 12, 34, 56, soit exempté"."""
    taken = 0
    for start, stop, probability in probabilities:
        if start < end:
            continue
        if text[end:start].strip(" ,.-") or "\n" in text[end:start]:
            break
        word = text[start:stop].rstrip(" ,.!?")
        if probability >= _WEAK_AFTER or taken == _MOST_AFTER or word.lower() in _PLAIN:
            break
        end = start + len(word)
        taken += 1
    return end
