"""The trained sequence model.

How sure it is, for each word, that it belongs to a detail, and to which kind.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock

import pycrfsuite

from redact.languages.en.features import features, known
from redact.languages.en.untidy.reading import as_meant
from redact.languages.language import Guess
from redact.spans import Kind
from redact.tokens import Token

MODEL = Path(__file__).parent / "data" / "names.crfsuite"
OUTSIDE = "O"
_lock = Lock()


def guess(tokens: Sequence[Token]) -> list[Guess]:
    """Return a guess for each token."""
    if not tokens:
        return []
    tagger, kinds = _tagger()
    entries = known(tokens)
    read = as_meant(tokens, entries)
    pairs = zip(tokens, read, entries, strict=True)
    entries = [entry if own.lower == said.lower else known([said])[0] for own, said, entry in pairs]
    rows = features(read, entries)
    with _lock:
        tagger.set(rows)
        guesses = []
        for position in range(len(tokens)):
            inside = 1 - tagger.marginal(OUTSIDE, position)
            if inside < 0.02:
                guesses.append(_NOTHING)
            else:
                guesses.append(
                    Guess(max(kinds, key=lambda kind: tagger.marginal(kind, position)), inside)
                )
    return guesses


_NOTHING = Guess(Kind.PERSON, 0.0)


@cache
def _tagger() -> tuple[pycrfsuite.Tagger, list[Kind]]:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODEL))
    return tagger, [Kind(label) for label in tagger.labels() if label != OUTSIDE]
