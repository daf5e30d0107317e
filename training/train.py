"""Train `redact/languages/en/data/names.crfsuite`; the same input gives the same model.

    python -m training.train CORPORA

CORPORA is a folder with the annotated corpora that ATTRIBUTION names: `btc/*.conll`,
`wnut17/*.conll`, `wikigold/*.txt`, `slurp/*.jsonl`. Takes about twenty minutes on one core.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pycrfsuite

from redact.fold import fold
from redact.languages.en.features import features, known
from redact.languages.en.tagger import MODEL, OUTSIDE
from redact.languages.en.untidy.reading import as_meant
from redact.tokens import tokenize
from training.compose import Made, compose, fill, vary
from training.fillers import Filler
from training.noise import untidy

NOTES = Path(__file__).parent / "notes"
SEED = 20_261_122
KINDS = {
    "PER": "PERSON",
    "person": "PERSON",
    "LOC": "LOCATION",
    "location": "LOCATION",
    "ORG": "ORG",
    "corporation": "ORG",
}
FOR_CHOOSING = 40  # one sentence in so many is kept to choose by, and never learned from
# Names of sites and programs, which the corpora call organisations and we call plain words.
PRODUCTS = frozenset(
    [
        "facebook",
        "twitter",
        "google",
        "youtube",
        "instagram",
        "microsoft",
        "apple",
        "iphone",
        "android",
        "windows",
        "yahoo",
        "whatsapp",
        "snapchat",
        "linkedin",
        "amazon",
        "netflix",
        "spotify",
    ]
)


def corpora(folder: Path, *, chosen: bool = False) -> Iterator[Made]:
    """Yield the sentences of the annotated corpora to learn from, or those kept apart."""
    for number, made in enumerate(_all_sentences(folder)):
        if (number % FOR_CHOOSING == 0) is chosen:
            yield made


def _all_sentences(folder: Path) -> Iterator[Made]:
    for path in sorted(folder.glob("*/*.conll*")):
        for sentence in path.read_text(encoding="utf-8", errors="replace").split("\n\n"):
            pairs = [line.rsplit(None, 1) for line in sentence.splitlines() if line.strip()]
            yield from _joined([(p[0].strip(), p[1]) for p in pairs if len(p) == 2])
    for path in sorted(folder.glob("slurp/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _slurp(json.loads(line))


def _joined(pairs: list[tuple[str, str]]) -> Iterator[Made]:
    text = ""
    spans: list[tuple[int, int, str]] = []
    for word, tag in pairs:
        kind = KINDS.get(tag.partition("-")[2])
        if kind == "ORG" and word.lower() in PRODUCTS:
            kind = None
        blank = "" if not text or word in {".", ",", "!", "?", "'s", "n't", ":", ";"} else " "
        start = len(text) + len(blank)
        text += blank + word
        if kind:
            if (
                spans
                and tag.startswith("I")
                and spans[-1][2] == kind
                and spans[-1][1] == start - len(blank)
            ):
                spans[-1] = (spans[-1][0], len(text), kind)
            else:
                spans.append((start, len(text), kind))
    if 2 < len(pairs) < 60 and "http" not in text and "@" not in text:
        yield Made(text, tuple(spans))


def _slurp(record: dict[str, object]) -> Iterator[Made]:
    words = [token["surface"] for token in record["tokens"]]  # type: ignore[attr-defined]
    kinds = {"person": "PERSON", "place_name": "LOCATION", "business_name": "ORG"}
    tags = [OUTSIDE] * len(words)
    for entity in record["entities"]:  # type: ignore[attr-defined]
        if entity["type"] == "date" and any(
            words[i].isdecimal() or words[i].endswith(("th", "st", "nd", "rd"))
            for i in entity["span"]
        ):
            return
        for position, index in enumerate(entity["span"]):
            if kind := kinds.get(entity["type"]):
                tags[index] = ("B-" if position == 0 else "I-") + {
                    v: k for k, v in KINDS.items() if k.isupper()
                }[kind]
    yield from _joined(list(zip(words, tags, strict=True)))


def notes(rng: random.Random, copies: int) -> Iterator[Made]:
    """Yield the labelled notes, as they are and with other values in place of their own."""
    filler = Filler(rng)
    for line in (NOTES / "train.txt").read_text(encoding="utf-8").splitlines():
        source, bar, template = line.partition("|")
        if bar and source in {"typed", "spoken"}:
            for copy in range(copies):
                made = fill(
                    template, filler, spoken=source == "spoken", keep=1.0 if copy < 2 else 0.15
                )
                yield made if copy == 0 else vary(made, rng)


def labelled(made: Made, rng: random.Random) -> tuple[list[list[str]], list[str]]:
    """Return the features and the labels of a note's tokens, read as they will be.

    In one note of seventeen the lists forget its names, so that the model learns to go by their
    surroundings.
    """
    folded = fold(made.text)
    tokens = tokenize(folded.text)
    labels = []
    for token in tokens:
        start, end = folded.raw_range(token.start, token.end)
        labels.append(next((kind for a, b, kind in made.spans if start < b and end > a), OUTSIDE))
    entries = known(tokens)
    if rng.random() < 0.06:
        entries = [
            e if label == OUTSIDE else e._replace(given=0, surname=0, place=0, org=0)
            for e, label in zip(entries, labels, strict=True)
        ]
    read = as_meant(tokens, entries)
    anew = zip(tokens, entries, read, known(read), strict=True)
    entries = [own if token.lower == said.lower else new for token, own, said, new in anew]
    return features(read, entries), labels


def train(examples: Iterable[Made], target: Path, rng: random.Random, *, iterations: int) -> None:
    """Fit the model to the examples and write it."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.15, "c2": 0.02, "max_iterations": iterations, "feature.minfreq": 3})
    for made in examples:
        trainer.append(*labelled(made, rng))
    trainer.train(str(target))


def main() -> None:
    """Read, compose, fit, write."""
    parser = argparse.ArgumentParser(description="Train the name tagger.")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--notes", type=int, default=22_000, help="notes made from templates")
    parser.add_argument("--copies", type=int, default=5, help="variants of each labelled note")
    parser.add_argument("--untidy", type=float, default=0.12, help="share with slips put in")
    parser.add_argument("--iterations", type=int, default=150)
    parser.add_argument("--target", type=Path, default=MODEL)
    arguments = parser.parse_args()
    rng = random.Random(SEED)  # noqa: S311
    examples = [
        *compose(rng, arguments.notes),
        *notes(rng, arguments.copies),
        *corpora(arguments.corpora),
    ]
    examples = [untidy(made, rng) if rng.random() < arguments.untidy else made for made in examples]
    rng.shuffle(examples)
    train(examples, arguments.target, rng, iterations=arguments.iterations)


if __name__ == "__main__":
    main()
