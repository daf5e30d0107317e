"""What goes from a text in a language without a model: fixed forms and local lists."""

from collections.abc import Iterator, Sequence

from redact.languages.en.written import emails, urls
from redact.languages.forms.figures import days_in_figures, handles, identifiers, telephones
from redact.languages.language import Guess, Reading
from redact.lists.match import PlainWords, listed
from redact.spans import Kind, Recognizer, Span
from redact.tokens import Token

RECOGNIZERS: tuple[Recognizer, ...] = (
    emails,
    urls,
    handles,
    telephones,
    identifiers,
    days_in_figures,
)
_NOTHING = Guess(Kind.PERSON, 0.0)


def guess(tokens: Sequence[Token]) -> list[Guess]:
    """Return for each token that nothing is known of it."""
    return [_NOTHING] * len(tokens)


def everyday(word: str) -> int:
    """Return 0: of no word it is known how common it is."""
    return 0


def claims(reading: Reading) -> Iterator[Span]:
    """Yield what goes, as offsets into the folded text."""
    for recognizer in RECOGNIZERS:
        yield from recognizer(reading.folded.text)
    yield from listed(reading.tokens, reading.guesses, reading.lists, _PLAIN_WORDS)


_PLAIN_WORDS = PlainWords(everyday, frozenset())
