"""Numbers after a word that says what they are: Personalnummer 4471, Durchwahl 12, spind 7."""

import re
from collections.abc import Iterator

from redact.languages.kit.vocabulary import Vocabulary
from redact.spans import Kind, Recognizer, Span

# Figures and capitals in up to four groups, at least one figure in it.
_CODE = (
    r"(?P<span>(?=[^\W_]{0,12}[ ./-]?[^\W_]{0,8}\d)[^\W_]{1,20}"
    r"(?:[-/. ]?(?:\d[^\W_]{0,11}|(?-i:[A-Z]{1,3})(?![a-z])))"
    r"{0,7})(?![^\W_]|[.,:]\d)"
)


def cued_numbers(vocabulary: Vocabulary) -> Recognizer:
    """Return what finds identifiers and telephone numbers after a word that names them."""
    links = vocabulary.one_of("cue links")
    between = rf"(?:\s*[:=#.]|\s+{links}\b){{0,3}}\s*[\"'(]?"
    identifier = re.compile(
        rf"\b(?:{vocabulary.one_of('id cues')})\b{between}{_CODE}", re.IGNORECASE
    )
    telephone = re.compile(
        rf"\b(?:{vocabulary.one_of('phone cues')})\b{between}"
        r"(?P<span>\+?\(?\d[\d ()/.-]{0,24}\d)(?![\w%]|[.,:]\d)",
        re.IGNORECASE,
    )
    short = re.compile(
        rf"\b(?:{vocabulary.one_of('extension cues')})\b{between}(?P<span>\d{{2,5}}(?:-\d{{1,3}})?)"
        rf"(?![\w%]|[.,:]\d)",
        re.IGNORECASE,
    )
    unit = re.compile(rf"\s*(?:{vocabulary.one_of('class: unit')}\b|%|€)", re.IGNORECASE)

    def find(text: str) -> Iterator[Span]:
        for pattern, kind in (
            (telephone, Kind.PHONE),
            (short, Kind.PHONE),
            (identifier, Kind.ID),
        ):
            for match in pattern.finditer(text):
                if not unit.match(text, match.end()):
                    yield Span(*match.span("span"), kind)

    return find
