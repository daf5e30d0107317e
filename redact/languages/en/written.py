"""Details that have a written form of their own: mail and web addresses, dates, ages.

Every recognizer here reads the folded view and claims spans by pattern alone.
"""

import re
from collections.abc import Iterator

from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_TLD = (
    "com|org|net|info|biz|co|io|me|app|dev|ai|tv|uk|ie|eu|us|ca|au|nz|in|ng|ke|za|"
    "de|fr|es|it|nl|be|pl|pt|ro|se|no|dk|fi|at|ch|cz|gr|hu|bg|lt|lv|ee|gov|edu|ac|"
    "nhs|police|mil|int|example|test|online|site|shop|blog|xyz|club|link|page|live|work|works|"
    "team|group|care|health|school|church|coop|scot|wales|cymru|london|africa|ly|"
    "gl|gd|fm|to|cc|jp|cn|ru|br|mx"
)
_AT = r"(?:@|\s@\s|\s{0,2}(?:\(at\)|\[at\]|<at>|\{at\})\s{0,2})"
_DOT = r"(?:\.|\s?(?:\(dot\)|\[dot\]|\{dot\})\s?)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+'%&=-]{{1,64}}{_AT}[a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{2,24}}){{1,4}}(?![\w@])",
    re.IGNORECASE,
)
_URL = re.compile(
    r"\b(?:https?|ftp|hxxps?)\s?:\s?//[^\s<>\"]{2,2000}"
    r"|\bwww\d?\.[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}(?:/[^\s<>\"]*)?"
    r"|(?<![\w.@-])(?:[a-z0-9-]{2,63}\.){1,4}[a-z]{2,12}(?::\d{2,5})?/[^\s<>\"]{2,2000}"
    rf"|(?<![\w.@-])(?:[a-z0-9-]{{2,63}}\.){{1,4}}(?:{_TLD})\b(?![\w@-]|\.\w)(?:/[^\s<>\"]*)?",
    re.IGNORECASE,
)
# The front page of a site that everybody knows says nothing of anybody: "indeed.com".
PUBLIC_SITE = re.compile(
    r"(?<![\w@./-])(?:https?://)?(?:www\.)?(?:"
    + "|".join(words("harmless: sites"))
    + r")(?:\.(?:com|org|net|co|gov|uk|ie|us|ca|au|de|at|ch|fr|be|es|mx|ar|pl|it|pt|nl|eu)){1,2}"
    r"\b/?(?![\w@-]|\.\w)",
    re.IGNORECASE,
)
# "at 9.to 5" and "etc.in" are slips of the thumb.
_SLIP = re.compile(r"^\d|\.(?:[A-Z]?[a-z]*[A-Z]|(?:in|to|it|at|no|me|is|be|us|so|co)\b$)")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary|urary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:(?:19|20)\d\d|'\d\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b(?:the\s+)?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s*(?:of\s+|-|/|"
            rf"\.\s?)?{_MONTH}\b\.?(?:[\s,/-]*{_YEAR}\b)?"
        ),
        (
            rf"\b{_MONTH}\b\.?\s*(?:the\s+)?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|"
            rf"th)?\b(?![:.]\d|\s*(?:%|percent|hours|people|am\b|pm\b))(?:[\s,]+{_YEAR}\b)?"
        ),
        (
            r"\b(?:0?[1-9]|[12]\d|3[01])\s?(?P<a>[/.-])\s?(?:0?[1-9]|"
            r"1[0-2])\s?(?P=a)\s?(?:(?:19|20)\d\d|\d\d)\b(?![\d-])"
        ),
        (
            r"\b(?:0?[1-9]|1[0-2])(?P<b>[/-])(?:0?[1-9]|[12]\d|3[01])(?P=b)(?:(?:19|20)\d\d|"
            r"\d\d)\b(?![\d-])"
        ),
        r"(?<![\d/.])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])(?![\d/%])",
        r"(?<![\d/.])(?!24/7)(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/%])",
        r"\b(?:19|20)\d\d(?P<c>[-/.])(?:0[1-9]|1[0-2])(?P=c)(?:0[1-9]|[12]\d|3[01])\b",
        rf"\bborn\s+(?:in\s+|on\s+)?(?P<span>(?:{_MONTH}\s+)?(?:19[2-9]\d|20[01]\d))\b",
        (
            rf"\b(?:d\.?o\.?b\.?|date of birth|birthday)\W{{0,4}}(?:is|was|"
            rf"on)?\s*(?P<span>[0-3]?\d[ ./-][01]?\d(?:[ ./-](?:19|"
            rf"20)?\d\d)?|{_MONTH}\s+{_YEAR})\b"
        ),
        (
            r"\b(?:on|from|since|by|dated|until|till|before|after|"
            r"of)\s+(?:the\s+)?(?P<span>(?:[1-9]|[12]\d|3[01])(?:/|\.)(?:0?[1-9]|"
            r"1[0-2]))\b(?![:./%]\d|\s*(?:pm|am|hours|hrs|of|the|%))"
        ),
        (
            r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?(?P<span>(?:[23]?1st|2?2nd|"
            r"2?3rd|1\dth|2?[4-9]th|[23]0th))\b(?!\s+(?:shift|break|day|week|team|line|round|half|"
            r"class|year|time|of the month|one))"
        ),
        (
            r"\b(?:on|from|since|by|until|till|of) the (?P<span>(?:1st|2nd|3rd|[4-9]th|"
            r"1\dth|2[04-9]th|21st|22nd|23rd|30th|31st))\b(?!\s+(?:floor|time|day|week|"
            r"month|year|day|attempt|shift|person|level|row|line|bay|deck|one|of the|draft|"
            r"page|class|hand|party|rate))"
        ),
    )
)

