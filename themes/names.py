"""A name for a group: the words that set it apart and that enough of its texts share."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from themes.words import shown

_MOST_WORDS = 3
_LEAST_SHARE = 0.25  # of the group that a word of its name stands in


def name(texts: Sequence[str], everywhere: Counter[str], total: int, *, threshold: int) -> str:
    """Return two or three words, each in at least `threshold` of the texts, or nothing.

    Forms of a word, and words that mean the same at work, count as one; the most usual is shown.

    Args:
        texts: The texts of the group.
        everywhere: In how many of all texts each stem stands.
        total: How many texts there are in all.
        threshold: A word that fewer say could point at who said it.
    """
    rows = [shown(text) for text in texts]
    here = Counter(stem for row in rows for stem in {stem for _, stem in row})
    written = Counter((stem, word) for row in rows for word, stem in set(row))
    least = max(threshold, _LEAST_SHARE * len(texts), 2)
    stems = [stem for stem, count in here.items() if count >= least]
    stems.sort(key=lambda stem: (-_tells(stem, here, len(texts), everywhere, total), stem))
    words = list(dict.fromkeys(_best_form(stem, written) for stem in stems[:_MOST_WORDS]))
    return " · ".join(_in_order(words, rows)) if len(words) > 1 else ""


def stems_everywhere(texts: Sequence[str]) -> Counter[str]:
    """Count in how many texts each stem stands."""
    return Counter(stem for text in texts for stem in {stem for _, stem in shown(text)})


def _tells(stem: str, here: Counter[str], size: int, everywhere: Counter[str], total: int) -> float:
    """How much more often a stem stands here than elsewhere."""
    inside = here[stem] / size
    outside = (everywhere[stem] - here[stem] + 1) / (total - size + 2)
    return inside * (inside / (inside + outside))


def _best_form(stem: str, written: Counter[tuple[str, str]]) -> str:
    """Return the form that most wrote."""
    forms = [(count, word) for (found, word), count in written.items() if found == stem]
    return max(forms)[1]


def _in_order(words: list[str], rows: list[list[tuple[str, str]]]) -> list[str]:
    """Put words that mostly follow one another in that order."""
    follows: Counter[tuple[str, str]] = Counter()
    for row in rows:
        follows.update(pairwise(word for word, _ in row))
    rank = {word: at for at, word in enumerate(words)}
    return sorted(
        words,
        key=lambda word: (sum(follows[o, word] - follows[word, o] for o in words), rank[word]),
    )
