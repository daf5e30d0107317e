"""Codes of letters and digits as a speech model writes them: "plate Z jay, 92 RPA", "E20, 8 dee Y".

They are read sign by sign: letters and digits as they stand, words for them, and words that only
sound like one, which count for less. Behind a word that announces a code it goes as far as there
are signs; a postcode is known anywhere by what stands where in it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redact.languages.en.lexicon import look_up
from redact.languages.en.number_words import REPEATS, TEENS, TENS, UNITS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_TOKEN = re.compile(r"double[\s-]u\b|[A-Za-z0-9]+(?:['’][a-z]+)?", re.IGNORECASE)
_GAP = re.compile(r"[\s,.\-–]*")
_SOUNDS = dict(
    pair.split("=")
    for section in ("heard: sounds of digits", "heard: sounds of letters")
    for pair in words(section)
)
_SOUNDS |= {word: word[0].upper() for word in words("heard: radio alphabet")}
_IN_TENS = [word for word in TENS if word != "fourty"]
_NUMBERS = {word: str(number) for number, word in enumerate(("zero", *UNITS, *TEENS))}
_NUMBERS |= {word: f"{number}0" for number, word in enumerate(_IN_TENS, 2)}
_WORDS_TOO = frozenset(words("heard: letters and words"))  # "are", "you", "see": seldom letters
_FILLERS = frozenset(["um", "uh", "er", "erm", "ah", "dash", "hyphen"])
_MEASURES = frozenset(words("heard: short measures"))
_PREPOSITIONS = frozenset(["on", "to", "for"])
_ARTICLE = re.compile(
    r"\s(?:the|a|an|my|our|his|her|their|this|that|me|him|us|them)\b", re.IGNORECASE
)
_LONGEST = 12  # tokens of a code
_MOST_LETTERS, _MOST_CAPITALS = 3, 5  # in one token
_LEAST_SIGNS, _LEAST_DIGITS = 4, 2
_AREAS = "|".join(words("heard: postcode areas")).upper()
_LAST = "[ABD-HJLNP-UW-Z]"
# "CF-20, 6AHH": "six H" is heard as "6AH"
_POSTCODE = re.compile(rf"(?:{_AREAS})\d{{1,2}}[A-Z]?\d(?:{_LAST}{{2}}|(?<=\d\d\d)A{_LAST}{{2}})")
_AREA = re.compile(r"\b[a-z]{1,2}(?:\d[a-z0-9]*)?\b", re.IGNORECASE)  # "CF", "C", "N22"
_SHORTEST, _SURE_LENGTH, _INWARD = 5, 6, 3  # signs: "M1 1AA", "M20 1AA"; of its second half
_CUE = re.compile(
    r"\b(?:number plates?|plates?|registration|reg|badge|insurance|licen[cs]e|passport|employee|"
    r"staff|payroll|works?|clock|order|reference|ref|card|id|i\.d\.)"
    r"(?:\s(?:number|no|id|code|plate|card))?"
    r"(?:,?\s(?:is|was|it's|of|called))?[,:]?\s+",
    re.IGNORECASE,
)
_WHOLE = {"plate": 7, "reg": 7, "insurance": 9}  # how many signs such a code has


class _Sign(NamedTuple):
    start: int
    end: int
    signs: str  # in capitals; empty for a filler
    is_sure: bool


def codes(text: str) -> Iterator[Span]:
    """Yield codes behind a word that announces one, and postcodes."""
    for cue in _CUE.finditer(text):
        said = _signs(text, cue.end())
        whole = next((signs for word, signs in _WHOLE.items() if word in cue[0].lower()), 0)
        if said and said[0].start == cue.end() and (code := _as_code(text, said, whole)):
            yield Span(code[0].start, code[-1].end, Kind.ID)
    for start in _AREA.finditer(text):
        if code := _as_postcode(text, _signs(text, start.start())):
            yield Span(code[0].start, code[-1].end, Kind.ADDRESS)


def _signs(text: str, at: int) -> list[_Sign]:
    """Return the signs that stand from here on, one after another."""
    found: list[_Sign] = []
    for token in _TOKEN.finditer(text, at):
        gap = text[found[-1].end if found else at : token.start()]
        sign = _sign(token)
        if sign is None or not _GAP.fullmatch(gap) or "\n" in gap or len(found) == _LONGEST:
            break
        found.append(sign)
    return found


def _sign(token: re.Match[str]) -> _Sign | None:
    """Return what a word stands for in a code; none where it has no place in one."""
    word, low = token[0], token[0].lower().replace("double u", "double-u")
    signs, is_sure = "", False
    if low in REPEATS or (word.islower() and low in _FILLERS):
        pass
    elif low in _NUMBERS:
        signs, is_sure = _NUMBERS[low], True
    elif _is_written(word):
        signs, is_sure = word.upper(), True
    elif low in _SOUNDS:
        signs = _SOUNDS[low]
    elif word.isascii() and word.isalpha() and len(low) <= _MOST_LETTERS and _is_no_word(low):
        signs = low.upper()
    else:
        return None
    return _Sign(*token.span(), signs, is_sure)


def _is_written(word: str) -> bool:
    """Say whether letters and digits stand as they are: "KX12", "B", "92RPA"."""
    has_digits = any(sign.isdigit() for sign in word) and word.isalnum()
    return has_digits or (word.isupper() and word != "I" and len(word) <= _MOST_CAPITALS)


def _is_no_word(low: str) -> bool:
    """Say whether it is none; "w" and "u" are words of those who type."""
    return low in {"u", "w"} or (low not in _MEASURES and not look_up(low).word)


def _as_code(text: str, said: Sequence[_Sign], whole: int) -> Sequence[_Sign]:
    """Return as much of it as is a code with letters in it; numbers alone are read elsewhere."""
    end = next((n for n in range(len(said)) if len(_joined(said[:n])) == whole > 0), len(said))
    while end and not said[end - 1].is_sure and not _may_end(text, said[:end], whole):
        end -= 1
    code = said[:end]
    signs = _joined(code)
    digits = sum(sign.isdigit() or sign == "O" for sign in signs)
    least = 1 if len(signs) == whole else _LEAST_DIGITS
    if len(signs) < _LEAST_SIGNS or digits < least or signs.isdigit():
        return ()
    return code


def _may_end(text: str, code: Sequence[_Sign], whole: int) -> bool:
    """Say whether a code ends with what only sounds like a sign: hardly with an everyday word."""
    last = text[code[-1].start : code[-1].end].lower()
    before = text[code[-2].end : code[-1].start] if len(code) > 1 else ""
    is_short = len(_joined(code)) <= whole
    if last in _PREPOSITIONS and _ARTICLE.match(text, code[-1].end):
        return False  # "badge H440 W, on the night shift"
    return bool(code[-1].signs) and (last not in _WORDS_TOO or "," in before or is_short)


def _joined(code: Sequence[_Sign]) -> str:
    return "".join(sign.signs for sign in code)


def _as_postcode(text: str, said: Sequence[_Sign]) -> Sequence[_Sign]:
    """Return the postcode that they begin with."""
    for end in range(len(said), 1, -1):
        code = said[:end]
        signs = _joined(code)
        if code[-1].signs and _POSTCODE.fullmatch(signs) and _is_likely(text, code, len(signs)):
            return code
    return ()


def _is_likely(text: str, code: Sequence[_Sign], length: int) -> bool:
    """Say whether a postcode of which a part only sounds like one is meant: not "B4 to PL"."""
    unsure = [
        sign
        for number, sign in enumerate(code)
        if not sign.is_sure and sign.signs and (number == 0 or len(sign.signs) == 1)
    ]
    letters = [sign for sign in unsure if sign.signs.isalpha()]
    everyday = sum(text[sign.start : sign.end].lower() in _WORDS_TOO for sign in letters)
    halves = (n for n in range(len(code)) if len(_joined(code[n:])) <= _INWARD)
    at = next(halves, len(code) - 1)
    digit = code[at]
    in_words = digit.signs.isdigit() and text[digit.start : digit.end].isalpha()
    is_apart = "," in text[code[at - 1].end : digit.start] if at else False
    return (
        len(unsure) <= 1 + (len(unsure) == len(letters))
        and everyday <= 1
        and (not in_words or length >= _SURE_LENGTH or is_apart)
        and (length > _SHORTEST or not letters)
    )
