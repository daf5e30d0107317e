"""Sentences by strangers: the annotated corpora that ATTRIBUTION names, under our labels.

A folder holds `btc/*.conll`, `wnut17/*.conll`, `wikigold/*.txt`, `slurp/*.jsonl`. One sentence in
eight is never learned from, so that what the model does with strangers' text can be judged.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from redact.languages.en.spoken import spoken_ages, spoken_dates
from redact.languages.en.written import ages, dates
from redact.tokens import tokenize
from training.compose import Made

KINDS = {
    "PER": "PERSON",
    "person": "PERSON",
    "LOC": "LOCATION",
    "location": "LOCATION",
    "ORG": "ORG",
    "corporation": "ORG",
    "group": "ORG",
}
_EVERY = 8  # one sentence in so many is kept apart,
_FIRST = 3  # from this one on
# Names of sites and programs, which the corpora call organisations and we call plain words.
_PRODUCTS = frozenset(
    [
        "facebook", "twitter", "google", "youtube", "instagram", "microsoft", "apple",
        "iphone", "android", "windows", "yahoo", "whatsapp", "snapchat", "linkedin",
        "amazon", "netflix", "spotify", "itunes", "tumblr", "xbox", "playstation", "ebay",
        "wikipedia", "myspace", "skype", "blackberry", "bbm", "ipad", "ipod",
    ]
)  # fmt: skip
_BEFORE_NO_BLANK = frozenset(".,!?:;)%") | {"'s", "n't", "'re", "'ll", "'ve", "'m", "'d", "..."}
_AFTER_NO_BLANK = frozenset("(#$£")
_CLITICS = frozenset(["s", "t", "m", "re", "ll", "ve", "d"])
_MOST_WORDS = 60


def sentences(folder: Path, *, apart: bool = False) -> Iterator[Made]:
    """Yield the sentences to learn from, or those kept apart."""
    for number, made in enumerate(_all_sentences(folder)):
        if (number % _EVERY == _FIRST) is apart:
            yield made if apart else _with_days(made)


def _all_sentences(folder: Path) -> Iterator[Made]:
    for path in sorted(folder.glob("*/*.conll*")):
        for sentence in path.read_text(encoding="utf-8", errors="replace").split("\n\n"):
            pairs = [line.rsplit(None, 1) for line in sentence.splitlines() if line.strip()]
            yield from _joined([(p[0].strip(), p[1]) for p in pairs if len(p) == 2])
    for path in sorted(folder.glob("slurp/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _slurp(json.loads(line))


def _joined(pairs: list[tuple[str, str]]) -> Iterator[Made]:
    """Put a sentence's words together as somebody would have typed them."""
    text, before = "", ""
    spans: list[tuple[int, int, str]] = []
    words = [word for word, _ in pairs]
    for number, (word, tag) in enumerate(pairs):
        kind = KINDS.get(tag.partition("-")[2])
        if kind == "ORG" and word.lower() in _PRODUCTS:
            kind = None
        after = words[number + 1].lower() if number + 1 < len(words) else ""
        is_cut = word == "'" and after in _CLITICS
        is_rest = before == "'" and word.lower() in _CLITICS
        is_joined = (
            word.lower() in _BEFORE_NO_BLANK or before in _AFTER_NO_BLANK or is_cut or is_rest
        )
        blank = "" if not text or is_joined else " "
        start = len(text) + len(blank)
        text += blank + word
        before = word
        if kind:
            goes_on = spans and tag.startswith("I") and spans[-1][1:] == (start - len(blank), kind)
            if goes_on:
                spans[-1] = (spans[-1][0], len(text), kind)
            else:
                spans.append((start, len(text), kind))
    if 2 < len(pairs) < _MOST_WORDS and "http" not in text and "@" not in text:
        yield Made(text, tuple(spans))


def _slurp(record: dict[str, object]) -> Iterator[Made]:
    words = [token["surface"] for token in record["tokens"]]  # type: ignore[attr-defined]
    kinds = {"person": "PER", "place_name": "LOC", "business_name": "ORG"}
    tags = ["O"] * len(words)
    for entity in record["entities"]:  # type: ignore[attr-defined]
        if entity["type"] == "date" and any(
            words[i].isdecimal() or words[i].endswith(("th", "st", "nd", "rd"))
            for i in entity["span"]
        ):
            return
        for position, index in enumerate(entity["span"]):
            if kind := kinds.get(entity["type"]):
                tags[index] = ("B-" if position == 0 else "I-") + kind
    yield from _joined(list(zip(words, tags, strict=True)))


def _with_days(made: Made) -> Made:
    """Add the days and ages that our rules find, which these corpora do not label."""
    tokens = tokenize(made.text)
    found = [
        *dates(made.text), *ages(made.text), *spoken_dates(tokens), *spoken_ages(tokens)
    ]  # fmt: skip
    spans = list(made.spans)
    for span in sorted(found, key=lambda each: each.start - each.end):
        if not any(a < span.end and span.start < b for a, b, _ in spans):
            spans.append((span.start, span.end, str(span.kind)))
    return replace(made, spans=tuple(sorted(spans)))
