"""Numbers that point at a person or an account, whatever the words round them are.

A run of figures goes if it has the form of a telephone number, an account, an identity number or a
day, or if it has six figures and more and measures nothing.
"""

import re
from collections.abc import Iterator

from redact.spans import Kind, Span

_GAP = r"[ \u00a0./-]"
_IBAN = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b")
_PHONE = re.compile(
    # +49 171 2345678, 0049 (0)30 / 123456
    rf"(?<![\w+])(?:\+|00)\d{{1,3}}(?:{_GAP}?\(0\))?(?:{_GAP}{{0,3}}\(?\d{{1,5}}\)?){{2,6}}(?![\w-])"
    # 0171 2345678, (030) 123456-78, 06 12 34 56 78, 0171/2345678
    rf"|(?<![\w.,+/-])\(?0\d{{1,5}}\)?{_GAP}{{1,3}}\d{{2,8}}"
    rf"(?:{_GAP}\d{{1,6}}){{0,4}}(?![\w%]|[.,:]\d)"
    r"|(?<![\w.,+/-])0\d{8,11}(?![\w%]|[.,:]\d)"
    # 612 34 56 78, 600 123 456, 912-345-678, (55) 1234 5678
    r"|(?<![\w.,+/-])(?:\(\d{2,3}\) ?\d{3,4}[ -]\d{4}|[1-9]\d{2}(?:[ .-]\d{2}){3}"
    r"|[1-9]\d{2}[ -]\d{3}[ -]\d{3}|\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2}|\d{3,4}[ -]\d{4}[ -]\d{4}"
    r"|3\d{2} \d{3} ?\d{4}|9 \d{4} \d{4})(?![\w%]|[.,:-]?\d)"
)
_CARD = re.compile(r"(?<![\w.,])\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{2,4}){0,3}(?!\w)")
# 12345678Z, X1234567L, 12.345.678-9, 044.123.456-78, 1 85 07 75 123 456 78, MUHP850712HDFRRL09
_IDENTITY = re.compile(
    r"(?<![\w.,-])(?:\d{8}[ -]?[A-Z]|[XYZ][ -]?\d{7}[ -]?[A-Z]|\d{1,2}\.\d{3}\.\d{3}-[\dkK]"
    r"|\d{3}\.\d{3}\.\d{3}-\d{2}|[12] ?\d{2} ?[01]\d ?\d[\dAB] ?\d{3} ?\d{3}(?: ?\d{2})?"
    r"|[A-Z]{4}\d{6}[HM]?[A-Z0-9]{3,8}|756\.\d{4}\.\d{4}\.\d{2}"
    r"|\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2})(?!\w)"
)
# PX-4471, MA 20931, A-10-4471, LK442901: capitals with figures, as on a badge
_CODE = re.compile(
    r"(?<![\w/.-])(?!(?:DNI|NIE|NIF|CIF|RUT|NSS|NIP|IBAN|TEL|PIN|EXT|CNI|AVS|AHV|KFZ|PLZ|ISO|DIN)\b)"
    r"(?:[A-Z]{1,4}(?:[-/ ]?\d{1,6}){0,2}[-/ ]?\d{4,10}(?:[-/]?[A-Z]{1,2})?"
    r"|[A-Z]{1,4}-\d{2,3}(?:-\d{2,6}|-[A-Z]{1,3})|\d{2,6}-[A-Z]{2,4}-?\d{0,4}"
    r"|[A-Z]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?"
    r"|[A-Z]{2,3} (?=[A-Z]{0,2}\d[A-Z0-9]{0,3}\d)[A-Z0-9]{4,5}"
    r"|(?=[A-Z0-9]{6,12}\b)(?=[A-Z]*\d[A-Z0-9]*\d)(?=\d*[A-Z])[A-Z0-9]{6,12})(?![\w%]|[.,-]\d)"
)
# 4471 KLM (no vowels), FG-418-ZK, B-KL 2207: plates, however they are typed
_PLATE = re.compile(
    r"(?<![\w/.,-])(?:\d{4}[ -]?(?!rpm|mhz|khz|pcs|stk|hrs|lbs|pln|chf|gbp|czk|dkk)"
    r"[b-df-hj-np-tv-z]{3}|[a-z]{2}-\d{3}-[a-z]{2}|(?!usb-c)[a-z]{1,3}-[a-z]{1,2} ?\d{2,4}[eh]?)"
    r"(?![\w%]|[.,-]\d)",
    re.IGNORECASE,
)
_RUN = re.compile(r"(?<![\w.,+/-])\d{6,20}(?![\w%]|[.,:]\d)")
_GROUPED_RUN = re.compile(r"(?<![\w.,+/-])\d{2,4}(?:[ /-]\d{2,4}){2,5}(?![\w%]|[.,:/-]\d)")
_UNIT = re.compile(
    r"\s?(?:[%€$£°x×]|EUR\b|USD\b|PLN\b|CHF\b|"
    r"(?i:zł|euros?|dollars?|pesos?|kg|g|mg|t|km|m|cm|mm|ml|l|h|kwh|watt|volt|x)\b)"
)
_ROUND = re.compile(r"\d{1,3}000(?:00)?\b")  # 250000 is a budget
_YEARS = re.compile(r"(?:19|20)\d\d[-/](?:19|20)?\d\d")
_OF_A_YEAR = re.compile(r"[A-Z]{1,4} (?:1[5-9]|20)\d\d")  # WM 2006, III 1945, "W 1998"
_DATE = re.compile(
    r"(?<![\w.,/-])(?:(?:0?[1-9]|[12]\d|3[01])\s?(?P<a>[/.-])\s?(?:0?[1-9]|1[0-2])\s?(?P=a)\s?(?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d(?P<b>[-/.])(?:0?[1-9]|1[0-2])(?P=b)(?:0?[1-9]|[12]\d|3[01]))(?![\w%]|[.,/-]\d)"
)
_HANDLE = re.compile(r"(?<![\w@.])@(?=[\w.-]{0,30}[^\W\d_])\w[\w.-]{1,29}(?<![.-])")


