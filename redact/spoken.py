"""Details as people say them and as a transcript writes them: dot and at, numbers in words.

These recognizers walk over tokens. A spoken address is found by its last word (com, org, uk) or
by its "at", and grows to the left until a word that cannot be part of it.
"""

import re
from collections.abc import Iterator, Sequence

from redact.lexicon import look_up
from redact.numbers import _DIGITS, _REPEATS, _TENS
from redact.spans import Kind, Span
from redact.tokens import Token
from redact.vocabulary import words

_JOINTS = frozenset(words("spoken: joints"))
_FILLERS = frozenset(["um", "uh", "er", "erm", ",", "sorry"])
_TLDS = frozenset(words("spoken: tlds"))
_HOSTS = frozenset(words("spoken: hosts"))
# Words before a spoken address that are not part of it.
_SIGNS = frozenset(["underscore", "dash", "hyphen", "dot", "slash"])
_STOPS = frozenset(words("spoken: stops"))
_CASE_WORDS = frozenset(
    ["all", "lowercase", "lower", "case", "uppercase", "capital", "caps", "one", "word"]
)

_MONTHS = frozenset(words("spoken: months"))
_ORDINALS = frozenset(words("spoken: ordinals"))
_UNIT_ORDINALS = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
)
_SMALL = frozenset(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
_TEENS = frozenset(
    [
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
)

_AGE_TEENS = frozenset(
    ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)
_HEDGES = frozenset(words("spoken: hedges"))
_AGE_ENDS = frozenset(words("spoken: age ends"))
_AGE_CERTAIN = re.compile(
    r"\b(?:(?:lad|kid|man|woman|girl|boy|child|person|fella|bloke|lady|mother|father) of|"
    r"age of|age is|was aged)$"
)
_AGE_LIKELY = re.compile(
    r"(?<!\S)(?:aged|turn|turned|turning|'m|'re|im|am|(?:he|she) is|(?:i|he|she) was|"
    r"(?<!it )(?<!that )(?<!there )(?<!what )(?<!here )'s)$"
)

_STREETS = frozenset(words("spoken: streets"))


def spoken_addresses_of_mail_and_web(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield e-mail and web addresses that are spelled with "dot" and "at"."""
    for position in range(1, len(tokens) - 1):
        if tokens[position].lower in {"dot", "."} and tokens[position + 1].lower in _TLDS:
            joined = tokens[position].lower == "dot"
            if joined or _spoken_at(tokens, position):
                yield from _grow(tokens, position)
    for position in range(1, len(tokens) - 1):
        host = tokens[position + 1].lower
        if (
            tokens[position].lower == "at"
            and host in _HOSTS
            and not _dot_follows(tokens, position + 2)
        ):
            start = _leftmost(tokens, position - 1)
            if start < position:
                yield Span(tokens[start].start, tokens[position + 1].end, Kind.EMAIL)


def _spoken_at(tokens: Sequence[Token], position: int) -> bool:
    """Say whether "at gmail.com" ends here: a written dot after a spoken at."""
    return (
        position >= 2
        and tokens[position - 2].lower == "at"
        and tokens[position - 1].end == tokens[position].start
        and tokens[position - 1].lower not in _STOPS
    )


def _dot_follows(tokens: Sequence[Token], position: int) -> bool:
    return (
        position < len(tokens)
        and tokens[position].lower in {"dot", "."}
        and position + 1 < len(tokens)
        and tokens[position + 1].lower in _TLDS
    )


def _grow(tokens: Sequence[Token], dot: int) -> Iterator[Span]:
    end = dot + 2
    while (
        end + 1 < len(tokens)
        and tokens[end].lower in {"dot", "slash", "/"}
        and (tokens[end + 1].text.isalnum())
    ):
        end += 2
    at = next(
        (i for i in range(dot - 1, max(0, dot - 8), -1) if tokens[i].lower in {"at", "@"}), None
    )
    if at is not None and all(
        _part(tokens[i]) or tokens[i].lower in {"the", "my", "our", "a"} for i in range(at + 1, dot)
    ):
        start = _leftmost(tokens, at - 1)
        if start < at:
            yield Span(tokens[start].start, tokens[end - 1].end, Kind.EMAIL)
            return
    start = _leftmost(tokens, dot - 1)
    if start < dot:
        start = _words_before(tokens, start)
        yield Span(tokens[start].start, tokens[end - 1].end, Kind.URL)


def _words_before(tokens: Sequence[Token], start: int) -> int:
    """Return where the words of a spoken web address begin: after a cue or a comma."""
    position = start
    while position > 0 and start - position < 4:
        token = tokens[position - 1]
        if not token.text.isalpha():
            return position
        if token.lower in _STOPS and not (
            token.lower == "and" and position > 1 and tokens[position - 2].lower not in _STOPS
        ):
            return position
        position -= 1
    return start if position else 0


def _part(token: Token) -> bool:
    return (
        token.lower in _JOINTS
        or (token.text.isalnum() and token.lower not in _STOPS)
        or token.lower in _FILLERS
    )


def _leftmost(tokens: Sequence[Token], last: int) -> int:
    """Return where an address that ends with the token at `last` begins.

    `last + 1` if that token cannot be in one.
    """
    position = last
    start = last + 1
    words = 0
    while position >= 0 and words < 14:
        token = tokens[position]
        joint = position + 1 < len(tokens) and tokens[position + 1].lower in _JOINTS
        if (token.lower in _JOINTS and position > 0 and token.text != ".") or (
            token.lower in _CASE_WORDS and words == 0
        ):
            pass
        elif (joint and token.text.isalnum()) or (
            token.text.isalnum() and token.lower not in _STOPS and (words == 0 or _nameish(token))
        ):
            start = position
        elif (
            token.text == ","
            and start <= last
            and position > 0
            and (_nameish(tokens[position - 1]))
            and not joint
            and tokens[position - 1].lower not in _STOPS
            and len(tokens[position - 1].text) == 1
        ):
            pass
        else:
            break
        words += 1
        position -= 1
    return start


def _nameish(token: Token) -> bool:
    """Say whether a word without a joint can stand in an address.

    A letter, a number, a name or a rare word.
    """
    if token.lower in _STOPS:
        return False
    if (
        len(token.text) == 1
        or token.lower in _DIGITS
        or token.lower in _REPEATS
        or token.text.isdecimal()
    ):
        return token.text.isalnum()
    entry = look_up(token.lower)
    return token.text.isalnum() and (max(entry.given, entry.surname) >= 4 or entry.word < 9)


def spoken_handles(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield handles that are spelled with their signs: "scrubs underscore snacks"."""
    position = 1
    while position < len(tokens) - 1:
        if tokens[position].lower not in _SIGNS:
            position += 1
            continue
        end, signs = position, []
        while (
            end + 1 < len(tokens) and tokens[end].lower in _SIGNS and tokens[end + 1].text.isalnum()
        ):
            signs.append(tokens[end].lower)
            end += 2
        while end < len(tokens) and _digits_or_letter(tokens[end]):
            end += 1
        spelled = "underscore" in signs or len(signs) > 1
        if spelled and tokens[position - 1].text.isalnum():
            yield Span(tokens[position - 1].start, tokens[end - 1].end, Kind.USERNAME)
        position = max(end, position + 1)


def _digits_or_letter(token: Token) -> bool:
    return token.lower in _DIGITS or token.text.isdecimal()


def spoken_dates(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield days of the calendar in words."""
    for position, token in enumerate(tokens):
        if token.lower not in _MONTHS:
            yield from _numbered_month(tokens, position)
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
        if following < len(tokens) and tokens[following].lower in _UNIT_ORDINALS | _SMALL:
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
    if word in {"nineteen", "twenty", "two"} or (word in _TENS and word != "ten"):
        end = following + 1
        while end < len(tokens) and (
            tokens[end].lower in _TENS
            or tokens[end].lower in _SMALL | _TEENS
            or tokens[end].lower in {"thousand", "hundred", "and", "-", "oh"}
        ):
            end += 1
        return end if end > following + 1 else position
    return position


def spoken_ages(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield ages in words: "I'm fifty-two", "turned forty", "nineteen years old"."""
    for position, token in enumerate(tokens):
        if token.lower not in _AGE_TEENS and token.lower not in _TENS:
            continue
        end = position + 1
        if token.lower in _TENS:
            unit = end + 1 if end < len(tokens) and tokens[end].text == "-" else end
            if unit < len(tokens) and tokens[unit].lower in _SMALL:
                end = unit + 1
        after = [t.lower for t in tokens[end : end + 4] if t.text != "-"]
        if after[:2] in (["years", "old"], ["year", "old"], ["year", "olds"]):
            last = next(i for i in range(end, len(tokens)) if tokens[i].lower.startswith("old"))
            yield Span(token.start, tokens[last].end, Kind.AGE)
        elif _age_is_said(tokens, position, after):
            yield Span(token.start, tokens[end - 1].end, Kind.AGE)


def _age_is_said(tokens: Sequence[Token], position: int, after: list[str]) -> bool:
    """Say whether the words round a number make it somebody's age."""
    heard = [t.lower for t in tokens[max(0, position - 3) : position]]
    before = " ".join(word for word in heard if word not in _HEDGES)
    if _AGE_CERTAIN.search(before):
        return True
    ends = not after or after[0] in _AGE_ENDS
    if after[:1] == ["years"] and after[1:2] and after[1] in {"in", "of", "at", "with", "here"}:
        return False
    if _AGE_LIKELY.search(before):
        return ends and after[:1] != ["at"]
    stops = not after or after[0] in {".", ",", "!", "?", ";"}
    return before.endswith("at") and stops and tokens[position].lower in _TENS


def spoken_streets(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield street addresses whose house number is in words: "sixty Harbour View Road"."""
    for position, token in enumerate(tokens):
        if token.lower not in _STREETS:
            continue
        start = _house_number(tokens, position)
        if start is not None:
            yield Span(tokens[start].start, token.end, Kind.ADDRESS)


def _house_number(tokens: Sequence[Token], street: int) -> int | None:
    """Return where the number in words begins, one to three names before a street word."""
    position = street - 1
    names = 0
    while (
        position >= 0
        and names < 4
        and (tokens[position].text.isalpha() or tokens[position].text == "'s")
        and tokens[position].lower not in _DIGITS
        and tokens[position].lower not in {"of", "in", "on", "at", "per", "people"}
        and tokens[position].text != "a"
    ):
        if tokens[position].lower == "the" or (
            names == 0
            and not tokens[position].text[0].isupper()
            and tokens[position].lower in {"long", "same", "other"}
        ):
            return None
        names += tokens[position].text != "'s"
        position -= 1
    if not names:
        return None
    start = None
    while position >= 0 and (
        tokens[position].lower in _DIGITS or tokens[position].lower in {"-", "hundred", "and"}
    ):
        if tokens[position].lower in _DIGITS or tokens[position].lower == "hundred":
            start = position
        position -= 1
    if start and tokens[start].lower == "hundred" and tokens[start - 1].lower == "a":
        start -= 1
    return start
