"""What a model's guesses come to: runs of likely words, sure names, and names that come back."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from redact.languages.kit.lexicon import NOTHING, Entry
from redact.languages.kit.whole_places import whole_place
from redact.languages.language import Guess
from redact.spans import Kind, Span, Strength
from redact.tokens import Token

_NEVER = 2.0  # no probability is as high
# How probable it must be that a word belongs to a detail before it goes. Less is asked of names of
# people, which tell most. A light redaction takes people, and what has a form of its own.
THRESHOLDS = {
    Strength.LIGHT: dict.fromkeys(Kind, 0.6)
    | dict.fromkeys((Kind.ORG, Kind.LOCATION, Kind.ROLE, Kind.USERNAME), _NEVER),
    Strength.STANDARD: dict.fromkeys(Kind, 0.35) | {Kind.PERSON: 0.16},
    Strength.STRICT: dict.fromkeys(Kind, 0.2) | {Kind.PERSON: 0.09},
}
Least = Mapping[Kind, float]
_PLAIN = 0.55  # the same for a plain word that is in no list of names
_PLAIN_PLACE = 0.65  # and for one that is taken for a place or an employer
_EVERYDAY = 0.8  # and for one that everybody uses
_FREQUENT = 9  # `Entry.word` from which on everybody uses it
_LOOSE = frozenset([Kind.PERSON, Kind.LOCATION, Kind.ORG, Kind.ROLE])
_NAMED = 4  # from which on a word of the lists is a name rather than a word
_CAPITAL = frozenset([Kind.LOCATION, Kind.ORG])  # what has a capital where names have one
_AGAINST = 5.0  # odds against a place or employer in small letters there
_KNOWN = 3  # `Entry.given`, or `.surname`, of a name that the lists know
_NUMBERS = frozenset([Kind.ID, Kind.PHONE])
_SURE = 0.9  # for a letter alone, or the rest of a title
_UNKNOWN = 0.4  # for a word in no list that opens a sentence, and is put together from none
_NOT_COMPOSED = 0.8  # share of what is asked of a word put together, for one that is not
_LISTED = 0.03  # for a given name that is no word, with a capital
_LISTED_SMALL = 0.15  # the same without
_LONGEST = 4  # words of a name
_GAPS = frozenset(["-", "'", ".", "/", "&", "@", "_", "+", "(", ")"])


class Outcome:
    """Turns guesses into spans, by one language's lists.

    Args:
        look_up: What is known of a folded, lower-case word.
        never: Words that are in no detail, whatever the model thinks.
        titles: Forms of address, which stay where a name follows them.
        cues: Words that say what number follows; they stay, too.
        particles: Words inside a name: von, de la.
        lettered: Words before a letter that is nobody's: plan A.
        strangers: Odds against people whose name is in no list, in a light redaction.
        unlisted: How probable it must be for a word in no list, where capitals say little.
        is_composed: Says whether a word in no list is put together.
    """

    def __init__(
        self,
        look_up: Callable[[str], Entry],
        never: frozenset[str],
        titles: frozenset[str],
        cues: frozenset[str],
        *,
        unlisted: float = 0.0,
        is_composed: Callable[[str], bool] = lambda _: False,
        particles: frozenset[str] = frozenset(),
        lettered: frozenset[str] = frozenset(),
        strangers: float = 1.0,
    ) -> None:
        self._look_up = look_up
        self._never = never
        self._titles = titles
        self._cues = cues
        self._unlisted = unlisted
        self._is_composed = is_composed
        self._particles = particles
        self._lettered = lettered
        self._strangers = strangers

    def likely(
        self, tokens: Sequence[Token], guesses: Sequence[Guess], strength: Strength
    ) -> Iterator[Span]:
        """Yield the runs of words that belong to a detail."""
        least = THRESHOLDS[strength]
        guesses = _small_words(tokens, guesses)
        if strength is Strength.LIGHT and self._strangers > 1:
            guesses = self._less_sure_of_strangers(tokens, guesses)
        position = 0
        while position < len(tokens):
            kind = guesses[position].kind
            if not self._goes(tokens, guesses, position, least):
                position += 1
                continue
            end = position + 1
            while end < len(tokens) and (
                (guesses[end].kind is kind and self._goes(tokens, guesses, end, least))
                or self._bridges(tokens, guesses, end, kind, least)
            ):
                end += 1
            first, last = self._trimmed(tokens, position, end, kind)
            if kind is Kind.PERSON and first < last:
                first, last = self._with_halves(tokens, first, last)
            if kind is Kind.LOCATION and first < last:
                first, last = whole_place(self._look_up, tokens, first, last)
            if kind is Kind.ROLE and self._is_rest_of_a_title(tokens, guesses, first):
                position = end
                continue
            if first < last and (
                last - first > 1
                or len(tokens[first].text) > 1
                or self._is_initial(tokens[first], guesses[first])
            ):
                yield Span(tokens[first].start, tokens[last - 1].end, kind)
            position = end

    def _less_sure_of_strangers(
        self, tokens: Sequence[Token], guesses: Sequence[Guess]
    ) -> list[Guess]:
        """Return the guesses, less sure of people whose name is in no list, nor beside one that is.

        A light redaction would rather keep a word that only the model takes for a name.
        """
        entries = [self._look_up(token.lower) for token in tokens]
        listed = [
            False,
            *(max(e.given, e.surname) >= _KNOWN and not e.word for e in entries),
            False,
        ]
        return [
            guess.against(self._strangers)
            if guess.kind is Kind.PERSON and not any(listed[at : at + 3])
            else guess
            for at, guess in enumerate(guesses)
        ]

    def _with_halves(self, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
        """Take in what belongs to a name: "De" Gaulle, the other half of Müller-"Sandvoss"."""
        if self._is_particle_of(tokens, first):
            first -= 1
        while last + 1 < len(tokens) and self._is_half(tokens, last, last + 1):
            last += 2
        while first > 1 and self._is_half(tokens, first - 1, first - 2):
            first -= 2
        return first, last

    def _is_half(self, tokens: Sequence[Token], hyphen: int, half: int) -> bool:
        """Say whether a word with a capital that is no plain word is joined by a hyphen."""
        beside, token = tokens[hyphen], tokens[half]
        return (
            beside.text == "-"
            and beside.start == tokens[hyphen - 1].end
            and beside.end == tokens[hyphen + 1].start
            and token.text[0].isupper()
            and len(token.text) > 2
            and token.text.isalpha()
            and not self._look_up(token.lower).word
            and not self._is_composed(token.lower)
        )

    def _is_particle_of(self, tokens: Sequence[Token], first: int) -> bool:
        """Say whether a particle with a capital stands before a name: "De Gaulle"."""
        return (
            first > 0
            and tokens[first - 1].lower in self._particles
            and tokens[first - 1].text.istitle()
            and tokens[first].text[0].isupper()
            and not self._opens_with_from(tokens, first - 1)
        )

    def _is_rest_of_a_title(
        self, tokens: Sequence[Token], guesses: Sequence[Guess], first: int
    ) -> bool:
        """Say whether a title that many hold lost its head: "jefe" stays, so does "de turno"."""
        head = first - 1
        while head > first - _LONGEST and head >= 0 and tokens[head].lower in self._particles:
            head -= 1
        is_cut = head < first - 1 or tokens[first].lower in self._particles
        is_doubtful = guesses[first].probability < _SURE
        return is_cut and is_doubtful and head >= 0 and tokens[head].lower in self._never

    def _is_lettered(self, tokens: Sequence[Token], at: int) -> bool:
        """Say whether a word and a letter, of which this is one, are nobody: "Plan A"."""
        pair = tokens[at - 1 : at + 1] if len(tokens[at].text) == 1 else tokens[at : at + 2]
        words = [token.lower for token in pair]
        return len(words) == 2 and words[0] in self._lettered and len(words[1]) == 1

    def _is_initial(self, token: Token, guess: Guess) -> bool:
        """Say whether a letter alone is somebody: "Kollege T. war da", "der Kläger K"."""
        return (
            token.text.isupper()
            and token.text.isalpha()
            and not token.opens
            and guess.kind is Kind.PERSON
            and guess.probability >= _SURE
            and token.lower not in self._never
        )

    def _goes(
        self, tokens: Sequence[Token], guesses: Sequence[Guess], position: int, least: Least
    ) -> bool:
        token, guess = tokens[position], guesses[position]
        if guess.probability < least[guess.kind] or token.text[0] == "[":
            return False
        if guess.kind not in _LOOSE or not token.text[0].isalpha():
            return True
        is_title = guess.kind is not Kind.PERSON and token.lower in self._titles
        if token.lower in self._never or is_title or self._is_lettered(tokens, position):
            return False
        return guess.probability >= max(least[guess.kind], self._least(token, guess.kind))

    def _least(self, token: Token, kind: Kind) -> float:
        """Return how probable it must be at least that this very word is a name."""
        entry = self._look_up(token.lower)
        named = max(entry.given, entry.surname, entry.place)
        has_capital = token.text[0].isupper()
        if entry.word >= _FREQUENT and (
            not has_capital or token.opens or entry.noun or named < _NAMED
        ):
            return _EVERYDAY
        plain = _PLAIN_PLACE if kind in _CAPITAL else _PLAIN
        is_simple = kind is Kind.PERSON and entry == NOTHING and not self._is_composed(token.lower)
        if token.opens and has_capital and entry.given < 3:  # any word has a capital there
            return _EVERYDAY if entry.word else _UNKNOWN if is_simple else plain
        if named >= 3:
            return 0.0
        if entry.word or (kind in _CAPITAL and (self._unlisted or not has_capital)):
            return plain
        return self._unlisted * (_NOT_COMPOSED if is_simple else 1.0)

    def _bridges(
        self,
        tokens: Sequence[Token],
        guesses: Sequence[Guess],
        position: int,
        kind: Kind,
        least: Least,
    ) -> bool:
        """Say whether a sign, or von der, stands between two halves of one detail."""
        if kind is Kind.PERSON and tokens[position].lower in self._particles:
            after = position + 1
            while after < min(len(tokens), position + 3) and (
                tokens[after].lower in self._particles
            ):
                after += 1
            return (
                after < len(tokens)
                and tokens[after].text[0].isupper()
                and guesses[after].kind is kind
                and self._goes(tokens, guesses, after, least)
            )
        return (
            tokens[position].text in _GAPS
            and position + 1 < len(tokens)
            and tokens[position].end == tokens[position + 1].start
            and tokens[position - 1].end == tokens[position].start
            and guesses[position + 1].kind is kind
            and self._goes(tokens, guesses, position + 1, least)
        )

    def _trimmed(
        self, tokens: Sequence[Token], first: int, last: int, kind: Kind
    ) -> tuple[int, int]:
        """Leave out signs at the ends, and a title before a name."""
        while last > first and not tokens[last - 1].text[0].isalnum():
            last -= 1
        while first < last and not (
            tokens[first].text[0].isalnum() or tokens[first].text in {"@", "+", "#"}
        ):
            first += 1
        while first < last - 1 and kind in _NUMBERS and tokens[first].lower in self._cues:
            first += 1
        name = first
        while (
            kind is Kind.PERSON
            and name < last
            and (tokens[name].lower in self._titles or tokens[name].text == ".")
        ):
            name += 1
        if kind is Kind.PERSON and name < last - 1 and self._opens_with_from(tokens, name):
            name += 1
        return name, last

    def _opens_with_from(self, tokens: Sequence[Token], at: int) -> bool:
        """Say whether a sentence begins with "Von Sabine": a given name has no particle."""
        return (
            tokens[at].opens
            and tokens[at].lower in self._particles
            and self._look_up(tokens[at + 1].lower).given >= _KNOWN
        )

    def certain(self, tokens: Sequence[Token], guesses: Sequence[Guess]) -> Iterator[Span]:
        """Yield names that the lists know as nothing else, and the surname after a given name."""
        at = 0
        while at < len(tokens):
            end = at
            if self._is_certain(tokens[at], guesses[at]):
                end = at + 1
                while end < len(tokens) and end - at < _LONGEST and self._goes_on(tokens, end):
                    end += 1
                yield Span(tokens[at].start, tokens[end - 1].end, Kind.PERSON)
            at = max(end, at + 1)

    def _is_certain(self, token: Token, guess: Guess) -> bool:
        if len(token.text) < 3 or not token.text.isalpha() or token.lower in self._never:
            return False
        entry = self._look_up(token.lower)
        if entry.given < 4 or entry.word or entry.place > 4:
            return False
        return guess.probability >= (_LISTED if token.text[0].isupper() else _LISTED_SMALL)

    def _goes_on(self, tokens: Sequence[Token], position: int) -> bool:
        """Say whether a word goes on with the name before it: a capital that is no plain word."""
        token = tokens[position]
        if not token.text[0].isupper() or len(token.text) < 3 or token.text.isupper():
            return False
        entry = self._look_up(token.lower)
        return (
            tokens[position - 1].text[0].isupper()
            and not token.opens
            and token.lower not in self._never
            and (not entry.word or entry.surname >= _NAMED)
        )

    def repeated(self, tokens: Sequence[Token], names: Sequence[Span]) -> Iterator[Span]:
        """Yield the other places where a word of a name that was found stands."""
        people = sorted((s.start, s.end) for s in names if s.kind is Kind.PERSON)
        known, at = set(), 0
        for token in tokens:
            while at < len(people) and people[at][1] <= token.start:
                at += 1
            if at < len(people) and people[at][0] <= token.start and len(token.text) > 2:
                known.add(token.lower)
        for token in tokens:
            if token.lower in known and token.text[0].isalpha() and token.lower not in self._never:
                entry = self._look_up(token.lower)
                if not entry.word or (token.text[0].isupper() and not entry.noun):
                    yield Span(token.start, token.end, Kind.PERSON)


def _small_words(tokens: Sequence[Token], guesses: Sequence[Guess]) -> Sequence[Guess]:
    """Return the guesses, less sure of places and employers for want of a capital.

    Who gives names a capital gives it to places and employers, too.
    """
    if not any(token.text[0].isupper() and not token.opens for token in tokens):
        return guesses
    return [
        guess.against(_AGAINST) if guess.kind in _CAPITAL and token.text.islower() else guess
        for token, guess in zip(tokens, guesses, strict=True)
    ]
