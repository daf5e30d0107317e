"""The same note as other people would have typed or said it."""

import random
import re
from collections.abc import Sequence

from training.compose import Made

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}


def vary(made: Made, rng: random.Random, hesitations: Sequence[str], *, is_spoken: bool) -> Made:
    """Return a note with other capitals, signs, slips or hesitations."""
    roll = rng.random()
    if roll < (0.35 if is_spoken else 0.22):
        made = made.lowered()
    elif roll < 0.38 and not is_spoken:
        made = made.raised() if roll < 0.25 else made
    if rng.random() < (0.3 if is_spoken else 0.06):
        made = _hesitating(made, rng, hesitations)
    if rng.random() < 0.12:
        made = _slipped(made, rng)
    if rng.random() < 0.06:
        made = _plain_umlauts(made)
    if rng.random() < 0.2 and made.text.endswith((".", "!")):
        made = Made(made.text[:-1], made.spans)
    if rng.random() < 0.08:
        made = made.without(",")
    return made


def _gaps(made: Made) -> list[int]:
    return [m.start() for m in re.finditer(" ", made.text)
            if not any(a < m.start() < b for a, b, _ in made.spans)]  # fmt: skip


def _hesitating(made: Made, rng: random.Random, hesitations: Sequence[str]) -> Made:
    gaps = _gaps(made)
    for gap in sorted(rng.sample(gaps, min(len(gaps), rng.choice((1, 1, 2)))), reverse=True):
        comma = rng.choice(("", ","))
        made = made.spliced(gap, gap + 1, f"{comma} {rng.choice(list(hesitations))}{comma} ")
    return made


def _slipped(made: Made, rng: random.Random) -> Made:
    """Return the note with a letter of one or two plain words doubled, lost or swapped."""
    words = [m.span() for m in re.finditer(r"[^\W\d_]{4,}", made.text)
             if not any(a < m.end() and m.start() < b for a, b, _ in made.spans)]  # fmt: skip
    for start, end in sorted(rng.sample(words, min(len(words), rng.choice((1, 2)))), reverse=True):
        at = rng.randrange(start + 1, end - 1)
        pair = made.text[at : at + 2]
        new = rng.choice((pair[0] * 2 + pair[1], pair[1], pair[1] + pair[0]))
        made = made.spliced(at, at + 2, new)
    return made


def _plain_umlauts(made: Made) -> Made:
    for at in reversed([i for i, c in enumerate(made.text) if c in _UMLAUTS]):
        made = made.spliced(at, at + 1, _UMLAUTS[made.text[at]])
    return made
