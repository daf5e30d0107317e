"""What has the look of a detail and belongs to a thing: "the T610", "avi files", #MondayMood, xD.

Makers call what they make by letters and figures, as places of work number their badges. An article
before such a code says that a thing is meant, unless a word near it says whose it is.
"""

import re
from collections.abc import Sequence

from redact.languages.en.lexicon import Entry, look_up
from redact.languages.en.vetoes.within import within
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_PLAIN = frozenset(words("names: plain"))
_STREETS = frozenset(words("class: street"))
_BEFORE_STREETS = frozenset(words("vetoes: before streets"))
_ACTS = frozenset(words("names: acts"))  # what somebody does, after their name
_WEEKDAYS = frozenset(words("class: weekday"))
_MONTHS = frozenset(words("class: month"))
_IN_USE = 5  # `Entry.word` of words that people know
_PART = 4  # letters of each half of a word that is put together
_LONGEST_TAG = 30  # letters of a hashtag, or of a word that is looked at for its parts
_LIVING = 1900
_YEAR = re.compile(r"(?<!\d)(?P<year>[12]\d{3})(?!\d)")
_YEAR_AFTER = re.compile(
    r"(?:,|\s(?:de|del|of))? (?P<year>1[0-8]\d\d)"
    r"(?![\w:%/]|[.,]\d|\s?(?:hrs?|hours?|h|am|pm)\b|\s[a-z]{3,}s\b)"
)
_FORMATS = frozenset(words("vetoes: formats"))
_CUES = frozenset((*words("numbers: id cues"), *words("vetoes: number cues")))
_CODED = frozenset([Kind.ID, Kind.USERNAME, Kind.PHONE, Kind.ORG, Kind.PERSON, Kind.LOCATION])
_NAMED = frozenset([Kind.PERSON, Kind.ORG, Kind.LOCATION, Kind.USERNAME])
_CODE = re.compile(r"(?P<letters>[A-Za-z]{1,5})-?\d{1,4}[A-Za-z]{0,2}")
_ARTICLES = frozenset(["the", "this", "that", "these", "those", "my", "our", "your", "a", "an"])
_ONE_OF_MANY = frozenset(["this", "these", "those", "a", "an", "new", "any", "every", "each"])
_ONE_OF_SEVERAL = frozenset(["a", "an", "any", "every", "each", "another", "some", "such"])
_MEASURE = re.compile(
    r"(?i)[^\w]*(?:\d{1,4}(?:[./]\d{1,3})?\s?(?:[xk]|[kmgt]b|mhz|ghz|mp|inch|in|hz|bit|fps)\b|[^\w])+"
)
_HANDLE = re.compile(r"(?:^|[^\w.])@\s?[a-z]", re.IGNORECASE)
_ADDRESSED = re.compile(r"\w@\w|\w\s@\s\w|[\w)]\.[a-z]|\b(?:at|dot|arroba)\b", re.IGNORECASE)
_REACH = 5  # words on either side in which a code may be said to be a badge
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAME = 3  # `Entry.given` from which a part of a hashtag is somebody
_EVERYDAY = 8  # `Entry.word` of words that everybody uses
_NAMES_TOO = 5  # `Entry.given` of words that people are called as well
_SMILEY = re.compile(
    r"(?<!\w)(?:[:;=8]-?[DPpOo]+|[:;=]'?-?[()]+[DPpOo]?|[oO0]\s?[._]{1,3}\s?[oO0]|[xX]-?D+)(?!\w)"
)
_CLOCK = re.compile(r"(?<=\d)\s?[AaPp]\.\s?[Mm](?![\w])")


def is_code_of_a_thing(
    text: str, tokens: Sequence[Token], starts: dict[int, int], span: Span
) -> bool:
    """Say whether letters with figures are a format, or with an article a thing: "the S330"."""
    inside = within(tokens, starts, span)
    code = _CODE.fullmatch(text, span.start, span.end)
    if span.kind not in _CODED or not inside or not code:
        return False
    if code["letters"].lower() in _FORMATS:
        return True
    before = tokens[inside.start - 1].lower if inside.start else ""
    around = tokens[max(0, inside.start - _REACH) : inside.stop + _REACH]
    return before in _ARTICLES and not any(token.lower in _CUES for token in around)


