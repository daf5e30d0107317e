"""What goes from a text in a language with a model: its recognizers' claims and its guesses'."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from redact.languages.en.written import emails, urls
from redact.languages.forms.cued import cued_numbers
from redact.languages.forms.dates import ages, days
from redact.languages.forms.figures import days_in_figures, handles, identifiers, telephones
from redact.languages.forms.places import organisations, rooms
from redact.languages.forms.said_numbers import SaidNumbers
from redact.languages.forms.said_web import SaidWeb
from redact.languages.forms.spelled import spelled_names
from redact.languages.forms.titles import Titled, roles
from redact.languages.kit.lexicon import Lexicon
from redact.languages.kit.outcome import Outcome
from redact.languages.kit.vetoes import Vetoes
from redact.languages.kit.vocabulary import Vocabulary
from redact.languages.language import Reading
from redact.lists.match import PlainWords, listed
from redact.spans import Recognizer, Span, Strength
from redact.tokens import Token

Walk = Callable[[Sequence[Token]], Iterator[Span]]


@dataclass(frozen=True, slots=True)
class Claims:
    """All that claims something of a text in one language."""

    recognizers: tuple[Recognizer, ...]
    loose: tuple[Recognizer, ...]  # of places, employers and titles; a light redaction does without
    walks: tuple[Walk, ...]
    outcome: Outcome
    vetoes: Vetoes
    plain_words: PlainWords

    def __call__(self, reading: Reading) -> Iterator[Span]:
        """Yield what goes, as offsets into the folded text."""
        text, tokens, guesses = reading.folded.text, reading.tokens, reading.guesses
        exact = [span for recognizer in (emails, urls) for span in recognizer(text)]
        is_light = reading.strength is Strength.LIGHT
        recognizers = self.recognizers if is_light else (*self.recognizers, *self.loose)
        ruled = [*exact, *(span for each in recognizers for span in each(text))]
        ruled += [span for walk in self.walks for span in walk(tokens)]
        guessed = [
            *self.outcome.likely(tokens, guesses, reading.strength),
            *self.outcome.certain(tokens, guesses),
        ]
        found = list(self.vetoes.outside(text, [*ruled, *guessed]))
        yield from found
        named = [*found, *listed(tokens, guesses, reading.lists, self.plain_words)]
        yield from named[len(found) :]
        yield from self.outcome.repeated(tokens, named)


def claims_of(
    vocabulary: Vocabulary,
    lexicon: Lexicon,
    *own: Recognizer,
    unlisted: float = 0.0,
    strangers: float = 1.0,
) -> Claims:
    """Return what claims by a language's lists, with recognizers of its own (addresses)."""
    return Claims(
        recognizers=(
            handles,
            telephones,
            identifiers,
            days_in_figures,
            days(vocabulary),
            ages(vocabulary),
            cued_numbers(vocabulary),
            spelled_names(vocabulary, lexicon),
            *own,
        ),
        loose=(rooms(vocabulary), organisations(vocabulary, lexicon), roles(vocabulary)),
        walks=(
            Titled(vocabulary, lexicon),
            SaidNumbers(vocabulary),
            SaidWeb(vocabulary, lexicon),
        ),
        outcome=Outcome(
            lexicon.look_up,
            frozenset(vocabulary.words("never names")),
            frozenset(vocabulary.words("titles")),
            frozenset((*vocabulary.words("id cues"), *vocabulary.words("phone cues"))),
            unlisted=unlisted,
            is_composed=lexicon.ends_in_a_word if unlisted else lambda _: False,
            particles=frozenset(vocabulary.words("name particles")),
            lettered=frozenset(vocabulary.words("lettered")),
            strangers=strangers,
        ),
        vetoes=Vetoes(vocabulary),
        plain_words=PlainWords(
            lexicon.everyday,
            frozenset((*vocabulary.words("team heads"), *vocabulary.words("class: preposition"))),
        ),
    )
