"""Polish addresses: ul. Młyńska 22/4, 44-100 Gliwice; os. Zgody 3; al. Niepodległości 12."""

import re
from collections.abc import Iterator

from redact.languages.pl.lists import LEXICON, VOCABULARY
from redact.spans import Kind, Span

_UNIT = VOCABULARY.one_of("class: unit")
_SAID = VOCABULARY.one_of("said numbers")
_STREET = (
    r"(?:ul\.?|ulic[aeyi]|al\.?|alej[aei]?|alejach|pl\.|plac[ue]?|os\.|osiedl[eu]|"
    r"rondo|rondzie|skwer)"
)
_NAME = r"(?:\s?(?:\d\s)?[^\W\d_][\w.-]{1,24}){1,3}"
_FLAT = r"(?:\s?/\s?\d{1,4}|\s?m\.?\s?\d{1,4}|,?\s?(?:lok\.|mieszkani[ea])\s(?:nr\s)?\w{1,12})?"
_NUMBER = rf"(?:(?:nr|numer)\s)?(?:\d{{1,4}}\s?[a-h]?\b{_FLAT}|(?:{_SAID}\b\s?){{1,3}}{_FLAT})"
_TOWN = r"[A-Z][\w-]{1,40}(?:\s[A-Z][\w-]{1,40})?"
_CODE = rf"(?:,?\s*(?:w\s)?\d{{2}}-\d{{3}}(?:\s(?-i:{_TOWN}))?)?"
_ADDRESS = re.compile(
    rf"\b{_STREET}(?=\s|\.|[A-Z]){_NAME}\s{_NUMBER}(?![\w%]|[.:]\d|\s*(?:%|{_UNIT}\b)){_CODE}",
    re.IGNORECASE,
)
# Without the word for a street: Młyńska 22, 44-100 Gliwice; Kościuszki 5/7
_BARE = re.compile(
    rf"\b[A-Z][\w.-]{{1,40}}(?:\s[A-Z][\w.-]{{1,40}}){{0,2}}\s\d{{1,4}}[a-h]?(?:\s?/\s?\d{{1,4}}|\sm\.\s?\d{{1,4}})?,?\s\d{{2}}-\d{{3}}\s{_TOWN}"
    rf"|\b[A-Z]\w+(?:skiego|ckiego|ego|iej|nej|ska|cka|na|ej)\s\d{{1,3}}[a-h]?(?:/\d{{1,4}}|\sm\.\s?\d{{1,4}})(?!\w)"
)
_POSTCODE = re.compile(rf"(?<![\w-])\d{{2}}-\d{{3}}(?!\d|-)(?:\s(?P<town>{_TOWN}))?")


def addresses(text: str) -> Iterator[Span]:
    """Yield streets with a number, and postcodes, with their town where one follows."""
    for pattern in (_ADDRESS, _BARE):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.start() + len(match.group().rstrip()), Kind.ADDRESS)
    for match in _POSTCODE.finditer(text):
        town = match["town"]
        known = bool(town) and LEXICON.look_up(town.split()[0].lower()).place > 0
        end = match.end() if known or not town else match.start("town") - 1
        yield Span(match.start(), end, Kind.ADDRESS)
