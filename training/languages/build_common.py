"""Build `redact/languages/common_words.bin`: where a word is common that English does not have.

    python -m training.languages.build_common CORPORA

CORPORA is the folder with `lists/` and a folder for each language. Of the MASSIVE sentences that
are the only source of a language every second one is left out, to judge by.
"""

import argparse
import csv
import math
from collections import Counter
from pathlib import Path

from redact.fold import fold_word
from redact.languages.en.lexicon import look_up, pack_numbers
from redact.languages.identify import COMMON, COMMON_IN, WIDELY_KNOWN
from training.languages.build_careful import sentences, words_outside
from training.languages.build_lexicon import plain_words

_RANK = 4  # the logarithm of how often in a million words
_SEEN = 2  # times in MASSIVE
_SHORTEST = 3


def main() -> None:
    """Write the packed list."""
    parser = argparse.ArgumentParser(description="Build the list of common words.")
    parser.add_argument("corpora", type=Path)
    corpora: Path = parser.parse_args().corpora
    known: Counter[str] = Counter()
    for place, code in enumerate(COMMON_IN):
        for word in common(corpora, code):
            if len(word) >= _SHORTEST and look_up(word).word < WIDELY_KNOWN:
                known[word] |= 1 << place
    COMMON.write_bytes(pack_numbers(known))
    print(len(known), "words", COMMON.stat().st_size, "bytes")  # noqa: T201


def common(corpora: Path, code: str) -> set[str]:
    """Return words that many use in a language, folded, names left out."""
    if code in {"de", "es", "fr", "pl"}:
        counts = plain_words(code, corpora).counts
        return {word for word, count in counts.items() if round(math.log2(count)) >= _RANK}
    listed = corpora / "lists" / f"frequency-{code}.csv"
    if listed.exists():
        with listed.open(encoding="utf-8", newline="") as rows:
            return {fold_word(row["word"]) for row in csv.DictReader(rows)}
    seen = Counter(
        fold_word(word)
        for number, (text, spans) in enumerate(sentences(corpora, code))
        if number % 2
        for word in words_outside(text, spans)
    )
    return {word for word, count in seen.items() if count >= _SEEN}


if __name__ == "__main__":
    main()
