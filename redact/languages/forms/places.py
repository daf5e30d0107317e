"""Rooms with a number, and firms, teams and projects that a word beside the name gives away."""

import re
from collections.abc import Iterator

from redact.languages.kit.lexicon import Lexicon
from redact.languages.kit.vocabulary import Vocabulary
from redact.spans import Kind, Recognizer, Span

_CAPITAL = r"[A-Z][\w'&-]{0,40}"


def rooms(vocabulary: Vocabulary) -> Recognizer:
    """Return what finds Zimmer 214, Station 4B, salle B12, hala nr 3."""
    said = vocabulary.one_of("said numbers")
    numbered = re.compile(
        rf"\b{vocabulary.one_of('rooms')}\s+(?:{vocabulary.one_of('number words')}\W{{0,2}}\s*)?"
        rf"(?:\d{{1,2}}\.\d{{1,3}}|\d{{1,4}}(?:[a-z]\b)?|[A-Z]-?\d{{1,4}}[a-z]?|[A-Z]\b(?!['.])|(?i:{said})\b)"
        rf"(?![\w%]|[.,:]\d|\s*(?:%|{vocabulary.one_of('class: unit')}\b))",
        re.IGNORECASE,
    )

    def find(text: str) -> Iterator[Span]:
        for match in numbered.finditer(text):
            last = match.group().split()[-1]
            if not last.isalpha() or len(last) > 1 or last.isupper():
                yield Span(match.start(), match.end(), Kind.LOCATION)

    return find


def organisations(vocabulary: Vocabulary, lexicon: Lexicon) -> Recognizer:
    """Return what finds Spedition Huber, Nowak Sp. z o.o., Transportes García S.L."""
    ended = re.compile(
        rf"\b(?:{_CAPITAL}\s(?:(?:&|und|y|et|i|de|del|du)\s)?){{1,3}}"
        rf"(?P<end>(?i:{vocabulary.one_of('org ends')}))(?!\w)"
    )
    headed = re.compile(
        rf"\b(?i:{vocabulary.one_of('org heads')})\s(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})"
    )
    team = re.compile(
        rf"\b(?i:{vocabulary.one_of('team heads')})\s[\"']?(?P<name>{_CAPITAL}(?:\s{_CAPITAL})?)"
    )
    project = re.compile(
        rf"\b(?i:{vocabulary.one_of('project heads')})\s[\"']?{_CAPITAL}(?:\s{_CAPITAL})?"
    )
    opening = re.compile(
        rf"(?:{vocabulary.one_of('class: determiner', 'class: preposition')})\s", re.IGNORECASE
    )

    def find(text: str) -> Iterator[Span]:
        for match in ended.finditer(text):
            start = match.start()
            while article := opening.match(text, start, match.start("end")):
                start = article.end()
            if match["end"][0].isupper() and text[start : match.start("end")].strip():
                yield Span(start, match.end(), Kind.ORG)
        for match in project.finditer(text):
            yield Span(match.start(), match.end(), Kind.ORG)
        for pattern in (headed, team):
            for match in pattern.finditer(text):
                first = re.split(r"[\s-]", match["name"])[0].lower()
                entry = lexicon.look_up(first)
                if not entry.word or (pattern is headed and max(entry.surname, entry.place) > 3):
                    yield Span(match.start(), match.end(), Kind.ORG)

    return find
