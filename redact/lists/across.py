"""Names of the local lists that a speech model broke over words it knows.

Kwame Mensah becomes "coming men so". A stretch of words is taken for a listed name where their
consonants, run together, are those of the name but for a slip in five. Everyday words are never
held to be safe here, so only whole names of two words and long single ones are looked for.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from redact.fold import fold
from redact.lists.entries import LocalLists
from redact.spans import Kind, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# What stands behind the name of a place on a site.
PLACE = re.compile(
    r"\b(?P<name>[^\W\d_]{4,}) "
    r"(?:depot|building|site|house|hall|ward|block|wing|mill|branch|plant)\b"
)
_PLACE_ALIKE = 0.55
_MOST_WORDS = 5
_LEAST_CONSONANTS = 4  # of a name, run together
_ALIKE, _UNSEEN_ALIKE = 0.6, 0.75  # by letters, vowels included; without probabilities more
_WEAK = 0.7  # below this the model may have heard a word that was not said
# "They moved too on from to the warehouse": no sentence goes on like that, so it was none.
_STRANDED = re.compile(r"\b(?:from|of|at|with|for)\s(?=(?:to|of|from)\b)", re.IGNORECASE)
_STRANDED_ALIKE = 0.5
_SURE_CONSONANTS = 6  # so many, none of them other, are no chance, however sure the model was
# From spelling to the sounds that a speech model tells apart.
_SOUNDS = (
    ("sch", "S"), ("sh", "S"), ("zh", "S"), ("cz", "C"), ("ch", "C"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("gh", ""), ("ng", "n"), ("wr", "r"), ("kn", "n"), ("qu", "kw"), ("x", "ks"),
    ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"),
    ("b", "p"), ("d", "t"), ("g", "k"), ("j", "C"), ("dg", "C"),
)  # fmt: skip
_SILENT = str.maketrans("", "", "aeiouywh")


class _Word(NamedTuple):
    start: int
    end: int
    letters: str
    is_weak: bool


def listed_by_sound(
    text: str, lists: LocalLists, probabilities: Sequence[tuple[int, int, float]] = ()
) -> Iterator[Span]:
    """Yield stretches of words that sound like a listed person.

    Where the probabilities of words are known, one of a stretch has to be in doubt.
    """
    yield from _places(text, lists)
    names = _names(lists)
    if not names:
        return
    weak = {start for start, _, probability in probabilities if probability < _WEAK}
    words = [
        _Word(m.start(), m.end(), _letters(m[0]), not probabilities or m.start() in weak)
        for m in _WORD.finditer(text)
    ]
    least = _ALIKE if probabilities else _UNSEEN_ALIKE
    for first, word in enumerate(words):
        for sounds, letters in names:
            if end := _end(text, words[first : first + _MOST_WORDS], sounds, letters, least):
                yield Span(word.start, end, Kind.PERSON)
                break


def _places(text: str, lists: LocalLists) -> Iterator[Span]:
    """Yield a word that sounds like a listed site, before "depot" or "building"."""
    known = {
        (sounds_of(first), first)
        for entry in (*lists.sites, *lists.rooms)
        for first in map(_letters, _WORD.findall(entry)[:1])
    }
    for match in PLACE.finditer(text) if known else ():
        word = _letters(match["name"])
        for sounds, letters in known:
            is_alike = OSA.distance(sounds_of(word), sounds) <= len(sounds) // 4
            if is_alike and JaroWinkler.similarity(word, letters) >= _PLACE_ALIKE:
                yield Span(*match.span("name"), Kind.LOCATION)
                break


def _end(text: str, words: Sequence[_Word], sounds: str, letters: str, least: float) -> int | None:
    """Where the stretch ends that sounds like a name; None if none does."""
    best: tuple[float, int] | None = None
    slips = 2 if len(sounds) >= 8 else 1
    for count in range(1, len(words) + 1):
        if count > 1 and re.search(r"[.!?\n]", text[words[count - 2].end : words[count - 1].start]):
            break
        joined = "".join(word.letters for word in words[:count])
        if len(joined) > len(letters) + 4:
            break
        said = "".join(sounds_of(word.letters) for word in words[:count])
        if abs(len(said) - len(sounds)) > slips or not said:
            continue
        if said[0] != sounds[0] and len(sounds) < 6:
            continue
        distance = OSA.distance(said, sounds, score_cutoff=slips)
        alike = JaroWinkler.similarity(joined, letters)
        is_stranded = bool(_STRANDED.match(text, words[count - 1].start))
        is_weak = (distance == 0 and len(sounds) >= _SURE_CONSONANTS) or any(
            word.is_weak for word in words[:count]
        )
        is_likely = (is_weak and alike >= least) or (is_stranded and alike >= _STRANDED_ALIKE)
        if distance <= slips and is_likely:
            score = alike - 0.1 * distance
            if best is None or score > best[0]:
                best = (score, words[count - 1].end)
    return best[1] if best else None


@lru_cache(maxsize=4)
def _names(lists: LocalLists) -> tuple[tuple[str, str], ...]:
    found = []
    for entry in lists.staff:
        for part in entry.replace("(", ",").replace(")", ",").split(","):
            words = [_letters(word) for word in _WORD.findall(part)]
            sounds = "".join(sounds_of(word) for word in words)
            if len(sounds) >= _LEAST_CONSONANTS and (len(words) > 1 or len(sounds) > 4):
                found.append((sounds, "".join(words)))
    return tuple(found)


def _letters(word: str) -> str:
    return re.sub(r"[^a-z]", "", fold(word).text.lower())


def sounds_of(letters: str) -> str:
    """The consonants of a word as they are heard, each once where it is doubled."""
    for written, sound in _SOUNDS:
        letters = letters.replace(written, sound)
    bare = letters.translate(_SILENT)
    return re.sub(r"(.)\1+", r"\1", bare)
