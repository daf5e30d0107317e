"""What goes from a text in a language without a model: forms, lists, and names after titles."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from redact.languages.en.written import emails, urls
from redact.languages.forms.cued import cued_numbers
from redact.languages.forms.dates import ages, days
from redact.languages.forms.figures import days_in_figures, handles, identifiers, telephones
from redact.languages.forms.titles import Titled
from redact.languages.kit.lexicon import Lexicon
from redact.languages.kit.vetoes import Vetoes
from redact.languages.kit.vocabulary import Vocabulary
from redact.languages.language import Guess, Reading
from redact.lists.match import PlainWords, listed
from redact.spans import Kind, Recognizer, Span
from redact.tokens import Token

_DATA = Path(__file__).parent / "data"
_VOCABULARY = Vocabulary(_DATA / "vocabulary.txt")
_LEXICON = Lexicon(_DATA / "lexicon.bin")
_BEHIND = frozenset(_VOCABULARY.words("titles behind"))
_NEVER = frozenset(_VOCABULARY.words("never names"))
_LONGEST = 3  # words of a name

RECOGNIZERS: tuple[Recognizer, ...] = (
    emails,
    urls,
    handles,
    telephones,
    identifiers,
    days_in_figures,
    days(_VOCABULARY),
    ages(_VOCABULARY),
    cued_numbers(_VOCABULARY),
)
_titled = Titled(_VOCABULARY, _LEXICON)
_vetoes = Vetoes(_VOCABULARY)
_NOTHING = Guess(Kind.PERSON, 0.0)


def guess(tokens: Sequence[Token]) -> list[Guess]:
    """Return for each token that nothing is known of it."""
    return [_NOTHING] * len(tokens)


def everyday(word: str) -> int:
    """Return how common a folded word is in the languages that we have lists of."""
    return _LEXICON.everyday(word)


def claims(reading: Reading) -> Iterator[Span]:
    """Yield what goes, as offsets into the folded text."""
    text, tokens = reading.folded.text, reading.tokens
    found = [span for recognizer in RECOGNIZERS for span in recognizer(text)]
    yield from _vetoes.outside(text, found)
    yield from _titled(tokens)
    yield from known_names(tokens)
    yield from before_titles(tokens)
    yield from listed(tokens, reading.guesses, reading.lists, _PLAIN_WORDS)


def known_names(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield given names that are no word, with a capital, and the surnames after them."""
    position = 0
    while position < len(tokens):
        if not _is_given(tokens[position]):
            position += 1
            continue
        end = position + 1
        while end < len(tokens) and end - position < _LONGEST and _goes_on(tokens[end]):
            end += 1
        yield Span(tokens[position].start, tokens[end - 1].end, Kind.PERSON)
        position = end


def before_titles(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield names whose title stands behind them: Ahmet Bey."""
    for name, title in pairwise(tokens):
        if title.lower in _BEHIND and name.text[0].isalpha() and name.text[0].isupper():
            yield Span(name.start, name.end, Kind.PERSON)


def _is_given(token: Token) -> bool:
    text = token.text
    if len(text) < 3 or not text[0].isalpha() or text.isupper() or text[0].islower():
        return False
    entry = _LEXICON.look_up(token.lower)
    return entry.given > 0 and not entry.word and token.lower not in _NEVER


def _goes_on(token: Token) -> bool:
    text = token.text
    return (
        len(text) > 1
        and text[0].isupper()
        and text.isalpha()
        and not text.isupper()
        and not _LEXICON.everyday(token.lower)
    )


_PLAIN_WORDS = PlainWords(everyday, frozenset())