_UNIT = (
    r"(?:%|percent|per\s?cent|degrees?|c\b|f\b|quid|pounds?|pence|p\b|euros?|"
    r"dollars?|bucks|grand|k\b|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|"
    r"months?|mths?|seconds?|secs?|am\b|pm\b|o'?clock|people|of\b|staff|others?|"
    r"times|metres?|meters?|feet|ft|miles?|km|kgs?|kilos?|cm|mm|stone|"
    r"litres?|boxes|pallets|crates|orders|shifts?|rooms?|beds?|patients|residents|"
    r"customers|calls?|more|less|to\b|or\b|and a half|years?\s+(?:in|at|with|of|on|"
    r"here|running|service|ago|experience|later|now)|"
    r"yards|tonnes?|tons?|steps|pages|items|units|mph|x\b|plus\b|points?|percent|"
    r"kids|children|grandkids|lads|women|men|cats|dogs|down|up\b|behind|under|over|"
    r"in a row|each|days)"
)
_NUMBER = r"(?:1[3-9]|[2-9]\d)"
_AGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<span>{_NUMBER}\s?-?\s?(?:years?|yrs?|yr|y)\.?\s?-?\s?(?:old|olds|young|of age)\b)",
        r"\b(?P<span>\d{1,2}\s?-?\s?(?:yo|y/o|y\.o\.|y\.o)\b)",
        rf"\b(?:is|was|he's|she's|i'm)\s(?P<span>{_NUMBER})\sgoing\son\s(?:\d+|[a-z]+)\b",
        (
            rf"\b(?:lad|kid|man|woman|girl|boy|child|person|fella|bloke|lady|mother|father|"
            rf"grandmother|grandfather|apprentice|trainee|student|worker) of "
            rf"(?P<span>{_NUMBER})\b(?!\s*(?:%|hours))"
        ),
        (
            rf"\b(?:aged?|age:|age is|the age of|age of)\s+(?:of\s+|about\s+|only\s+|"
            rf"just\s+)?(?P<span>{_NUMBER})\b(?!\s*(?:%|-|to\b))"
        ),
        (
            rf"\b(?:i'?m|i am|im|he'?s|she'?s|they'?re|who'?s|who is|he is|she is|we'?re|"
            rf"were both|i was|she was|he was|when i was|am)\s+(?:only\s+|just\s+|now\s+|"
            rf"nearly\s+|almost\s+|about\s+|over\s+|already\s+|also\s+|still\s+|a\s+|"
            rf"barely\s+|"
            rf"turning\s+)?(?P<span>{_NUMBER})\b(?!\s*{_UNIT})(?!\s*[-:/.]\d)(?!\s*(?:and|or|"
            rf"to)\s+\d)"
        ),
        (
            rf"\b(?:turn|turns|turned|turning|hits?|hit|reached|approaching|pushing|just "
            rf"gone)\s+(?P<span>{_NUMBER})\b(?!\s*{_UNIT})(?!\s*[-:/.]\d)"
        ),
        # my son turned 9, the twins are 4
        (
            rf"\b(?:son|daughter|kid|boy|girl|child|baby|toddler|grandson|granddaughter|grandchild|niece|"
            rf"nephew|kids|twins|eldest|youngest|oldest)(?:'s|\s(?:is|are|was|were|has|have|turned|"
            rf"turns))\s(?:(?:only|just|now|nearly|almost|turned|turning)\s){{0,2}}"
            rf"(?P<span>[1-9]|1[0-2])\b(?!\s*{_UNIT})(?!\s*[-:/.]\d)"
        ),
        rf"\b(?:my|his|her|their)\s+(?P<span>{_NUMBER})(?:th|st|nd|rd)\b(?=\s+(?:birthday|year))",
        (
            rf"(?:(?<=[a-z])\s?\((?:[A-Za-z]+,\s)?(?P<span>{_NUMBER})(?=\)|,\s)|"
            rf"(?<=[a-z]),\s(?P<alt>{_NUMBER}),)"
        ),
        (
            rf"\bat\s+(?:only\s+|just\s+)?(?P<span>{_NUMBER})(?=\s*(?:[,.!?;]|$|and i\b|i\b|"
            rf"you\b|we\b|with\b|now\b|he\b|she\b|still\b|years of age))(?!\s*[.:]\d)"
        ),
        rf"\b(?:i|he|she) (?:have|has) (?P<span>{_NUMBER}) years?\b(?=\s*[,.!?;]|$)",
        (
            rf"\[PERSON \d+\](?:,| is| was| turned) (?:only |just )?(?P<span>{_NUMBER})"
            r"(?=\s*[,.;!?)]|$)"
        ),
        # "big woman 52, been here for ever"  |  "ms claudette 58 has to ask"
        rf"\b(?:woman|man|lady|girl|lad|fella|bloke)\s(?P<span>{_NUMBER})(?=[,.]|$)",
        rf"\b(?:mr|mrs|ms|miss)\.?\s[a-z]+,?\s(?P<span>{_NUMBER})\b(?!\s*{_UNIT})(?![:.]\d)",
        rf"\b(?P<span>{_NUMBER})\s?[MFmf]\b(?=\s*[,.)]|\s+here)",
    )
)


