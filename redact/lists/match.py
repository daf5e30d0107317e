"""Entries of the local lists in a text: by spelling, by sound and with a small slip.

A word of everyday language is never taken for an entry because it is near to it; and one that
*is* an entry (Will, Grace, a team called Phoenix) counts only where it has a capital that the
start of a sentence does not explain, or where the model thinks it half likely.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from redact.fold import fold
from redact.languages.language import Guess
from redact.lists.entries import LocalLists
from redact.lists.sounds import code, codes
from redact.spans import Kind, Span
from redact.tokens import Token, tokenize

_KINDS = {
    "staff": Kind.PERSON,
    "teams": Kind.ORG,
    "sites": Kind.LOCATION,
    "rooms": Kind.LOCATION,
    "projects": Kind.ORG,
    "titles": Kind.ROLE,
}
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "sir"])
_EVERYDAY = 9  # from which on a word is everyday language


@dataclass(frozen=True, slots=True)
class PlainWords:
    """What a language says of words that are also entries.

    Attributes:
        everyday: How common a folded, lower-case word is; 0 for unknown, up to 15.
        beside: Words one of which has to stand beside a team or project that is a plain word too.
    """

    everyday: Callable[[str], int]
    beside: frozenset[str]


class Index:
    """The lists, ready to be looked up."""

    def __init__(self, lists: LocalLists) -> None:
        self.phrases: defaultdict[str, list[tuple[tuple[str, ...], Kind]]] = defaultdict(list)
        self.starts: set[str] = (
            set()
        )  # first words of entries that are no people, long enough for a slip
        self.names: set[str] = set()
        self.sounds: defaultdict[str, set[str]] = defaultdict(set)
        self.by_length: defaultdict[int, list[str]] = defaultdict(list)
        for field, kind in _KINDS.items():
            for entry in getattr(lists, field):
                for part in entry.replace("(", ",").replace(")", ",").split(","):
                    self._add(part, kind)
        for name in sorted(self.names):
            for sound in codes(name):
                self.sounds[sound].add(name)
            self.by_length[len(name)].append(name)

    def _add(self, entry: str, kind: Kind) -> None:
        words = tuple(
            t.lower
            for t in tokenize(fold(entry).text)
            if t.text[0].isalnum() and t.lower not in _TITLES
        )
        if not words:
            return
        self.phrases[words[0]].append((words, kind))
        if kind is not Kind.PERSON and len(words[0]) > 5:
            self.starts.add(words[0])
        if kind is Kind.PERSON:
            self.names |= {word for word in words if len(word) > 1}


def listed(
    tokens: Sequence[Token], guesses: Sequence[Guess], lists: LocalLists, plain: PlainWords
) -> Iterator[Span]:
    """Yield what the lists know of a text."""
    if not lists:
        return
    index = _index(lists)
    words = [i for i, t in enumerate(tokens) if t.text[0].isalnum()]
    for nth, position in enumerate(words):
        yield from _phrases(index, tokens, words, nth, plain)
        if _is_name(index, tokens[position], guesses[position], plain):
            yield Span(tokens[position].start, tokens[position].end, Kind.PERSON)


@lru_cache(maxsize=2)
def _index(lists: LocalLists) -> Index:
    return Index(lists)


def _phrases(
    index: Index, tokens: Sequence[Token], words: Sequence[int], nth: int, plain: PlainWords
) -> Iterator[Span]:
    for first in _near(tokens[words[nth]].lower, index, plain):
        for entry, kind in index.phrases[first]:
            here = words[nth : nth + len(entry)]
            if len(here) < len(entry) or not all(
                _alike(tokens[i].lower, word, plain) for i, word in zip(here, entry, strict=True)
            ):
                continue
            if len(entry) > 1 or kind is Kind.ROLE or _single(tokens, here[0], kind, plain):
                yield Span(tokens[here[0]].start, tokens[here[-1]].end, kind)


def _near(word: str, index: Index, plain: PlainWords) -> list[str]:
    if word in index.phrases:
        return [word]
    if len(word) < 5 or plain.everyday(word):
        return []
    return [
        first
        for first, *_ in process.extract(word, index.starts, scorer=OSA.distance, score_cutoff=1)
    ]


def _alike(word: str, entry: str, plain: PlainWords) -> bool:
    if word == entry:
        return True
    return (
        len(entry) > 5
        and abs(len(word) - len(entry)) < 2
        and not plain.everyday(word)
        and OSA.distance(word, entry, score_cutoff=1) <= 1
    )


def _single(tokens: Sequence[Token], position: int, kind: Kind, plain: PlainWords) -> bool:
    """Say whether one word stands as the entry that it is, and not as a word of the language."""
    if kind is Kind.PERSON:
        return False  # names have their own rule
    token = tokens[position]
    beside = {tokens[i].lower for i in (position - 1, position + 1) if 0 <= i < len(tokens)}
    return (
        not plain.everyday(token.lower)
        or bool(beside & plain.beside)
        or (token.text[0].isupper() and not token.opens)
    )


def _is_name(index: Index, token: Token, guessed: Guess, plain: PlainWords) -> bool:
    word = token.lower
    if len(word) < 2 or not word[0].isalpha():
        return False
    everyday = plain.everyday(word)
    if word in index.names:
        amid = token.text[0].isupper() and not token.opens
        return (
            not everyday or amid or guessed.probability >= (0.1 if token.text[0].isupper() else 0.2)
        )
    if (
        len(word) < 4
        or not word.isalpha()
        or everyday >= _EVERYDAY
        or (everyday and not token.text[0].isupper())
    ):
        return False
    if code(word) in index.sounds:
        return True
    slips = 1 if len(word) < 9 else 2
    return any(
        process.extractOne(word, index.by_length[length], scorer=OSA.distance, score_cutoff=slips)
        for length in range(max(5, len(word) - slips), len(word) + slips + 1)
        if length in index.by_length
    )
