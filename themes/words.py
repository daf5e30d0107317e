"""What a text is about, as words: no small words, no endings, no placeholders, no figures.

Nothing else of a text is looked at: neither its spelling nor its length, signs or language. A word
of work that means the same in several languages is one word here, so notes in German and in English
can meet; so are the parts of a German word that is put together from such words.
"""

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_PLACEHOLDER = re.compile(r"\[[^\]\n]{1,40}\]")  # what redaction put in place of a detail
_SIGN = "="  # before a meaning that several languages share; no word has it
_SHORTEST_STEM = 3
_SHORTEST_PART = 4  # of a German word that is put together
_NO_BLANKS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")

# Endings, longest first, and what takes their place.
_ENDINGS = {
    "en": (
        "ments ment: ations:at ation:at ings: ing: edly: ied:y ies:y ness: ed: ly: sses:ss "
        "ers: er: s:"
    ),
    "de": "ungen:ung heiten:heit keiten:keit lichen:lich liche:lich ern: eren: en: er: em: es: e: n: s:",  # noqa: E501  # one line a language
    "es": "aciones:a ación:a amente: mente: ados: adas: ado: ada: idos: idas: ido: ida: ando: iendo: aron: ieron: ar: er: ir: as: os: es: a: o: e: s:",  # noqa: E501  # one line a language
    "fr": "ations:at ation:at ements: ement: euses: euse: eux: ées: és: ée: er: ez: ent: es: é: e: s:",  # noqa: E501  # one line a language
    "pl": "owego: owych: iego: iej: ach: ami: ego: emu: ych: ymi: ów: om: ie: ej: ym: ą: ę: y: i: a: e: o: u:",  # noqa: E501  # one line a language
    "it": "azioni:a azione:a amente: ando: endo: ati: ata: ato: are: ere: ire: a: e: i: o:",
    "pt": "ações:a ação:a mente: ando: endo: ados: adas: ado: ada: ar: er: ir: as: os: es: a: o: e: s:",  # noqa: E501  # one line a language
    "nl": "heden:heid en: er: e: s:",
}


def content(text: str) -> list[str]:
    """Return the stems of the words that say what a text is about, in their order.

    A text of small words alone gives these, so that two such texts can still be alike.
    """
    words = plain_words(text)
    language = _language(words)
    small = _small_words()
    skipped = small[language] | small["en"]
    kept = [word for word in words if word not in skipped and len(word) > 1]
    return [stem for word in kept or words for stem in _stems(word, language)]


def pairs(stems: list[str]) -> list[str]:
    """Return each two stems that follow one another."""
    return [f"{first} {second}" for first, second in pairwise(stems)]


def shown(text: str) -> list[tuple[str, str]]:
    """Return each content word as it was written, lower case, with its stem."""
    words = plain_words(text)
    language = _language(words)
    small = _small_words()
    skipped = small[language] | small["en"]
    kept = [word for word in words if word not in skipped and len(word) > 1]
    return [(word, _stems(word, language)[0]) for word in kept]


def in_english(text: str) -> list[str]:
    """Return the words of an English text that say what it is about, questions and denials too.

    Of a text in another language the English ones of its words of work, "" for each of the rest.
    """
    words = plain_words(text)
    if _language(words) == "en":
        return [word for word in words if word not in _style_words()] or words
    return [stem.removeprefix(_SIGN) if stem[:1] == _SIGN else "" for stem in content(text)]


def english_of_work() -> list[str]:
    """Return the English word that stands for each meaning that several languages share."""
    return sorted({meaning.removeprefix(_SIGN) for meaning in _same_words().values()})


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case; scripts without blanks come two signs at a time."""
    folded = unicodedata.normalize("NFKC", _PLACEHOLDER.sub(" ", text)).casefold()
    folded = folded.replace("’", "'")
    words: list[str] = []
    for word in _WORD.findall(folded):
        if _NO_BLANKS.search(word) and len(word) > 1:
            words += [word[at : at + 2] for at in range(len(word) - 1)]
        else:
            words.append(word.removesuffix("'s"))
    return words


@cache
def stem_of(word: str, language: str) -> str:
    """Take the ending off a lower-case word."""
    before, _, after = word.partition("'")
    word = after if after and language in {"fr", "it"} else before
    for ending, put in _endings(language):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                break
            word = word[: len(word) - len(ending)] + put
            break
    if language == "en":
        if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsze":
            word = word[:-1]
        word = word[:-1] if len(word) > 4 and word.endswith("e") else word
    return word


def _stems(word: str, language: str) -> list[str]:
    same = _same_words()
    stem = stem_of(word, language)
    meaning = same.get(word) or same.get(stem)
    if meaning:
        return [meaning]
    parts = _parts(word) if language == "de" else ()
    return list(parts) if len(parts) > 1 else [stem, *parts]


@cache
def _parts(word: str) -> tuple[str, ...]:
    """Return what a German word is put together from: shift and plan of a Schichtplan."""
    same, found = _same_words(), []
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        found += [same[part] for part in (word[:at], word[at:]) if part in same]
    return tuple(dict.fromkeys(found))


def _language(words: list[str]) -> str:
    spoken = _small_in()
    score = Counter(code for word in words for code in spoken.get(word, ()))
    best = max(score.values(), default=0)
    return "en" if score["en"] == best else min(code for code in score if score[code] == best)


@cache
def _small_in() -> dict[str, list[str]]:
    """Return the languages that a small word is of."""
    found: dict[str, list[str]] = {}
    for language, small in _small_words().items():
        for word in small:
            found.setdefault(word, []).append(language)
    return found


@cache
def _endings(language: str) -> tuple[tuple[str, str], ...]:
    pairs = (each.partition(":") for each in _ENDINGS.get(language, "").split())
    return tuple((ending, put) for ending, _, put in pairs)


@cache
def _small_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines("small_words.txt"):
        code, _, words = line.partition(":")
        found.setdefault(code, set()).update(words.split())
    return {code: frozenset(words) for code, words in found.items()}


@cache
def _style_words() -> frozenset[str]:
    return frozenset(word for line in _lines("style_words.txt") for word in line.split())


@cache
def _same_words() -> dict[str, str]:
    """The meaning of a word: the first English word of its line, with a sign no word has."""
    found: dict[str, str] = {}
    for line in _lines("same_words.txt"):
        meaning = _SIGN + line.split()[0]
        for word in line.replace("/", " ").split():
            found.setdefault(word, meaning)
    return found


def _lines(name: str) -> list[str]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
