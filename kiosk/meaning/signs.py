"""Little pictures among letters, as words: for paper that has no drawing of them."""

import unicodedata
from dataclasses import replace

from kiosk.meaning.paper import Paper, PaperCard, PaperTheme

_FIRST_PICTURE = "\u2600"  # signs before it, such as © and °, are in every font
_SHADES = range(0x1F3FB, 0x1F400)  # the tone of skin of the sign before
_VARIANT = "\ufe0f"  # wishes the sign before in colour


def spelled(paper: Paper) -> Paper:
    """Return the paper with the name of each little picture in its place."""
    return replace(
        paper,
        title=_words(paper.title),
        themes=[_theme(each) for each in paper.themes],
        few=[_card(each) for each in paper.few],
    )


def _theme(theme: PaperTheme) -> PaperTheme:
    return replace(
        theme,
        name=_words(theme.name),
        meaning=_words(theme.meaning),
        quotes=[_words(each) for each in theme.quotes],
        other=_words(theme.other),
        cards=[_card(each) for each in theme.cards],
    )


def _card(card: PaperCard) -> PaperCard:
    return replace(card, text=_words(card.text))


def _words(text: str) -> str:
    return "".join(map(_word, text))


def _word(letter: str) -> str:
    if ord(letter) in _SHADES or letter == _VARIANT:
        return ""
    is_picture = letter >= _FIRST_PICTURE and unicodedata.category(letter) == "So"
    name = unicodedata.name(letter, "") if is_picture else ""
    return f"({name.lower()})" if name else letter
