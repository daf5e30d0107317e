"""Names that point at nobody here: brands, plants, songs, abbreviations, desks, greetings.

Not to know them is not enough: what no list knows looks like a name. So they are a class of their
own for the tagger, and where it still takes them for somebody, this speaks against it.
"""

from collections.abc import Sequence

from redact.languages.en.features import known
from redact.languages.en.lexicon import look_up
from redact.languages.en.untidy.style import capitals
from redact.languages.en.vetoes.within import within
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_LOOSE = frozenset([Kind.PERSON, Kind.LOCATION, Kind.ORG, Kind.USERNAME])
_BRANDS = frozenset((*words("harmless: brands"), *words("class: product")))
_SITES = frozenset(words("harmless: sites"))
_ENDS_OF_SITES = frozenset(["www", "com", "co", "uk", "net", "eu", "ie", "de", "fr", "es", "pl"])
_THINGS = frozenset(words("harmless: things"))
_ABBREVIATIONS = frozenset(words("harmless: abbreviations"))
_DEPARTMENTS = frozenset(words("harmless: departments"))
_PLACES_OF_WORK = frozenset(words("vetoes: places of work"))
_PAPERS = frozenset(words("vetoes: papers"))
_EVERYDAY = 8  # `Entry.word` of words that everybody uses
_IN_EVERY_NOTE = 13  # and of those that hardly anybody is called by, though some are: a job
_NAMES_TOO = frozenset(words("names: words too"))
_NAMED = 3  # `Entry.given` of words that people are called as well
_ROOMS = frozenset(words("vetoes: rooms"))
_GREETINGS = frozenset((*words("names: greetings"), *words("names: addressed")))
_BEFORE = frozenset(words("vetoes: supplies before"))
_AFTER = frozenset(words("vetoes: supplies after"))
_JOINTS = frozenset(["and", "or", ",", "&", "/", "of"])
_ARTICLES = frozenset(["the", "a", "an", "our", "your", "this", "that", "whole"])


def is_known_but_harmless(tokens: Sequence[Token], starts: dict[int, int], span: Span) -> bool:
    """Say whether a claim holds nothing but words that are known to point at nobody."""
    held = within(tokens, starts, span)
    said = [tokens[at] for at in held]
    if span.kind in {Kind.URL, Kind.USERNAME, Kind.ORG} and _is_public_site(said):
        return True
    if span.kind is Kind.EMAIL and _is_seen_at_a_public_site(said):
        return True
    if span.kind not in _LOOSE:
        return False
    inside = [t for t in said if t.text[0].isalnum() and t.lower not in _ARTICLES]
    if not inside or all(t.text[0].isdecimal() for t in inside):
        return False
    return (
        all(t.lower in _GREETINGS for t in inside)
        or all(t.lower in _ROOMS for t in inside)
        or all(_is_abbreviation(t) or is_brand(t) for t in inside)
        or (_is_place_of_work(inside, span.kind) and not _is_named(tokens, inside))
        or _is_paper(inside, span.kind)
        or _is_supply(tokens, held.start, held.stop, inside)
    )


def _is_public_site(said: Sequence[Token]) -> bool:
    """Say whether an address is the front page of a firm that everybody knows: "tesco.com"."""
    parts = [t.lower for t in said if t.text not in {".", "dot"}]
    return (
        all(part in _BRANDS | _SITES | _ENDS_OF_SITES for part in parts)
        and len(parts) > 1
        and not (_BRANDS | _SITES).isdisjoint(parts)
    )


def _is_seen_at_a_public_site(said: Sequence[Token]) -> bool:
    """Say whether a word before "at" is a thing that a site of everybody has: "job at indeed.com".

    A firm's own people have addresses there as well, so it takes a plain word.
    """
    if len(said) < 3 or said[1].lower != "at":
        return False
    what, _at, *site = said
    entry = look_up(what.lower)
    return (
        entry.word >= _EVERYDAY
        and (entry.given < _NAMED or entry.word >= _IN_EVERY_NOTE)
        and what.lower not in _NAMES_TOO
        and _is_public_site(site)
    )


def _is_abbreviation(token: Token) -> bool:
    return token.text.isupper() and token.lower in _ABBREVIATIONS


def is_brand(token: Token) -> bool:
    """Say whether a word is a brand, and no name that people have."""
    entry = look_up(token.lower)
    return token.lower in _BRANDS and entry.given < 3 and entry.surname < 4


def _is_place_of_work(inside: Sequence[Token], kind: Kind) -> bool:
    """Say whether a claim is a desk, team or room that every place has: "the returns desk"."""
    *before, end = (t.lower for t in inside)
    return (
        kind in {Kind.ORG, Kind.LOCATION}
        and end in _PLACES_OF_WORK | _DEPARTMENTS
        and all(word in _DEPARTMENTS | _PLACES_OF_WORK for word in before)
    )


def _is_named(tokens: Sequence[Token], inside: Sequence[Token]) -> bool:
    """Say whether a team of plain words has capitals amid a tidy sentence: "our Quality Team"."""
    raised = [t for t in inside if t.text[0].isupper() and not t.opens and not t.text.isupper()]
    if not raised:
        return False
    styles = capitals(tokens, known(tokens))
    return all(styles[i] == "m" for i, token in enumerate(tokens) if token in raised)


def _is_paper(inside: Sequence[Token], kind: Kind) -> bool:
    """Say whether a claim is some paper or other plain thing with capitals: "the Stock Report"."""
    return (
        kind is Kind.ORG and inside[-1].lower in _PAPERS and all(_is_plain(t.lower) for t in inside)
    )


def _is_plain(word: str) -> bool:
    entry = look_up(word)
    return entry.word >= _EVERYDAY and entry.given < 3 and not entry.org


def _is_supply(tokens: Sequence[Token], first: int, last: int, inside: Sequence[Token]) -> bool:
    """Say whether a word that is a name, too, is a thing here: "out of Angelica and Saffron"."""
    if not all(t.lower in _THINGS | _BRANDS for t in inside):
        return False
    if last < len(tokens) and tokens[last].lower in _AFTER:
        return True
    before = first - 1
    while before >= 0 and (tokens[before].lower in _JOINTS | _THINGS | _BRANDS):
        before -= 1
    return before >= 0 and tokens[before].lower in _BEFORE
