"""Whether a name or a plain word was more likely meant, by what a reader saw of a word.

What was seen is compared with all names and words that are nearly one of its likeliest readings.
Each is as likely as it fits, and as people write it often.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from string import ascii_lowercase

from redact.languages import FULL, language
from redact.languages.en.lexicon import look_up
from redact.pictures import likely
from redact.pictures.ocr import Word

READINGS = 12  # of a word, the likeliest first
CHANGED = 4  # of them are also tried with a letter changed, dropped or put in
SHORTEST = 3
UNFIT = -99.0  # of what is not known, or longer than what was seen
KEPT = (
    1 << 16
)  # words nearby, for a sheet has many again and again; the child ends with its drawing
# What a step of the lists' own scale is worth, as a logarithm, and a capital at the beginning.
NAME_STEP, WORD_STEP, CAPITAL = 0.6, 0.35, 1.5
LEAST_NAME, LEAST_WORD = 4, 5  # of 7, of 15; rarer ones are nearly anything


def leaning(word: Word) -> tuple[float, float]:
    """Return how likely some name was meant, and some plain word, as logarithms.

    Both are 0 for nothing that is known, or more; which only readers' errors explain, is less.
    """
    if word.likely is None:
        return 0.0, 0.0
    near = _near(likely.readings(word.likely, most=READINGS))
    capital = CAPITAL if word.text[:1].isupper() else 0.0
    return (
        _best(word, near, lambda each: NAME_STEP * name_of(each), NAME_STEP * LEAST_NAME) + capital,
        _best(word, near, lambda each: WORD_STEP * frequency(each), WORD_STEP * LEAST_WORD),
    )


def _best(word: Word, near: set[str], worth: Callable[[str], float], least: float) -> float:
    known = {each: value for each in near if (value := worth(each)) >= least}
    fits = likely.fit(word.likely, list(known)) if word.likely is not None else ()
    return max(
        (UNFIT, *(float(fit) + value for fit, value in zip(fits, known.values(), strict=True)))
    )


def _near(read: list[str]) -> set[str]:
    near = {*read, *(other for each in read[:CHANGED] for other in one_letter_away(each))}
    return {each for each in near if len(each) >= SHORTEST}


@lru_cache(maxsize=KEPT)
def name_of(lower: str) -> int:
    """Return how common a name is, of 7."""
    entry = look_up(lower)
    return max(entry.given, entry.surname - 1)


@lru_cache(maxsize=KEPT)
def frequency(lower: str) -> int:
    """Return how frequent a word is in the language that uses it most, of 15."""
    return max(look_up(lower).word, *(language(code).everyday(lower) for code in FULL))


def one_letter_away(word: str) -> Iterator[str]:
    """Yield what differs from a word by a letter that is changed, dropped or put in."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]
