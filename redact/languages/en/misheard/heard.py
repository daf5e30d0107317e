"""What a speech model makes of details that are said: English, and wrong in its own ways.

Whisper writes a telephone number as "0799, 632, um, for 418" or "2 on 2, 555, 0 on 8, 7", a
postcode as "M21, 9PL", an address of mail as "87 aticloud.com", and breaks a name it does not know
over words that it does. Typed text is not read like this: there "to" is no two.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from redact.languages.en.lexicon import look_up
from redact.languages.en.misheard.doubted import WEAK, Heard, doubted
from redact.languages.en.number_words import DIGITS, REPEATS, TEENS, TENS
from redact.languages.en.vocabulary import words
from redact.lists.across import PLACE
from redact.spans import Kind, Span

_TOKEN = re.compile(r"\d+|[a-z]+(?:['’][a-z]+)?|[+]", re.IGNORECASE)
_TOKENS_OF_CODES = re.compile(r"[A-Za-z0-9]+(?:'[a-z]+)?")
_GAP = re.compile(r"[\s,.\-–—]*")  # between the groups of one number
_SOUNDS = frozenset(words("heard: digits by sound"))
_FILLERS = frozenset(words("heard: fillers"))
_UNITS_AFTER = frozenset(words("heard: units"))
_AFTER_FOR = frozenset(words("heard: after for"))
_EMERGENCIES = frozenset(words("heard: emergencies"))


class _Cue(NamedTuple):
    """What a word says of a number behind it."""

    kind: Kind
    reach: int  # words between them at most
    least: int  # digits it needs to be one


_CUES = dict.fromkeys(words("heard: phone cues"), _Cue(Kind.PHONE, 7, 4))
_CUES |= dict.fromkeys(words("heard: extension cues"), _Cue(Kind.PHONE, 2, 2))
_CUES |= dict.fromkeys(words("heard: number cues"), _Cue(Kind.ID, 3, 3))
_CUES |= dict.fromkeys(words("heard: id cues"), _Cue(Kind.ID, 3, 2))
_LEAST_UNCUED = 6
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_MINUTES = 24  # up to here two numbers with "to" between them are hours, or a few things
_SPELLED = frozenset(words("heard: letters by sound"))
_AFTER_POSTCODE = re.compile(
    r"\b(?:post\s?code|zip\s?code|zip)\b(?:'s|\s(?:is|was|here is))?[\s,:]+", re.IGNORECASE
)
_LONGEST_POSTCODE = 8  # words of one, as it may be heard
_POSTCODE = re.compile(
    r"\b[a-z]{1,2}\s?\d{1,2}[a-z]?[\s,.\-]{1,3}\d[\s,]?[abd-hjlnp-uw-z][\s,]?[abd-hjlnp-uw-z]\b"
    r"|\b[a-z]\d[a-z][\s,.\-]{1,3}\d[a-z]\d\b",
    re.IGNORECASE,
)
_DOTTED_LETTER = re.compile(r"[A-Z]\.")  # "L.E.5, 6H"
# "In front of six Beechwood Close" becomes "six beachwood clothes".
_STREET = re.compile(
    r"\b(?:at|in front of|outside|opposite|behind|address is|house|live on|lives on)\s+"
    r"(?P<street>(?:\d{1,3}|"
    + "|".join(word for word in DIGITS if len(word) > 2)
    + r")\s+[a-z]{4,}(?:\s[a-z]{4,})?\s(?:clothes|rode|wrote|lain|loan|cort|weigh|groove|mues))\b",
    re.IGNORECASE,
)
_HOSTS = "|".join(words("heard: hosts"))
_HOST = re.compile(
    rf"\b(?:at\s?)?(?:{_HOSTS})(?:\.|\s+dot\s+)[a-z]{{2,4}}(?:\.[a-z]{{2}})?\b"
    r"|\b(?:at|to)\s(?P<any>[a-z][a-z0-9-]{1,30}(?:\.[a-z]{2,6}){1,2})\b",
    re.IGNORECASE,
)
_MAIL_CUES = frozenset(words("heard: mail cues"))
_NOT_MAIL = frozenset(words("heard: between cue and mail"))
_SENDING = frozenset(words("heard: sending"))
_FARTHEST = max(cue.reach for cue in _CUES.values()) + 1
_BARE = re.compile(r"[^\s,.;:!?]+")
_FAR = 200  # characters before a host that are looked at
_LONGEST_MAIL = 5  # words before the host


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
    yield from number_runs(text, probabilities)
    yield from (Span(*match.span(), Kind.ADDRESS) for match in _POSTCODE.finditer(text))
    yield from dotted_codes(text, found)
    yield from postcodes(text)
    yield from mail(text)
    yield from (Span(*match.span("street"), Kind.ADDRESS) for match in _STREET.finditer(text))
    yield from beside_names(text, found, probabilities)
    yield from strange_pairs(text, probabilities)
    yield from doubted(text, probabilities)
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
        last = _last_of_run(text, parts, at)
        cue = _cue(text, parts, at)
        first = _first_of_run(text, parts, at, weak, has_cue=cue is not None)
        end = _with_weak_tail(text, parts, last, weak, cue) if cue else last
        extra = (at - first) + (end - last)
        if _is_number(parts[at : last + 1], text, parts[last + 1 : last + 2], cue, extra):
            yield Span(parts[first].start, parts[end].end, cue.kind if cue else Kind.PHONE)
        at = max(last, end) + 1


def dotted_codes(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Yield postcodes with the letters before them that were written as said: "L.E.5, 6H"."""
    for span in found:
        start = span.start
        while start >= 2 and _DOTTED_LETTER.fullmatch(text, start - 2, start):
            start -= 2
        if span.kind is Kind.ADDRESS and start < span.start:
            yield Span(start, span.end, Kind.ADDRESS)


