"""Which names in a note mean the same person.

Margaret, Peggy, Mrs Tully and Margaret Tully get one number.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from redact.fold import fold_word
from redact.spans import Kind, Span

_NICKNAMES = Path(__file__).parent / "nicknames.txt"
_WORD = re.compile(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*")
_SPELLED = re.compile(
    r"(?i)^\W*(?:um|uh|er|erm)?\W*(?:(?:that's|it's|that is|it is|which "
    r"is)\s+)?(?:spelt|spelled|spelling|spell)\W*(?:it|as|um|uh|er)?\W*$"
)


def number_people(raw_text: str, spans: Sequence[Span], *, first: int) -> dict[Span, int]:
    """Number the PERSON spans from `first`; spans that can mean one person share a number."""
    people: list[list[frozenset[str]]] = []
    numbers: dict[Span, int] = {}
    previous: Span | None = None
    for span in spans:
        if span.kind is not Kind.PERSON:
            continue
        words = name_words(raw_text[span.start : span.end])
        if previous and _SPELLED.match(raw_text[previous.end : span.start]):
            index = numbers[previous] - first
        else:
            index = next(
                (i for i, person in enumerate(people) if _same(words, person)), len(people)
            )
        if index == len(people):
            people.append(words)
        else:
            people[index] += [w for w in words if not any(w & known for known in people[index])]
        numbers[span] = first + index
        previous = span
    return numbers


def name_words(name: str) -> list[frozenset[str]]:
    """Return the words of a name, each as the set of forms that it may stand for.

    Spelled-out letters are one word.
    """
    words = _WORD.findall(fold_word(name))
    if len(words) > 2 and all(len(word) == 1 for word in words):
        words = ["".join(words)]
    return [nickname_forms(word) for word in words]


def nickname_forms(word: str) -> frozenset[str]:
    """Return a folded name with the full names that it is short for."""
    return _nicknames().get(word, frozenset()) | {word}


def _same(words: list[frozenset[str]], person: list[frozenset[str]]) -> bool:
    """Say whether a name fits a person.

    Every word of the shorter is in the longer, initials counting as words.
    """
    shorter, longer = sorted((words, person), key=len)
    return bool(shorter) and all(any(_fits(word, other) for other in longer) for word in shorter)


def _fits(word: frozenset[str], other: frozenset[str]) -> bool:
    if word & other:
        return True
    return any(len(a) == 1 and b[0] == a for a in word for b in other) or any(
        len(b) == 1 and a[0] == b for a in word for b in other
    )


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for line in _NICKNAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        full, _, short = line.partition(":")
        for nickname in short.split():
            forms.setdefault(nickname, set()).add(full.strip())
    return {word: frozenset(names) for word, names in forms.items()}
