"""In which language a text is, sentence by sentence, by its small words and its letters.

Each language has a list of small words. A word counts the more, the fewer languages share it. Words
of a script that one language writes settle it at once. A sentence goes with the text as a whole
unless it says clearly that it is something else, so that one borrowed word changes nothing.
Placeholders say nothing. Every step is a look-up: no model, no chance, time in proportion to the
text.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from redact.fold import fold_word
from redact.languages.en.lexicon import Tables, look_up, number_of, read_tables
from redact.memory import once_a_text
from redact.placeholders import PLACEHOLDER

_FILE = Path(__file__).parent / "function_words.txt"
COMMON = _FILE.with_name("common_words.bin")  # of a word, in which of these it is common
COMMON_IN = ("de", "es", "fr", "pl", "it", "pt", "nl", "tr")
DEFAULT = "en"
UNKNOWN = "und"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[^.!?;\n…]*(?:[.!?;\n…]+|\Z)")
_LONGEST_WORD = 60  # letters; of more only the end is looked at
_PRIOR = 1.0  # what the screen's language is worth: as much as a word that one language alone has
_HABIT = 0.5  # what English is worth where nobody says anything
_COMMON = 0.25  # what a word is worth that many use in a language
WIDELY_KNOWN = 6  # from which on a word of the English lists is one that people use
_CLEARLY = 2.2  # by so much a sentence has to differ from its text to be read apart
_MOST_APART = 2  # languages besides the text's own; what is more mixed goes with the text's own
_MANY = 6  # so many words that say next to nothing are in a language that we do not know
_LEAST = 0.12
_A_NAME = 3  # `Entry.given`, or `.surname`, of a name
_SCRIPTS = (
    ("CYRILLIC", "uk", "іїєґ"),
    ("CYRILLIC", "ru", "ыэъё"),
    ("ARABIC", "ar", ""),
)
_CYRILLIC = frozenset(["uk", "ru"])
# Letters and endings that speak for a language. They settle nothing alone.
_SIGNS = {
    "de": "[äöüß]|sch|cht|(?:ung|heit|keit|lich|isch|ieren|tet|zeug|[^bdprw]ig)(?:en|e|er|es)?$",
    "es": "[ñ]|(?:ción|ciones|amos|emos|imos|idad|mente|ando|iendo|ado|ados|adas|ito|illo)$",
    "fr": "[èêëœçùû]|^(?:qu|l|d|j|n|c|s|m|t)'|(?:eux|euse|aient|ement|ité|eurs?|ois|ées?|és)$",
    "pl": "[ąęłńśźż]|sz|cz|rz|(?:ów|ego|ach|ami|ymi|emu|iej|ość|ują|uje|owa|nie)$",
    "pt": "[ãõ]|(?:ção|ções|ões|agem|inho|inha)$",
    "it": "[ìò]|(?:zione|zioni|mento|iamo|ggi[oa]|cch[ie])$",
    "nl": "ij|aa|oe[nktr]|(?:sch|lijk|heid|tje|jes)$",
    "tr": "[ğışİ]|(?:lar|ler|yor|dır|dir|mak|mek|lık|lik|ımız|imiz)$",
    "cs": "[ěřů]",
    "vi": "[ơưđạảấầẩậắằẵặẹẻẽếềểễệịỉọỏốồổỗộớờởợụủứừửữựỳỹ]",
    "ro": "[șțăţ]",
    "hu": "[őű]",
    "sv": "[å]",
    "da": "[ø]",
}
_SIGN_OF = {code: re.compile(sign) for code, sign in _SIGNS.items()}
_ANY_SIGN = re.compile("|".join(_SIGNS.values()))  # asked first: most words have none
_SIGN = 0.4
# A word of another language than these is worth less: their lists are short, and guests are rare.
_WIDELY_SPOKEN = frozenset(["en", "de", "es", "fr", "pl", "it", "pt", "nl", "tr", "uk", "ru", "ar"])
_RARE = 0.5


class Stretch(NamedTuple):
    """A range of a text in one language."""

    start: int
    end: int
    language: str


def stretches(text: str, *, given: str | None = None, likely: str | None = None) -> list[Stretch]:
    """Return the whole text cut where its language changes.

    Args:
        text: As it was written, with or without placeholders.
        given: The language of all of it, where somebody knows; nothing is asked of the text then.
        likely: The language to think of first.
    """
    if given and plain_code(given):
        return [Stretch(0, len(text), plain_code(given))]
    sentences = [Stretch(*m.span(), "") for m in _SENTENCE.finditer(text) if m.end() > m.start()]
    bare = PLACEHOLDER.sub(lambda m: " " * len(m.group()), text) if "[" in text else text
    words = [_words(bare[s.start : s.end]) for s in sentences]
    scores = [_scores(each) for each in words]
    whole: Counter[str] = Counter()
    for score in scores:
        whole.update(score)
    main = _best(whole, sum(map(_count, words)), plain_code(likely or ""))
    codes = [_apart(score, len(each), main) for score, each in zip(scores, words, strict=True)]
    common = {code for code, _ in Counter(c for c in codes if c != main).most_common(_MOST_APART)}
    return list(
        _joined(
            s._replace(language=code if code in common else main)
            for s, code in zip(sentences, codes, strict=True)
        )
    ) or [Stretch(0, len(text), main)]


def identify(text: str, *, likely: str | None = None) -> str:
    """Return the language of most of a text."""
    lengths: Counter[str] = Counter()
    for stretch in stretches(text, likely=likely):
        lengths[stretch.language] += stretch.end - stretch.start
    return lengths.most_common(1)[0][0]


def plain_code(code: str) -> str:
    """Return `de` for `de-AT` and `DE_at`; empty for what is no code."""
    plain = re.split(r"[-_]", code.strip().lower(), maxsplit=1)[0]
    return plain if plain.isascii() and plain.isalpha() and 2 <= len(plain) <= 3 else ""


def _words(text: str) -> tuple[str, ...]:
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    return tuple(w[-_LONGEST_WORD:].replace("’", "'").lower() for w in found)


def _count(words: tuple[str, ...]) -> int:
    """Return how many words ought to say something: names are alike in all languages."""
    entries = map(look_up, words)
    return sum(1 for entry in entries if entry.word or max(entry.given, entry.surname) < _A_NAME)


@once_a_text
def _scores(words: tuple[str, ...]) -> Counter[str]:
    score: Counter[str] = Counter()
    exact, folded = _small_words()
    for word in words:
        plain = word if word.isascii() else fold_word(word)
        for code, weight in exact.get(word) or folded.get(plain) or ():
            score[code] += weight  # type: ignore[assignment]
        for code in _signs(word):
            score[code] += _SIGN  # type: ignore[assignment]
        if not word.isascii():
            _add_script(score, word)
        for code in _common(plain):
            if word.isascii() or code != "en":
                score[code] += _COMMON  # type: ignore[assignment]
    return score


@once_a_text
def _common(plain: str) -> tuple[str, ...]:
    """Return the languages in which a word is common: English, or some of the others."""
    if look_up(plain).word >= WIDELY_KNOWN:
        return ("en",)
    places = number_of(plain, _common_words())
    return tuple(code for place, code in enumerate(COMMON_IN) if places >> place & 1)


@cache
def _common_words() -> Tables:
    return read_tables(COMMON)


@once_a_text
def _signs(word: str) -> tuple[str, ...]:
    """Return the languages for which the letters and the ending of a word speak."""
    if not _ANY_SIGN.search(word):
        return ()
    return tuple(code for code, sign in _SIGN_OF.items() if sign.search(word))


def _add_script(score: Counter[str], word: str) -> None:
    names = {unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha()}
    if "LATIN" in names or len(word) < 2:
        return  # a mixture is a disguise
    known = [code for script, code, _ in _SCRIPTS if script in names]
    for script, code, letters in _SCRIPTS:
        if script in names:
            score[code] += 1 if not letters or set(letters) & set(word) else 0.3  # type: ignore[assignment]
    if not known:
        score[UNKNOWN] += 1


def _best(score: Counter[str], count: int, likely: str) -> str:
    """Return the language with the highest score, the likely one where words are few."""
    first = likely or DEFAULT
    if sum(score.values()) < _LEAST * count and count >= _MANY:
        return UNKNOWN
    bonus = _PRIOR if likely else _HABIT
    weighed = {code: score[code] + (bonus if code == first else 0.0) for code in {*score, first}}
    return max(sorted(weighed), key=lambda code: (weighed[code], code == first))


def _apart(score: Counter[str], count: int, main: str) -> str:
    """Return the language of a sentence: its text's own, unless it says clearly otherwise."""
    if count < 2 or not score:
        return main
    best = max(sorted(score), key=lambda code: score[code])
    return best if score[best] - score[main] >= _CLEARLY else main


def _joined(parts: Iterator[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for part in parts:
        if last and last.language == part.language:
            last = last._replace(end=part.end)
        else:
            if last:
                yield last
            last = part
    if last:
        yield last


@cache
def _small_words() -> tuple[dict[str, list[tuple[str, float]]], dict[str, list[tuple[str, float]]]]:
    """Return the weights of each small word, by its spelling and by its letters without accents."""
    exact: defaultdict[str, set[str]] = defaultdict(set)
    folded: defaultdict[str, set[str]] = defaultdict(set)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        code, colon, words = line.partition(": ")
        if colon and not line.startswith("#"):
            for word in words.split():
                exact[word].add(code)
                if code not in _CYRILLIC:
                    folded[fold_word(word)].add(code)
    return _weighed(exact, 1.0), _weighed(folded, 0.8)


def _weighed(table: dict[str, set[str]], most: float) -> dict[str, list[tuple[str, float]]]:
    return {
        word: [
            (code, most / len(codes) ** 0.5 * (1.0 if code in _WIDELY_SPOKEN else _RARE))
            for code in sorted(codes)
        ]
        for word, codes in table.items()
    }
