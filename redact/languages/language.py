"""What a language is to the engine: how its words are cut, weighed, and claimed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from redact.fold import Folded
from redact.lists.entries import LocalLists
from redact.spans import Kind, Span, Strength
from redact.tokens import Token


class Guess(NamedTuple):
    """The likeliest kind of a word if it is a detail at all, and the probability that it is one."""

    kind: Kind
    probability: float

    def against(self, odds: float) -> "Guess":
        """Return it less sure: something else speaks against it, by so many to one."""
        sure = self.probability
        return self._replace(probability=sure / (sure + (1 - sure) * odds))


@dataclass(frozen=True, slots=True)
class Reading:
    """One look of one language at a folded text."""

    folded: Folded
    tokens: Sequence[Token]
    guesses: Sequence[Guess]  # one for each token
    lists: LocalLists
    strength: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What one folder under `redact/languages/` offers.

    Attributes:
        code: As in ISO 639-1; `und` stands for every language without a folder.
        coverage: `full` with a model of its own; `careful` with forms, lists and titles alone.
        tokenize: Cuts a folded text into words and signs.
        guess: Says of each token how probably it belongs to a detail.
        claims: Says which ranges of the folded text go.
        everyday: How common a folded, lower-case word is: 0 for unknown, up to 15.
    """

    code: str
    coverage: Literal["full", "careful"]
    tokenize: Callable[[str], list[Token]]
    guess: Callable[[Sequence[Token]], list[Guess]]
    claims: Callable[[Reading], Iterable[Span]]
    everyday: Callable[[str], int]

    def read(self, folded: Folded, lists: LocalLists, strength: Strength) -> Reading:
        """Return this language's look at a text."""
        tokens = self.tokenize(folded.text)
        return Reading(folded, tokens, self.guess(tokens), lists, strength)
