"""Notes that are nearly the same fold into a stack; one of them stands for it."""

from collections.abc import Sequence

from themes.words import content

_ALIKE = 0.85  # of the words of both together
_FEWEST_WORDS = 3  # shorter ones fold only if they are the same word for word


def stacks(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Return positions that go together, longest stacks first; no stack has one text alone."""
    words = [frozenset(content(text)) for text in texts]
    leader: dict[int, list[int]] = {}
    holding: dict[str, list[int]] = {}
    for at, own in enumerate(words):
        first = _twin(own, words, holding)
        if first is not None:
            leader[first].append(at)
            continue
        leader[at] = [at]
        for word in own:
            holding.setdefault(word, []).append(at)
    found = [tuple(members) for members in leader.values() if len(members) > 1]
    return sorted(found, key=lambda members: (-len(members), members))


def _twin(
    own: frozenset[str], words: Sequence[frozenset[str]], holding: dict[str, list[int]]
) -> int | None:
    """The first leader that has nearly the same words; its rarest words say where to look."""
    rarest = sorted(own, key=lambda word: (len(holding.get(word, ())), word))
    enough = max(1, len(own) - int(_ALIKE * len(own)) + 1)  # one of so many has to be shared
    for other in sorted({at for word in rarest[:enough] for at in holding.get(word, ())}):
        if own == words[other] or _alike(own, words[other]):
            return other
    return None


def _alike(own: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(own), len(other)) < _FEWEST_WORDS:
        return False
    return len(own & other) >= _ALIKE * len(own | other)
