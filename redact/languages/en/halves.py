"""Names that their neighbours give away, in a tidy sentence: the other half of one, or its subject.

The tagger is sure of "Eric" and not of "Cantor", since a cantor is a word; and it takes the
capital at the start of a sentence for nothing more, though "Snoke was late" is about somebody.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from redact.languages.en.features import CLASS_OF
from redact.languages.en.lexicon import Entry
from redact.languages.en.names import LOOSE, PLAIN
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
_COMMON = 6  # `Entry.given`, or `.surname`, of names that many people have
_POSSIBLE = 0.08  # how probable such a name must be
_PROBABLE = 0.2  # the same where the name is a word that everybody uses: "I saw Stone"
_UNKNOWN = 0.3  # the same for a word in no list, with a capital of its own
_ARTICLES = frozenset(["the", "a", "an", "up", "this"])
_LISTED = 3  # `Entry.given` from which a word needs no other name before it
_VERBS_TOO = frozenset(["will", "may"])  # that are names
_FINITE = frozenset(["is", "was", "has", "had", "says", "said", "does", "did", "'s"])
_BORN = frozenset(["nee", "née"])
_SIDES = frozenset(["and", "&", "+"])
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "mister"])
_NOBODY_BESIDE = (PLAIN | frozenset(CLASS_OF)) - frozenset(["april", "june", "may"])
_EVERYDAY = 12  # `Entry.word` of words that a note in capitals is full of
_MOST = 15  # and of any word
_SHORTEST = 4  # letters of such a surname
_SELDOM = 8  # `Entry.word` of a word that is likelier a surname behind a given name
_EVERYWHERE = 12  # `Near.frequency` of words that are in every note
_SLIGHT = frozenset("sdtk")
_ACTS = frozenset(words("names: acts"))  # what somebody does, after their name
_RANKS = frozenset(words("names: ranks"))


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
        if first >= end:
            continue
        if end - first == 1 and _is_followed_by_a_surname(tokens, entries, first):
            yield Span(tokens[first].start, tokens[end].end, Kind.PERSON)
        if end - first == 1 and first and _is_no_verb(tokens, entries, first):
            yield Span(tokens[first - 1].start, tokens[first].end, Kind.PERSON)
        if not tokens[first].text[0].isupper():
            continue
        before, after = first - 1, end
        if (
            end - first == 1
            and entries[first].given >= _GIVEN
            and _may_follow(tokens, entries, after)
            and (styles[first] == "m" or entries[after].surname > _SURNAME)
        ):
            yield Span(tokens[first].start, tokens[after].end, Kind.PERSON)
        if before >= 0 and styles[first] == "m" and _may_precede(tokens, entries, before):
            yield Span(tokens[before].start, name.end, Kind.PERSON)


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


def _is_followed_by_a_surname(tokens: Sequence[Token], entries: Sequence[Entry], at: int) -> bool:
    """Say whether a surname follows a given name, both in small letters: "emily blunt"."""
    if at + 1 >= len(tokens) or not (tokens[at].text + tokens[at + 1].text).islower():
        return False
    given, after = entries[at], entries[at + 1]
    return (
        given.given >= _COMMON
        and given.word <= 1
        and after.surname >= _SURNAME
        and after.word <= _SELDOM
        and len(tokens[at + 1].text) >= _SHORTEST
        and tokens[at].end + 1 == tokens[at + 1].start
        and tokens[at + 1].lower not in _ACTS
        and not tokens[at + 1].lower.endswith(("ed", "ing", "s"))
    )


def _may_precede(tokens: Sequence[Token], entries: Sequence[Entry], at: int) -> bool:
    """Say whether a word that no list knows can be the given name before a name."""
    return (
        _is_raised(tokens[at])
        and tokens[at].end + 1 == tokens[at + 1].start
        and entries[at] == Entry()
        and (not is_slip(tokens[at]) or entries[at + 1].given < _LISTED)
    )


def _is_no_verb(tokens: Sequence[Token], entries: Sequence[Entry], at: int) -> bool:
    """Say whether the word before a surname can be no verb: "the film will smith was in"."""
    follows = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    return (
        tokens[at - 1].lower in _VERBS_TOO
        and tokens[at].text.islower()
        and entries[at].surname >= _COMMON
        and follows in _FINITE
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
        is_common = entry.surname >= _SURNAME and (entry.place <= _PLACE or follows == "'s")
        is_subject = token.opens and acts and entry.place < _PLACE
        is_well_known = entry.surname >= _COMMON  # a Shaw is no slip of show
        if (is_subject or is_common) and (
            is_well_known or not (token.opens and _is_misspelled(token.lower))
        ):
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
    """Yield likely names with a capital of their own.

    Common given names, though they are words ("ask Rob"), and words that no list knows.
    """
    for at, (token, entry) in enumerate(zip(tokens, entries, strict=True)):
        if styles[at] != "m" or not _is_raised(token):
            continue
        if entry.given >= _COMMON:
            rare = entry.word <= (1 if token.opens else _OFTEN)
            least = _POSSIBLE if rare else _PROBABLE
            goes = guesses[at].probability >= least and (rare or _stands_alone(tokens, at))
        else:
            goes = (
                not (entry.word or entry.place or entry.org)
                and not token.opens
                and guesses[at].probability >= _UNKNOWN
                and not is_slip(token)
            )
        if goes:
            kind = guesses[at].kind
            yield Span(token.start, token.end, kind if kind in LOOSE else Kind.PERSON)


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word amid a sentence has neither an article nor a capital beside it."""
    before = tokens[at - 1] if at else tokens[at]
    after = tokens[at + 1].text[0] if at + 1 < len(tokens) else "."
    is_part = before.text[0].isupper() or after.isupper() or before.lower in _ARTICLES
    return not tokens[at].opens and not is_part


