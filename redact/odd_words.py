"""Handles that are one odd word, as written: RealAleRaymond, vampyr.phleb, mossyknickers.

Products, slips and long words can look the same, so each kind is asked for something more: a name
among its parts, a part that is no word, or a site that is spoken of near by.
"""

import re
from collections.abc import Iterator

from redact.lexicon import Entry, look_up
from redact.said_handles import tells_of_handles
from redact.spans import Kind, Span
from redact.vocabulary import words

_HUMPED = re.compile(r"(?<![\w@./-])(?=\w{7,30}(?!\w))[A-Za-z]+(?<=[a-z])[A-Z]\w*")
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_PRODUCTS = frozenset(words("handles: products"))
_DOTTED = re.compile(r"(?<![\w@./-])([a-z]{3,20})\.([a-z]{2,20})(?![\w@/]|[.-]\w)")
_HYPHENED = re.compile(r"(?<![\w@./-])[a-z]{2,15}(?:-[a-z]{2,15}){2}(?![\w@/]|[.-]\w)")
_GLUED = re.compile(r"(?<![\w@./'-])[a-z]{10,24}(?![\w@/'-]|\.\w)")
_SHORTEST_PART = 4
_NAMED = re.compile(
    r"\b(?:i'm|im|as|add|follow|by|from|called|under|search|user|(?:winner|champion)\swas)\s"
    r"(?P<handle>[a-z]{8,24})(?![\w@/'-]|\.\w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"\b(?:from|by|as|user|under|profile|account|called|named|signed)\s[\"\u201c]"
    r"(?P<handle>[\w~][^\"\u201c\u201d.,!?]{2,30})[\"\u201d]",
    re.IGNORECASE,
)


def odd_words(text: str) -> Iterator[Span]:
    """Yield words that are no words, where they can be what somebody calls themselves."""
    is_near_site = tells_of_handles(text)
    for match in _HUMPED.finditer(text):
        if _is_of_humps(match.group(), is_near_site=is_near_site):
            yield Span(match.start(), match.end(), Kind.USERNAME)
    for match in _DOTTED.finditer(text):
        if not all(look_up(part).word for part in match.groups()):
            yield Span(match.start(), match.end(), Kind.USERNAME)
    for match in _HYPHENED.finditer(text):
        if any(look_up(part).given > 2 for part in match.group().split("-") if len(part) > 3):
            yield Span(match.start(), match.end(), Kind.USERNAME)
    if is_near_site:
        yield from _near_sites(text)


def _near_sites(text: str) -> Iterator[Span]:
    for match in _GLUED.finditer(text):
        if _is_glued(match.group()):
            yield Span(match.start(), match.end(), Kind.USERNAME)
    for match in _NAMED.finditer(text):
        if look_up(match["handle"].lower()) == Entry():
            yield Span(*match.span("handle"), Kind.USERNAME)
    for match in _QUOTED.finditer(text):
        yield Span(*match.span("handle"), Kind.USERNAME)


def _is_of_humps(word: str, *, is_near_site: bool) -> bool:
    """Say whether a word with capitals inside is what somebody calls themselves."""
    if word.lower() in _PRODUCTS or look_up(word.lower()).word:
        return False
    parts = [part.lower() for part in _HUMP.findall(word)]
    has_name = any(look_up(part).given > 2 for part in parts if len(part) > 2)
    return is_near_site or has_name or len(parts) > 2


def _is_glued(word: str) -> bool:
    """Say whether a word is unknown, but made of known ones."""
    return not look_up(word).word and any(
        look_up(word[:at]).word and look_up(word[at:]).word
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    )
