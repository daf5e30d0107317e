"""Job titles that only one person holds.

"the finance director", "our only sonographer", "head of maths".
"""

import re
from collections.abc import Iterator

from redact.spans import Kind, Span

_DEFINITE = (
    r"(?:the|our|my|your|their|his|her|this|an?|new|old|former|current|as|i'm|im|i "
    r"am|acting|interim|,|\()\s*(?:um,?|uh,?|er,?|new|old|former|current)?\s*"
)
_HEAD = (
    r"(?:director|coordinator|co-ordinator|officer|controller|administrator|"
    r"technologist|superintendent|registrar|convenor|matron|bursar|headteacher|"
    r"chaplain|archivist|curator|librarian|principal|commander|inspector|foreman|"
    r"auditor|secretary|treasurer|chair(?:man|woman)?)"
)
_FIELD = (
    r"(?!(?:new|old|same|other|whole|only|good|best|worst|first|last|next|big|great|"
    r"real|actual|lovely|local|area|line|shift|duty|night|day|floor|team|and|or|of|"
    r"for|from|with|who|that|security|police|prison|probation|immigration|customs|"
    r"post|box|head|home|union|traffic|parking|medical|patient|"
    r"loss)\b)[a-z]+(?:-[a-z]+)?"
)
_TITLES = re.compile(
    (
        rf"\b(?:{_DEFINITE})\b(?P<a>(?:(?:assistant|deputy|regional|lead|senior|chief|"
        rf"head|group|national|area|"
        rf"general)\s+)?(?:{_FIELD}\s+)?{_FIELD}(?:\s+and\s+{_FIELD})?\s+{_HEAD})\b(?!')"
    ),
    re.IGNORECASE,
)
_FIXED = re.compile(
    r"\b(?:(?:deputy|assistant|acting|interim|group)\s+)?(?:managing director|"
    r"general manager|chief executive(?:\s+officer)?|chief [a-z]+ officer|chief of "
    r"staff|head ?teacher|deputy head|head chef|executive chef|head of (?!the\b|"
    r"us\b|me\b|a\b|my\b|our\b|steam\b|hair\b)[a-z]+(?: (?:and|of) [a-z]+)?|"
    r"director of [a-z]+(?: and [a-z]+)?|medical director|clinical director|company "
    r"secretary|plant manager|hr director|it director|finance director|managing "
    r"partner|registered manager|lead (?:nurse|pharmacist|pastry chef|midwife|"
    r"physio))\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\b(?:the|our|their)\s+(?P<a>CEO|CFO|COO|CTO|CIO|MD|FD|DPO|CPO)\b")


def roles(text: str) -> Iterator[Span]:
    """Yield titles whose form says that one person holds them."""
    for match in _FIXED.finditer(text):
        yield Span(match.start(), match.end(), Kind.ROLE)
    for match in _ACRONYM.finditer(text):
        yield Span(match.start("a"), match.end("a"), Kind.ROLE)
