"""Numbers that point at a person, as they are written: telephone numbers and identifiers.

Money, clock times, measures and years are neither. Numbers in words are in `spoken_numbers.py`.
"""

import re
from collections.abc import Iterator

from redact.languages.en.lexicon import look_up
from redact.languages.en.number_words import ID_CUES, MEASURES, PHONE_CUES
from redact.spans import Kind, Span
from redact.tokens import tokenize

_LONG = re.compile(
    r"(?<![\w£$€¥₦₹.,])\+?\(?\d[\d\s().+/-]{4,}\d(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\d%]|[.,]\d)"
)
_ALNUM = re.compile(
    r"(?<![\w£$€¥₦₹@.#-])#?(?=[\w/-]{0,30}\d)(?=[\w/-]{0,30}[A-Za-z])[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+){0,4}(?![\w@]|"
    r"\.\w)"
)
# Groups of capitals and digits after a word that says what they are: "pass LTX 0093 4482".
_CUED_VALUE = re.compile(
    r"(?i:\b(?:badge|pass|licen[cs]e|permit|code|card|ppsn?|passport|visa|ref|"
    r"reference|number|no|id|pin|reg|"
    r"plate|case|ticket|account|policy|vehicle|van|bus|truck|lorry|cab|forklift|"
    r"turbine|unit|asset|key|locker|"
    r"employee|staff|member|registration|serial)\b)\W{0,3}(?i:(?:number|no|is|was|"
    r"id|ref|code)\b)?\W{0,3}"
    r"(?P<value>(?=[A-Z\d _/-]{0,20}\d)[A-Z\d][A-Z\d_/-]{0,14}(?: "
    r"[A-Z\d][A-Z\d/-]{1,9}){0,4})(?![\w@]|\.\w)"
)
_PLAIN_ALNUM = re.compile(
    r"(?i)^(?:\d{1,4}(?:st|nd|rd|th|s|am|pm|hr?s?|hours?|mins?|m|cm|mm|km|kg|g|k|p|"
    r"mb|gb|tb|ml|l|ft|in|x|w|v|amp|mph|d|yo|yrs?|days?|wks?|pc|ish|mg|c|f|b|bn|mil|"
    r"a|e|oz|lbs?|st|inch|ply|hz|kw|kva|t|tonne)|"
    r"[a-z]{1,2}\d{1,2}|\d{1,2}[a-z]|\d+x\d+|x\d+|covid-?19|h1n1|mp[34]|b2b|24/7|"
    r"24-7|9-to-5|v\d+|q[1-4]|windows\d+|office365|o365|\d+-\d+(?:am|pm)|\d+(?:am|"
    r"pm)-\d+(?:am|pm)?|\d+-(?:hour|day|week|month|year|minute|min|tonne|foot|metre|"
    r"point|inch|person|man|page|mile|storey|seater|bed|way|step|pin|ton|a-side|odd|"
    r"litre|watt|stone|strong|something)s?|"
    r"mid-?\d+s?|pre-\d+|post-\d+|under-?\d+s?|over-?\d+s?|\d+-and-\d+|top-?\d+|"
    r"iso-?\d+|en-?\d+|ffp[23]|ps[45]|[a-z]+-\d{1,2}|3d|2d|4g|5g|[34]in1|p\d\d|"
    r"\d+s?/\d+s?)$"
)
_SHAPES = (
    re.compile(
        r"\b(?i:[A-CEGHJ-TW-Z][A-CEGHJ-NP-TW-Z]\s?-?\d\d\s?-?\d\d\s?-?\d\d\s?-?[A-D])\b"
    ),  # NI number
    re.compile(r"\b\d{3}[- ]\d{2}[- ]\d{4}\b"),  # US social security number
    re.compile(r"\b\d{2}-\d{2}-\d{2}\b"),  # UK sort code
    re.compile(r"\b[A-Z]{5}\d{4}[A-Z]\b"),  # Indian PAN
    re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b"),  # IBAN
    re.compile(r"\b\d{7}[A-Z]{1,2}\b"),  # Irish PPS number
    re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b"),  # UK vehicle, since 2001
    re.compile(r"\b[A-Z]\d{1,3}\s[A-Z]{3}\b|\b[A-Z]{3}\s\d{1,3}[A-Z]\b"),  # UK vehicle, before
    re.compile(r"\b\d{2,3}-[A-Z]{1,2}-\d{1,6}\b"),  # Irish vehicle
    re.compile(r"\b[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}\b"),  # Indian vehicle
    re.compile(
        r"\b[A-Z]{3}[ -]\d{3}[ -]?[A-Z]{2}\b|\bK[A-Z]{2}\s\d{3}[A-Z]\b"
    ),  # Nigerian, Kenyan vehicle
)
_CLOCK = re.compile(
    r"^(?:[01]?\d|2[0-4])[.:]?[0-5]\d\s?(?:-|to|/)\s?(?:[01]?\d|2[0-4])[.:]?[0-5]\d$"
)
_YEARS = re.compile(r"^(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)?\d\d)$")


def written_numbers(text: str) -> Iterator[Span]:
    """Yield telephone numbers and identifiers written with digits."""
    if not any(character.isdigit() for character in text):
        return
    for shape in _SHAPES:
        for match in shape.finditer(text):
            yield Span(match.start(), match.end(), Kind.ID)
    for match in _LONG.finditer(text):
        found = match.group()
        count = sum(c.isdigit() for c in found)
        if (
            count >= 6
            and not _CLOCK.match(found.strip())
            and not _YEARS.match(found.strip())
            and (count > 7 or not _measure_follows(text, match.end()))
        ):
            yield Span(match.start(), match.end(), _kind_of(text, match.start(), found, count))
    for match in _CUED_VALUE.finditer(text):
        value = _without_words(match["value"])
        if sum(c.isdigit() for c in value) >= 2 and any(c.isalpha() for c in value):
            start = match.start("value")
            yield Span(start, start + len(value), Kind.ID)
    for match in _ALNUM.finditer(text):
        found = match.group().lstrip("#")
        if _looks_like_identifier(found):
            yield Span(match.start(), match.end(), Kind.ID)


def _without_words(value: str) -> str:
    """Leave out the words of a note in capitals that follow a number: EX90233 DOES NOT OPEN."""
    while " " in value:
        rest, _, group = value.rpartition(" ")
        if not (group.isalpha() and look_up(group.lower()).word):
            break
        value = rest
    return value


def _looks_like_identifier(found: str) -> bool:
    digits = sum(c.isdigit() for c in found)
    return (
        len(found) >= 4
        and digits >= 2
        and not _PLAIN_ALNUM.match(found)
        and (digits >= 3 or found.upper() == found)
    )


def _measure_follows(text: str, end: int) -> bool:
    following = re.match(r"\s?([A-Za-z%']+)", text[end : end + 20])
    return bool(following) and following[1].lower() in MEASURES  # type: ignore[index]


def _kind_of(text: str, start: int, found: str, count: int) -> Kind:
    before = {t.lower for t in tokenize(text[max(0, start - 40) : start])}
    if before & (
        ID_CUES - {"card", "key", "line", "code", "van", "car", "driver"}
    ) and not before & {"mobile", "phone", "ring", "call", "text"}:
        return Kind.ID
    if found.startswith(("+", "0", "(")) and 9 <= count <= 15:
        return Kind.PHONE
    if before & PHONE_CUES or (count in {10, 7} and re.search(r"[\s.-]", found)):
        return Kind.PHONE
    return Kind.ID
