"""What a speech model makes of details that are said: English, and wrong in its own ways.

Whisper writes a telephone number as "0799, 632, um, for 418" or "2 on 2, 555, 0 on 8, 7", a
postcode as "M21, 9PL", an address of mail as "87 aticloud.com", and breaks a name it does not know
over words that it does. Typed text is not read like this: there "to" is no two.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redact.languages.en.lexicon import look_up
from redact.languages.en.misheard.addresses import addresses
from redact.languages.en.misheard.codes import codes
from redact.languages.en.misheard.days import days
from redact.languages.en.misheard.doubted import (
    WEAK,
    Heard,
    beside_names,
    doubted,
    numbers_behind_handles,
    strange_pairs,
)
from redact.languages.en.misheard.homes import homes
from redact.languages.en.misheard.letters import letters
from redact.languages.en.misheard.mail import mail
from redact.languages.en.misheard.turns import turns
from redact.languages.en.misheard.unsure import unsure, words_of
from redact.languages.en.number_words import DIGITS, REPEATS, TEENS, TENS
from redact.languages.en.vocabulary import words
from redact.lists.across import PLACE
from redact.spans import Kind, Span

_TOKEN = re.compile(r"\d+|[a-z]+(?:['’][a-z]+)?|[+]", re.IGNORECASE)
_GAP = re.compile(r"[\s,.\-–—]*")  # between the groups of one number
_SOUNDS = frozenset(words("heard: digits by sound"))
_FILLERS = frozenset(words("heard: fillers"))
_UNITS_AFTER = frozenset(words("heard: units"))
_AFTER_FOR = frozenset(words("heard: after for"))
_EMERGENCIES = frozenset(words("heard: emergencies"))


_VEHICLE = re.compile(
    r"\b(?:registration|reg|plate|car|van|lorry|truck|bike)\b[^.!?\n]{0,30}$", re.IGNORECASE
)
_LETTERS_BEHIND = re.compile(r"(?:[\s,.\-]{1,2}(?!I\b)[A-Z]{1,3}){1,3}\b(?!['’])")


class _Cue(NamedTuple):
    """What a word says of a number behind it."""

    kind: Kind
    reach: int  # words between them at most
    least: int  # digits it needs to be one


_CUES = dict.fromkeys(words("heard: phone cues"), _Cue(Kind.PHONE, 7, 4))
_CUES |= dict.fromkeys(words("heard: extension cues"), _Cue(Kind.PHONE, 2, 2))
_ENDING = _Cue(Kind.PHONE, 1, 2)
_CUES |= {"ending": _ENDING, "mending": _ENDING, "account": _Cue(Kind.ID, 0, 4)}
_CUES |= dict.fromkeys(words("heard: people with numbers"), _Cue(Kind.ID, 0, 4))
_CUES |= dict.fromkeys(words("heard: number cues"), _Cue(Kind.ID, 3, 3))
_CUES |= dict.fromkeys(words("heard: id cues"), _Cue(Kind.ID, 3, 2))
_LETTER_CUES = frozenset([*words("heard: number cues"), *words("heard: id cues"), "number"])
_LETTERS = frozenset(words("heard: letters by sound"))
# Before a number these are what they say after a verb, "text me on 07700", and digits after a noun.
_PREPOSITIONS = frozenset(["on", "to", "for", "from"])
_CALLING = frozenset(words("heard: calling"))
_WEEKDAYS = frozenset(words("heard: weekdays"))
_LEAST_UNCUED = 6
_LEAST_AMID, _WHOLE_NUMBER = 4, 10  # digits of a number that goes on behind a word
_SURELY_WHOLE = 7  # digits of a number that counts nothing behind a word such as "call"
# "11.44, then 12.21"; "400, then 500"
_AMOUNTS = re.compile(
    r"\d{1,4}\.\d\d(?:\W+(?:(?:then|and)\W+)?\d{1,4}\.\d\d)*|[1-9]00(?:\W+(?:then|and)\W+[1-9]00)+"
)
_LONGEST_AMID = 4  # letters of that word
_BETWEEN_NUMBERS = frozenset(["or", "not", "with", "at", "in", "by", "till", "but", "ask", "plus"])
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_MINUTES = 24  # up to here two numbers with "to" between them are hours, or a few things
_SURE_SOUNDS = frozenset(["ate", "tree", "sex", "sicks", "fife", "nein", "oh", "owe"])
_TOO = frozenset(["too", "won"])
_JOINS = frozenset(["and", "but", "so", "because", "if", "when"])  # behind no preposition
_ENDS_CARDS = re.compile(
    r"\b(?:card|phone|mobile|number|account|call)\b[^.!?\n]{0,20}\bending(?:\sin)?\s$",
    re.IGNORECASE,
)
_SHORTENED = frozenset(["ext", "tel"])  # their full stop ends no sentence
_FARTHEST = max(cue.reach for cue in _CUES.values()) + 1


class _Part(NamedTuple):
    start: int
    end: int
    low: str
    digits: int  # how many it stands for; 0: none


def heard(text: str, found: Sequence[Span], probabilities: Sequence[Heard]) -> Iterator[Span]:
    """Yield what goes from an English transcript, besides what was found by reading it.

    Args:
        text: As the model wrote it.
        found: What reading it has claimed.
        probabilities: Of its words; may be empty.
    """
    spans = [*_heard(text, found, probabilities)]
    yield from spans
    said = [*words_of(text, [*found, *spans], probabilities)]
    yield from homes(text, said)
    yield from unsure(text, said)


def _heard(text: str, found: Sequence[Span], probabilities: Sequence[Heard]) -> Iterator[Span]:
    yield from number_runs(text, probabilities)
    yield from plates(text, found)
    yield from codes(text)
    yield from letters(text)
    yield from turns(text)
    yield from days(text)
    yield from addresses(text, found)
    yield from mail(text)
    yield from beside_names(text, found, probabilities)
    yield from strange_pairs(text, probabilities)
    yield from doubted(text, probabilities)
    yield from numbers_behind_handles(text, found)
    for place in PLACE.finditer(text):
        if not look_up(place["name"].lower()).word:
            yield Span(*place.span(), Kind.LOCATION)


def number_runs(text: str, probabilities: Sequence[Heard] = ()) -> Iterator[Span]:
    """Yield numbers in groups, also where words among them only sound like digits."""
    parts = [_Part(m.start(), m.end(), m[0].lower(), _digits(m[0])) for m in _TOKEN.finditer(text)]
    weak = {start for start, _, probability in probabilities if probability < WEAK}
    at = 0
    while at < len(parts):
        if not parts[at].digits:
            at += 1
            continue
        cue = _cue(text, parts, at)
        last = _last_of_run(text, parts, at, cue)
        first = _first_of_run(text, parts, at, weak, has_cue=cue is not None)
        end = _with_weak_tail(text, parts, last, weak, cue) if cue else last
        extra = (at - first) + (end - last)
        run, after = parts[at : last + 1], parts[last + 1 : last + 2]
        if _is_number(run, text, after, cue, extra, is_named=_is_named(parts, first)):
            yield Span(parts[first].start, parts[end].end, cue.kind if cue else Kind.PHONE)
        at = max(last, end) + 1


def plates(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Yield the letters behind a number of a vehicle: "registration of B42C DE"."""
    for span in found:
        rest = _LETTERS_BEHIND.match(text, span.end)
        if span.kind is Kind.ID and rest and _VEHICLE.search(text, 0, span.start):
            yield Span(span.start, rest.end(), Kind.ID)


