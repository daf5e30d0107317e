"""Numbers that a turn of phrase tells: "the account ends in 8810", "I'm on 3115 if you need me"."""

import re
from collections.abc import Iterator

from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_NUMBER = r"(?P<number>\d(?:[\s,\-]{0,2}\d){2,11})\b(?!\s?%)"
_TURNS = (
    (
        re.compile(
            r"\b(?:account|card|plate|code|badge|phone|mobile|number|passport|iban)s?\b[^.!?\n]{0,20}"
            rf"\bends?\s(?:in|with|on)\s{_NUMBER}",
            re.IGNORECASE,
        ),
        Kind.ID,
    ),
    (
        re.compile(
            rf"\b(?:on|at|under|is)\s{_NUMBER}(?=,?\s(?:if|when|in\scase)\s(?:you|they|anybody|anyone|"
            r"somebody|someone)\s(?:needs?\s(?:me|us|him|her)|wants?\sto\s(?:talk|call|ring|reach|know)|"
            r"ha(?:s|ve)\s(?:a\s)?questions?)\b)",
            re.IGNORECASE,
        ),
        Kind.PHONE,
    ),
)
# Groups that were taken for decimals, "4.9.176" and "1.0284": no sum and no measure is said so.
_DECIMALS = re.compile(
    r"(?<![\d.,])(?:\d{1,4}\.\d{4,8}|\d{1,4}(?:\.\d{1,4}){2,5}(?<=\d{3}))(?![\d.,]*\d)"
)
_ALPHABET = "|".join(words("heard: radio alphabet"))
# "Kilo Victor November"; of two, one has to stand beside digits or a single letter.
_RADIO = re.compile(rf"\b(?:{_ALPHABET})(?:[\s,.\-]{{1,2}}(?:{_ALPHABET})){{2,}}\b", re.IGNORECASE)


def turns(text: str) -> Iterator[Span]:
    """Yield numbers that the words round them tell, and names spelled as over a radio."""
    for pattern, kind in _TURNS:
        yield from (Span(*match.span("number"), kind) for match in pattern.finditer(text))
    for whole in (_DECIMALS, _RADIO):
        yield from (Span(*match.span(), Kind.ID) for match in whole.finditer(text))
