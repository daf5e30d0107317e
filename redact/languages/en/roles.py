"""Job titles that only one person holds.

"the finance director", "our only sonographer", "head of maths".
"""

import re
from collections.abc import Iterator

from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

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
# "Store manager is the only one with a key": who writes no article means one person.
_AT_THE_START = re.compile(
    r"(?:^|[.!?]\s+)(?P<title>(?i:(?:"
    + "|".join(words("roles: sole managers"))
    + r") manager|principal|matron|bursar|head ?teacher|vicar|governor))"
    r"(?=\s(?:is|was|has|had|never|always|says|said|told|keeps|still|only|doesn't|didn't|won't|can't|"
    r"isn't|wasn't|hasn't|got|gets|goes|went|comes|came|left|wants|shouted|shouts|does)\b)",
    re.MULTILINE,
)


def roles(text: str) -> Iterator[Span]:
    """Yield titles whose form says that one person holds them."""
    for match in _FIXED.finditer(text):
        yield Span(match.start(), match.end(), Kind.ROLE)
    for match in _AT_THE_START.finditer(text):
        yield Span(*match.span("title"), Kind.ROLE)
    for match in _ACRONYM.finditer(text):
        yield Span(match.start("a"), match.end("a"), Kind.ROLE)