def _digits(word: str) -> int:
    low = word.lower()
    return len(word) if word.isdigit() else DIGITS.get(low, 1 if low in REPEATS else 0)


def _gap(text: str, one: _Part, other: _Part) -> bool:
    return (
        bool(_GAP.fullmatch(text, one.end, other.start)) and "\n" not in text[one.end : other.start]
    )


def _last_of_run(text: str, parts: Sequence[_Part], at: int, cue: _Cue | None) -> int:
    """Return the last digit that still belongs to the number beginning at a digit."""
    last, reach = at, at + 1
    while reach < len(parts) and _gap(text, parts[reach - 1], parts[reach]):
        part = parts[reach]
        if part.digits:
            last = reach
        elif part.low not in _SOUNDS | _FILLERS and not (cue and _is_amid(text, parts, at, reach)):
            break
        if reach - last > 2:
            break
        reach += 1
    return last


def _is_amid(text: str, parts: Sequence[_Part], first: int, reach: int) -> bool:
    """Say whether a short word was heard for a group of a number: "07700, I'm 00, 315"."""
    said = sum(part.digits for part in parts[first:reach])
    after = parts[reach + 1 : reach + 2]
    if _is_named(parts, first):  # "the payroll number is 6, I'm 7, 6"
        is_short = len(parts[reach].low) <= _LONGEST_AMID
        is_other = parts[reach].low not in _BETWEEN_NUMBERS | _AFTER_FOR
        return is_short and is_other and bool(after) and after[0].digits > 0
    return (
        _LEAST_AMID <= said < _WHOLE_NUMBER
        and len(parts[reach].low) <= _LONGEST_AMID
        and parts[reach].low not in _BETWEEN_NUMBERS
        and "," in text[parts[reach - 1].end : parts[reach].start]
        and bool(after)
        and after[0].digits > 1
        and _gap(text, parts[reach], after[0])
    )


def _first_of_run(
    text: str, parts: Sequence[_Part], at: int, weak: set[int], *, has_cue: bool
) -> int:
    """Return where it begins, words that sound like digits and "plus" included."""
    first = at
    while first and _gap(text, parts[first - 1], parts[first]):
        before = parts[first - 1]
        earlier = parts[first - 2].low if first > 1 else ""
        if before.low == "from" or (before.low in _PREPOSITIONS and earlier in _CALLING):
            break
        is_digit = before.low in _SOUNDS and (
            before.start in weak or _is_after_cue(parts, first - 1, has_cue=has_cue)
        )
        is_letter = before.low in _LETTERS and earlier in _LETTER_CUES and parts[at].digits > 1
        if not is_digit and not is_letter and before.low not in {"plus", "+"}:
            break
        first -= 1
    return first


