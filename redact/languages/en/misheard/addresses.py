"""Postcodes and streets as a speech model writes them: "M21, 9PL", "18 Ashgrove terrorist"."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from redact.languages.en.lexicon import look_up
from redact.languages.en.number_words import DIGITS, REPEATS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_SOUNDS = frozenset(words("heard: digits by sound"))
_SPELLED = frozenset(words("heard: letters by sound"))
_TOKENS_OF_CODES = re.compile(r"[A-Za-z0-9]+(?:'[a-z]+)?")
_AFTER_POSTCODE = re.compile(
    r"\b(?:post\s?code|zip\s?code|zip)\b(?:'s|\s(?:is|was|here is))?[\s,:]+", re.IGNORECASE
)
_LONGEST_POSTCODE = 8  # words of one, as it may be heard
_POSTCODE = re.compile(
    r"\b[a-z]{1,2}\s?\d{1,2}[a-z]?[\s,.\-]{1,3}\d[\s,]?[abd-hjlnp-uw-z][\s,]?[abd-hjlnp-uw-z]\b"
    r"|\b[a-z]\d[a-z][\s,.\-]{1,3}\d[a-z]\d\b",
    re.IGNORECASE,
)
# British, letter by letter, its third part a digit, a word for one or its sound: "SW1A, to A A".
_AREAS = "|".join(r"[\s.\-]{0,2}".join(area.upper()) for area in words("heard: postcode areas"))
_SAID = "|".join([*(word for word in DIGITS if DIGITS[word] == 1), *_SOUNDS - {"on"}])
_LAST = r"[ABD-HJLNP-UW-Z]"  # British postcodes never end with C, I, K, M, O or V
_BRITISH = re.compile(
    rf"\b(?:{_AREAS})[\s.,\-]{{0,2}}\d(?:[\s\-]?\d)?[A-Z]?[\s,.\-]{{1,3}}"
    rf"(?:\d|(?<=[A-Z\d]{{3}}[\s,.\-])(?:{_SAID})|(?<=[A-Z\d]{{3}}[,.]\s)(?:{_SAID}))"
    rf"[\s.,\-]{{0,2}}{_LAST}[\s.,\-]{{0,2}}{_LAST}\b(?!['’])"
)
# Its second half with a digit for a letter: "E4, 70W".
_WITH_COMMA = re.compile(rf"\b(?:{_AREAS})\d{{1,2}}[A-Z]?,\s\d{{1,2}}\s?[A-Z]{{1,2}}\b")
_DOTTED_LETTER = re.compile(r"[A-Z]\.")  # "L.E.5, 6H"
_HUNDREDS = re.compile(r"\b[1-9]00 and $")
_HOUSE = rf"(?:\d{{1,4}}\s?[a-z]?|{'|'.join(word for word in DIGITS if len(word) > 2)})"
_NAMED = r"[a-z]{4,}(?:\s[a-z]{4,})?"
_PLAIN = 7  # `Entry.word` of words that everybody uses
_LIKE_STREETS = "|".join(words("heard: streets"))
# "In front of six Beechwood Close" becomes "six beachwood clothes".
_STREET = (
    r"\b(?:at|in front of|outside|opposite|behind|address is|house|lives? on|it to|"
    rf"(?:home|moved?|went|sent|goes) to)\s(?P<street>{_HOUSE}\s{_NAMED}\s(?:{_LIKE_STREETS}))\b"
)
# What is a word of its own, too, is a street only where somebody lives.
_STREET_LIVED_IN = (
    r"\b(?:in front of|outside|opposite|(?:address|house) is|lives? (?:on|at)|(?:home|moved?) to)"
    rf"\s(?P<street>{_HOUSE}\s{_NAMED}\s(?:{'|'.join(words('heard: streets and words'))}))\b"
)
_FLAT = rf"\bflat\s(?P<street>{_HOUSE},?\s{_NAMED}\s(?:caught|cort|quart|caut))\b"
# "In front of flat 7mm cord by somebody": of a flat it is number and house, whatever was heard.
_UNITS = frozenset(words("heard: units"))
_FLATS = re.compile(
    rf"\bflat\s(?P<flat>\d{{1,3}}[a-z]{{0,3}},?\s{_NAMED})(?=[,.!?]|$|\s(?:by|in|on|and|at|to|with|is)\b)",
    re.IGNORECASE,
)
_STREETS = [re.compile(each, re.IGNORECASE) for each in (_STREET, _STREET_LIVED_IN, _FLAT)]


def addresses(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Yield postcodes and streets that were heard wrongly.

    Args:
        text: As the model wrote it.
        found: What reading it has claimed.
    """
    for pattern in (_POSTCODE, _BRITISH, _WITH_COMMA):
        yield from (Span(*match.span(), Kind.ADDRESS) for match in pattern.finditer(text))
    yield from _dotted_codes(text, found)
    yield from _hundreds(text, found)
    yield from _after_the_word(text)
    for flat in _FLATS.finditer(text):
        if not _UNITS & set(flat["flat"].lower().split()):  # "the tyre was flat 12 hours before"
            yield Span(*flat.span("flat"), Kind.ADDRESS)
    for pattern in _STREETS:
        for street in pattern.finditer(text):
            *name, last = street["street"].split()[1:]
            is_odd = look_up(last.lower()).word < _PLAIN
            if is_odd or any(w[0].isupper() or look_up(w.lower()).word < _PLAIN for w in name):
                yield Span(*street.span("street"), Kind.ADDRESS)


def _dotted_codes(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Yield postcodes with the letters before them that were written as said: "L.E.5, 6H"."""
    for span in found:
        start = span.start
        while start >= 2 and _DOTTED_LETTER.fullmatch(text, start - 2, start):
            start -= 2
        if span.kind is Kind.ADDRESS and start < span.start:
            yield Span(start, span.end, Kind.ADDRESS)


def _hundreds(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Yield addresses with the hundreds of their house: "200 and 4 station road"."""
    for span in found:
        if span.kind is Kind.ADDRESS and (before := _HUNDREDS.search(text, 0, span.start)):
            yield Span(before.start(), span.end, Kind.ADDRESS)


def _after_the_word(text: str) -> Iterator[Span]:
    """Yield what stands behind "my postcode is", whatever was heard: "NW1 for BG"."""
    for cue in _AFTER_POSTCODE.finditer(text):
        end, has_digit = cue.end(), False
        heard_words = islice(_TOKENS_OF_CODES.finditer(text, cue.end()), _LONGEST_POSTCODE)
        for word in heard_words:
            low = word[0].lower()
            is_digit = low[-1].isdigit() or low[0].isdigit() or low in DIGITS or low in REPEATS
            is_letter = len(low) == 1 or low in _SPELLED or (len(low) == 2 and word[0].isupper())
            if text[end : word.start()].strip(" ,.-") or not (
                is_digit or is_letter or low in _SOUNDS
            ):
                break
            has_digit = has_digit or is_digit
            if low not in _SOUNDS or has_digit:
                end = word.end()
        said = text[cue.end() : end].rstrip()
        while said.split()[-1:] and said.split()[-1].lower() in _SOUNDS:
            said = said.rpartition(" ")[0].rstrip()  # "LS6 3HN for my mother"
        if has_digit and said:
            yield Span(cue.end(), cue.end() + len(said), Kind.ADDRESS)
