"""Written words as a reader may have misread them: near a name, near a plain word, or neither."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from redact.fold import fold_word
from redact.languages import FULL, language
from redact.languages.en.lexicon import look_up
from redact.lists import LocalLists
from redact.pictures import likely
from redact.pictures.meant import frequency, one_letter_away
from redact.pictures.ocr import Word

LOOK_ALIKE = str.maketrans("01!|i2345689qv", "ollllzeasbbggu")
NEARLY = 78  # of 100; "Bronash" is "Bronagh", "rota" is not "Rosa"
SHORTEST_LISTED = 4  # letters; shorter words are too near to each other
SHORTEST_NAME = 5  # letters, of a word that no list of the house names
PLAIN = 5  # of 15: how frequent a word is that needs no question
PLAIN_ABROAD = 5  # the same, of a word of another language than English
SHORT_ABROAD = 2  # letters; so short ones are some word of some language
RARE_NAME = 1  # of 7
FREQUENT = 9  # of 15: with such a word one letter away, it is more likely that one
KNOWN_NAME = 4  # of 7
COMMON_NAME = 6
LISTED_FIT = 0.3  # a listed name of n letters fits if it is no less likely than by this times n * n
RIVALS = 12  # readings of a place that may be a frequent word instead


def is_plain(word: str) -> bool:
    """Tell whether this is a word that people know, in some language, and that names nobody."""
    lower = fold_word(word)
    entry = look_up(lower)
    if entry.word >= PLAIN:
        return True
    if entry.given > RARE_NAME or entry.surname > KNOWN_NAME:
        return False  # "Rosa", "Pierre", "Ernst"
    return len(lower) > SHORT_ABROAD and any(
        language(code).everyday(lower) >= PLAIN_ABROAD for code in FULL
    )


def is_near_a_name(word: str) -> bool:
    """Tell whether a capital begins a word that is no frequent one and a letter away from a name.

    "Heid" and "Wacker" are words somewhere; on a drawing they are more likely Heidi and Walker.
    """
    if not (word[:1].isupper() and word.isalpha()):
        return False
    lower = fold_word(word)
    return frequency(lower) < FREQUENT and _nearest(lower)[0] >= COMMON_NAME


def is_no_name(word: str) -> bool:
    """Tell whether this is a frequent word that hardly anybody is called by."""
    lower = fold_word(word)
    entry = look_up(lower)
    return (
        len(word) > SHORT_ABROAD
        and frequency(lower) >= FREQUENT
        and entry.given <= KNOWN_NAME
        and entry.surname <= COMMON_NAME
    )


def is_known_name(word: str) -> bool:
    """Tell whether many are called so, and the word says little else."""
    lower = fold_word(word)
    entry = look_up(lower)
    is_common = entry.given > KNOWN_NAME or entry.surname >= COMMON_NAME
    return is_common and frequency(lower) < FREQUENT


def may_be_meant(word: str) -> bool:
    """Tell whether a word that a redactor takes for a name may well be one, as it was read.

    A redactor knows words as people write them. What is very short, or a frequent word with one
    letter wrong, is taken for a name by it because it is no word.
    """
    lower = fold_word(word)
    if is_known_name(lower):
        return True
    if len(word) < SHORTEST_LISTED:
        return False
    name, plain = _nearest(lower) if word.isalpha() else (0, 0)
    return plain < FREQUENT or (word[0].isupper() and name >= COMMON_NAME)


def may_be_name(word: str, *, confidence: float) -> bool:
    """Tell whether an unknown word is more likely a name than a plain word, read one letter wrong.

    Args:
        word: Letters only, as read.
        confidence: The reader's own, 0 to 1.
    """
    if len(word) < SHORTEST_NAME or not word.isalpha():
        return False
    name, plain = _nearest(fold_word(word))
    if plain >= FREQUENT:
        return False
    return (word[0].isupper() and confidence > 0.5) or (name >= KNOWN_NAME and confidence > 0.6)


def is_listed(word: str, lists: LocalLists) -> bool:
    """Tell whether a word is nearly a name of the local lists."""
    parts = _parts(lists)
    return any(
        process.extractOne(each, names, scorer=fuzz.ratio, score_cutoff=NEARLY)
        for plain in {word.casefold(), *_words(word)}
        if len(plain) >= SHORTEST_LISTED
        for each, names in ((plain, parts), (looks_of(plain), _looks(parts)))
    )


def fits_listed(word: Word, lists: LocalLists) -> bool:
    """Tell whether a listed name fits what was seen of a word, and no frequent word does better."""
    names, seen = _spelled(lists), word.likely
    if not names or seen is None:
        return False
    best = max(
        (each / len(name) for each, name in zip(likely.fit(seen, names), names, strict=True)
         if each >= -LISTED_FIT * len(name) ** 2),
        default=None,
    )  # fmt: skip
    if best is None:
        return False
    rivals = [each for each in likely.readings(seen, most=RIVALS) if is_no_name(each)]
    fits = likely.fit(seen, rivals)
    return all(best > fit / len(each) for fit, each in zip(fits, rivals, strict=True))


def is_joined_listed(one: str, other: str, lists: LocalLists) -> bool:
    """Tell whether two words that a reader told apart are one listed name: "HEI D"."""
    if is_plain(one) and is_plain(other):
        return False
    return is_listed(one + other, lists)


def looks_of(word: str) -> str:
    """Return how a word looks, with one sign for all that a reader takes for each other."""
    return word.replace("rn", "m").replace("vv", "w").translate(LOOK_ALIKE)


@lru_cache(maxsize=8)
def _looks(parts: frozenset[str]) -> frozenset[str]:
    return frozenset(map(looks_of, parts))


@lru_cache(maxsize=8)
def _spelled(lists: LocalLists) -> tuple[str, ...]:
    """Return the parts of listed names in the letters that a reader is asked for."""
    plain = (likely.spelled(part) for part in _parts(lists))
    return tuple(sorted({each for each in plain if len(each) >= SHORTEST_LISTED}))


@lru_cache(maxsize=8)
def _parts(lists: LocalLists) -> frozenset[str]:
    names = (*lists.staff, *lists.teams, *lists.sites, *lists.rooms, *lists.projects)
    words: Iterable[str] = (part for name in names for part in _words(name))
    return frozenset(part for part in words if len(part) >= SHORTEST_LISTED)


def _words(name: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in name.casefold()).split()


def _nearest(word: str) -> tuple[int, int]:
    """Return how frequent the commonest name and the commonest word are, at most a letter away."""
    name = plain = 0
    for other in set(one_letter_away(word)):
        entry = look_up(other)
        name = max(name, entry.given, entry.surname - 2)
        plain = max(plain, entry.word)
    return name, plain