def _is_after_cue(parts: Sequence[_Part], position: int, *, has_cue: bool) -> bool:
    """Whether a sound stands right behind "extension", "number is", "plus": it is a digit there."""
    before = parts[position - 1].low if position else ""
    return before == "plus" or (
        has_cue and (before in _CUES or before in {"is", "in", "mere"} or before in _SOUNDS)
    )


def _with_weak_tail(text: str, parts: Sequence[_Part], last: int, weak: set[int], cue: _Cue) -> int:
    """Return where it ends with the words behind it that are its last digits: "784, 64, fife"."""
    end = last
    if (
        parts[last].low in REPEATS
        and last + 1 < len(parts)
        and _gap(text, parts[last], parts[last + 1])
    ):
        end += 1  # "0911 double once"
    while end + 1 < len(parts) and _ends_number(text, parts, end + 1, weak, cue):
        end += 1
    return end


def _ends_number(text: str, parts: Sequence[_Part], at: int, weak: set[int], cue: _Cue) -> bool:
    part = parts[at]
    between = text[parts[at - 1].end : part.start]
    if part.low not in _SOUNDS or not _gap(text, parts[at - 1], part) or "." in between:
        return False
    following = parts[at + 1].low if at + 1 < len(parts) else ""
    if (part.low == "on" and following in _WEEKDAYS) or following.endswith("ing"):
        return False
    goes_on = text[part.end : parts[at + 1].start].isspace() if following else False
    return (
        part.start in weak
        or part.low in _SURE_SOUNDS
        or (part.low in _TOO and "," in between)
        or (not goes_on and not text.startswith(",", part.end))
        or following in _JOINS
        or (cue.kind is Kind.ID and following not in _AFTER_FOR and "," not in between)
    )


def _cue(text: str, parts: Sequence[_Part], at: int) -> _Cue | None:
    """What the words before a number say it is; the nearest counts."""
    far = -1
    for position in range(at - 1, max(0, at - _FARTHEST) - 1, -1):
        part = parts[position]
        far += part.low not in _SOUNDS or part.low in _CUES
        after = part.end + (part.low in _SHORTENED)
        if re.search(r"[.!?]\s", text[after : parts[at].start]):
            return None
        is_number = part.low == "number" and position > 0
        cue = (is_number and _CUES.get(parts[position - 1].low)) or _CUES.get(part.low)
        if cue and far <= cue.reach:
            return cue
    return None


def _is_number(
    run: Sequence[_Part],
    text: str,
    after: Sequence[_Part],
    cue: _Cue | None,
    extra: int,
    *,
    is_named: bool,
) -> bool:
    """Say whether a run is somebody's number, and not a year, a sum or a time.

    `extra` words that only sound like digits belong to it, too.
    """
    counted = [part for part in run if part.digits]
    digits = sum(part.digits for part in counted) + extra
    if after and after[0].low in _UNITS_AFTER and not text[run[-1].end : after[0].start].strip():
        return False
    is_range = _are_ranges(run, counted) and not is_named
    if (
        is_range
        or (not is_named and _AMOUNTS.fullmatch(text, run[0].start, run[-1].end))
        or (
            not _ENDS_CARDS.search(text, 0, run[0].start)
            and all(_YEAR.fullmatch(part.low) for part in counted)
        )
    ):
        return False
    if cue:
        digits += sum(part.low in _SOUNDS for part in run)
        counts = cue.kind is Kind.PHONE and digits < _SURELY_WHOLE
        return (
            digits >= cue.least
            and run[0].low not in _EMERGENCIES
            and not (counts and _counts_things(text, run, after))
        )
    if _counts_things(text, run, after):
        return False
    if all(part.low in TEENS or part.low in TENS for part in counted):
        return False  # a year in words
    return digits >= _LEAST_UNCUED and len(counted) > 1


def _is_named(parts: Sequence[_Part], first: int) -> bool:
    """Say whether what a word right before says leaves no doubt: "my staff number is"."""
    at = first - 1 - (first > 0 and parts[first - 1].low in {"is", "was"})
    return at >= 0 and parts[at].low in {"number", "extension", "ext", "code", "pin"}


def _are_ranges(run: Sequence[_Part], counted: Sequence[_Part]) -> bool:
    """Say whether numbers are hours or a few things: "6 to 2, 2 to 10"."""
    return (
        any(part.low == "to" for part in run)
        and all(
            len(part.low) <= 2 and part.low.isdecimal() and 0 < int(part.low) <= _MINUTES
            for part in counted
            if part.low.isdecimal()
        )
        and any(part.low.isdecimal() for part in counted)
    )


def _counts_things(text: str, run: Sequence[_Part], after: Sequence[_Part]) -> bool:
    """Say whether numbers in small groups count what follows: "10, 12, 14 boxes"."""
    if not after or text[run[-1].end : after[0].start].strip():
        return False
    noun = after[0].low
    is_plural = noun.endswith("s") and len(noun) > 3 and look_up(noun).word > 0
    return is_plural and all(part.digits <= 2 for part in run)
