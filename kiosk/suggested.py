"""Groups that the kiosk suggests: the engine of `themes`, told what redaction knows of words."""

from collections.abc import Sequence
from functools import cache

from redact.languages.en.groups import group_of
from themes import Suggestion, suggest


def suggested_groups(
    texts: Sequence[str], *, groups: int | None = None, threshold: int = 5
) -> Suggestion:
    """Suggest which texts go together; see `themes.suggest`."""
    return suggest(texts, groups=groups, threshold=threshold, word_groups=_word_groups)


@cache
def _word_groups(word: str) -> tuple[int, ...]:
    found = group_of(word)
    return (found.small, found.large) if found.small else ()
