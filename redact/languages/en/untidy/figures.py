"""Words with a figure for a sound, as thumbs write them: gr8, evry1, 2day, b4."""

import re

from redact.languages.en.lexicon import look_up
from redact.languages.en.untidy.names import DIALECT
from redact.languages.en.untidy.nearest import nearest
from redact.languages.en.vocabulary import words

_FIGURES = words("reading: sounds of figures")
_SOUNDS = tuple(zip(_FIGURES[::2], _FIGURES[1::2], strict=True))
_FORM = re.compile(r"[a-z]{2,8}[1248][a-z]{0,10}|[bhlmw][48]|[24][a-z]{3,8}")
_NAME = 3  # `Entry.given` from which a word is a name
_PLAIN = 8  # `Entry.word` of words that everybody uses
_FREQUENT = 9  # `Near.frequency` of words that are misspelled
_SLIGHT = frozenset("sdtk")


def sounded(word: str) -> str:
    """Return the everyday word that one with a figure stands for; nothing if there is none."""
    if not _FORM.fullmatch(word):
        return ""
    for figure, said in _SOUNDS:
        if figure in word and (meant := _meant(word.replace(figure, said, 1))):
            return meant
    return ""


def _meant(word: str) -> str:
    if word in DIALECT:
        return DIALECT[word]
    entry = look_up(word)
    if entry.given >= _NAME:
        return ""
    if entry.word >= _PLAIN:
        return word
    near = nearest(word)
    return near.word if near.slip in _SLIGHT and near.frequency >= _FREQUENT else ""
