"""Addresses of Spain and Spanish America: calle Mayor 12, 28013 Madrid; Carrera 7 # 45-10."""

import re
from collections.abc import Iterator

from redact.languages.es.lists import LEXICON, VOCABULARY
from redact.spans import Kind, Span

_UNIT = VOCABULARY.one_of("class: unit")
_SAID = VOCABULARY.one_of("said numbers")
_STREET = (
    r"(?:calle|c/|avenida|avda\.?|av\.|plaza|pza\.?|paseo|camino|carretera|ctra\.?|ronda|travesia|"
    r"pasaje|callejon|bulevar|jiron|jr\.|urbanizacion|glorieta|cuesta|alameda)"
)
_NAME = (
    r"(?:\s?(?:de\s|del\s|la\s|las\s|los\s|el\s|y\s|san\s|santa\s|doctor\s|dr\.\s){0,3}"
    r"[^\W\d_][\w.]{1,20}){1,3}"
)
_NUMBER = (
    r"(?:,?\s*(?:n\.?[ºo°]\.?\s*|no\.\s*|num\.?\s*|numero\s*|#\s*)?"
    rf"(?:\d{{1,5}}(?:\s?(?:bis|[a-d])\b)?|s/n|{_SAID}\b))"
)
_FLOOR = (
    r"(?:,?\s*(?:piso|planta|puerta|escalera|esc\.|portal|bloque|depto\.?|dpto\.?|int\.?|apto\.?|casa)\s?\w{1,4}"
    r"|,?\s*\d{1,2}\.?[ºoª°](?:\s?[a-f]\b)?){0,3}"
)
_TOWN = r"[A-Z][\w]+(?:\s(?:de|del|la|el)\s[A-Z]\w+|\s(?:de\s)?[A-Z]\w+)?"
_CODE = rf"(?:,?\s*(?:C\.?P\.?\s?)?\d{{4,5}}(?:,?\s(?-i:{_TOWN}))?)?"
_ADDRESS = re.compile(
    rf"\b{_STREET}(?=\W|[A-Z]){_NAME}{_NUMBER}(?![\w%]|[.:]\d|\s*(?:%|{_UNIT}\b)){_FLOOR}"
    rf"(?:,?\s*col(?:onia|\.)\s[^\W\d_]\w{{1,20}}(?:\s[A-Z]\w+)?)?{_CODE}",
    re.IGNORECASE,
)
# Colombia: Calle 45 # 12-30, Cra. 7 No. 12-34
_GRID = re.compile(
    r"\b(?:calle|cll\.?|cl\.?|carrera|cra\.?|kra\.?|diagonal|dg\.?|transversal|tv\.?|avenida|av\.?)\s?\d{1,3}\s?[a-z]?(?:\s?bis)?"
    r"\s*(?:#|no\.?|n[ºo°]\.?|numero)\s*\d{1,3}\s?[a-z]?\s?-\s?\d{1,3}(?:\s(?:sur|norte|este|oeste))?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(rf"(?<![\w.,-])(?:C\.?P\.?\s?)?(?P<code>\d{{5}}),?\s(?P<town>{_TOWN})")
_CUED_CODE = re.compile(
    r"\b(?:c\.?p\.?|codigo postal|apartado(?: de correos)?)\W{0,3}(?:es\s)?\d{3,6}\b", re.IGNORECASE
)


def addresses(text: str) -> Iterator[Span]:
    """Yield streets with a number, postcodes with a town, and boxes."""
    for pattern in (_ADDRESS, _GRID, _CUED_CODE):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), Kind.ADDRESS)
    for match in _POSTCODE.finditer(text):
        entry = LEXICON.look_up(match["town"].split()[0].lower())
        if entry.place >= 3 and not entry.word:
            yield Span(match.start(), match.end(), Kind.ADDRESS)
