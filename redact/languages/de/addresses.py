"""Addresses of Germany, Austria and Switzerland: Hauptstraße 12a, 12345 Berlin."""

import re
from collections.abc import Iterator

from redact.languages.de.lists import LEXICON, VOCABULARY
from redact.spans import Kind, Span

_SAID = VOCABULARY.one_of("said numbers")
_UNIT = VOCABULARY.one_of("class: unit")
_NUMBER = (
    r"(?:(?:nr\.?|nummer|hausnummer)\s*)?"
    rf"(?:\d{{1,4}}(?:\s?[a-h]\b)?(?:\s?[-/]\s?\d{{1,4}}[a-h]?){{0,3}}|{_SAID}\b(?:\s[a-h]\b)?)"
)
_TOWN = r"[A-Z][\w-]+(?:\s(?:am|an der|bei|im|ob der)\s[A-Z][\w-]+|\s[A-Z][\w-]+(?=[,.;!?]|$))?"
_CODE = r"(?:(?:D|A|CH)-?\s?)?\d{4,5}"
_STREET = (
    rf"(?:[a-z][\w-]{{2,30}}(?:strasse|str\.?|weg|gasse|platz|allee|ring|damm|ufer|chaussee|steig|graben|"
    rf"markt|hof|berg|promenade|zeile|stiege|rain)|[a-z][\w-]{{2,20}}er\s(?:strasse|str\.?|weg|platz|allee|ring)"
    rf"|{VOCABULARY.one_of('street heads')}\s[a-z][\w-]{{2,20}})"
)
_ADDRESS = re.compile(
    rf"(?<![\w-]){_STREET}\s*{_NUMBER}(?![\w%]|[.:]\d|\s*(?:%|{_UNIT}\b))"
    rf"(?:,?\s*(?:in\s)?{_CODE}\s(?-i:{_TOWN}))?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(rf"(?<![\w.,-]){_CODE}\s(?P<town>{_TOWN})")
_BOX = re.compile(r"\bpostfach\s\d[\d ]{1,12}\d", re.IGNORECASE)
_OPEN = (
    "markt",
    "graben",
    "berg",
    "deich",
    "damm",
    "garten",
    "wiese",
    "eichen",
    "kirche",
    "muhle",
    "bach",
    "tal",
    "grund",
    "anger",
    "sportplatz",
)
_NUMBERED = re.compile(rf"{VOCABULARY.one_of('street heads')}\s", re.IGNORECASE)


def addresses(text: str) -> Iterator[Span]:
    """Yield streets with a number, postcodes with a town, and boxes."""
    for match in _ADDRESS.finditer(text):
        if _NUMBERED.match(match.group()) and not _is_street(match.group()):
            continue
        yield Span(match.start(), match.end(), Kind.ADDRESS)
    for match in _POSTCODE.finditer(text):
        first = re.split(r"[\s-]", match["town"])[0].lower()
        entry = LEXICON.look_up(first)
        if entry.place >= 3 and not entry.word:
            yield Span(match.start(), match.end(), Kind.ADDRESS)
    for match in _BOX.finditer(text):
        yield Span(match.start(), match.end(), Kind.ADDRESS)


def _is_street(found: str) -> bool:
    """Say whether "Am Markt 3" is one, and "im Lager 3" is none."""
    words = found.split()
    name = next((w for w in words[1:] if w[0].isalpha()), "").lower()
    entry = LEXICON.look_up(name)
    return name.endswith(_OPEN) or (found[0].isupper() and "," in found and not entry.word)