def postcodes(text: str) -> Iterator[Span]:
    """Yield what stands behind "my postcode is", whatever was heard: "NW1 for BG"."""
    for cue in _AFTER_POSTCODE.finditer(text):
        end, has_digit = cue.end(), False
        heard_words = islice(_TOKENS_OF_CODES.finditer(text, cue.end()), _LONGEST_POSTCODE)
        for word in heard_words:
            low = word[0].lower()
            is_digit = low[-1].isdigit() or low[0].isdigit() or low in DIGITS or low in REPEATS
            is_letter = len(low) == 1 or low in _SPELLED or (len(low) == 2 and word[0].isupper())
            if text[end : word.start()].strip(" ,.-") or not (
                is_digit or is_letter or low in _SOUNDS
            ):
                break
            has_digit = has_digit or is_digit
            if low not in _SOUNDS or has_digit:
                end = word.end()
        said = text[cue.end() : end].rstrip()
        while said.split()[-1:] and said.split()[-1].lower() in _SOUNDS:
            said = said.rpartition(" ")[0].rstrip()  # "LS6 3HN for my mother"
        if has_digit and said:
            yield Span(cue.end(), cue.end() + len(said), Kind.ADDRESS)


def mail(text: str) -> Iterator[Span]:
    """Yield an address of mail whose "at" was swallowed, from its cue to its host."""
    for host in _HOST.finditer(text):
        near = _BARE.finditer(text, max(0, host.start() - _FAR), host.start())
        before = [*near][-_LONGEST_MAIL - 1 :]
        if host["any"] and not any(word[0].lower() in _SENDING for word in before):
            continue  # "I ordered at tesco.com"
        start = None
        for word in reversed(before):
            if "\n" in text[word.end() : host.start()] or word[0].lower() in _NOT_MAIL:
                break
            if word[0].lower() in _MAIL_CUES:
                break
            start = word.start()
        else:
            start = None  # no cue in reach: only digits and the word before them belong to it
            for word in reversed(before[-2:]):
                if word[0].isdigit() or (start is not None and word[0].lower() not in _NOT_MAIL):
                    start = word.start()
                else:
                    break
        yield Span(host.start() if start is None else start, host.end(), Kind.EMAIL)


def beside_names(
    text: str, found: Sequence[Span], probabilities: Sequence[Heard]
) -> Iterator[Span]:
    """Yield words beside a name that the model was not sure of either: the rest of that name."""
    people = [span for span in found if span.kind is Kind.PERSON]
    for start, end, probability in probabilities:
        word = text[start:end].strip(" ,.!?")
        if probability >= WEAK or len(word) < 3 or word.lower() in _PLAIN:
            continue
        for person in people:
            between = text[end : person.start] if end <= person.start else text[person.end : start]
            if between.strip() == "" and (end <= person.start or start >= person.end):
                bare_end = start + len(text[start:end].rstrip(" ,.!?"))
                yield Span(min(start, person.start), max(bare_end, person.end), Kind.PERSON)


