"""Numbered and named rooms, wards and houses, and employers whose name says what they are."""

import re
from collections.abc import Iterator

from redact.spans import Kind, Span

_NUMBER = (
    r"(?:\d{1,2}\.\d{1,3}(?!\d)|\d{1,4}[A-Za-z]?|[A-Z]-?\d{1,3}[a-z]?|[A-Z]\b(?!')|"
    r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)(?:[ -](?i:one|"
    r"two|three|four|five|six|seven|eight|nine))?(?: [A-D]\b)?)"
)
_LETTERED = r"(?:[A-Z]\s(?i:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}))"
_ROOM = (
    r"(?i:ward|room|lab|laboratory|hangar|bay|block|building|bldg|unit|theatre|"
    r"suite|corridor|dock|depot|warehouse|shed|plant|site|studio|wing|plot|sector|"
    r"gate|"
    r"classroom|workshop|clinic|house|hut|pod|hall|cabin|portakabin|platform|cell|"
    r"store|pier|berth|stand|kitchen|office|meeting room|treatment room|building "
    r"site|zone|fab|mill|quarry|shaft|pit|terminal|hub|campus|annexe|compound|"
    r"gallery|x-?ray|gym|barn|polytunnel|glasshouse|greenhouse|marquee|dorm|dormitory|chapel|lounge|"
    r"lecture hall|resus|endoscopy)"
)
_NUMBERED = re.compile(
    rf"\b{_ROOM}\s(?:(?i:number|no\.?)\s)?(?:{_LETTERED}|{_NUMBER})(?![\w'%]|[.:,]\d|"
    rf"\s?(?:%|percent|people|hours?|minutes?|mins|days?|weeks?|months?|years?|of us|"
    rf"times|pm\b|am\b|o'clock|metres|staff|and a half))"
)
_NAMED = re.compile(
    r"\b(?:[A-Z][a-z'-]+\s){1,3}(?:House|Hall|Ward|Wing|Lodge|Building|Court|Suite|"
    r"Tower|Annexe?|Theatre|Depot|Clinic|Campus|Works|Mill|Quay|Wharf|Yard|Room|Lab|"
    r"Block|Hangar|Unit|Warehouse|Plant|Site|Office|Hub|Park|Estate|Barracks|Bay|"
    r"Terminal|Dock|Pier|Quarry)\b"
)
_NOT_A_NAME = re.compile(
    r"^(?:The|A|An|Our|My|Your|His|Her|Their|This|That|Every|No|Any|Each|Some|Staff|"
    r"Meeting|Head|Main|New|Old|Post|Break|Changing|Locker|Waiting|Rest|Control|"
    r"Server|Mail|Day|Night|First|Second|Third|East|West|North|South|Town|City|Full|"
    r"Open|Dining|Plant|Car|Home|Box|Back|Front|Training|Boiler|Engine|Green|White|"
    r"Sick|Business|Industrial|Retail|Science|Boots|Drying|Canteen|In|At|On|From|To|"
    r"For|And|But|Is|Was|When|Why|If|Can|Could|Please|Whoever|Ask|Tell)\b"
)
_ORG_END = (
    r"(?:Ltd|Limited|PLC|Plc|Inc|LLC|LLP|GmbH|Pty|Holdings|Group|Services|Solutions|"
    r"Logistics|Bakeries|Bakery|Foods|Council|Trust|Academy|College|University|"
    r"School|Primary|"
    r"Recruitment|Cleaning|Security|Transport|Haulage|Construction|Engineering|"
    r"Electrical|Plumbing|Scaffolding|Roofing|Catering|Care|Healthcare|Hospital|"
    r"Hospice|Surgery|Partners|Partnership|Associates|"
    r"Consulting|Consultants|Systems|Technologies|Tech|Industries|Steel|Motors|"
    r"Freight|Couriers|Staffing|Personnel|Agency|Brothers|Bros|Supermarkets|Stores|"
    r"Hotels|Infirmary|Nursery|Housing|Homes|"
    r"Association|Foundation|Packaging|Plastics|Timber|Seafoods|Farms|Dairies|"
    r"Brewery|Laundries|Laundry|Contractors|Contracting|Maintenance|Facilities|Labs|"
    r"Landscapes|Landscaping|Butchers|Builders|Joinery|Glazing|Interiors|Nurseries|Growers|Poultry|"
    r"Fisheries|Ceramics|Textiles|Fabrications|Castings|Refrigeration|Scaffolders|"
    r"Removals|Tyres|Breweries|"
    r"Pharma|Polytechnic|High|Infants|Juniors|Comprehensive|Sixth Form)"
)
_ORGS = (
    re.compile(
        rf"\b(?:[A-Z][\w'&-]{{1,40}}\s(?:(?:and|&|of|for)\s)?){{1,3}}{_ORG_END}\b(?:\s(?:Ltd|"
        rf"Limited|PLC|plc|Inc|Group|School|College|Trust))?"
    ),
    re.compile(r"\b[A-Z][a-z'-]+\s(?:and|&|\+)\s(?:Sons?|Daughters?|Co|Partners|Brothers)\b"),
    re.compile(
        r"\b(?:[A-Z][a-z'-]+(?<!'s)\s){1,2}(?:team|shift|programme|program|squad|crew|project|"
        r"taskforce|initiative|workstream|tribe|pod|committee)\b"
    ),
    re.compile(r"\b(?i:team|project|programme|operation|squad)\s[A-Z][a-z]+\b(?:\s[A-Z][a-z]+\b)?"),
)
_NOT_A_TEAM = re.compile(
    (
        r"^(?:The|A|An|Our|My|Your|His|Her|Their|This|That|Every|No|Any|Each|Some|Whole|Dear|Hi|"
        r"Hello|New|Old|Good|Great|Night|Day|Late|Early|Monday|Tuesday|Wednesday|Thursday|"
        r"Friday|Saturday|Sunday|Christmas|Management|Senior|Leadership|HR|IT|Sales|"
        r"Marketing|Finance|Cleaning|Kitchen|Double|Split|Back|First|Last|Next|Same|"
        r"Training|Pilot|Weekend|Second|Dream|Lovely|What|Which|Great|Social|Safety|"
        r"Maintenance|Security|Catering|In|On|At|And|But|Is|When|Why|If|Love|Thank|"
        r"Thanks|Health|Staff|Works|Bank|Home|Care|All|Brilliant|Nice|Best|Sunday|"
        r"Easter|Summer|Winter|Spring|Autumn|Team [A-Z]\w+ing|Project Management|Team "
        r"(?:Meeting|Leader|Lead|Manager|Brief|Building|Talk|Work|Player|Effort)s?|Team "
        r"(?:Is|Was|Are)|Mens?|Womens?|Ladies|Please|Can|Well|Why|Only|Just|Whichever|"
        r"Another|Nobody|Somebody)\b"
    ),
)


def rooms(text: str) -> Iterator[Span]:
    """Yield rooms, wards and buildings that have a number or a name of their own."""
    for match in _NUMBERED.finditer(text):
        # "not the ward phone, the studio one"
        if match.group().endswith(" one") and text[: match.start()].lower().endswith("the "):
            continue
        yield Span(match.start(), match.end(), Kind.LOCATION)
    for match in _NAMED.finditer(text):
        if not _NOT_A_NAME.match(match.group()):
            yield Span(match.start(), match.end(), Kind.LOCATION)


def organisations(text: str) -> Iterator[Span]:
    """Yield firms, schools, teams and projects whose last or first word says what they are."""
    for pattern in _ORGS:
        for match in pattern.finditer(text):
            if not _NOT_A_TEAM.match(match.group()):
                yield Span(match.start(), match.end(), Kind.ORG)
