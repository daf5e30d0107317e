"""Names to invent people with: those of a country, and of the people who come to work there."""

import csv
import gzip
import importlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from redact.fold import fold_word

LOCALES = {
    "de": ("de_DE", "de_AT", "de_CH"),
    "es": ("es_ES", "es_MX", "es_CO", "es_AR", "es_CL"),
    "fr": ("fr_FR", "fr_CA", "fr_BE", "fr_CH"),
    "pl": ("pl_PL",),
}
# Where people come from who work there, by Faker's locales in Latin letters, and by country.
GUESTS = {
    "de": ("tr_TR", "pl_PL", "ro_RO", "hr_HR", "it_IT", "es_ES", "hu_HU", "cs_CZ", "vi_VN"),
    "es": ("ro_RO", "pt_PT", "pt_BR", "it_IT", "fr_FR", "es_ES"),
    "fr": ("pt_PT", "it_IT", "es_ES", "tr_TR", "ro_RO", "pl_PL"),
    "pl": ("cs_CZ", "sk_SK", "ro_RO", "vi_VN", "tr_TR", "lt_LT"),
}
COUNTRIES = {
    "de": (
        "TR",
        "SY",
        "AF",
        "BG",
        "RS",
        "BA",
        "AL",
        "GR",
        "RU",
        "UA",
        "MA",
        "GH",
        "NG",
        "IR",
        "IQ",
    ),
    "es": ("MA", "VE", "EC", "PE", "BO", "CU", "DO", "SN", "DZ", "PK", "UA", "BG", "PH", "HN"),
    "fr": ("MA", "DZ", "TN", "SN", "ML", "CI", "CM", "CD", "HT", "VN", "LK", "KM", "TR", "RO"),
    "pl": ("UA", "BY", "GE", "IN", "NP", "PH", "VN", "UZ", "TR", "CO", "ZW", "MD", "BD"),
}
Names = tuple[tuple[str, ...], tuple[str, ...]]


@cache
def faker(locale: str) -> Names:
    """Return given names and surnames of one of Faker's locales."""
    try:
        module = importlib.import_module(f"faker.providers.person.{locale}")
    except ImportError:
        return (), ()
    found: list[tuple[str, ...]] = []
    for prefix in ("first_name", "last_name"):
        names: dict[str, None] = {}
        for attribute in sorted(dir(module.Provider)):
            if attribute.startswith(prefix) and not attribute.endswith("romanized"):
                value = getattr(module.Provider, attribute)
                if isinstance(value, Mapping | tuple | list):
                    names.update(dict.fromkeys(str(v) for v in value if _is_latin(str(v))))
        found.append(tuple(names))
    return found[0], found[1]


@cache
def by_country(file: Path) -> dict[str, Names]:
    """Return the most common names of each country, from `names-by-country.csv`."""
    rows: dict[str, tuple[list[str], list[str]]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if _is_latin(row["name"]):
                given, surname = rows.setdefault(row["country"], ([], []))
                (given if row["kind"] == "given" else surname).append(row["name"])
    return {country: (tuple(g), tuple(s)) for country, (g, s) in rows.items()}


def _is_latin(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z' .-]{2,30}", fold_word(name)))


@cache
def inflected(file: Path) -> dict[str, str]:
    """Return Polish forms of names with the letters that say what they are: g, n, p, c."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        pairs = (line.rstrip("\n").partition("\t") for line in lines)
        return {form: flags for form, tab, flags in pairs if tab}
