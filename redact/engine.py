"""The way from a raw text to its redaction: fold, recognize, unite, replace, and read again.

A text is read until nothing more is found, so that redacting a redaction changes nothing: taking
a name out can bring two words together that only then look like a detail. Each reading sees the
placeholders of those before it, and leaves them alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from redact.doubts import doubts
from redact.fold import Folded, fold
from redact.languages.en.addresses import addresses
from redact.languages.en.handles import usernames
from redact.languages.en.idioms import outside_idioms
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
from redact.languages.en.tagger import Guess, guess
from redact.languages.en.vetoes import outside_vetoes
from redact.languages.en.written import ages, dates, emails, urls
from redact.lists import EMPTY, LocalLists
from redact.lists.match import listed
from redact.placeholders import arrange
from redact.spans import Kind, Recognizer, Redaction, Span, Strength
from redact.tokens import Token, tokenize
from redact.whole_words import widened

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
_READINGS = 6


def redact(
    raw_text: str,
    *,
    lists: LocalLists = EMPTY,
    strength: Strength = Strength.STANDARD,
    extra: Sequence[Recognizer] = (),
    weak_words: Sequence[tuple[int, int]] = (),
) -> Redaction:
    """Replace identifying details in a text by placeholders.

    Args:
        raw_text: A note or a transcript; placeholders that are in it already stay as they are.
        lists: What the place knows of itself.
        strength: How sure we must be before a word goes.
        extra: Recognizers of the operator's own; they read the text as it is and claim spans of it.
        weak_words: Ranges of the raw text that the speech model was unsure of; those that stay
            become doubts.
    """
    spans: list[Span] = []
    for _ in range(_READINGS):
        layout = arrange(raw_text, spans)
        folded = fold(layout.text)
        tokens = tokenize(folded.text)
        guesses = guess(tokens)
        claims = _claims(folded, tokens, guesses, lists, THRESHOLDS[strength])
        found = [
            piece
            for span in claims
            for piece in layout.raw_spans(*folded.raw_range(span.start, span.end), span.kind)
        ]
        found += [
            piece
            for recognizer in extra
            for span in recognizer(layout.text)
            for piece in layout.raw_spans(span.start, span.end, span.kind)
        ]
        if not found:
            break
        spans = unite([*spans, *(widened(raw_text, span) for span in found)])
    else:
        layout = arrange(raw_text, spans)
        return Redaction(layout.text, tuple(spans))
    return Redaction(
        layout.text, tuple(spans), tuple(doubts(layout, folded, tokens, guesses, weak_words))
    )


def _claims(
    folded: Folded, tokens: list[Token], guesses: list[Guess], lists: LocalLists, threshold: float
) -> Iterator[Span]:
    """Yield what we claim of a folded text, as offsets into it."""
    exact = [span for recognizer in EXACT for span in recognizer(folded.text)]
    ruled = [*exact, *(span for each in RECOGNIZERS for span in each(folded.text))]
    ruled += [span for walk in SPOKEN_RECOGNIZERS for span in walk(tokens)]
    claims = list(outside_vetoes(folded.text, tokens, ruled))
    yield from claims
    if not claims and all(guess.probability < _SURE for guess in guesses):
        threshold *= _WARY
    if tells_of_handles(folded.text):
        guesses = near_sites(tokens, guesses)
    guessed = [
        *(span for span in likely(tokens, guesses, threshold) if not _is_settled(span, exact)),
        *certain(tokens, guesses),
    ]
    guessed = list(outside_vetoes(folded.text, tokens, guessed))
    names = [*outside_idioms(tokens, guessed), *listed(tokens, guesses, lists)]
    yield from names
    yield from outside_idioms(tokens, repeated(tokens, guesses, names))


def _is_settled(guessed: Span, exact: Sequence[Span]) -> bool:
    """Say whether the model only means a written address, and a word beside it."""
    return guessed.kind in {Kind.EMAIL, Kind.URL, Kind.USERNAME} and any(
        guessed.start < span.end and span.start < guessed.end <= span.end for span in exact
    )


def unite(spans: Iterable[Span]) -> list[Span]:
    """Join overlapping claims; the union has the kind of the longest claim in it."""
    united: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        length = span.end - span.start
        if united and span.start < united[-1].end:
            last = united[-1]
            united[-1] = Span(
                last.start, max(last.end, span.end), span.kind if length > longest else last.kind
            )
            longest = max(longest, length)
        else:
            united.append(span)
            longest = length
    return united
