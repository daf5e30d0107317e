"""Build `redact/languages/careful/data/lexicon.bin`: given names that are no word anywhere.

    python -m training.languages.build_careful CORPORA

For languages without a folder of their own. CORPORA is the folder with `lists/` and the MASSIVE
sentences of it, pt, nl, tr and ar. Needs `faker`.
"""

import argparse
import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from redact.fold import fold_word
from redact.languages.kit.lexicon import Entry, pack
from training.languages.build_lexicon import TARGET
from training.languages.names import faker

LOCALES = (
    *("it_IT", "pt_PT", "pt_BR", "nl_NL", "nl_BE", "tr_TR", "uk_UA", "ar_AA", "ar_SA", "ru_RU"),
    *("ro_RO", "cs_CZ", "sk_SK", "hu_HU", "hr_HR", "bg_BG", "sv_SE", "da_DK", "no_NO", "fi_FI"),
    *("el_GR", "fa_IR", "vi_VN", "id_ID", "lt_LT", "lv_LV", "et_EE", "sl_SI", "az_AZ"),
)
_WORDS = ("it", "pt", "nl", "tr", "ar")
_WORD = re.compile(r"[^\W\d_]+")
_SEEN = 3  # times a word has to be seen outside names to be one


def main() -> None:
    """Write the packed list."""
    parser = argparse.ArgumentParser(description="Build the list of names for other languages.")
    parser.add_argument("corpora", type=Path)
    corpora: Path = parser.parse_args().corpora
    words = plain_words(corpora)
    entries: dict[str, Entry] = {word: Entry(word=9) for word in words}
    for given, name in names(corpora / "lists" / "names-by-country.csv"):
        for part in re.split(r"[\s-]+", fold_word(name)):
            if len(part) > 2 and part not in words:
                entry = entries.get(part, Entry())
                entries[part] = entry._replace(**{"given" if given else "surname": 5})
    target = TARGET / "careful" / "data" / "lexicon.bin"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(pack(dict(sorted(entries.items()))))
    print(len(entries), "entries", target.stat().st_size, "bytes")  # noqa: T201


def plain_words(corpora: Path) -> set[str]:
    """Return words of these languages that stand for no name."""
    counts: Counter[str] = Counter()
    for code in _WORDS:
        for text, spans in sentences(corpora, code):
            counts.update(fold_word(word) for word in words_outside(text, spans))
    for file in ("it", "es", "fr", "de", "pl"):
        with (corpora / "lists" / f"frequency-{file}.csv").open(encoding="utf-8") as rows:
            for row in list(csv.DictReader(rows))[:6000]:
                if row["word"].islower():
                    counts[fold_word(row["word"])] += _SEEN
    return {word for word, count in counts.items() if count >= _SEEN}


def sentences(corpora: Path, code: str) -> Iterator[tuple[str, list[dict[str, int]]]]:
    """Yield the text and the labelled ranges of each MASSIVE sentence of a language."""
    with gzip.open(corpora / code / "massive.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["text"], row["spans"]


def words_outside(text: str, spans: list[dict[str, int]]) -> Iterator[str]:
    """Yield the words of a sentence that are in no labelled range."""
    for match in _WORD.finditer(text):
        if not any(s["start"] < match.end() and match.start() < s["end"] for s in spans):
            yield match.group()


def names(file: Path) -> "list[tuple[bool, str]]":
    """Return names in Latin letters and in their own, each with whether it is a given name."""
    found = []
    for locale in LOCALES:
        given, surnames = faker(locale)
        found += [(True, name) for name in given] + [(False, name) for name in surnames]
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found += [
                (row["kind"] == "given", row["name"]),
                (row["kind"] == "given", row["native"]),
            ]
    return [(given, name) for given, name in found if name]


if __name__ == "__main__":
    main()
