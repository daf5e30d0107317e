"""A trained sequence model: how surely each word belongs to a detail, and of which kind."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

import pycrfsuite

from redact.languages.kit.features import Features
from redact.languages.language import Guess
from redact.spans import Kind
from redact.tokens import Token

OUTSIDE = "O"
_LEAST = 0.02  # below it a word is not worth a look at its kind
_NOTHING = Guess(Kind.PERSON, 0.0)


class Model:
    """The model of one language, read when a text first needs it."""

    def __init__(self, file: Path, features: Features) -> None:
        self.file = file
        self._features = features
        self._lock = Lock()

    @cached_property
    def _tagger(self) -> pycrfsuite.Tagger:
        tagger = pycrfsuite.Tagger()
        tagger.open(str(self.file))
        return tagger

    def guess(self, tokens: Sequence[Token]) -> list[Guess]:
        """Return a guess for each token."""
        if not tokens:
            return []
        rows = self._features.rows(tokens)
        with self._lock:
            tagger = self._tagger
            tagger.set(rows)
            kinds = [label for label in tagger.labels() if label != OUTSIDE]
            guesses = []
            for position in range(len(tokens)):
                inside = 1 - tagger.marginal(OUTSIDE, position)
                if inside < _LEAST:
                    guesses.append(_NOTHING)
                else:
                    weights = {kind: tagger.marginal(kind, position) for kind in kinds}
                    guesses.append(Guess(Kind(max(kinds, key=lambda k: weights[k])), inside))
        return guesses
