"""Train `redact/languages/CODE/data/names.crfsuite`; the same input gives the same model.

    python -m training.languages.train CODE CORPORA

CORPORA is the folder with `CODE/` and `lists/`; build the lexicon first. A few minutes of one core.
"""

import argparse
import random
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from redact.fold import fold
from redact.languages.kit.lexicon import Entry
from redact.languages.kit.model import OUTSIDE
from training.compose import Made, join
from training.languages.build_lexicon import TARGET
from training.languages.corpora import SHARES, sentences
from training.languages.fill import Filler, book, templates
from training.languages.inflect import inflect
from training.languages.vary import vary

SEED = 20_261_127

_PROSE = 0.3  # share of notes that are as in papers and posts


class Settings(NamedTuple):
    """How a model was made.

    Notes from templates, the share of the corpora, passes, in what share of the notes the lists
    forget the names of details, and how often each note that was written as one comes in.
    """

    notes: int = 5000
    share: float = 0.5
    iterations: int = 45
    forgotten: float = 0.08
    copies: int = 3


SETTINGS = {
    "de": Settings(notes=6000, share=1.0, iterations=100, forgotten=0.15, copies=1),
    "es": Settings(notes=7000, share=0.5, iterations=55, forgotten=0.15),
}


def notes(code: str, corpora: Path, rng: random.Random, count: int) -> Iterator[Made]:
    """Yield notes made from the language's templates."""
    name_list = corpora / "lists" / "names-by-country.csv"
    filler = Filler(code, rng, name_list, inflect if code == "pl" else None)
    hesitations = book(code)["HESITATION"]
    files = [(0.42, "details", False), (0.6, "spoken", True), (0.94, "harmless", False)]
    pools = [(share, templates(code, name), spoken) for share, name, spoken in files]
    pools.append((1.0, templates(code, "words"), False))
    prose = templates(code, "prose")
    if prose:  # where no corpus has news
        pools = [(share * (1 - _PROSE), lines, said) for share, lines, said in pools]
        pools.append((1.0, prose, False))
    for _ in range(count):
        made: Made | None = None
        roll = rng.random()
        _, lines, is_spoken = next(p for p in pools if roll < p[0])
        for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
            following = filler.fill(rng.choice(lines), is_spoken=is_spoken)
            made = join(made, following, _between(made, rng)) if made else following
            if rng.random() < 0.5:
                lines = pools[2][1]  # harmless words round a detail
        assert made is not None  # noqa: S101
        yield vary(made, rng, hesitations, is_spoken=is_spoken)


def written(code: str, corpora: Path, rng: random.Random, copies: int) -> Iterator[Made]:
    """Yield the notes that were written as notes: as they stand, and as others would type them."""
    filler = Filler(code, rng, corpora / "lists" / "names-by-country.csv")
    for line in templates(code, "notes"):
        source, _, note = line.partition("|")
        is_spoken = source == "spoken"
        made = filler.fill(note, is_spoken=is_spoken)
        yield made
        for _ in range(copies - 1):
            yield vary(made, rng, book(code)["HESITATION"], is_spoken=is_spoken)


def _between(made: Made, rng: random.Random) -> str:
    if made.text[-1] in ".!?":
        return rng.choice((" ", " ", "\n"))
    return rng.choice((". ", "\n", ", ", " - "))


def forgetful(
    entries: list[Entry], labels: list[str], rng: random.Random, share: float
) -> list[Entry]:
    """Return what the lists know, less something, so that surroundings are learned, too.

    In a share of the notes the names of details are unknown; everywhere one plain word in ten is.
    """
    forgets_names = rng.random() < share
    result = []
    for entry, label in zip(entries, labels, strict=True):
        known = entry
        if label != OUTSIDE and forgets_names:
            known = known._replace(given=0, surname=0, place=0)
        if 0 < entry.word < 9 and rng.random() < 0.1:
            known = known._replace(word=0, noun=0)
        result.append(known)
    return result


def main() -> None:
    """Read, compose, fit, write."""
    parser = argparse.ArgumentParser(description="Train a language's model.")
    parser.add_argument("code", choices=sorted(SHARES))
    parser.add_argument("corpora", type=Path)
    arguments = parser.parse_args()
    code: str = arguments.code
    chosen = SETTINGS.get(code, Settings())
    lists = import_module(f"redact.languages.{code}.lists")
    rng = random.Random(SEED)  # noqa: S311
    examples = list(notes(code, arguments.corpora, rng, chosen.notes))
    examples += written(code, arguments.corpora, rng, chosen.copies)
    examples += [
        made.lowered() if rng.random() < 0.12 else made
        for made in sentences(arguments.corpora, code)
        if rng.random() < chosen.share
    ]
    rng.shuffle(examples)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {"c1": 0.2, "c2": 0.02, "max_iterations": chosen.iterations, "feature.minfreq": 3}
    )
    for made in examples:
        folded = fold(made.text)
        tokens = lists.TOKENIZE(folded.text)
        labels = []
        for token in tokens:
            start, end = folded.raw_range(token.start, token.end)
            found = (kind for a, b, kind in made.spans if start < b and end > a)
            labels.append(next(found, OUTSIDE))
        if tokens:
            known = forgetful(lists.FEATURES.known(tokens), labels, rng, chosen.forgotten)
            trainer.append(lists.FEATURES.rows(tokens, known), labels)
    target = TARGET / code / "data" / "names.crfsuite"
    trainer.train(str(target))
    print(code, len(examples), "examples", target.stat().st_size, "bytes")  # noqa: T201


if __name__ == "__main__":
    main()
