"""Names that their neighbours give away, in a tidy sentence: the other half of one, or its subject.

The tagger is sure of "Eric" and not of "Cantor", since a cantor is a word; and it takes the
capital at the start of a sentence for nothing more, though "Snoke was late" is about somebody.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from redact.languages.en.features import CLASS_OF
from redact.languages.en.lexicon import Entry
from redact.languages.en.names import PLAIN
from redact.languages.en.untidy.names import DIALECT, NOT_CERTAIN
from redact.languages.en.untidy.nearest import nearest
from redact.languages.en.untidy.slips import is_slip
from redact.languages.en.vocabulary import words
from redact.languages.language import Guess
from redact.spans import Kind, Span
from redact.tokens import Token

_GIVEN = 4  # `Entry.given` of a word that begins a name
_SURNAME = 4  # `Entry.surname` of a word that many people are called by
_OFTEN = 9  # `Entry.word` from which a word needs a common surname to be one
_PLACE = 4  # `Entry.place` from which a word may be a town
_COMMON = 6  # `Entry.given` of names that many people have
_POSSIBLE = 0.08  # how probable such a name must be
_EVERYWHERE = 12  # `Near.frequency` of words that are in every note
_SLIGHT = frozenset("sdtk")
_ACTS = frozenset(words("names: acts"))  # what somebody does, after their name


def halves(
    tokens: Sequence[Token], entries: Sequence[Entry], styles: Sequence[str], names: Iterable[Span]
) -> Iterator[Span]:
    """Yield words with a capital beside a person's name that belong to it."""
    starts = [token.start for token in tokens]
    people = [span for span in names if span.kind is Kind.PERSON]
    if not people:
        return
    for name in people:
        first, end = bisect_left(starts, name.start), bisect_left(starts, name.end)
        if first >= end or not tokens[first].text[0].isupper():
            continue
        before, after = first - 1, end
        if (
            end - first == 1
            and entries[first].given >= _GIVEN
            and styles[first] == "m"
            and _may_follow(tokens, entries, after)
        ):
            yield Span(tokens[after].start, tokens[after].end, Kind.PERSON)
        if before >= 0 and styles[first] == "m" and _may_precede(tokens, entries, before):
            yield Span(tokens[before].start, tokens[before].end, Kind.PERSON)


def _may_follow(tokens: Sequence[Token], entries: Sequence[Entry], at: int) -> bool:
    """Say whether a word can be the surname behind a given name."""
    if at >= len(tokens) or not _is_raised(tokens[at]) or tokens[at].opens:
        return False
    if tokens[at].start != tokens[at - 1].end + 1:
        return False
    if entries[at].word < _OFTEN:
        return not entries[at].word or entries[at].surname > 0
    ends = at + 1 == len(tokens) or not tokens[at + 1].text[0].isupper()
    return ends and entries[at].surname > _SURNAME


def _may_precede(tokens: Sequence[Token], entries: Sequence[Entry], at: int) -> bool:
    """Say whether a word that no list knows can be the given name before a name."""
    return (
        _is_raised(tokens[at])
        and tokens[at].end + 1 == tokens[at + 1].start
        and entries[at] == Entry()
        and not is_slip(tokens[at])
    )


def subjects(
    tokens: Sequence[Token], entries: Sequence[Entry], styles: Sequence[str]
) -> Iterator[Span]:
    """Yield surnames that do something: "Snoke was late", "I saw Shaw there"."""
    for at, (token, entry) in enumerate(zip(tokens, entries, strict=True)):
        if not entry.surname or entry.word or entry.org or styles[at] != "m":
            continue
        if not _is_raised(token):
            continue
        follows = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        acts = follows in _ACTS or (len(follows) > 4 and follows.endswith("ed"))
        is_common = entry.surname >= _SURNAME and entry.place <= _PLACE
        is_subject = token.opens and acts and entry.place < _PLACE
        may_go = is_subject or (is_common and (acts or not token.opens or follows == "'s"))
        if may_go and not (token.opens and _is_misspelled(token.lower)):
            yield Span(token.start, token.end, Kind.PERSON)


def _is_misspelled(word: str) -> bool:
    """Say whether a surname is a slight slip of a word that stands in every note: Thier."""
    near = nearest(word)
    return word in DIALECT or (near.slip in _SLIGHT and near.frequency >= _EVERYWHERE)


def raised(
    tokens: Sequence[Token],
    entries: Sequence[Entry],
    styles: Sequence[str],
    guesses: Sequence[Guess],
) -> Iterator[Span]:
    """Yield common given names with a capital of their own, though they are words: "ask Rob"."""
    for at, (token, entry) in enumerate(zip(tokens, entries, strict=True)):
        if (
            entry.given >= _COMMON
            and styles[at] == "m"
            and entry.word <= (1 if token.opens else _OFTEN)
            and guesses[at].probability >= _POSSIBLE
            and _is_raised(token)
        ):
            yield Span(token.start, token.end, Kind.PERSON)


def _is_raised(token: Token) -> bool:
    return (
        len(token.text) > 2
        and token.text.isalpha()
        and token.text.istitle()
        and token.lower not in PLAIN
        and token.lower not in CLASS_OF
        and token.lower not in NOT_CERTAIN
    )
