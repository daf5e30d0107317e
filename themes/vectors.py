"""Texts as rows of numbers: what is rare says more, and words that go together lie close."""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from themes.meanings import meanings
from themes.sparse import Floats, Sparse, reduced, table, unit
from themes.words import content, pairs, plain_words

WordGroups = Callable[[str], Sequence[Hashable]]  # the groups that a word is in, small ones first

_GROUP_WEIGHTS = (0.35, 0.3)  # of a group beside its word: tuned on halves of both sets of intents
_PAIR_WEIGHT = 0.3  # of two words in a row beside one: chosen on the first 30 texts of each intent
_MEANING_WEIGHT = 1.5  # of what the words mean beside the words
_DIMENSIONS = (80, 120, 160)  # several, since no single one is right


@dataclass(frozen=True)
class Texts:
    """What is known of some texts: how often each word stands in each, and how much it says."""

    counts: Sparse  # words and pairs of words, with the weight that a rare one has
    weighed: Sparse  # the same and the groups of words, each row of length one
    meanings: Floats  # what the words of each text mean, together; see `themes.meanings`
    shared: Floats  # how much of each text, 0 to 1, some other text says as well

    def views(self) -> list[Floats]:
        """Return the texts in few dimensions, several times over."""
        most = max(2, min(self.weighed.height, self.weighed.width) - 1)
        sizes = dict.fromkeys(min(size, most) for size in _DIMENSIONS)
        return [self._view(size) for size in sizes]

    def _view(self, size: int) -> Floats:
        words = reduced(self.weighed, size, seed=size)
        return unit(np.concatenate([words, np.float32(_MEANING_WEIGHT) * self.meanings], axis=1))


def read(texts: Sequence[str], word_groups: WordGroups | None) -> Texts:
    """Count the words of texts."""
    stems = [content(text) for text in texts]
    words = _by_rarity(_table(stems))
    in_a_row = _by_rarity(_table([pairs(row) for row in stems]))
    counts = _unit_rows(_beside([(words, 1.0), (in_a_row, _PAIR_WEIGHT)]))
    parts = [(counts, 1.0)]
    if word_groups:
        for at, weight in enumerate(_GROUP_WEIGHTS):
            named = [_groups(text, word_groups, at) for text in texts]
            parts.append((_unit_rows(_by_rarity(_table(named))), weight))
    return Texts(counts, _unit_rows(_beside(parts)), meanings(texts), _shared(stems))


def _shared(stems: Sequence[Sequence[str]]) -> Floats:
    """Return the share of each text's words, weighed by rarity, that another text has as well."""
    rows = [set(row) for row in stems]
    with_it = Counter(word for row in rows for word in row)
    rarity = {word: (math.log((1 + len(rows)) / (1 + n)) + 1) ** 2 for word, n in with_it.items()}
    found = []
    for row in rows:
        whole = sum(rarity[word] for word in sorted(row))
        known = sum(rarity[word] for word in sorted(row) if with_it[word] > 1)
        found.append(known / whole if whole else 0.0)
    return np.asarray(found, np.float32)


def _groups(text: str, word_groups: WordGroups, at: int) -> list[Hashable]:
    found = (word_groups(word) for word in plain_words(text))
    return [groups[at] for groups in found if len(groups) > at]


def _table(rows: Iterable[Sequence[Hashable]]) -> Sparse:
    """Count what at least two rows have; a word that stands once links nothing."""
    rows = list(rows)
    shared = Counter(each for row in rows for each in set(row))
    number: dict[Hashable, int] = {}
    for row in rows:
        for each in row:
            if shared[each] > 1:
                number.setdefault(each, len(number))
    return table([[number[e] for e in row if e in number] for row in rows], max(1, len(number)))


def _by_rarity(counts: Sparse) -> Sparse:
    """Weigh by how rare a word is, and by the logarithm of how often it stands here."""
    rows_with = np.bincount(counts.columns, minlength=counts.width)
    rarity = np.log((1 + counts.height) / (1 + rows_with)) + 1
    values = (1 + np.log(counts.values)) * rarity[counts.columns]
    return counts.with_values(values.astype(np.float32))


def _unit_rows(given: Sparse) -> Sparse:
    rows = given.rows()
    lengths = np.sqrt(np.bincount(rows, given.values**2, given.height))
    return given.with_values((given.values / np.maximum(lengths, 1e-9)[rows]).astype(np.float32))


def _beside(parts: Sequence[tuple[Sparse, float]]) -> Sparse:
    """Put tables side by side, each with a weight."""
    rows = np.concatenate([part.rows() for part, _ in parts])
    offsets = np.cumsum([0, *(part.width for part, _ in parts)])
    columns = np.concatenate(
        [part.columns + offset for (part, _), offset in zip(parts, offsets, strict=False)]
    )
    values = np.concatenate([part.values * np.float32(weight) for part, weight in parts])
    order = np.argsort(rows, kind="stable")
    starts = np.concatenate(([0], np.bincount(rows, minlength=parts[0][0].height).cumsum()))
    return Sparse(starts, columns[order], values[order], int(offsets[-1]))
