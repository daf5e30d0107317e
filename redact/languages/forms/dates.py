"""Days of the calendar and ages, in figures and in words, by a language's own words for them."""

import re
from collections.abc import Iterator

from redact.languages.kit.vocabulary import Vocabulary
from redact.spans import Kind, Recognizer, Span

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_COUNTED = r"\s(?-i:[A-Z][a-z]{3,}n)\b"  # mit 27 Treffern
_YEAR = r"(?:(?:19|20)\d\d|'\d\d)"


def days(vocabulary: Vocabulary) -> Recognizer:
    """Return what finds days with a month's name: 2. Mai 2022, 12 kwietnia, el tres de mayo."""
    one_of = vocabulary.one_of
    month, of, ordinal = one_of("months"), one_of("date links"), one_of("ordinals")
    between = rf"(?:\s*(?:\.|\b{of}\b)\s*|\s+)"
    day = rf"(?:\b{_DAY}(?:\.|er|o|a)?|\b{ordinal})"
    year_said = one_of("years said")
    year = rf"(?:(?:\s*,)?(?:\s+{of}\b)?\s+(?:{_YEAR}\b(?:\s*r\b\.?)?|{year_said}))?"
    born = rf"\b{one_of('born')}\b\W{{0,3}}(?:{one_of('born links')}\s+){{0,3}}"
    figures = rf"{_DAY}[./ -]\d{{1,2}}[./ -](?:19|20)?\d\d"
    short = rf"(?P<span>{_DAY}(?P<s>[./])(?:0?[1-9]|1[0-2])(?P=s)?)"
    measured = rf"\s*(?:{one_of('class: unit')}|%)\b"
    return _finder(
        Kind.DATE,
        rf"{day}{between}{month}\b(?:\.(?=\s?\d))?{year}",
        rf"\b{month}\s+{_DAY}(?:st|nd|rd|th)?(?:\s*,)?\s+(?:19|20)\d\d\b",
        rf"\b{ordinal}\s+{one_of('ordinal months')}\b{year}",
        rf"{born}(?P<span>(?:{month}\s+)?(?:19[2-9]\d|20[01]\d)|{figures})\b",
        rf"\b{one_of('on a day')}\s+{short}(?![\w/%]|[.,]?\d|{measured})",
    )


def ages(vocabulary: Vocabulary) -> Recognizer:
    """Return what finds how old somebody is: 58 Jahre alt, treinta y dos años, j'ai 45 ans."""
    one_of = vocabulary.one_of
    number = rf"(?:[1-9]\d|{one_of('age numbers')})"
    years = one_of("years")
    about = rf"(?:{one_of('about')}\s+){{0,3}}"
    measured = rf"\s*(?:{one_of('class: unit')}|%)"
    return _finder(
        Kind.AGE,
        # a number of years that the word after it makes an age
        rf"\b(?P<span>{number}\s+{years}\s+{one_of('old')})\b",
        rf"\b{one_of('aged')}\W{{0,2}}\s*(?P<span>{number}(?:\s+{years})?)\b(?!{measured})",
        # she is 58 years ...; but not: for 58 years
        rf"\b{one_of('has years')}\s+{about}(?P<span>{number}\s+{years})\b"
        rf"(?!\s+{one_of('years of')}\b)",
        # I am 58; turning 60: a number alone, with nothing that it could count
        rf"\b{one_of('is aged')}\s+{about}(?P<span>{number})\b"
        rf"(?!{measured}|\s*[:.,/-]?\d|{_COUNTED})",
        rf"\b(?P<span>{number}\s?-?\s?{one_of('year old')})\b",
        # Frau Weber, 61 Jahre, once she is taken out; but not: the shift, 20 years,
        rf"\[PERSON[^\]]{{0,5}}\],\s(?P<span>{number}\s+{years})(?=,)",
        # Maria (58), Herr Weber, 61,
        r"(?<=[a-z\]])\s?\((?P<span>[1-9]\d)\)|(?<=[a-z\]]),\s(?P<alt>[1-9]\d),(?!\d)",
    )


def _finder(kind: Kind, *forms: str) -> Recognizer:
    patterns = [re.compile(form, re.IGNORECASE) for form in forms]

    def find(text: str) -> Iterator[Span]:
        for pattern in patterns:
            for match in pattern.finditer(text):
                groups = match.groupdict()
                name = next((n for n in ("span", "alt") if groups.get(n) is not None), 0)
                start, end = match.span(name)
                yield Span(start, end, kind)

    return find
