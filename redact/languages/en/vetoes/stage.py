"""What speaks against a claim, whichever rule made it: quantities, files, decimals, versions.

Recognizers look for what a detail looks like. Much that is harmless looks the same: a press count
like a telephone number, `rota.xlsx` like a handle. They are asked here together, so that no rule
has to know what the others are wrong about.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from redact.languages.en.lexicon import look_up
from redact.languages.en.number_words import DIGITS, REPEATS
from redact.languages.en.spoken import has_years
from redact.languages.en.vetoes.described import has_only_figures_for_sounds, is_description
from redact.languages.en.vetoes.harmless import is_brand, is_known_but_harmless
from redact.languages.en.vetoes.things import (
    is_code_of_a_thing,
    is_day_of_the_week,
    is_format,
    is_half_of_a_street,
    is_handle_with_words,
    is_hashtag,
    is_long_ago,
    is_measure,
    is_one_of_many,
    is_put_together,
    is_smiley_or_clock,
    is_some_place,
)
from redact.languages.en.vetoes.within import within
from redact.languages.en.vocabulary import words
from redact.languages.en.written import PUBLIC_SITE
from redact.spans import Kind, Span
from redact.tokens import Token

_ENDINGS = "|".join(words("vetoes: file endings"))
_FILE = re.compile(
    rf"(?<![\w@/:.-])(?:[\w-]{{1,40}}\.){{0,3}}[\w-]{{0,40}}\.(?:{_ENDINGS})(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
_CODE = "|".join(words("vetoes: code"))
_MEMBER = re.compile(rf"(?<![\w@/.-])(?:{_CODE})(?:\.(?:{_CODE}|[a-z]+\(\))){{1,3}}(?![\w@-])")
_DECIMAL = re.compile(r"(?<![\w.,])-?\d{1,7}[.,]\d{1,3}(?![\w]|[.,]\d)")
_VERSION = re.compile(
    r"(?i)\b(?:version|versions|release|build|firmware|update|updates|upgrade|rev|revision|android|"
    r"ios|windows|python|driver|patch)\s(?P<value>v?\d+(?:\.\d+){0,3}[a-z]?)(?![\w.-]\w)"
)
_FAULT = re.compile(
    r"(?i)\b(?:error|fault|alarm|exception|status|stop|commit|hash|bug)s?(?:\s(?:code|number|no|message))?"
    r"[\s:#]{1,3}(?P<value>(?=[\w.-]{0,30}\d)[\da-z]+(?:[-_.][\da-z]+){0,6})(?![\w@])"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_YEARS = re.compile(
    rf"(?<![\w.,/-]){_YEAR}\s?(?:--|[-–/])\s?(?:{_YEAR}|\d\d)(?![\w/-]|[.,]\d)"
)  # 1888-1894
_SCORE = re.compile(r"(?<![\w.,/-])\d{1,3}\s--?\s\d{1,3}(?![\w/-]|[.,]\d|\s-)")  # 104 - 87
_THOUSANDS = re.compile(
    r"(?<![\w.,/-])\d{1,3}(?:(?:\s000)+(?![\w-])|(?:,\d{3})+(?:-[a-z]{2,12}){1,3})"
)  # 100 000, a 1,280-square-foot patio
_WITH_DOTS = (_FILE, _MEMBER, PUBLIC_SITE)
_WITH_FIGURES = (_DECIMAL, _VERSION, _FAULT, _YEARS, _SCORE, _THOUSANDS)
_DOT = re.compile(r"\.\w")
_FIGURE = re.compile(r"\d")
_FORMS = frozenset(
    [Kind.ID, Kind.PHONE, Kind.USERNAME, Kind.URL, Kind.PERSON, Kind.ORG, Kind.LOCATION, Kind.AGE]
)
_NUMBERS = frozenset([Kind.PHONE, Kind.ID])
_COUNTED = frozenset((*words("numbers: units"), *words("vetoes: counted")))
_NO_PLURAL = frozenset((*words("numbers: words after"), *words("vetoes: no plural")))
_CUES = frozenset(
    (*words("numbers: phone cues"), *words("numbers: id cues"), *words("vetoes: number cues"))
)
_COUNTERS = frozenset(words("vetoes: counters"))
_OF_MACHINES = frozenset(words("vetoes: machines"))
_BETWEEN_FIGURES = frozenset(["to", "and", "or", "then", "not"])
_REACH = 5  # words between a number and the word that says what it is
_PLAIN_DIGITS = 5  # digits of a figure that need a word that says what it is
_SAID_DIGITS = 4
_SIGN = re.compile(r"[@./:_]")
_EITHER = re.compile(r"[A-Za-z]+(?:/[A-Za-z]+)+")  # writer/director
_SAID_SIGNS = frozenset(
    (
        *words("spoken: dots"),
        *words("spoken: ats"),
        *words("spoken: signs"),
        *words("spoken: hosts"),
        *("com", "org", "net", "co", "uk"),
    )
)
_LARGE = frozenset(["thousand", "million", "billion", "times", "multiplied", "percent"])
_OF_DIGITS = frozenset(["oh", "zero", "nought", "double", "triple", "treble"])
_KNOWN = 5  # `Entry.surname` of units that many people are called by
_SHORT = 5  # words of an amount with a hundred
_PARTS = re.compile(r"[a-z]+")
_MODEL = re.compile(r"[A-Za-z]{1,3}-?\d{2,4}[A-Za-z]?")
_HEADS = frozenset(words("roles: heads"))
_WHO_DOES = re.compile(
    r".{2,}(?:er|or|ist|ian|ant|(?<!m)ent|man|men|woman|women|person|ess|wright|smith|ee)s?"
)
_NOBODY = frozenset(words("roles: nobody"))  # that end like them


def outside_vetoes(text: str, tokens: Sequence[Token], spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans of a folded text that nothing speaks against."""
    spans = list(spans)
    if not spans:
        return
    patterns = (
        *(_WITH_DOTS if _DOT.search(text) else ()),
        *(_WITH_FIGURES if _FIGURE.search(text) else ()),
    )
    harmless = [
        match.span("value" if "value" in pattern.groupindex else 0)
        for pattern in patterns
        for match in pattern.finditer(text)
        if pattern is not _FILE or not _names_somebody(match.group())
    ]
    starts = {token.start: position for position, token in enumerate(tokens)}
    vetoes = (
        partial(_is_of_another_script, text),
        partial(_is_figure, tokens, starts),
        partial(_is_dot_alone, tokens, starts),
        partial(_is_without_signs, text, tokens, starts),
        partial(_is_amount, tokens, starts),
        partial(_is_unit, tokens, starts),
        partial(_is_count_alone, tokens, starts),
        partial(_is_machine, tokens, starts),
        partial(_is_no_title, tokens, starts),
        partial(_is_model_of_a_brand, text, tokens, starts),
        partial(_is_of_a_century, tokens, starts),
        partial(is_code_of_a_thing, text, tokens, starts),
        partial(is_format, tokens, starts),
        partial(is_hashtag, text),
        partial(is_handle_with_words, text),
        partial(is_half_of_a_street, tokens, starts),
        partial(is_put_together, tokens, starts),
        partial(is_some_place, tokens, starts),
        partial(is_day_of_the_week, tokens, starts),
        partial(is_long_ago, text),
        partial(is_measure, text),
        partial(is_smiley_or_clock, text),
        partial(is_one_of_many, tokens, starts),
        partial(is_known_but_harmless, tokens, starts),
        partial(is_description, tokens, starts),
        partial(has_only_figures_for_sounds, text, tokens, starts),
    )
    for span in spans:
        is_harmless = span.kind in _FORMS and any(
            start <= span.start and span.end <= end for start, end in harmless
        )
        if not is_harmless and not any(veto(span) for veto in vetoes):
            yield span