def emails(text: str) -> Iterator[Span]:
    """Yield written e-mail addresses, also those with (at) and [dot]."""
    for match in _EMAIL.finditer(text):
        yield Span(match.start(), match.end(), Kind.EMAIL)


def urls(text: str) -> Iterator[Span]:
    """Yield web addresses with or without a scheme."""
    if "." not in text and "//" not in text:
        return
    for match in _URL.finditer(text):
        found = match.group().rstrip(".,;:!?)'\"")
        bare = "//" not in found and not found.lower().startswith("www") and "/" not in found
        if not (bare and _SLIP.search(found)) and not PUBLIC_SITE.fullmatch(
            text, match.start(), match.start() + len(found)
        ):
            yield Span(match.start(), match.start() + len(found), Kind.URL)


def dates(text: str) -> Iterator[Span]:
    """Yield days of the calendar that are written with digits."""
    yield from _matches(_DATES, text, Kind.DATE)


def ages(text: str) -> Iterator[Span]:
    """Yield ages that are written with digits."""
    yield from _matches(_AGES, text, Kind.AGE)


_DIGIT = re.compile(r"\d")


def _matches(patterns: tuple[re.Pattern[str], ...], text: str, kind: Kind) -> Iterator[Span]:
    if not _DIGIT.search(text):
        return
    for pattern in patterns:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            name = next((n for n in ("span", "alt") if groups.get(n) is not None), None)
            start, end = match.span(name) if name else match.span()
            yield Span(start, end, kind)
