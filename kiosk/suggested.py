"""Groups that the kiosk suggests: the engine of `themes`, told what redaction knows of words."""

from collections.abc import Sequence
from functools import cache

from redact.languages.en.groups import group_of
from themes import Suggestion, nearness, suggest


def suggested_groups(
    texts: Sequence[str], *, groups: int | None = None, threshold: int = 5
) -> Suggestion:
    """Suggest which texts go together; see `themes.suggest`."""
    return suggest(texts, groups=groups, threshold=threshold, word_groups=_word_groups)


def nearness_to_all(texts: Sequence[str]) -> list[float]:
    """Return how near each text is to what all of them have in common; see `themes.nearness`."""
    return nearness(texts, word_groups=_word_groups)


@cache
def _word_groups(word: str) -> tuple[int, ...]:
    found = group_of(word)
    return (found.small, found.large) if found.small else ()
