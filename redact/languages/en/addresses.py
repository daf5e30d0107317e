"""Street addresses, postcodes and boxes of many countries, as they are written.

An address is found by a street with a number, a street word with a capital, a postcode or a flat.
What stands before a postcode between commas goes with it (Rose Cottage, Lower Dunmoor, LD3 9ZZ).
"""

import re
from collections.abc import Iterator

from redact.languages.en.lexicon import look_up
from redact.spans import Kind, Span

_STREET = (
    r"(?:road|rd|street|str?|lane|ln|avenue|ave|close|cl|drive|dr|way|crescent|cres|"
    r"terrace|place|pl|"
    r"parade|mews|yard|row|court|ct|gardens|gdns|square|sq|hill|grove|park|walk|"
    r"rise|view|green|quay|"
    r"wharf|boulevard|blvd|parkway|pkwy|highway|hwy|circle|cir|trail|loop|alley|"
    r"pass|path|vale|gate|"
    r"bank|bridge|brow|fold|croft|meadows?|heights|embankment|esplanade|promenade|"
    r"circus|arcade|estate|"
    r"link|mount|nook|ridge|strand|wynd|broadway|cross|chowk|marg|nagar|villas|cottages|buildings|"
    r"brae|garth|loke|ginnel|vennel|barns|mansions|maisonettes|almshouses|hollow|orchard|warren|"
    r"dene|dell|glade|copse|cove|point|causeway|plaza|colony|enclave|layout|side)"
)
_SURE_STREET = (
    r"(?:road|rd|street|lane|avenue|ave|crescent|cres|terrace|drive|mews|grove|gardens|gdns|parade)"
)
_UK = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"
_POSTCODE = (
    rf"(?:{_UK}|[A-Z]\d[\dW]\s?(?=[A-Z\d]{{0,3}}\d)[A-Z][A-Z\d]{{3}}|[A-Z]\d[A-Z][ "
    rf"-]?\d[A-Z]\d|\d{{4}}\s[A-Z]{{2}}|[A-Z]{{2}}\s\d{{5}})"
)
_TOWN = r"(?-i:[A-Z])[a-z]+(?:-[a-z]+){0,3}"
_CAPITAL = r"(?!I(?:'\w{1,3})?\s)[A-Z][\w'./-]{0,20}"
_WHOLE_WORD = r"(?:[A-Z][\w'/-]{1,20}|St\.|[A-Z]\.)"  # with a dot only where it is short for one
_PART = (
    rf"(?:#?\d{{1,5}}[A-Za-z]{{0,2}}\s)?{_CAPITAL}(?:\s(?:{_CAPITAL}|\d{{1,4}}[A-Za-z]?)){{0,3}}"
)
_NOT_A_STREET = (
    r"(?!(?:minutes?|mins?|beds?|hours?|days?|weeks?|of|people|years?|more|in|on|at|"
    r"to|times?|percent|and|of us|metres|miles)\b)"
)
_ANY_CASE = (
    # 81 Station Parade, Harrogate  |  Flat 3, 27 Corbel Street  |  12b Mill Ln, Leeds LS1 4AB
    (
        rf"\b(?:(?:flat|unit|apartment|apt|suite|room|"
        rf"plot)\s\d{{1,4}}[a-z]?\s?,\s?)?(?:(?:lot|plot|erf|h\.?\s?no\.?|house no\.?|"
        rf"door no\.?)\s)?\d{{1,5}}[a-z]?(?:[-/]\d{{1,4}})?\s"
        rf"{_NOT_A_STREET}(?:[a-z][a-z'.-]{{1,20}}\s){{1,3}}(?:{_SURE_STREET}|"
        rf"(?-i:(?=[A-Z])){_STREET})\b\.?(?!\s(?:shift|time|short|up|down|out)\b)"
        rf"(?:,\s{_TOWN}(?:\s{_TOWN})?(?!\w)){{0,3}}(?:,?\s[a-z]{{1,2}}\d[a-z\d]?\s?\d[a-z]{{2}}\b)?"
    ),
    (
        r"\b(?:flat|apartment|"
        r"apt)\s\d{1,4}[a-z]?\b(?:\s?,\s(?-i:[A-Z])[a-z]+(?:\s(?-i:[A-Z])[a-z]+){0,2})?"
    ),
    # i live at 22b mill row: in small letters only after a word that says so
    (
        rf"\b(?:at|to|address|address is|live on|lives on)\s(?P<span>\d{{1,4}}[a-z]?\s"
        rf"{_NOT_A_STREET}(?:[a-z']{{2,20}}\s){{1,2}}(?:{_STREET}))\b"
    ),
    r"\b[a-z]{1,2}\d[a-z\d]?\s\d[abd-hjlnp-uw-z]{2}\b",
    (
        r"\b(?:p\.?\s?o\.?|post office|gpo|locked)\s?(?:box|bag)\s(?:number\s|"
        r"no\.?\s)?\d[\d ]{0,8}\b(?:,\s(?-i:[A-Z])[a-z]+)?"
    ),
    r"\bzip(?:\s?code)?\W{1,3}(?P<span>\d{5}(?:-\d{4})?)\b",
)
_AS_WRITTEN = (
    rf"\b{_POSTCODE}\b(?!\s?\d)",
    # Rose Cottage, Lower Dunmoor, LD3 9ZZ  |  2210 Sycamore Bluff Dr Apt 3C, Toledo, OH 43604
    (
        rf"(?<![\w'])(?!(?:Can|Could|Is|Was|Why|When|Please|The|At|To|From|My|Our|Their|His|Her|In|On|"
        rf"Near|By|And|But|If|We|They|He|She|There|That|This|Send|Post)\s)(?:{_PART},\s){{1,5}}(?:{_CAPITAL}\s)?"
        rf"{_POSTCODE}(?:-\d{{4}})?\b"
    ),
    # Apt 19, Harbour Mill, Cobh  |  #48, 3rd Cross, Indiranagar  |  No. 7, Withy Field
    (
        rf"(?:\b(?:Apt|Apartment|Flat|Unit|Block|Plot|Bungalow|House|Villa|No)\.?\s|"
        rf"\bRD\s|#)\d{{1,4}}[A-Za-z]?(?:,\s(?:\d{{1,4}}\w{{0,2}}\s)?{_PART}){{1,4}}"
    ),
    # 88 Rua do Moinho, Porto  |  12 rue des Lilas
    (
        r"\b\d{1,4}[a-z]?,?\s(?i:rue|rua|via|calle|avenida|av\.|piazza|plaza|place|boulevard|"
        r"jalan|avenue)\s(?:(?i:de|do|da|di|du|des|dos|das|del|della|la|le|las|los|les)\s){0,2}"
        rf"{_CAPITAL}(?:\s{_CAPITAL})?(?:,\s{_CAPITAL})?"
    ),
    # H.No. 7-1-209, Lakshmi Colony, Tilak Marg
    (
        rf"\b(?:[HD]\.?\s?No|(?i:house|door|flat|plot|shop) [Nn]o)\.?\s"
        rf"\d[\dA-Z/-]{{0,9}}(?:,\s{_PART}){{1,4}}"
    ),
    # 40 Seaview, 225 Kingsway
    r"\b\d{1,4}[a-z]?\s(?!Norway|Galway)[A-Z][a-z]{2,12}(?:way|gate|view|croft|mead)\b",
    # ul. Kwiatowa 14/3, 30-001 Krakow  |  Hauptstr. 88, 04103 Leipzig
    (
        rf"\b(?:(?:[Uu]l|[Aa]l|[Oo]s|[Rr]ue|[Vv]ia|[Cc]alle|[Rr]ua|[Aa]venida|[Ss]tr|"
        rf"[Pp]iazza)\.?\s(?:(?:d[eiu]l?a?|d[ao]s?|des|l[aeo]s?)\s){{0,2}}{_CAPITAL}(?:\s{_CAPITAL})?,?\s|"
        r"[A-Z]\w{1,24}(?:str\.|strasse|straße|straat|weg|gasse|laan|kade|plein|singel|gracht|"
        r"dijk|dreef|vej|veien|vegen|gade|gata|gatan|vägen|vagen|katu|platz|allee|damm|ufer|ring|"
        rf"utca)\s)\d{{1,4}}[a-z]?(?:/\d{{1,4}})?"
        rf"(?:,?\s\d{{2,3}}[- ]?\d{{2,3}}(?:\s[A-Z]{{2}})?(?:,?\s{_CAPITAL})?)?"
    ),
    r"\b\d{2}-\d{3}\s[A-Z][a-z]{2,}",
    r"\b(?i:county road|rural route|state route|r\.?r\.?)\s\d{1,4}\b",
)
_WITHOUT_FIGURES = (
    # 3rd Cross, Gandhi Bazaar Road
    (
        rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)|(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
        rf"tenth))\s(?i:cross|main),?\s{_PART}"
    ),
    # Sandpit Lane, Saint Botolph's Terrace, E. Tremaine Blvd
    (
        rf"(?<![\w'])(?!(?:The|A|An|Our|My|Your|This|That|High|Main|Back|Front|Every|Two|"
        rf"Second|First|Fast|Bus|Cycle|Slow|Left|Right|Middle|Outside|Third|Behind|Off|"
        rf"Near|In|On|At|By|From|To|Mr|Mrs|Ms|Miss|Dr|Ask|Asked|Tell|Told|Thank|Thanks|Saw|Gave)\b\.?\s)"
        rf"(?:{_WHOLE_WORD}\s){{1,2}}(?:Street|Road|Lane|Avenue|Crescent|Terrace|Close|Row|"
        rf"Rise|Mews|Grove|Parade|Gardens|Hill|Blvd|Boulevard|Rd|Ave|Loke|Ginnel|Wynd|Brae|Garth|"
        rf"Fold|Brow|Esplanade|Promenade|Marg|Nagar)\b(?!\s(?:depot|office|branch|site|store|"
        rf"shop|gate|terminus|works|team))"
    ),
    # the corner of Ninth and Alder, corner of 5th and Main
    (
        rf"\b(?i:corner|junction)\s(?:of\s)?(?:\d{{1,3}}(?:st|nd|rd|th)|{_WHOLE_WORD})(?:\s{_WHOLE_WORD}){{0,2}}"
        rf"\s(?:and|&)\s(?:\d{{1,3}}(?:st|nd|rd|th)|{_WHOLE_WORD})(?:\s(?-i:[A-Z])[\w'-]{{1,20}}){{0,2}}"
    ),
)
_PATTERNS = tuple(re.compile(pattern) for pattern in _WITHOUT_FIGURES)
_WITH_FIGURES = (
    *(re.compile(pattern, re.IGNORECASE) for pattern in _ANY_CASE),
    *(re.compile(pattern) for pattern in _AS_WRITTEN),
)
_FIGURE = re.compile(r"\d")


