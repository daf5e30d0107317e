"""Days of birth as a speech model writes them: "the 22, March 1981", "14, 3, 84"."""

import re
from collections.abc import Iterator

from redact.languages.en.number_words import TEENS, TENS, UNITS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_MONTHS = "|".join(words("spoken: months"))
_ORDINALS = "|".join(words("spoken: ordinals"))
_TENS, _UNITS, _TEENS = "|".join(TENS), "|".join(UNITS), "|".join(TEENS)
_BELOW_100 = rf"(?:(?:{_TENS})[\s-](?:{_UNITS})|{_TENS}|{_TEENS}|(?:oh\s)?(?:{_UNITS}))"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|(?:(?:twenty|thirty)[\s-])?(?:{_ORDINALS}|{_UNITS})|{_TEENS})"
)
_YEAR = (
    rf"(?:(?:19|20)\d\d|'?\d\d(?!\d)|(?:nineteen|twenty)[\s,]+{_BELOW_100}|"
    rf"two\sthousand(?:(?:\sand)?\s{_BELOW_100})?)"
)
_BETWEEN = r"[\s,.\-/]{1,3}"
_BIRTH = r"\b(?:born|birth|birthday|dob|d\.o\.b\.)\b[^.!?\n]{0,16}?"
_MONTH = rf"(?:of{_BETWEEN})?(?:the{_BETWEEN})?(?:{_MONTHS}|\d{{1,2}}(?:st|nd|rd|th)?|{_ORDINALS})"
_DAYS = (
    # Behind a word of birth anything like a day, without a year or with one.
    re.compile(
        rf"{_BIRTH}(?P<day>\b{_DAY}{_BETWEEN}{_MONTH}(?:{_BETWEEN}{_YEAR})?)\b", re.IGNORECASE
    ),
    # Elsewhere day, month and year in full.
    re.compile(
        rf"(?P<day>\b{_DAY},?\s(?:of,?\s)?(?:{_MONTHS}),?\s(?:(?:19|20)\d\d|two\sthousand"
        rf"(?:(?:\sand)?\s{_BELOW_100})?))\b",
        re.IGNORECASE,
    ),
)


def days(text: str) -> Iterator[Span]:
    """Yield days with commas where nobody writes them, and years in words."""
    for pattern in _DAYS:
        yield from (Span(*match.span("day"), Kind.DATE) for match in pattern.finditer(text))
