"""Days and ages as people say them, with their numbers in words.

These recognizers walk over tokens.
"""

import re
from collections.abc import Iterator, Sequence

from redact.languages.en.number_words import TEENS, TENS, UNITS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_MONTHS = frozenset(words("spoken: months"))
_ORDINALS = frozenset(words("spoken: ordinals"))
_UNIT_ORDINALS = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
)
_AGE_TEENS = frozenset(TEENS[3:])
_BE = frozenset(["is", "'s", "was", "turned", "turns", "are"])
_YOUNG = frozenset([*UNITS[2:], *TEENS[:3], *map(str, range(3, 13))])
_HEDGES = frozenset(words("spoken: hedges"))
_AGE_ENDS = frozenset(words("spoken: age ends"))
# "in his early fifties"
_DECADES = frozenset(
    ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
)
_WHOSE_DECADE = re.compile(r"\bin(?:to)? (?:my|his|her|their|your)(?: (?:early|mid|late)(?: -)?)?$")
_AGE_CERTAIN = re.compile(
    r"\b(?:(?:lad|kid|man|woman|girl|boy|child|person|people|fella|bloke|lady|mother|father|"
    r"apprentice|trainee|student|worker|someone|anyone|somebody|"
    r"(?:wrong|right) side) of|age of|age is|age|was aged|pushing)$"
)
_AGE_LIKELY = re.compile(
    r"(?<!\S)(?:aged|turn|turned|turning|'m|'re|im|am|(?:he|she|who|mum|mam|mom|dad|nan|gran|"
    r"wife|husband|son|daughter|brother|sister|father|mother|partner|lad|niece|nephew|grandad) is|"
    r"they are|(?:i|he|she) (?:was|hit)|(?:he|she) must be|"
    r"(?<!it )(?:'s|is|am|'m) not(?: even| yet)?|"
    r"(?<!it )(?<!that )(?<!there )(?<!what )(?<!here )'s)$"
)

# "sixty-one I am", "seventeen, my niece is"
_OWNER_FOLLOWS = re.compile(r"^(?:, )?(?:i am|i'm|he is|she is|i was|he was|she was)\b")
# Street words that mean more than streets; by a small letter they are no street.
_STOREYS = frozenset(["floor", "floors", "level", "row", "shelf", "page", "line", "lift"])
_BEFORE_A_DAY = frozenset(words("spoken: before a day"))
_AFTER_A_DAY = frozenset(words("spoken: after a day"))
# Kin whose age may be a child's: "my son is nine".
_KIN = frozenset(words("class: kin"))
_CHILDREN = frozenset(words("spoken: children"))
_WHOSE = _KIN | _CHILDREN | {"he", "she", "who"}
_IS = frozenset(["is", "'s", "was", "were", "are", "be", "'d", "am", "'m", "turned", "turns"])
_IS_WHO = frozenset(["hes", "shes", "whos"])  # in haste
_MUCH = (_HEDGES - {","}) | {"maybe", "nearly", "still", "already", "even", "not", "yet"}
_SPANS_OF_AGE = frozenset(["years", "year", "months", "month", "weeks", "week", "yrs", "yr"])
_OLD = frozenset(["old", "olds"])
_AFTER_AN_AGE = frozenset((*words("spoken: after an age"), *words("names: acts")))
_STOPS = frozenset([".", ",", "!", "?", ";", ")"])
_EXACTLY = (
    ["next", "birthday"],
    ["that", "day"],
    ["or", "so"],
    ["or", "thereabouts"],
    ["or", "more"],
)
_GOES_ON = frozenset(["he", "she", "hes", "shes", "his", "her", "i", "im", "they"])
_OLDEST = 110


