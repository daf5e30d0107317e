"""What goes from an English text: what recognizers claim, and what the guesses come to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from redact.languages.en.addresses import addresses
from redact.languages.en.features import known
from redact.languages.en.halves import halves, joined, raised, subjects, titled
from redact.languages.en.handles import usernames
from redact.languages.en.lexicon import look_up
from redact.languages.en.names import certain, disguised, initials, likely, near_sites
from redact.languages.en.numbers import written_numbers
from redact.languages.en.odd_words import odd_words
from redact.languages.en.places import organisations, rooms
from redact.languages.en.repeated import repeated
from redact.languages.en.roles import roles
from redact.languages.en.said_handles import (
    is_handle_of_plain_words,
    named_within,
    said_handles,
    tells_of_handles,
)
from redact.languages.en.spelled_handles import spelled_handles
from redact.languages.en.spoken import spoken_ages, spoken_dates
from redact.languages.en.spoken_numbers import cued_numbers
from redact.languages.en.spoken_postcodes import spoken_postcodes
from redact.languages.en.spoken_streets import spoken_streets
from redact.languages.en.spoken_web import spoken_addresses_of_mail_and_web
from redact.languages.en.untidy.letters import letters
from redact.languages.en.untidy.names import (
    called,
    lone_initials,
    speaking,
    starred,
    strangers,
    stretched,
    untidy_names,
)
from redact.languages.en.untidy.slips import weighed
from redact.languages.en.untidy.style import capitals, small_words
from redact.languages.en.vetoes import outside_idioms, outside_vetoes, trimmed
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
    lone_initials,
    called,
    speaking,
    starred,
    stretched,
    letters,
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
    untidy_names,
)
# Rules for places, employers, titles and handles of plain words; a light redaction does without.
LOOSE_RULES = frozenset([odd_words, said_handles, rooms, organisations, roles, lone_initials])
_SURE = 0.5
_NEVER = 2.0  # no probability is as high


@dataclass(frozen=True, slots=True)
class Evidence:
    """What it takes, at one strength, for a word to go.

    `least` is how probable it must be, by the model, that a word belongs to a detail, by kind;
    most notes hold nothing to hide, so where nothing else is sure, it is raised by `wary`.
    """

    least: Mapping[Kind, float]
    wary: float
    listed: float = 0.1  # the same for a word that the lists know as a name
    has_loose_rules: bool = True
    takes_strangers: bool = False  # every capitalised word amid a sentence that is in no list

    def raised(self) -> Mapping[Kind, float]:
        """Return what it takes where nothing in the note is sure."""
        return {kind: least * self.wary for kind, least in self.least.items()}


# A light redaction takes people, and what has a form of its own: no place, employer or title.
_LIGHT = dict.fromkeys(Kind, 0.8) | dict.fromkeys(
    (Kind.ORG, Kind.LOCATION, Kind.ROLE, Kind.USERNAME), _NEVER
)
EVIDENCE = {
    Strength.LIGHT: Evidence(_LIGHT, 1.1, listed=0.5, has_loose_rules=False),
    # of employers, teams and titles the model is sure, or wrong
    Strength.STANDARD: Evidence(dict.fromkeys(Kind, 0.16) | {Kind.ORG: 0.4, Kind.ROLE: 0.35}, 4.0),
    Strength.STRICT: Evidence(dict.fromkeys(Kind, 0.06), 4.0, takes_strangers=True),
}


def claims(reading: Reading) -> Iterator[Span]:
    """Yield what goes, as offsets into the folded text."""
    folded, tokens = reading.folded, reading.tokens
    entries = known(tokens)
    styles = capitals(tokens, entries)
    guesses = small_words(tokens, entries, styles, weighed(tokens, reading.guesses))
    evidence = EVIDENCE[reading.strength]
    exact = [span for recognizer in EXACT for span in recognizer(folded.text)]
    rules = (r for r in RECOGNIZERS if evidence.has_loose_rules or r not in LOOSE_RULES)
    ruled = [*exact, *(span for each in rules for span in each(folded.text))]
    ruled += [span for walk in SPOKEN_RECOGNIZERS for span in walk(tokens)]
    found = list(outside_vetoes(folded.text, tokens, ruled))
    yield from found
    is_quiet = not found and all(guess.probability < _SURE for guess in guesses)
    least = evidence.raised() if is_quiet else evidence.least
    if tells_of_handles(folded.text) and evidence.has_loose_rules:
        guesses = near_sites(tokens, guesses)
    guessed = [
        *(span for span in likely(tokens, guesses, least) if not _is_settled(span, exact)),
        *certain(tokens, guesses, evidence.listed),
        *(strangers(tokens) if evidence.takes_strangers else ()),
        *(subjects(tokens, entries, styles) if evidence.has_loose_rules else ()),
        *(raised(tokens, entries, styles, guesses) if evidence.has_loose_rules else ()),
        *titled(tokens, entries),
    ]
    if not tells_of_handles(folded.text):
        starts = [token.start for token in tokens]
        guessed = [
            piece
            for span in guessed
            for piece in (
                named_within(tokens, starts, span)
                if is_handle_of_plain_words(tokens, starts, span)
                else (span,)
            )
        ]
    guessed += halves(tokens, entries, styles, [*found, *guessed])
    guessed += joined(tokens, entries, [*found, *guessed])
    guessed = list(trimmed(folded.text, tokens, styles, guessed))
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
