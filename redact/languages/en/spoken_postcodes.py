"""Postcodes as people say them: "L S eleven, nine double B", "T three J, two M six"."""

import re
from collections.abc import Iterator, Sequence

from redact.languages.en.number_words import DIGITS, REPEATS, TEENS, TENS, UNITS
from redact.spans import Kind, Span
from redact.tokens import Token

_VALUES = {word: str(value) for value, word in enumerate((*UNITS, *TEENS), 1)}
_VALUES |= {"zero": "0", "oh": "0", "o": "0"}
_TENS = {
    word: str(value)
    for value, word in enumerate((each for each in TENS if each != "fourty"), 2)  # one is a slip
}
_LETTERS = {"zed": "z", "zee": "z"}
# British, whose last two letters are never C, I, K, M, O or V; and Canadian.
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[abd-hjlnp-uw-z]{2}|[a-z]\d[a-z]\d[a-z]\d")
_LONGEST = 7
_STARTS = re.compile(r"[A-Za-z]|[A-Z]{2}")


def spoken_postcodes(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield postcodes that are said letter by letter, with at least one digit in words."""
    position = 0
    while position < len(tokens):
        end = _end(tokens, position) if _STARTS.fullmatch(tokens[position].text) else None
        if end:
            yield Span(tokens[position].start, tokens[end - 1].end, Kind.ADDRESS)
        position = end or position + 1


def _end(tokens: Sequence[Token], position: int) -> int | None:
    """Return where the postcode ends that begins at a position; None if there is none."""
    said = tokens[position].lower
    is_spoken, end, found = False, position + 1, None
    while end < len(tokens) and len(said) <= _LONGEST:
        word = tokens[end].lower
        following = tokens[end + 1].lower if end + 1 < len(tokens) else ""
        step = 1
        if word in REPEATS and (len(following) == 1 or following in DIGITS):
            said += _sign(following) * (REPEATS[word] - 1)
        elif word in _TENS:
            said += _TENS[word]
            step += following == "-"
            after = tokens[end + step].lower if end + step < len(tokens) else ""
            said += "" if 0 < int(_VALUES.get(after, "0")) < 10 else "0"
        elif sign := _sign(word):
            said += sign
        elif word in {",", "-", "."}:
            end += 1
            continue
        else:
            break
        is_spoken = is_spoken or word in DIGITS
        end += step
        if is_spoken and _POSTCODE.fullmatch(said):
            found = end
    return found


def _sign(word: str) -> str:
    """Return the digits or the letter that a word stands for; empty: neither."""
    if word in _VALUES:
        return _VALUES[word]
    if word.isdecimal() or (len(word) == 1 and word.isalpha()):
        return word
    return _LETTERS.get(word, "")