def spoken_dates(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield days of the calendar in words."""
    for position, token in enumerate(tokens):
        if token.lower not in _MONTHS:
            yield from _numbered_month(tokens, position)
            yield from _day_alone(tokens, position)
            continue
        start, end = position, position + 1
        before = _ordinal_ends(
            tokens,
            position - 2 if position and tokens[position - 1].lower == "of" else position - 1,
        )
        if before is not None:
            start = before
            if start and tokens[start - 1].lower == "the":
                start -= 1
        else:
            after = _ordinal_begins(tokens, position + 1)
            if after is None:
                continue
            end = after
        end = _year_begins(tokens, end)
        yield Span(tokens[start].start, tokens[end - 1].end, Kind.DATE)


def _day_alone(tokens: Sequence[Token], position: int) -> Iterator[Span]:
    """Yield a day of this month: "since the twelfth", but not "on the third floor"."""
    if tokens[position].lower not in _ORDINALS or position < 2:
        return
    following = tokens[position + 1].lower if position + 1 < len(tokens) else "."
    start = _ordinal_ends(tokens, position)
    first = position if start is None else start
    if (
        (first == position or tokens[first].lower in {"twenty", "thirty"})
        and first > 1
        and tokens[first - 1].lower == "the"
        and tokens[first - 2].lower in _BEFORE_A_DAY
        and not _STOREYS & {t.lower for t in tokens[max(0, first - 12) : first]}
        and (following in _AFTER_A_DAY or not following[0].isalnum())
        and following != "-"
    ):
        yield Span(tokens[first].start, tokens[position].end, Kind.DATE)


def _numbered_month(tokens: Sequence[Token], position: int) -> Iterator[Span]:
    """Yield a day such as "fourteenth of the sixth, fifty-two"."""
    words = [t.lower for t in tokens[position : position + 4]]
    if (
        len(words) == 4
        and words[0] in _ORDINALS
        and words[1:3] == ["of", "the"]
        and words[3] in _ORDINALS
    ):
        start = _ordinal_ends(tokens, position)
        yield Span(
            tokens[position if start is None else start].start,
            tokens[_year_begins(tokens, position + 4) - 1].end,
            Kind.DATE,
        )


def _ordinal_ends(tokens: Sequence[Token], last: int) -> int | None:
    """Return where the ordinal in words begins that ends at `last`, if there is one."""
    if last < 0 or tokens[last].lower not in _ORDINALS:
        return None
    if tokens[last].lower in _UNIT_ORDINALS:
        previous = last - 2 if last >= 2 and tokens[last - 1].text == "-" else last - 1
        if previous >= 0 and tokens[previous].lower in {"twenty", "thirty"}:
            return previous
    return last


def _ordinal_begins(tokens: Sequence[Token], position: int) -> int | None:
    """Return where the day in words ends that begins at or just after `position`."""
    while position < len(tokens) and tokens[position].lower in {"the", "um", "uh", "er", ","}:
        position += 1
    if position >= len(tokens):
        return None
    if tokens[position].lower in {"twenty", "thirty"}:
        following = (
            position + 2
            if position + 1 < len(tokens) and tokens[position + 1].text == "-"
            else position + 1
        )
        if following < len(tokens) and tokens[following].lower in {*_UNIT_ORDINALS, *UNITS}:
            return following + 1
        return None
    if tokens[position].lower in _ORDINALS:
        return position + 1
    return None


def _year_begins(tokens: Sequence[Token], position: int) -> int:
    """Return where a year after `position` ends, or `position` if there is none."""
    following = position
    while (
        following < len(tokens)
        and tokens[following].lower in {",", "um", "uh", "er", "in"}
        and following < position + 2
    ):
        following += 1
    if following >= len(tokens):
        return position
    word = tokens[following].lower
    if word.isdecimal() and len(word) == 4:
        return following + 1
    if word in {"nineteen", "twenty", "two"} or (word in TENS and word != "ten"):
        end = following + 1
        while end < len(tokens) and (
            tokens[end].lower in TENS
            or tokens[end].lower in {*UNITS, *TEENS}
            or tokens[end].lower in {"thousand", "hundred", "and", "-", "oh"}
        ):
            end += 1
        while tokens[end - 1].lower in {"and", "-"}:
            end -= 1  # "nineteen seventy-one and they say"
        return end if end > following + 1 else position
    return position


def spoken_ages(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield ages in words: "I'm fifty-two", "turned forty", "nineteen years old"."""
    for position, token in enumerate(tokens):
        if token.lower in _DECADES and _WHOSE_DECADE.search(
            " ".join(t.lower for t in tokens[max(0, position - 4) : position])
        ):
            yield Span(token.start, token.end, Kind.AGE)
        if token.lower in _YOUNG:
            yield from _childs_age(tokens, position)
        yield from _whose_age(tokens, position)
        if token.lower not in _AGE_TEENS and token.lower not in TENS:
            continue
        end = position + 1
        if token.lower in TENS:
            unit = end + 1 if end < len(tokens) and tokens[end].text == "-" else end
            if unit < len(tokens) and tokens[unit].lower in UNITS:
                end = unit + 1
        after = [t.lower for t in tokens[end : end + 4] if t.text != "-"]
        if after[:2] in (["years", "old"], ["year", "old"], ["year", "olds"]):
            last = next(i for i in range(end, len(tokens)) if tokens[i].lower.startswith("old"))
            yield Span(token.start, tokens[last].end, Kind.AGE)
        elif _age_is_said(tokens, position, after):
            yield Span(token.start, tokens[end - 1].end, Kind.AGE)


def _childs_age(tokens: Sequence[Token], position: int) -> Iterator[Span]:
    """Yield an age below thirteen, where a child or somebody of the family has it."""
    following = tokens[position + 1].lower if position + 1 < len(tokens) else "."
    before = [t.lower for t in tokens[max(0, position - 5) : position]]
    while before and before[-1] in _HEDGES - {","}:
        before.pop()
    if not before or following not in {".", ",", "!", "?", "and"}:
        return
    whose = before[-4:-1]
    if (before[-1] in _BE and (_KIN & set(whose) or whose[-1:] in (["he"], ["she"]))) or (
        before[-1] == "," and _KIN & set(whose[-1:])
    ):
        yield Span(tokens[position].start, tokens[position].end, Kind.AGE)


def _whose_age(tokens: Sequence[Token], position: int) -> Iterator[Span]:
    """Yield an age by whom it is said of: "hes nineteen", "she's eight months", "a lady of 101"."""
    end = _number_ends(tokens, position)
    if end is None or (position and tokens[position - 1].text in {"-", ".", ":", "/", "#"}):
        return
    before = _before(tokens, position)
    after = [t.lower for t in tokens[end : end + 5]]
    unit = 1 if after[:1] == ["-"] else 0
    has_unit = after[unit : unit + 1] != [] and after[unit] in _SPANS_OF_AGE
    last = end + unit + 1 if has_unit else end
    rest = [t.lower for t in tokens[last : last + 4]]
    if has_unit:
        dash = 1 if rest[:1] == ["-"] else 0
        if rest[dash : dash + 1] and rest[dash] in _OLD:
            following = rest[dash + 1] if len(rest) > dash + 1 else "."
            is_noun = before[-1:] != [] and before[-1] not in _IS
            if _is_somebodys(before) or (is_noun and following in _STOPS | _AFTER_AN_AGE):
                yield Span(tokens[position].start, tokens[last + dash].end, Kind.AGE)
            return
    tail = _tail(rest) if _is_of_somebody(before, has_unit=has_unit) else None
    if tail is not None:
        yield Span(tokens[position].start, tokens[last + tail - 1].end, Kind.AGE)
    elif _is_of_a_child(before) and not has_unit and rest[:1] not in (["-"], ["%"], ["hours"]):
        yield Span(tokens[position].start, tokens[end - 1].end, Kind.AGE)


def has_years(tokens: Sequence[Token], position: int) -> bool:
    """Say whether a number with a span of time is how long somebody has lived: "he's 96 years"."""
    return _is_of_somebody(_before(tokens, position), has_unit=True)


def _before(tokens: Sequence[Token], position: int) -> list[str]:
    before = [t.lower for t in tokens[max(0, position - 7) : position]]
    while before and before[-1] in _MUCH:
        before.pop()
    return before


def _number_ends(tokens: Sequence[Token], position: int) -> int | None:
    """Return where a number ends that may be an age, in digits or in words."""
    word = tokens[position].lower
    if word.isdecimal():
        return position + 1 if 1 < int(word[:4]) <= _OLDEST and word[0] != "0" else None
    if word in TENS:
        unit = (
            position + 2
            if [t.text for t in tokens[position + 1 : position + 2]] == ["-"]
            else (position + 1)
        )
        if unit < len(tokens) and tokens[unit].lower in UNITS:
            return unit + 1
        return position + 1
    return position + 1 if word in TEENS or word in UNITS[1:] else None


def _is_somebodys(before: Sequence[str]) -> bool:
    return bool(before) and (
        before[-1] in _IS_WHO
        or (before[-1] in _IS and before[-2:-1] != [] and before[-2] in _WHOSE)
    )


def _is_of_a_child(before: Sequence[str]) -> bool:
    return before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in _CHILDREN


def _is_of_somebody(before: Sequence[str], *, has_unit: bool) -> bool:
    """Say whether what stands before a number is somebody who is, or has, so many years."""
    if _is_somebodys(before) or (
        before[-1:] == [","] and before[-2:-1] and before[-2] in _CHILDREN
    ):
        return True
    has = before[-1:] in (["has"], ["have"]) and before[-2:-1] in (["he"], ["she"], ["i"])
    return has and has_unit


def _tail(rest: Sequence[str]) -> int | None:
    """Return how many words behind a number tell the age as well; none if it counts something."""
    if rest[:2] in _EXACTLY or rest[:2] == ["-", "odd"]:
        return 2
    if rest[:1] == ["in"] and rest[1:2] and rest[1] in _MONTHS:
        return 2
    if rest[:1] == ["on"] and rest[1:2] and rest[1].endswith("day"):
        return 2
    if not rest or rest[0] in _STOPS | _GOES_ON:
        return 0 if rest[1:2] == [] or not rest[1].isdecimal() else None
    is_part = rest[1:3] in (["a", "half"], ["a", "quarter"]) or rest[1:2] in (["0"], ["1"])
    return 0 if rest[0] in {"and", "but"} and not is_part else None


def _age_is_said(tokens: Sequence[Token], position: int, after: list[str]) -> bool:
    """Say whether the words round a number make it somebody's age."""
    heard = [t.lower for t in tokens[max(0, position - 4) : position]]
    before = " ".join(word for word in heard if word not in _HEDGES)
    if _AGE_CERTAIN.search(before) or _OWNER_FOLLOWS.match(" ".join(after)):
        return True
    ends = not after or after[0] in _AGE_ENDS
    if after[:1] == ["years"] and after[1:2] and after[1] in {"in", "of", "at", "with", "here"}:
        return False
    if _AGE_LIKELY.search(before):
        return ends and after[:1] != ["at"]
    stops = not after or after[0] in {".", ",", "!", "?", ";"}
    return before.endswith("at") and stops and tokens[position].lower in TENS