def strange_pairs(text: str, probabilities: Sequence[Heard]) -> Iterator[Span]:
    """Yield words that English does not have and the model was not sure of, two in a row."""
    for one, other in pairwise(probabilities):
        if one[2] < WEAK and other[2] < WEAK and not text[one[1] : other[0]].strip():
            said = [text[start:end].strip(" ,.!?").lower() for start, end, _ in (one, other)]
            if all(len(word) > 3 and word.isalpha() and not look_up(word).word for word in said):
                yield Span(
                    one[0], other[0] + len(text[other[0] : other[1]].rstrip(" ,.!?")), Kind.PERSON
                )


_PLAIN = frozenset(words("heard: never names"))


def _digits(word: str) -> int:
    low = word.lower()
    return len(word) if word.isdigit() else DIGITS.get(low, 1 if low in REPEATS else 0)


def _gap(text: str, one: _Part, other: _Part) -> bool:
    return (
        bool(_GAP.fullmatch(text, one.end, other.start)) and "\n" not in text[one.end : other.start]
    )


def _last_of_run(text: str, parts: Sequence[_Part], at: int) -> int:
    """Return the last digit that still belongs to the number beginning at a digit."""
    last, reach = at, at + 1
    while reach < len(parts) and _gap(text, parts[reach - 1], parts[reach]):
        part = parts[reach]
        if part.digits:
            last = reach
        elif part.low not in _SOUNDS and part.low not in _FILLERS:
            break
        if reach - last > 2:
            break
        reach += 1
    return last


def _first_of_run(
    text: str, parts: Sequence[_Part], at: int, weak: set[int], *, has_cue: bool
) -> int:
    """Return where it begins, words that sound like digits and "plus" included."""
    first = at
    while first and _gap(text, parts[first - 1], parts[first]):
        before = parts[first - 1]
        is_digit = before.low in _SOUNDS and (
            before.start in weak or _is_after_cue(parts, first - 1, has_cue=has_cue)
        )
        if not is_digit and before.low not in {"plus", "+"}:
            break
        first -= 1
    return first


def _is_after_cue(parts: Sequence[_Part], position: int, *, has_cue: bool) -> bool:
    """Whether a sound stands right behind "extension", "number is", "plus": it is a digit there."""
    before = parts[position - 1].low if position else ""
    return has_cue and (
        before in _CUES or before in {"is", "plus", "me", "mere"} or before in _SOUNDS
    )


def _with_weak_tail(text: str, parts: Sequence[_Part], last: int, weak: set[int], cue: _Cue) -> int:
    after = last + 1
    if (
        after >= len(parts)
        or parts[after].low not in _SOUNDS
        or not _gap(text, parts[last], parts[after])
    ):
        return last
    following = parts[after + 1].low if after + 1 < len(parts) else ""
    is_odd = (
        cue.kind is Kind.ID
        and following not in _AFTER_FOR
        and not re.search(r"[,.]", text[parts[last].end : parts[after].start])
    )
    return after if parts[after].start in weak or is_odd else last


def _cue(text: str, parts: Sequence[_Part], at: int) -> _Cue | None:
    """What the words before a number say it is; the nearest counts."""
    far = -1
    for part in reversed(parts[max(0, at - _FARTHEST) : at]):
        far += part.low not in _SOUNDS or part.low in _CUES
        if re.search(r"[.!?]\s", text[part.end : parts[at].start]):
            return None
        cue = _CUES.get(part.low)
        if cue and far <= cue.reach:
            return cue
    return None


def _is_number(
    run: Sequence[_Part], text: str, after: Sequence[_Part], cue: _Cue | None, extra: int
) -> bool:
    """Say whether a run is somebody's number, and not a year, a sum or a time.

    `extra` words that only sound like digits belong to it, too.
    """
    counted = [part for part in run if part.digits]
    digits = sum(part.digits for part in counted) + extra
    if after and after[0].low in _UNITS_AFTER and not text[run[-1].end : after[0].start].strip():
        return False
    if all(_YEAR.fullmatch(part.low) for part in counted) or _are_ranges(run, counted):
        return False
    if cue:
        digits += sum(part.low in _SOUNDS for part in run)
        return digits >= cue.least and run[0].low not in _EMERGENCIES
    if _counts_things(text, run, after):
        return False
    if all(part.low in TEENS or part.low in TENS for part in counted):
        return False  # a year in words
    return digits >= _LEAST_UNCUED and len(counted) > 1


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
