"""Where the model heard badly round a digit: "end of your 20s and free wire" for NW27 3YA.

What is plain speech a model is sure of, and a number, too. Where it doubts several words close to a
digit, a number word or letters, something was said there that is no sentence: all of it goes. In
typed text nothing is doubted, and nothing goes.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from redact.languages.en.lexicon import look_up
from redact.languages.en.misheard.doubted import WEAK, Heard
from redact.languages.en.number_words import DIGITS, REPEATS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_ANNOUNCES = frozenset(words("heard: announces"))
_DAYS = frozenset([*words("spoken: months"), *words("heard: weekdays")])
_SMALL = frozenset(words("heard: never names")) | _ANNOUNCES | _DAYS
_PREPOSITIONS = frozenset(["in", "at", "on", "to", "into", "from", "by", "of", "for", "with", "as"])
_JOINS = frozenset(["and", "but", "or", "because", "so", "when", "if", "that", "who", "which"])
_LEAST_DOUBT, _LEAST_WORDS = 0.5, 2  # in all, and of how many words, where nothing else was found
_LEAST_BESIDE = 0.12  # of each word right beside a detail that was found
_HARDLY = 0.1  # less doubt than this, and a word that many use is no part of an end
_PLAIN = 7  # `Entry.word` of such a word
_LONGEST_SIGN = 3  # letters
_CODES = frozenset([Kind.PHONE, Kind.ID, Kind.ADDRESS, Kind.EMAIL])


class SaidWord(NamedTuple):
    """One word, and what is known of it."""

    start: int
    end: int
    low: str
    doubt: float
    is_sign: bool
    kind: Kind | None  # of what was found there


def unsure(text: str, said: Sequence[SaidWord]) -> Iterator[Span]:
    """Yield stretches of doubted words with a sign of a detail among them."""
    for sentence in sentences(text, said):
        at = 0
        while at < len(sentence):
            if not sentence[at].is_sign:
                at += 1
                continue
            first, last = _grown(sentence, at)
            yield from _taken(sentence[first : last + 1])
            at = last + 1


def _is_code(text: str, span: Span) -> bool:
    is_place = span.kind is Kind.LOCATION  # "B7", which is half of a postcode
    has_digit = any(sign.isdigit() for sign in text[span.start : span.end])
    return span.kind in _CODES or (is_place and has_digit)


def words_of(
    text: str, found: Sequence[Span], probabilities: Sequence[Heard]
) -> Iterator[SaidWord]:
    """Yield the words of a transcript.

    Args:
        text: As the model wrote it.
        found: What was found in it so far.
        probabilities: Of its words.
    """
    codes = [span for span in found if _is_code(text, span)]
    for start, end, sure in probabilities:
        bare = text[start:end].strip(" ,.!?-'\"")
        if not bare:
            continue
        at = text.index(bare, start)
        kind = next((s.kind for s in codes if s.start < at + len(bare) and at < s.end), None)
        low = bare.lower()
        is_sign = (
            kind is not None
            or any(sign.isdigit() for sign in low)
            or low in DIGITS
            or low in REPEATS
            or (bare.isupper() and bare != "I" and len(bare) <= _LONGEST_SIGN)
        )
        yield SaidWord(at, at + len(bare), low, max(0.0, WEAK - sure), is_sign, kind)


def sentences(text: str, said: Sequence[SaidWord]) -> Iterator[Sequence[SaidWord]]:
    """Yield the words sentence by sentence."""
    first = 0
    for number, (one, other) in enumerate(pairwise(said), 1):
        between = text[one.end : other.start]
        if " " in between and any(sign in between for sign in ".!?\n"):
            yield said[first:number]
            first = number
    yield said[first:]


def _grown(said: Sequence[SaidWord], at: int) -> tuple[int, int]:
    """Return how far it goes from a sign: over doubted words, and one sure word among them."""
    first = last = at
    while step := _step(said, last, 1):
        last += step
    while step := _step(said, first, -1):
        first -= step
    while first < at and _is_beside(said[first]):
        first += 1
    while last > at and _is_beside(said[last]):
        last -= 1
    return first, last


def _step(said: Sequence[SaidWord], at: int, way: int) -> int:
    """Return how many words more belong to it, 0: none."""
    ahead = [said[n] for n in (at + way, at + 2 * way) if 0 <= n < len(said)]
    if not ahead:
        return 0
    here, near = said[at], ahead[0]
    if near.is_sign or here.kind:
        return int(_adjoins(here, near))
    if way < 0 and near.low in _ANNOUNCES:
        return 0
    if near.doubt:
        return 1
    far = ahead[1] if len(ahead) > 1 and near.low not in _JOINS else None
    return 2 if far and not far.kind and (far.doubt or far.is_sign) else 0


def _adjoins(here: SaidWord, near: SaidWord) -> bool:
    """Say whether a sign belongs to what it stands beside, or a word to what was found."""
    if not near.is_sign:
        return near.doubt >= _LEAST_BESIDE and near.low not in _PREPOSITIONS | _SMALL
    if near.kind and not here.is_sign:
        return here.doubt >= _LEAST_BESIDE
    return here.kind is not Kind.EMAIL or not near.low.isalpha()  # "at harlow.com three times"


def _taken(run: Sequence[SaidWord]) -> Iterator[Span]:
    kinds = [word.kind for word in run if word.kind]
    doubted = [word.doubt for word in run if word.doubt]
    is_beside = bool(kinds) and len(kinds) < len(run)
    if is_beside or (not kinds and len(doubted) >= _LEAST_WORDS and sum(doubted) >= _LEAST_DOUBT):
        yield Span(run[0].start, run[-1].end, kinds[0] if kinds else Kind.ID)


def _is_beside(word: SaidWord) -> bool:
    """Say whether a word at the end of a stretch is no part of it."""
    if word.is_sign:
        return False
    if word.low in _PREPOSITIONS or word.low in _SMALL:
        return True
    return word.doubt < _HARDLY and look_up(word.low).word >= _PLAIN
