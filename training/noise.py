"""Slips of the thumb and the ear, capitals and tongues: a note as untidy people would leave it.

What stands in a span may be misspelled, too, and keeps its label: names are not spelled better.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable

from redact.languages.en.untidy.names import DIALECT
from redact.languages.en.untidy.nearest import _NEIGHBOURS
from training.compose import Made

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LEAST = 4  # letters of a word that is misspelled
_IN_A_NAME = 0.3  # how much rarer slips are in details
_SOUNDS = (
    ("tion", "shun"), ("sion", "shun"), ("tion", "sion"), ("ous", "us"), ("ight", "ite"),
    ("ough", "uff"), ("ough", "o"), ("augh", "or"), ("ph", "f"), ("ck", "k"), ("qu", "kw"),
    ("ie", "ei"), ("ei", "ie"), ("ea", "ee"), ("ee", "ea"), ("ai", "ay"), ("ou", "ow"), ("oo", "u"),
    ("ible", "able"), ("able", "ible"), ("ence", "ance"), ("ance", "ence"), ("ary", "ery"),
    ("er", "or"), ("or", "er"), ("er", "a"), ("le", "el"), ("al", "el"), ("ly", "ley"), ("y", "ie"),
    ("c", "s"), ("s", "c"), ("s", "z"), ("z", "s"), ("k", "c"), ("wh", "w"), ("kn", "n"),
    ("wr", "r"), ("gh", ""), ("mb", "m"), ("th", "f"), ("ing", "in"), ("ed", "t"),
    ("ed", "d"), ("e", ""),
    ("a", "e"), ("e", "a"), ("i", "e"), ("e", "i"), ("o", "u"), ("u", "o"), ("i", "y"),
)  # fmt: skip
_SMALL = frozenset(["the", "a", "an", "is", "are", "to", "of", "was", "been", "have", "has", "do"])
_GRAMMAR = (
    (r"\b(?:doesn't|don't|didn't)\b", ("not", "no", "dont", "do not", "does not")),
    (r"\b(?:is|are) (\w+)ing\b", (r"\1ing", r"is \1", r"was \1ing")),
    (r"\b(\w{4,})s\b", (r"\1",)),
    (r"\b(\w{4,})ed\b", (r"\1", r"was \1")),
    (r"\b(?:we|they|he|she) (?:are|is)\b", ("we is", "they is", "he are", "dem are", "we")),
    (r"\b(?:me|my)\b", ("mine", "me", "ma")),
    (r"\b(?:in|on|at)\b", ("in", "on", "at", "inside")),
    (r"\b(?:very|really)\b", ("too", "so so", "v", "vry", "realy")),
    (r"\byou\b", ("u", "yous", "ya")),
    (r"\bare\b", ("r", "are")),
    (r"\bbecause\b", ("cos", "becos", "coz", "bc", "becuase")),
    (r"\bplease\b", ("pls", "plz", "pleas", "kindly")),
    (r"\bpeople\b", ("ppl", "peoples", "peple")),
    (r"\btomorrow\b", ("tmrw", "tomorow", "2moro")),
    (r"\bthough\b", ("tho", "thou")),
    (r"\bthanks\b", ("thx", "tnx", "thanx")),
)
_EMOJI = ("😂", "😡", "🙏", "👍", "😭", " lol", " smh", " tbh", " xx", "!!!", "...", "??")
_LEARNED: dict[str, list[str]] = defaultdict(list)
for _said, _meant in DIALECT.items():
    _LEARNED[_meant].append(_said)


def untidy(made: Made, rng: random.Random) -> Made:
    """Return a note with slips of one kind or two."""
    chosen = rng.sample(_CHANGES, rng.choice((1, 1, 2)))
    for change in sorted(chosen, key=_CHANGES.index):
        made = change(made, rng)
    if rng.random() < 0.1:
        made = Made(made.text.rstrip(".") + rng.choice(_EMOJI), made.spans)
    return made


def slips(made: Made, rng: random.Random) -> Made:
    """Misspell some words: one in three of a note, or one alone."""
    share = rng.choice((0.08, 0.15, 0.3))
    return _words_changed(
        made, rng, share, lambda word: slip(word, rng) if len(word) >= _LEAST else word
    )


def slip(word: str, rng: random.Random) -> str:
    """Return a word as a hurried thumb or a poor speller leaves it."""
    if rng.random() < 0.45:
        fitting = [
            (a, b)
            for a, b in _SOUNDS
            if a in word[1:] or (a in {"wh", "kn", "wr", "ph"} and a in word)
        ]
        if fitting:
            a, b = rng.choice(fitting)
            at = rng.choice([m.start() for m in re.finditer(re.escape(a), word)])
            return word[:at] + b + word[at + len(a) :]
    at = rng.randrange(1, len(word)) if rng.random() < 0.93 else 0
    roll = rng.random()
    if roll < 0.3:
        return word[:at] + word[at + 1 :]
    if roll < 0.5:
        return word[:at] + word[at] + word[at:]
    if roll < 0.75 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    near = [pair[1] for pair in sorted(_NEIGHBOURS) if pair[0] == word[at].lower()]
    letter = rng.choice(near) if near and rng.random() < 0.7 else rng.choice("aeioulnrst")
    return word[:at] + letter + word[at + (roll < 0.93) :]


def tongue(made: Made, rng: random.Random) -> Made:
    """Write as somebody does who learns English, or writes to a friend."""
    made = _words_changed(made, rng, 0.35, lambda word: "" if word.lower() in _SMALL else word)
    for pattern, others in rng.sample(_GRAMMAR, 7):
        for match in reversed(list(re.finditer(pattern, made.text))):
            if rng.random() < 0.6 and not _touches(made, match.start(), match.end()):
                made = made.spliced(match.start(), match.end(), match.expand(rng.choice(others)))
    return made


def dialect(made: Made, rng: random.Random) -> Made:
    """Write as one speaks in Glasgow, Lagos or Kingston."""

    def said(word: str) -> str:
        forms = _LEARNED.get(word.lower())
        if forms:
            return rng.choice(forms)
        if word.endswith("ing") and len(word) > 5:
            return word[:-1] + rng.choice(("", "'"))
        return word.replace("th", "d", 1) if word.startswith("th") and rng.random() < 0.3 else word

    return _words_changed(made, rng, 0.7, said, within=False)


def capitals(made: Made, rng: random.Random) -> Made:
    """Write all in capitals, each word with one, nouns with one, or none."""
    roll = rng.random()
    if roll < 0.3:
        return made.raised()
    if roll < 0.5:
        return made.lowered()
    share, least = (1.0, 1) if roll < 0.75 else (rng.choice((0.15, 0.4)), 4)
    return _words_changed(
        made, rng, share, lambda word: word[:1].upper() + word[1:] if len(word) >= least else word
    )


def _words_changed(
    made: Made,
    rng: random.Random,
    share: float,
    change: Callable[[str], str],
    *,
    within: bool = True,
) -> Made:
    for match in reversed(list(_WORD.finditer(made.text))):
        is_inside = _touches(made, match.start(), match.end())
        if rng.random() >= share * (_IN_A_NAME if is_inside else 1) or (is_inside and not within):
            continue
        end = match.end()
        new = change(match.group())
        if not new:
            if is_inside:
                continue
            end += made.text[end : end + 1] == " "
        if not is_inside or any(a <= match.start() and end <= b for a, b, _ in made.spans):
            made = made.spliced(match.start(), end, new)
    return made


def _touches(made: Made, start: int, end: int) -> bool:
    return any(a < end and start < b for a, b, _ in made.spans)


_CHANGES = (tongue, dialect, slips, slips, slips, capitals)
