"""The annotated corpora of a language, thinned out, as examples."""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

from training.compose import Made

# How many sentences of each source a model learns from; fewer than there are, for time's sake.
SHARES = {
    "de": {
        "germeval14": 5700, "smartdata": 6500, "mobie": 900, "grascco": 1450, "legal": 1900,
        "massive": 3500,
    },
    "es": {"meddocan": 6000, "massive": 7000},
    "fr": {"winer-fr": 8000, "massive": 4500},
    "pl": {"nkjp": 9000, "kpwr": 2400, "massive": 3500},
}  # fmt: skip
_FOR_CHOOSING = 20  # one sentence in so many is kept apart, to choose by
_LOOKED_AT = 300  # of each source, to list what is taken and missed
_MOST_UNSEEN = 1000
_LONGEST = 400  # characters
# Of MASSIVE, utterances with these would teach that days and relatives are nobody's concern.
_UNSAFE_SLOTS = frozenset(["date", "relation", "person", "place_name", "business_name"])


def all_sentences(folder: Path, code: str) -> Iterator[Made]:
    """Yield every sentence that is not kept apart, for counting words."""
    for name in SHARES[code]:
        for n, row in enumerate(_read(folder / code / f"{name}.jsonl.gz")):
            if n % _FOR_CHOOSING:
                yield row


def sentences(folder: Path, code: str, *, chosen: bool = False) -> Iterator[Made]:
    """Yield sentences to learn from, or those kept apart."""
    for name, most in SHARES[code].items():
        rows = _shuffled(folder, code, name, kept_apart=chosen)
        yield from rows[: most if not chosen else _LOOKED_AT]


def unseen(folder: Path, code: str) -> Iterator[Made]:
    """Yield sentences kept apart that nobody has looked at: they judge, by figures only."""
    for name in SHARES[code]:
        rows = _shuffled(folder, code, name, kept_apart=True)
        yield from rows[_LOOKED_AT : _LOOKED_AT + _MOST_UNSEEN]


def _shuffled(folder: Path, code: str, name: str, *, kept_apart: bool) -> list[Made]:
    rng = random.Random(f"{code}/{name}")  # noqa: S311
    rows = [row for n, row in enumerate(_read(folder / code / f"{name}.jsonl.gz"))
            if (n % _FOR_CHOOSING == 0) is kept_apart]  # fmt: skip
    rng.shuffle(rows)
    # Sentences with a name are rarer and say more.
    rows.sort(key=lambda made: rng.random() - 0.5 * bool(made.spans))
    return rows


def _read(file: Path) -> Iterator[Made]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            slots = {slot for slot in row.get("slots", ()) if slot in _UNSAFE_SLOTS}
            if slots and not row["spans"]:
                continue
            if len(row["text"]) <= _LONGEST:
                spans = ((s["start"], s["end"], s["label"]) for s in row["spans"])
                yield Made(row["text"], tuple(spans))
