"""Handles that look like none of our words: what people call themselves on sites, as written."""

import re
from collections.abc import Iterator

from redact.languages.en.lexicon import look_up
from redact.languages.en.said_handles import SITES, with_sites_marked
from redact.spans import Kind, Span

_HANDLE = re.compile(
    r"(?<![\w@.])@(?=[\w.-]{0,30}[a-z])[a-z0-9_][\w.-]{1,29}(?<![.-])", re.IGNORECASE
)
_CUED_HANDLE = re.compile(
    rf"\b(?:user ?name|user ?id|handle|screen ?name|log ?in|gamer ?tag|user|account|"
    rf"profile|add me|find me|follow me|message me|dm me|known as|goes by|"
    rf"(?:on|via|my|his|her|their)\s+(?:{SITES}))\b(?:\s+(?:on|in|at)\s+(?:{SITES}))?"
    r"\s*(?:is|as|:|,|=|-|under|name|called|-?>)?\s*(?:is|as|:|under)?\s*[\"'(]?"
    r"(?P<handle>(?=[\w.-]*[\d_]|[\w-]*\.\w|(?<=handle )\w+-)"
    r"[a-z][\w.-]{3,29}\b(?<![.-])(?:/\w{2,30})?)",
    re.IGNORECASE,
)
# What nobody would write for a word: railrat_wrexham, kayleighbb7, karen.from.croft, ashes2sashes.
_ODD_HANDLE = re.compile(
    r"(?<![\w@./-])(?:(?=[\w.]{5,30})[a-z][a-z0-9]{0,29}(?:[._][a-z0-9]{1,29}){0,5}_[a-z0-9]{1,29}(?:[._][a-z0-9]{1,29}){0,5}"
    r"|[a-z]{2,20}(?:\.[a-z0-9]{1,20}){2,5}|[a-z]{2,15}(?:-[a-z]{2,15}){1,3}-[a-z]{0,8}\d{1,4}"
    r"|(?=\w{9})[a-z]{1,3}\d[a-z]{5,20}|[a-z]{6,24}\d{1,4}|[a-z]{4,20}\d[a-z]{3,20}"
    r"|(?<=\()[a-z]{2,20}\.[a-z0-9]{2,20}(?=\)))(?![\w@/]|[.-]\w)",
    re.IGNORECASE,
)
# lipglossandlosses_, but not _for emphasis_
_UNDERLINED = re.compile(
    r"(?<![\w@./-])(?:_+[a-z]\w{3,28}(?<!_)|[a-z]\w{3,28}_+)(?!\w)", re.IGNORECASE
)
_SLASH_HANDLE = re.compile(r"(?<![\w/])u/[\w-]{3,30}\b")


def usernames(text: str) -> Iterator[Span]:
    """Yield handles: with an at sign, of an odd form, or after a word that says what they are."""
    for pattern in (_HANDLE, _SLASH_HANDLE, _UNDERLINED, _ODD_HANDLE):
        for match in pattern.finditer(text):
            word = match.group().rstrip("0123456789").lower()
            if not (word.isalpha() and pattern is _ODD_HANDLE and look_up(word).word):
                yield Span(match.start(), match.end(), Kind.USERNAME)
    for match in _CUED_HANDLE.finditer(with_sites_marked(text)):
        yield Span(*match.span("handle"), Kind.USERNAME)