def is_format(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a claim begins with what a file or a machine is: "avi files", "mp3s"."""
    inside = within(tokens, starts, span)
    if span.kind not in _CODED or not inside or not _is_format(tokens[inside.start]):
        return False
    said = [tokens[at] for at in inside if tokens[at].text[0].isalnum()]
    return all(_is_format(t) or look_up(t.lower).word >= _EVERYDAY for t in said)


def _is_format(token: Token) -> bool:
    entry = look_up(token.lower)
    named = entry.given >= _NAME or entry.surname > _NAME
    return not named and token.lower.rstrip("s0123456789") in _FORMATS


def is_hashtag(text: str, span: Span) -> bool:
    """Say whether a handle is what a text is about, in words: #NoMoreMondays, not #AskGary."""
    before = text[max(0, span.start - 2) : span.start].strip()
    said = text[span.start : span.end].lstrip("# ")
    is_marked = before.endswith("#") or text[span.start] == "#"
    if span.kind not in {Kind.USERNAME, Kind.ID, Kind.ORG} or not is_marked:
        return False
    if said.isalpha() and said.islower() and len(said) <= _LONGEST_TAG:
        return _is_glued_of_words(said)
    parts = [part.lower() for part in _HUMP.findall(said)]
    entries = [look_up(part) for part in parts if part not in _PLAIN]
    are_words = all(e.word and (e.given < _NAME or e.word >= _EVERYDAY) for e in entries)
    return len(parts) > 1 and are_words and span.kind is not Kind.ORG


def _is_glued_of_words(tag: str) -> bool:
    """Say whether a hashtag is everyday words without blanks, and no name: #statingtheobvious."""
    ends = {0}
    for end in range(1, len(tag) + 1):
        if any(
            start in ends and _is_plain(tag[start:end]) for start in range(max(0, end - 14), end)
        ):
            ends.add(end)
    entry = look_up(tag)
    return len(tag) in ends and not (entry.given or entry.surname or entry.org)


def _is_plain(part: str) -> bool:
    entry = look_up(part)
    return (len(part) > 1 or part in "ai") and (
        part in _PLAIN
        or (
            len(part) > 2
            and entry.word >= _EVERYDAY
            and entry.given < _NAME
            and entry.surname < _NAME
        )
    )


def is_smiley_or_clock(text: str, span: Span) -> bool:
    """Say whether a claim is a smiley (xD, o.O) or the half of the day (9:30 A.M.)."""
    if span.kind not in _NAMED or span.end - span.start > _REACH:
        return False
    at = max(0, span.start - _REACH)
    return any(
        match.start() <= span.start and span.end <= match.end()
        for pattern in (_SMILEY, _CLOCK)
        for match in pattern.finditer(text, at, span.end + _REACH)
    )


def is_handle_with_words(text: str, span: Span) -> bool:
    """Say whether mail is nothing but a handle and the words round it: "thanks @anna see you"."""
    claimed = text[span.start : span.end]
    before = text[max(0, span.start - 1) : span.start]
    return (
        span.kind is Kind.EMAIL
        and bool(_HANDLE.search(before + claimed))
        and not _ADDRESSED.search(before + claimed)
    )


def is_put_together(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a word that opens a sentence is in no list, but put together: "Stairlift"."""
    inside = within(tokens, starts, span)
    if span.kind is not Kind.PERSON or len(inside) != 1 or not tokens[inside.start].opens:
        return False  # an employer is put together so: "Swiftclean"
    word = tokens[inside.start].lower
    follows = tokens[inside.stop].lower if inside.stop < len(tokens) else ""
    return (
        len(word) <= _LONGEST_TAG
        and look_up(word) == Entry()
        and follows not in _ACTS | {"'s"}
        and any(
            min(look_up(word[:at]).word, look_up(word[at:]).word) >= _IN_USE
            for at in range(_PART, len(word) - _PART + 1)
        )
    )


def is_some_place(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a place is a plain word in small letters with an article: "in the hull"."""
    inside = within(tokens, starts, span)
    if span.kind is not Kind.LOCATION or len(inside) != 1 or not inside.start:
        return False
    token = tokens[inside.start]
    is_plain = token.text.islower() and look_up(token.lower).word >= _IN_USE
    return is_plain and tokens[inside.start - 1].lower in _ARTICLES


def is_day_of_the_week(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether somebody is nothing but a day: "Thu Jan 22"."""
    said = [tokens[at].lower for at in within(tokens, starts, span)]
    return (
        span.kind is Kind.PERSON
        and bool(said)
        and said[0] in _WEEKDAYS
        and all(word in _WEEKDAYS | _MONTHS for word in said)
    )


def is_long_ago(text: str, span: Span) -> bool:
    """Say whether a day is of a year in which nobody alive was born: "September 17, 1862"."""
    claimed = text[span.start : span.end]
    year = _YEAR.search(claimed)
    if not year:
        year = _YEAR_AFTER.match(text, span.end)
    return span.kind is Kind.DATE and year is not None and int(year["year"]) < _LIVING


def is_half_of_a_street(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a person is the second half of a street of every town: "Back Lane"."""
    inside = within(tokens, starts, span)
    if span.kind is not Kind.PERSON or len(inside) != 1 or not inside.start:
        return False
    before, token = tokens[inside.start - 1], tokens[inside.start]
    return (
        token.lower in _STREETS
        and before.lower in _BEFORE_STREETS
        and before.text.istitle() == token.text.istitle()
        and before.end + 1 == token.start
    )


def is_measure(text: str, span: Span) -> bool:
    """Say whether an address begins with how much a thing holds: "30 gb drive", "12x 128mb"."""
    return span.kind is Kind.ADDRESS and bool(_MEASURE.match(text, span.start))


def is_one_of_many(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a claim is one of a sort: "this player", "an art director"."""
    inside = within(tokens, starts, span)
    if span.kind is Kind.ROLE and inside:
        first = tokens[inside.start - 1 if inside.start else 0].lower
        return first in _ONE_OF_SEVERAL or tokens[inside.start].lower in _ONE_OF_SEVERAL
    if span.kind not in _NAMED or len(inside) != 1 or not inside.start:
        return False
    token, before = tokens[inside.start], tokens[inside.start - 1].lower
    entry = look_up(token.lower)
    return (
        before in _ONE_OF_MANY
        and token.text.islower()
        and entry.word >= _EVERYDAY
        and entry.given < _NAMES_TOO
    )