# Rosehill, Back Lane  |  The Old Forge, Church Lane: what stands before the comma is a house
_HOUSES = (
    r"(?:house|cottages?|farm|farmhouse|lodge|hall|view|villas?|barns?|mill|grange|manor|croft|rectory|"
    r"vicarage|bungalow|forge|stables|brook|wood|fields?|acres?|towers|nook|chapel|bakery|granary)"
)
_HOUSE = re.compile(
    rf"(?<![\w'])(?P<house>[A-Z][\w'-]{{2,20}}(?:\s[A-Z][\w'-]{{2,20}}){{0,2}}),\s"
    rf"(?:{_WHOLE_WORD}\s){{1,2}}(?:Street|Road|Lane|Avenue|Crescent|Terrace|Row|Mews|Grove|Gardens|Rd|"
    r"Ln|Ave)\b"
)
_RARE = 7  # `Entry.word` of a word that may be what a house is called


def _houses(text: str) -> Iterator[Span]:
    """Yield a house and its street, where no number says so."""
    for match in _HOUSE.finditer(text):
        *_, last = words = match["house"].lower().split()
        is_house = re.fullmatch(_HOUSES, last) and len(words) > 1
        if is_house or all(look_up(word).word <= _RARE for word in words):
            yield Span(match.start(), match.end(), Kind.ADDRESS)


def addresses(text: str) -> Iterator[Span]:
    """Yield street addresses, postcodes and boxes."""
    for pattern in (*_PATTERNS, *(_WITH_FIGURES if _FIGURE.search(text) else ())):
        for match in pattern.finditer(text):
            start, end = match.span("span" if "span" in pattern.groupindex else 0)
            yield Span(start, end, Kind.ADDRESS)
    if "," in text:
        yield from _houses(text)
