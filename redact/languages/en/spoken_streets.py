"""Street addresses, boxes and flats as people say them, with their numbers in words."""

import re
from collections.abc import Iterator, Sequence

from redact.languages.en.number_words import DIGITS, REPEATS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_OTHERWISE = frozenset(words("spoken: otherwise"))
_DWELLINGS = frozenset(["flat", "apartment", "apt"])
_STREETS = frozenset(words("spoken: streets"))
_IN_ONE_WORD = re.compile(r"[A-Z][a-z]{2,12}(?:way|gate|view|croft|mead)")  # Kingsway
_NO_STREETS = frozenset(["norway", "galway"])
_COUNTED = frozenset(words("numbers: units"))


def spoken_streets(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield street addresses whose house number is in words: "sixty Harbour View Road"."""
    for position, token in enumerate(tokens):
        yield from _boxes_and_flats(tokens, position)
        if token.lower in _STREETS:
            start = _house_number(tokens, position)
        elif _IN_ONE_WORD.fullmatch(token.text) and token.lower not in _NO_STREETS:
            start = _number_before(tokens, position - 1)
        else:
            continue
        if start is not None:
            yield Span(tokens[start].start, token.end, Kind.ADDRESS)


def _boxes_and_flats(tokens: Sequence[Token], position: int) -> Iterator[Span]:
    """Yield "P.O. box four four one two" and "flat twelve oh four"."""
    word = tokens[position].lower
    is_box = word in {"box", "bag"} and any(
        t.lower in {"o", "po", "office", "private", "locked"}
        for t in tokens[max(0, position - 3) : position]
    )
    if not is_box and word not in _DWELLINGS:
        return
    end = position + 1
    while end < len(tokens) and tokens[end].lower in {"number", "no"}:
        end += 1
    first = end
    while end < len(tokens) and (
        tokens[end].lower in DIGITS
        or tokens[end].lower in REPEATS
        or tokens[end].lower == "hundred"
        or (tokens[end].text == "-" and end > first)
        or (is_box and tokens[end].text.isdecimal())
    ):
        end += 1
    following = tokens[end].lower if end < len(tokens) else ""
    if end > first and following not in _COUNTED:
        if following in {"a", "b", "c", "d"} and tokens[end].text.isupper():
            end += 1
        while is_box and tokens[position - 1].lower in {"o", "p", ".", "po"}:
            position -= 1
        yield Span(tokens[position].start, tokens[end - 1].end, Kind.ADDRESS)


def _house_number(tokens: Sequence[Token], street: int) -> int | None:
    """Return where the number in words begins, one to three names before a street word."""
    position = street - 1
    names = 0
    while (
        position >= 0
        and names < 4
        and (tokens[position].text.isalpha() or tokens[position].text == "'s")
        and tokens[position].lower not in DIGITS
        and tokens[position].lower not in {"of", "in", "on", "at", "per", "people"}
        and tokens[position].text != "a"
    ):
        if tokens[position].lower == "the" or (
            names == 0
            and not tokens[position].text[0].isupper()
            and tokens[position].lower in {"long", "same", "other"}
        ):
            return None
        names += tokens[position].text != "'s"
        position -= 1
    if not names or (tokens[street].lower in _OTHERWISE and tokens[street].text.islower()):
        return None
    return _number_before(tokens, position)


def _number_before(tokens: Sequence[Token], position: int) -> int | None:
    """Return where the number begins that ends at a position; also of "thirty to forty"."""
    start = None
    while position >= 0 and (
        tokens[position].lower in DIGITS
        or tokens[position].lower in {"-", "hundred", "and"}
        or (tokens[position].lower == "to" and tokens[position - 1].lower in DIGITS)
    ):
        if tokens[position].lower in DIGITS or tokens[position].lower == "hundred":
            start = position
        position -= 1
    if start and tokens[start].lower == "hundred" and tokens[start - 1].lower == "a":
        start -= 1
    return start
