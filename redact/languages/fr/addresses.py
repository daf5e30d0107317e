"""Addresses of France, Belgium, Switzerland and Canada: 9 rue Haute, 67000 Strasbourg."""

import re
from collections.abc import Iterator

from redact.languages.fr.lists import LEXICON, VOCABULARY
from redact.spans import Kind, Span

_SAID = rf"(?!une\b){VOCABULARY.one_of('said numbers')}"  # "une place" is no number one
_STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd\.?|bld|blvd|place|chemin|route|allees?|impasse|quai|cours|passage|"
    r"square|sentier|faubourg|fbg|lotissement|chaussee|esplanade|ruelle|montee|rond-point|venelle|cite|villa|rang|cote)"
)
_NAME = (
    r"(?:\s(?:(?:de|du|des|la|le|les|saint|sainte|general|docteur|marechal|president)\s|d'|l'|de\sl')*"
    r"[^\W\d_][\w'-]{1,30}){1,3}"
)
_TOWN = (
    r"[A-Z][\w'-]{1,40}(?:\s(?:(?:sur|en|les?|la|de|du)\s)?[A-Z][\w'-]{1,40}){0,2}"
    r"(?:\s(?:Cedex|CEDEX)(?:\s\d+)?)?"
)
_UNIT = VOCABULARY.one_of("class: unit")
_CODE = rf"(?:,?\s*(?:a\s)?(?:(?:F|B|CH|L)-)?\d{{4,5}}\s(?-i:{_TOWN}))?"
_NUMBER = rf"(?:\d{{1,4}}(?:\s?(?:bis|ter|quater)\b|\s?[a-d]\b)?|{_SAID}(?:\s(?:bis|ter))?)"
_FLAT = (
    r"(?:,?\s*(?:appt?\.?|appartement|bat\.?|batiment|esc\.?|escalier|boite|bte)\s?\w{1,4}){0,3}"
)
# The number stands before the street, in Belgium and Switzerland behind it.
_BEFORE = re.compile(rf"(?<![\w.,/-]){_NUMBER},?\s{_STREET}{_NAME}{_FLAT}{_CODE}", re.IGNORECASE)
_BEHIND = re.compile(
    rf"\b{_STREET}{_NAME},?\s(?:n[°o]\s?)?\d{{1,4}}[a-d]?"
    rf"(?![\w%]|[.:,]\d|\s*(?:%|{_UNIT}\b))"
    rf"(?:,?\s*(?:(?:F|B|CH|L)-)?\d{{4,5}}\s(?-i:{_TOWN}))?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(rf"(?<![\w.,-])\d{{4,5}}\s(?P<town>{_TOWN})")
_BOX = re.compile(r"\b(?:bp|b\.p\.|boite postale|case postale|cp)\s?\d{1,6}\b", re.IGNORECASE)
_CANADIAN = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d\b")


def addresses(text: str) -> Iterator[Span]:
    """Yield streets with a number, postcodes with a town, and boxes."""
    for pattern in (_BEFORE, _BEHIND, _BOX, _CANADIAN):
        for match in pattern.finditer(text):
            yield Span(match.start(), _end(match), Kind.ADDRESS)
    for match in _POSTCODE.finditer(text):
        first = match["town"].split()[0].lower()
        entry = LEXICON.look_up(first)
        if entry.place >= 3 and not entry.word:
            yield Span(match.start(), match.end(), Kind.ADDRESS)


_LOOSE = re.compile(
    rf"(?:\s(?:{VOCABULARY.one_of('class: verb', 'class: pronoun', 'address stops')}))(?:\s.*)?$",
    re.IGNORECASE | re.DOTALL,
)


def _end(match: re.Match[str]) -> int:
    """Return where an address ends, less a verb that its street's name seemed to go on with."""
    if "," in match.group() or re.search(r"\d{4,5}\s", match.group()):
        return match.end()
    loose = _LOOSE.search(match.group())
    return match.start() + loose.start() if loose and loose.start() > 6 else match.end()
