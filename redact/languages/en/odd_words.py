"""Handles that are one odd word, as written: RealAleRaymond, vampyr.phleb, mossyknickers.

Products, slips and long words can look the same, so each kind is asked for something more: a name
among its parts, a part that is no word, or a site that is spoken of near by.
"""

import re
from collections.abc import Iterator

from redact.languages.en.lexicon import Entry, look_up
from redact.languages.en.said_handles import tells_of_handles
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_HUMPED = re.compile(r"(?<![\w@./-])(?=\w{7,30}(?!\w))[A-Za-z]+(?<=[a-z])[A-Z]\w*")
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_PRODUCTS = frozenset(words("handles: products"))
_DOTTED = re.compile(r"(?<![\w@./-])([a-z]{3,20})\.([a-z]{2,20})(?![\w@/]|[.-]\w)")
_HYPHENED = re.compile(r"(?<![\w@./-])[a-z]{2,15}(?:-[a-z]{1,15}){2}(?![\w@/]|[.-]\w)")
_GLUED = re.compile(r"(?<![\w@./'-])[a-z]{10,24}(?![\w@/'-]|\.\w)")
_SHORTEST_PART = 4
_BETWEEN = ("and", "of", "on", "in", "the", "me", "my", "for", "to", "with", "over", "not", "is")
_LONGEST_CUE = 9
_COMMON = 9  # `Entry.word` of everyday words
_AFTER_CUE = re.compile(
    r"(?:[,:]|\b(?:as|is|under|user|profile|add|follow|by|from|i'm|im))\s$", re.IGNORECASE
)
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
    for pattern, is_handle in _FORMS:
        for match in pattern.finditer(text):
            if is_handle(match, is_near_site=is_near_site):
                yield Span(match.start(), match.end(), Kind.USERNAME)
    if is_near_site:
        for match in _NAMED.finditer(text):
            if look_up(match["handle"].lower()) == Entry():
                yield Span(*match.span("handle"), Kind.USERNAME)
        for match in _QUOTED.finditer(text):
            yield Span(*match.span("handle"), Kind.USERNAME)


def _is_of_humps(match: re.Match[str], *, is_near_site: bool) -> bool:
    """Say whether a word with capitals inside is what somebody calls themselves."""
    word = match.group()
    if word.lower() in _PRODUCTS or look_up(word.lower()).word:
        return False
    parts = [part.lower() for part in _HUMP.findall(word)]
    has_name = any(look_up(part).given > 2 for part in parts if len(part) > 2)
    return is_near_site or has_name or len(parts) > 2


def _is_dotted(match: re.Match[str], *, is_near_site: bool) -> bool:
    """Say whether a dot without a blank is no slip between two words."""
    if not all(look_up(part).word for part in match.groups()):
        return True
    before = max(0, match.start() - _LONGEST_CUE)
    return is_near_site and bool(_AFTER_CUE.search(match.string, before, match.start()))


def _is_hyphened(match: re.Match[str], *, is_near_site: bool) -> bool:
    """Say whether a name is among three words with hyphens between them."""
    del is_near_site
    entries = [look_up(part) for part in match.group().split("-") if len(part) > 3]
    return any(entry.given > 2 and entry.word < _COMMON for entry in entries)


def _is_glued(match: re.Match[str], *, is_near_site: bool) -> bool:
    """Say whether a word is unknown, but made of two known ones, or of two and a small one."""
    word = match.group()
    if look_up(word).word:
        return False
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        if look_up(word[:at]).word and _ends_a_glued_one(word[at:], is_near_site=is_near_site):
            return True
    return False


def _ends_a_glued_one(rest: str, *, is_near_site: bool) -> bool:
    if is_near_site and look_up(rest).word:
        return True
    return any(
        rest.startswith(small)
        and len(rest) - len(small) >= _SHORTEST_PART
        and look_up(rest[len(small) :]).word
        for small in _BETWEEN
    )


_FORMS = (
    (_HUMPED, _is_of_humps),
    (_DOTTED, _is_dotted),
    (_HYPHENED, _is_hyphened),
    (_GLUED, _is_glued),
)