def _names_somebody(file_name: str) -> bool:
    """Say whether a file is called after a person: `zubin_cv.pdf`."""
    entries = [look_up(part) for part in _PARTS.findall(file_name.lower()) if len(part) > 2]
    return any(entry.given > 2 and not entry.word for entry in entries)


def _is_of_another_script(text: str, span: Span) -> bool:
    """Say whether a claim has no Latin letter and no figure: what is English does not know it."""
    return not any(c.isascii() and c.isalnum() for c in text[span.start : span.end])


def _is_figure(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a number only says how many: 48120 on the counter, one two three four pallets."""
    if span.kind not in {*_NUMBERS, Kind.AGE}:
        return False
    inside = within(tokens, starts, span)
    while len(inside) > 1 and tokens[inside[-1]].lower in _COUNTED:
        inside = inside[:-1]
    if not inside or not _is_plain_number(tokens, inside):
        return False
    following = [t.lower for t in tokens[inside.stop : inside.stop + 3] if t.text != "-"]
    if span.kind is Kind.AGE:
        if [t.lower for t in tokens[max(0, inside.start - 2) : inside.start]][:1] == ["it"]:
            return True
        is_whole = tokens[inside[-1]].end < span.end  # the years are in it
        is_count = _counts(following[:1]) and following[1:2] not in (["old"], ["of"], ["young"])
        return is_count and not (is_whole and has_years(tokens, inside[0]))
    if _counts(following[:1]) or _is_plural(following[:1]):
        return not _is_cued(tokens, inside, reach=2)
    return not _is_cued(tokens, inside, reach=_REACH)


def _is_count_alone(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether figures are taken for somebody: nobody is called 11400."""
    inside = within(tokens, starts, span)
    return (
        span.kind is Kind.PERSON
        and bool(inside)
        and all(not tokens[i].text[0].isalpha() for i in inside)
    )


def _is_plain_number(tokens: Sequence[Token], inside: range) -> bool:
    """Say whether a span is one or more short figures, without a zero in front."""
    said = 0
    for position in inside:
        token = tokens[position]
        if token.text.isdecimal():
            if len(token.text) > _PLAIN_DIGITS or token.text[0] == "0":
                return False
            alone = position == inside[0] or tokens[position - 1].lower in _BETWEEN_FIGURES
            if not alone:
                return False
        elif token.lower in DIGITS and token.lower not in {"oh", "o"}:
            said += 1
        elif token.lower in REPEATS or token.lower not in {*_BETWEEN_FIGURES, "-", ","}:
            return False
    return said <= _SAID_DIGITS


def _counts(following: Sequence[str]) -> bool:
    return bool(following) and following[0] in _COUNTED


def _is_plural(following: Sequence[str]) -> bool:
    """Say whether the word after a number is a plain word in the plural."""
    word = following[0] if following else ""
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and word not in _NO_PLURAL
        and look_up(word).word > 0
    )


