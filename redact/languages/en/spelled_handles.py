"""Handles that are spelled: "marsh underscore hen", "d e k k a one two", "dusty frames, one word".

These walk over words, because a handle ends where the spelling ends.
"""

from collections.abc import Iterator, Sequence

from redact.languages.en.number_words import DIGITS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_SIGNS = frozenset(words("spoken: signs")) | {"hashtag"}
_BETWEEN = frozenset(words("spoken: between"))
_STOPS = frozenset(words("spoken: stops"))
_OF_AN_ADDRESS = frozenset(words("spoken: ats")) | frozenset(words("spoken: dots"))
# After these a handle of several words begins, whatever its words are.
_CUES = frozenset(words("handles: cues"))
# "Find me on Instagram miles underscore and ..."
_TO_A_SITE = frozenset([*words("handles: sure sites"), "me", "us", "him", "her", "on", "at"])
_MOST_WORDS = 6
_LETTERS_IN_A_ROW = 4  # fewer are a number plate's


def spelled_handles(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield handles that are spelled letter by letter, with their signs, or said to be one word."""
    yield from _letters(tokens)
    position = 1
    while position < len(tokens) - 1:
        if tokens[position].lower in _SIGNS:
            end = _signs_end(tokens, position)
            said = [t.lower for t in tokens[position:end]]
            signs = [word for word in said if word in _SIGNS]
            first = position - (2 if tokens[position - 1].text == "," else 1)
            is_decimal = not tokens[first].text.isalpha() or tokens[first].lower in DIGITS
            if first >= 0 and tokens[first].text.isalnum():
                if {"underscore", "hashtag"} & set(signs):
                    first = _after_cue(tokens, first)
                    yield Span(tokens[first].start, tokens[end - 1].end, Kind.USERNAME)
                elif len(signs) > 1 or (
                    said[:1] == ["dot"] and set(said[1:]) & DIGITS.keys() and not is_decimal
                ):
                    yield Span(tokens[first].start, tokens[end - 1].end, Kind.USERNAME)
            position = max(end, position + 1)
        elif [t.lower for t in tokens[position : position + 2]] == ["one", "word"]:
            yield from _one_word(tokens, position)
            position += 2
        else:
            position += 1


def _letters(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield runs of single letters, some in a row, that have digits or signs among them."""
    position = 0
    while position < len(tokens):
        row = most = others = 0
        last = end = position
        while end < len(tokens):
            token = tokens[end]
            if len(token.text) == 1 and token.text.isalpha():
                row += 1
                most = max(most, row)
            elif token.lower in DIGITS or token.text.isdecimal() or token.lower in _SIGNS:
                row = 0
                others += 1
            elif token.text not in {",", "-", "."} and token.lower not in {"double", "triple"}:
                break
            end += 1
            if token.text not in {",", "-", "."}:
                last = end
        if most >= _LETTERS_IN_A_ROW and others:
            yield Span(tokens[position].start, tokens[last - 1].end, Kind.USERNAME)
        position = max(end, position + 1)


def _signs_end(tokens: Sequence[Token], position: int) -> int:
    """Return where a run of signs and words ends; speech puts commas round the signs."""
    end = position
    while end + 1 < len(tokens) and tokens[end].lower in _SIGNS:
        part = end + (2 if tokens[end + 1].text == "," else 1)
        if not (
            part < len(tokens)
            and tokens[part].text.isalnum()
            and tokens[part].lower not in _BETWEEN
        ):
            break
        end = part + 1
        following = end + 1 if end < len(tokens) and tokens[end].text == "," else end
        if following < len(tokens) and tokens[following].lower in _SIGNS:
            end = following
    while end < len(tokens) and (
        tokens[end].lower in DIGITS
        or tokens[end].text.isdecimal()
        or (len(tokens[end].text) == 1 and tokens[end].text.isupper() and tokens[end].text != "I")
    ):
        end += 1
    return end


def _after_cue(tokens: Sequence[Token], last: int) -> int:
    """Return where a handle begins that ends with or after a word: behind a cue, or with it."""
    for first in range(last, max(-1, last - _MOST_WORDS), -1):
        if first and tokens[first - 1].lower in _CUES:
            return next((n for n in range(first, last) if tokens[n].lower not in _TO_A_SITE), last)
        if not first or not tokens[first - 1].text.isalnum():
            break
    return last


def _one_word(tokens: Sequence[Token], one: int) -> Iterator[Span]:
    """Yield what was said before "all one word", if it is no part of an address."""
    following = [t.lower for t in tokens[one + 2 : one + 12]]
    end = next((i for i, word in enumerate(following) if word in {".", "!", "?"}), len(following))
    if any(word in _OF_AN_ADDRESS for word in following[:end]) or following[:1] == [":"]:
        return
    last = one - 1
    while last >= 0 and tokens[last].lower in {"all", ",", "it's", "that's", "'s", "as", "that"}:
        last -= 1
    first = last
    while first >= 0 and last - first < 5 and tokens[first].text.isalnum():
        if tokens[first].lower in _STOPS:
            break
        first -= 1
    first = min(first + 1, _after_cue(tokens, last)) if last >= 0 else last
    if last > first:
        yield Span(tokens[first].start, tokens[last].end, Kind.USERNAME)
