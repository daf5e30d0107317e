"""What goes from an English text: what recognizers claim, and what the guesses come to."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from redact.languages.en.addresses import addresses
from redact.languages.en.handles import usernames
from redact.languages.en.idioms import outside_idioms
from redact.languages.en.lexicon import look_up
from redact.languages.en.names import certain, disguised, initials, likely, near_sites, repeated
from redact.languages.en.numbers import cued_numbers, written_numbers
from redact.languages.en.odd_words import odd_words
from redact.languages.en.places import organisations, rooms
from redact.languages.en.roles import roles
from redact.languages.en.said_handles import said_handles, tells_of_handles
from redact.languages.en.spelled_handles import spelled_handles
from redact.languages.en.spoken import spoken_ages, spoken_dates
from redact.languages.en.spoken_postcodes import spoken_postcodes
from redact.languages.en.spoken_streets import spoken_streets
from redact.languages.en.spoken_web import spoken_addresses_of_mail_and_web
from redact.languages.en.vetoes import outside_vetoes
from redact.languages.en.vocabulary import words
from redact.languages.en.written import ages, dates, emails, urls
from redact.languages.language import Reading
from redact.lists.match import PlainWords, listed
from redact.spans import Kind, Recognizer, Span, Strength
from redact.tokens import Token

# Written addresses: where they begin is certain, so the model is not asked about that.
EXACT: tuple[Recognizer, ...] = (emails, urls)
# What needs no model either: each reads the folded view and claims what it finds.
RECOGNIZERS: tuple[Recognizer, ...] = (
    usernames,
    odd_words,
    said_handles,
    dates,
    addresses,
    ages,
    written_numbers,
    rooms,
    organisations,
    roles,
    disguised,
    initials,
)
# The same for what is said: these walk over words.
SPOKEN_RECOGNIZERS: tuple[Callable[[Sequence[Token]], Iterable[Span]], ...] = (
    spoken_addresses_of_mail_and_web,
    spelled_handles,
    spoken_postcodes,
    cued_numbers,
    spoken_streets,
    spoken_dates,
    spoken_ages,
)
# How probable it must be, by the model, that a word belongs to a detail before the word goes.
THRESHOLDS = {Strength.LIGHT: 0.5, Strength.STANDARD: 0.16, Strength.STRICT: 0.1}
# Most notes hold nothing to hide. Where nothing is sure, the threshold is raised by this factor.
_WARY = 4.0
_SURE = 0.5


def claims(reading: Reading) -> Iterator[Span]:
    """Yield what goes, as offsets into the folded text."""
    folded, tokens, guesses = reading.folded, reading.tokens, reading.guesses
    threshold = THRESHOLDS[reading.strength]
    exact = [span for recognizer in EXACT for span in recognizer(folded.text)]
    ruled = [*exact, *(span for each in RECOGNIZERS for span in each(folded.text))]
    ruled += [span for walk in SPOKEN_RECOGNIZERS for span in walk(tokens)]
    found = list(outside_vetoes(folded.text, tokens, ruled))
    yield from found
    if not found and all(guess.probability < _SURE for guess in guesses):
        threshold *= _WARY
    if tells_of_handles(folded.text):
        guesses = near_sites(tokens, guesses)
    guessed = [
        *(span for span in likely(tokens, guesses, threshold) if not _is_settled(span, exact)),
        *certain(tokens, guesses),
    ]
    guessed = list(outside_vetoes(folded.text, tokens, guessed))
    names = [*outside_idioms(tokens, guessed), *listed(tokens, guesses, reading.lists, PLAIN_WORDS)]
    yield from names
    yield from outside_idioms(tokens, repeated(tokens, guesses, names))


def everyday(word: str) -> int:
    """Return how common a folded, lower-case word is: 0 for unknown, up to 15."""
    return look_up(word).word


PLAIN_WORDS = PlainWords(everyday, frozenset(words("match: beside")))


def _is_settled(guessed: Span, exact: Sequence[Span]) -> bool:
    """Say whether the model only means a written address, and a word beside it."""
    return guessed.kind in {Kind.EMAIL, Kind.URL, Kind.USERNAME} and any(
        guessed.start < span.end and span.start < guessed.end <= span.end for span in exact
    )