def telephones(text: str) -> Iterator[Span]:
    """Yield telephone numbers by their form alone."""
    for match in _PHONE.finditer(text):
        digits = sum(c.isdecimal() for c in match.group())
        if 6 < digits < 16 and not _measures(text, match.end()) and not _DATE.match(match.group()):
            yield Span(match.start(), match.end(), Kind.PHONE)


def identifiers(text: str) -> Iterator[Span]:
    """Yield accounts, cards, identity numbers, codes with capitals, and long runs of figures."""
    for pattern in (_IBAN, _CARD, _IDENTITY, _CODE, _PLATE):
        for match in pattern.finditer(text):
            if not _measures(text, match.end()) and not _OF_A_YEAR.fullmatch(match.group()):
                yield Span(match.start(), match.end(), Kind.ID)
    for match in _RUN.finditer(text):
        if not _measures(text, match.end()) and not _ROUND.fullmatch(match.group()):
            yield Span(match.start(), match.end(), Kind.ID)
    for match in _GROUPED_RUN.finditer(text):
        digits = sum(c.isdecimal() for c in match.group())
        if digits > 7 and not _measures(text, match.end()) and not _YEARS.match(match.group()):
            yield Span(match.start(), match.end(), Kind.ID)


def days_in_figures(text: str) -> Iterator[Span]:
    """Yield days of the calendar that are written with figures alone."""
    for match in _DATE.finditer(text):
        yield Span(match.start(), match.end(), Kind.DATE)


def handles(text: str) -> Iterator[Span]:
    """Yield what people call themselves on sites, with an at sign."""
    if "@" in text:
        for match in _HANDLE.finditer(text):
            yield Span(match.start(), match.end(), Kind.USERNAME)


def _measures(text: str, end: int) -> bool:
    return _UNIT.match(text, end) is not None