def titled(tokens: Sequence[Token], entries: Sequence[Entry]) -> Iterator[Span]:
    """Yield surnames behind a title or a birth: "miss patel", "née Stone"."""
    for at in range(1, len(tokens)):
        entry = entries[at]
        if tokens[at - 1].lower in _BORN and tokens[at].text.istitle():
            yield Span(tokens[at].start, tokens[at].end, Kind.PERSON)
        if (
            tokens[at - 1].text.istitle()
            and tokens[at - 1].lower in _TITLES
            and _is_letter(tokens[at])
        ):
            yield Span(tokens[at].start, tokens[at].end, Kind.PERSON)  # "Mr T"
        if tokens[at - 1].lower in _TITLES and _has_a_title(tokens, at, entry):
            yield Span(tokens[at].start, tokens[at].end, Kind.PERSON)


def _has_a_title(tokens: Sequence[Token], at: int, entry: Entry) -> bool:
    """Say whether a word behind a title is a name: "mister pengelly", "Mr Bean"."""
    title, token = tokens[at - 1], tokens[at]
    if not token.text.isalpha() or entry.word <= 1:
        is_listed = entry.surname >= _SURNAME
        is_unknown = len(token.text) >= _SHORTEST and not (entry.org or is_slip(token))
        return entry.word <= 1 and (is_listed or (is_unknown and token.text.isalpha()))
    has_capitals = title.text.istitle() and token.text.istitle() and title.lower != "dr"
    return has_capitals and max(entry.surname, entry.given) >= _LISTED


def _is_letter(token: Token) -> bool:
    return len(token.text) == 1 and token.text.isupper() and token.text.isascii()


def joined(
    tokens: Sequence[Token], entries: Sequence[Entry], names: Iterable[Span]
) -> Iterator[Span]:
    """Yield given names that are named in one breath with somebody: "GRAHAM AND SUE"."""
    starts = [token.start for token in tokens]
    for name in names:
        if name.kind is not Kind.PERSON:
            continue
        at = bisect_left(starts, name.end)
        if at + 1 >= len(tokens) or tokens[at].lower not in _SIDES:
            continue
        token = tokens[at + 1]
        follows = tokens[at + 2].text if at + 2 < len(tokens) else "."
        most = _EVERYDAY if token.text.isupper() else _MOST
        if (
            entries[at + 1].given >= _COMMON
            and entries[at + 1].word <= most
            and token.text[0].isupper()
            and token.lower not in _NOBODY_BESIDE
            and not follows[0].isdecimal()
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
        and token.lower not in _RANKS
    )
