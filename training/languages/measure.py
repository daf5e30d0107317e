"""Count what is found and taken in the sentences of a language's corpora that training never sees.

    python -m training.languages.measure CODE CORPORA [--unseen] [--strength S]

A name counts as found where each of its words went, titles and initials included. Words outside
all labels count as taken; those taken for days, numbers and ages are told apart, since the labels
hold no days, and most of them are what they were taken for. `--unseen` takes the sentences that
nobody has looked at.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from redact import Strength, redact
from redact.spans import Kind
from training.compose import Made
from training.languages.corpora import SHARES, sentences, unseen

_WORD = re.compile(r"\w+")
_NAMES = frozenset([Kind.PERSON, Kind.LOCATION, Kind.ORG, Kind.ROLE, Kind.USERNAME])


def counted(examples: Iterable[Made], code: str, strength: Strength) -> Counter[str]:
    """Return how many words and names there are, how many went, and as what."""
    counts: Counter[str] = Counter()
    for made in examples:
        spans = redact(made.text, code, strength=strength).spans
        for start, end, label in made.spans:
            words = _WORD.finditer(made.text, start, end)
            went = all(any(s.start <= w.start() and w.end() <= s.end for s in spans) for w in words)
            counts.update({label: 1, f"{label} found": int(went)})
        for word in _WORD.finditer(made.text):
            if any(start < word.end() and word.start() < end for start, end, _ in made.spans):
                continue
            counts["words"] += 1
            for span in spans:
                if span.start <= word.start() and word.end() <= span.end:
                    counts["taken" if span.kind in _NAMES else "taken as numbers"] += 1
                    break
    return counts


def main() -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description="Measure on the corpora of a language.")
    parser.add_argument("code", choices=sorted(SHARES))
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--unseen", action="store_true", help="what nobody has looked at")
    parser.add_argument("--strength", choices=[s.value for s in Strength], default="standard")
    given = parser.parse_args()
    examples = (
        unseen(given.corpora, given.code)
        if given.unseen
        else sentences(given.corpora, given.code, chosen=True)
    )
    counts = counted(examples, given.code, Strength(given.strength))
    words, people = max(1, counts["words"]), max(1, counts["PERSON"])
    print(  # noqa: T201
        f"{given.code} {given.strength}: {100 * counts['PERSON found'] / people:.1f} % of {people}"
        f" names; of {words} words {100 * counts['taken'] / words:.2f} % taken for names, "
        f"{100 * counts['taken as numbers'] / words:.2f} % for days, numbers, ages"
    )


if __name__ == "__main__":
    main()