def _is_cued(tokens: Sequence[Token], inside: range, *, reach: int) -> bool:
    """Say whether a word near a number says that it is a telephone number or an identifier."""
    before = [t.lower for t in tokens[max(0, inside.start - reach) : inside.start]]
    for stop in (".", "!", "?"):
        if stop in before:
            before = before[len(before) - before[::-1].index(stop) :]
    if _COUNTERS & set(before[-3:]):
        return False
    after = [t.lower for t in tokens[inside.stop : inside.stop + 4]]
    if tokens[inside.start].opens and after[:1] in (["is"], ["was"]):
        return True  # a figure does nothing, a postcode does: "98188 is all hills"
    return bool(_CUES & set(before)) or (
        after[:1] in (["is"], ["'s"], ["was"]) and bool(_CUES & set(after))
    )


def _is_dot_alone(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether an address has nothing before its dot: the dot com boom."""
    if span.kind not in {Kind.URL, Kind.EMAIL}:
        return False
    inside = [tokens[i].lower for i in within(tokens, starts, span)]
    while inside and inside[0] in {"the", "a", "this", "that", "at", "whole", "every", "one"}:
        inside.pop(0)
    return inside[:1] == ["dot"]


def _is_without_signs(
    text: str, tokens: Sequence[Token], starts: dict[int, int], span: Span
) -> bool:
    """Say whether an address of mail or web has no sign in it, neither written nor said."""
    if span.kind not in {Kind.URL, Kind.EMAIL} or _SIGN.search(text, span.start, span.end):
        return span.kind is Kind.URL and bool(_EITHER.fullmatch(text, span.start, span.end))
    inside = [tokens[i].lower for i in within(tokens, starts, span)]
    return bool(inside) and not _SAID_SIGNS & set(inside)


def _is_amount(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a number that is said is an amount: "thirty three thousand", "two times two"."""
    if span.kind not in _NUMBERS:
        return False
    inside = within(tokens, starts, span)
    if not inside:
        return False
    around = {t.lower for t in tokens[max(0, inside.start - 1) : inside.stop + 1]}
    is_large = bool(_LARGE & around) or ("hundred" in around and len(inside) <= _SHORT)
    return is_large and not _OF_DIGITS & around and not _is_cued(tokens, inside, reach=_REACH)


def _is_unit(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a claim is nothing but a unit: kg, pallets; but not Mr Stone."""
    inside = within(tokens, starts, span)
    if not inside or not all(tokens[i].lower in _COUNTED for i in inside):
        return False
    return span.kind is not Kind.PERSON or not _is_surname(tokens, inside.start)


def _is_surname(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a unit with a capital is a well-known surname, and nothing is counted."""
    before = tokens[at - 1].text if at else "0"
    is_counted = before[0].isdecimal() or before.lower() in DIGITS
    return (
        tokens[at].text.istitle() and look_up(tokens[at].lower).surname >= _KNOWN and not is_counted
    )


def _is_of_a_century(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a day is the number of a century: "the 20th century"."""
    inside = within(tokens, starts, span)
    after = tokens[inside.stop].lower if inside and inside.stop < len(tokens) else ""
    return span.kind is Kind.DATE and after in {"century", "centuries"}


def _is_machine(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a title is that of a machine: "this intelligent controller"."""
    inside = within(tokens, starts, span)
    if span.kind is not Kind.ROLE or not inside:
        return False
    around = {tokens[i].lower for i in range(max(0, inside.start - 1), inside.stop)}
    return bool(_OF_MACHINES & around)


def _is_no_title(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a title holds no word for who does something: "one huge disappointment"."""
    inside = within(tokens, starts, span)
    return (
        span.kind is Kind.ROLE
        and bool(inside)
        and not any(
            tokens[i].lower in _HEADS
            or (_WHO_DOES.fullmatch(tokens[i].lower) and tokens[i].lower not in _NOBODY)
            for i in inside
        )
    )


def _is_model_of_a_brand(
    text: str, tokens: Sequence[Token], starts: dict[int, int], span: Span
) -> bool:
    """Say whether letters with figures are what a maker calls a thing: "a canon powershot s400"."""
    inside = within(tokens, starts, span)
    return (
        span.kind is Kind.ID
        and len(inside) > 0
        and bool(_MODEL.fullmatch(text, span.start, span.end))
        and any(is_brand(token) for token in tokens[max(0, inside.start - 2) : inside.start])
    )
