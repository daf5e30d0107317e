"""Train `redact/languages/en/data/names.crfsuite`; the same input gives the same model.

    python -m training.train CORPORA

CORPORA is a folder with the annotated corpora that ATTRIBUTION names (`training/strangers.py`).
Takes about half an hour of one core.
"""

import argparse
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
from training.strangers import sentences

NOTES = Path(__file__).parent / "notes"
SEED = 20_261_122
# Files of labelled notes, and how many variants of each note are learned from.
WRITTEN = {"train": 5, "strangers": 3, "long": 3, "thumbs": 3}


def notes(rng: random.Random, name: str, copies: int) -> Iterator[Made]:
    """Yield the labelled notes of a file, as they are and with other values in place of theirs."""
    filler = Filler(rng)
    for line in (NOTES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
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
    parser.add_argument("--untidy", type=float, default=0.12, help="share with slips put in")
    parser.add_argument("--iterations", type=int, default=150)
    parser.add_argument("--target", type=Path, default=MODEL)
    arguments = parser.parse_args()
    rng = random.Random(SEED)  # noqa: S311
    examples = [
        *compose(rng, arguments.notes),
        *(made for name, copies in WRITTEN.items() for made in notes(rng, name, copies)),
        *sentences(arguments.corpora),
    ]
    examples = [untidy(made, rng) if rng.random() < arguments.untidy else made for made in examples]
    rng.shuffle(examples)
    train(examples, arguments.target, rng, iterations=arguments.iterations)


if __name__ == "__main__":
    main()
