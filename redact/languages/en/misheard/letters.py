"""Names that are spelled, as a speech model writes their letters: "okay AFO R", "em U S A, why"."""

import re
from collections.abc import Iterator

from redact.languages.en.lexicon import look_up
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_TOKEN = re.compile(r"double[\s-]u\b|\w+(?:['’]\w+)?", re.IGNORECASE)
_GAP = re.compile(r"[ ,.\-]{1,3}")
_SOUNDS = dict(pair.split("=") for pair in words("heard: sounds of letters"))
_SOUNDS |= {"okay": "OK", "double u": "W"}
_EVERYDAY = frozenset(words("heard: letters and words"))  # hardly the first letter, or the last
# "It is written HLBORSEN": letters that became one word, of those that nobody knows.
_IN_ONE = re.compile(
    r"\b(?:spel(?:led|t|ls)|written|(?:sur)?name(?:'s|\sis))\s(?:as\s|like\s)?(?P<name>[A-Z]{5,16})\b"
)
_LONGEST = 4  # letters written in one go
_LEAST_TOKENS, _LEAST_LETTERS = 3, 4


def letters(text: str) -> Iterator[Span]:
    """Yield names that were spelled, where some letters became one word, or sound like one."""
    for one in _IN_ONE.finditer(text):
        if not look_up(one["name"].lower()).word:
            yield Span(*one.span("name"), Kind.PERSON)
    run: list[re.Match[str]] = []
    for token in [*_TOKEN.finditer(text), None]:
        gap = text[run[-1].end() : token.start()] if token and run else ""
        if token and _letters(token[0]) and (_goes_on(run, gap, token[0]) or not run):
            run.append(token)
            continue
        if not (token and token[0][0].isdigit()):  # a code is read elsewhere
            yield from _name(run)
        run = [token] if token and _letters(token[0]) else []


def _goes_on(run: list[re.Match[str]], gap: str, word: str) -> bool:
    """Say whether it goes on: "see" is a letter among letters, not in "C, I see B here"."""
    is_after_i = bool(run) and run[-1][0] == "I"
    return bool(_GAP.fullmatch(gap)) and not (is_after_i and word.lower() in _EVERYDAY)


def _letters(word: str) -> str:
    is_written = word.isalpha() and word.isupper() and len(word) <= _LONGEST
    return word if is_written else _SOUNDS.get(word.lower(), "")


def _name(run: list[re.Match[str]]) -> Iterator[Span]:
    while run and run[0][0].lower() in _EVERYDAY | {"i", "a"}:
        run = run[1:]
    while run and (run[-1][0].lower() in _EVERYDAY or run[-1][0] == "I"):
        run = run[:-1]
    said = "".join(_letters(token[0]) for token in run)
    written = [token[0] for token in run if token[0].isupper()]
    is_spelled = len(written) > 1 and any(len(each) == 1 for each in written)
    if len(run) >= _LEAST_TOKENS and len(said) >= _LEAST_LETTERS and is_spelled:
        yield Span(run[0].start(), run[-1].end(), Kind.PERSON)
