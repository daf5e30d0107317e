"""Names that point at nobody: in set phrases (Bob's your uncle), of sites, products, languages."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from redact.languages.en import vocabulary
from redact.spans import Span
from redact.tokens import Token, tokenize

# Words that are as good as a phrase: sites, products, peoples, faiths, parties, times.
_NOBODY = ("handles: sure sites", "handles: products", "names: languages", "harmless: public")
_FILE = Path(__file__).parents[1] / "data" / "idioms.txt"


def _read() -> dict[str, list[tuple[str, ...]]]:
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            words = tuple(token.lower for token in tokenize(line))
            phrases.setdefault(words[0], []).append(words)
    for section in _NOBODY:
        for word in vocabulary.words(section):
            phrases.setdefault(word, []).append((word,))
    return phrases


_PHRASES = _read()
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr"])  # "Mr Maltese" is no language


def outside_idioms(tokens: Sequence[Token], spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans that do not lie within a set phrase."""
    spans = list(spans)
    if not spans:
        return
    taken = [
        (token.start, tokens[i + len(phrase) - 1].end)
        for i, token in enumerate(tokens)
        for phrase in _PHRASES.get(token.lower, ())
        if tuple(t.lower for t in tokens[i : i + len(phrase)]) == phrase
    ]
    titled = {after.start for title, after in pairwise(_words(tokens)) if title.lower in _TITLES}
    for span in spans:
        if span.start in titled or not any(
            start <= span.start and span.end <= end for start, end in taken
        ):
            yield span


def _words(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.text != "."]
