"""What speaks against a claim in any language: a file, a decimal, a quantity."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter

from redact.languages.en.vetoes.things import is_long_ago
from redact.languages.en.written import PUBLIC_SITE
from redact.languages.kit.vocabulary import Vocabulary
from redact.spans import Kind, Span

_FILE = re.compile(
    r"(?<![\w@/:.-])[\w-]{1,60}(?:\.[\w-]{1,40}){0,2}\.(?:xlsx?|xlsm|csv|docx?|od[tsp]|pdf|txt|pptx?|jpe?g|"
    r"png|gif|mp[34]|wav|zip|exe|html?|py|js|json|xml|log|ics|eml)(?![\w@/-]|\.\w)",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?<![\w.,])-?\d{1,7}[.,]\d{1,3}(?:[.,]\d{3})*(?!\w|[.,]\d)")
_TIME = re.compile(r"(?<![\d.,])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?!\d|[.,]\d)")
_YEAR = r"(?:1[5-9]|20)\d\d"
_YEARS = re.compile(
    rf"(?<![\w.,/-]){_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)(?![\w/-]|[.,]\d)"
)  # 1888-1894
_WITH_DOTS = (_FILE, PUBLIC_SITE)
_WITH_FIGURES = (_DECIMAL, _TIME, _YEARS)
_DOT = re.compile(r"\.\w")
_FIGURE = re.compile(r"\d")
_SOMEBODY = re.compile(r"\[PERSON[^\]]{0,5}\], $")
_BEFORE = 30  # characters before an age in which a word may say that it is none
_SURE = frozenset([Kind.DATE, Kind.ADDRESS])
_COUNTED = frozenset([Kind.PHONE, Kind.ID, Kind.AGE, Kind.LOCATION])


class Vetoes:
    """What speaks against claims, by one language's units."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        units = rf"(?:{vocabulary.one_of('class: unit')}\b|[%€$])"
        self._unit = re.compile(rf"\s?{units}", re.IGNORECASE)
        self._no_day = frozenset(
            (*vocabulary.words("class: month"), *vocabulary.words("class: weekday"))
        )
        about = vocabulary.one_of("about")
        duration = rf"\b{vocabulary.one_of('no age after')}\s(?:{about}\s){{0,2}}$"
        self._duration = re.compile(duration, re.IGNORECASE)
        self._at = re.compile(rf"@|\b{vocabulary.one_of('at words')}\b", re.IGNORECASE)
        self._quantity = re.compile(rf"\d*\s?{units}", re.IGNORECASE)

    def outside(self, text: str, spans: Iterable[Span]) -> Iterator[Span]:
        """Yield the spans of a folded text that nothing speaks against."""
        patterns = (
            *(_WITH_DOTS if _DOT.search(text) else ()),
            *(_WITH_FIGURES if _FIGURE.search(text) else ()),
        )
        harmless = sorted(m.span() for each in patterns for m in each.finditer(text))
        for span in spans:
            if span.kind not in _SURE and _covers(harmless, span):
                continue
            if span.kind in _COUNTED and self._counts(text, span):
                continue
            if span.kind is Kind.AGE and self._duration.search(
                text, max(0, span.start - _BEFORE), span.start
            ):
                continue
            if is_long_ago(text, span):
                continue
            claimed = text[span.start : span.end].lower()
            if span.kind is Kind.EMAIL and self._is_seen_at_a_site(claimed):
                continue
            if span.kind is Kind.DATE and (claimed.isdecimal() or claimed in self._no_day):
                continue  # a month or a number alone is no day
            yield span

    def _is_seen_at_a_site(self, claimed: str) -> bool:
        """Say whether a site of everybody has no name before it: "el trabajo en indeed.com"."""
        site = PUBLIC_SITE.search(claimed)
        return site is not None and site.end() == len(claimed) and not self._at.search(claimed)

    def _counts(self, text: str, span: Span) -> bool:
        claimed = text[span.start : span.end]
        if span.kind is Kind.AGE and text[span.start - 2 : span.start] == ", ":
            return not (  # [PERSON 1], 61 Jahre, weiß es
                _SOMEBODY.search(text, max(0, span.start - _BEFORE), span.start)
                and text[span.end : span.end + 1] == ","
            )
        return (claimed.isdecimal() and bool(self._unit.match(text, span.end))) or bool(
            self._quantity.fullmatch(claimed)
        )


def _covers(harmless: list[tuple[int, int]], span: Span) -> bool:
    at = bisect_right(harmless, span.start, key=itemgetter(0)) - 1
    return any(
        start <= span.start and span.end <= end for start, end in harmless[max(0, at - 2) : at + 1]
    )
