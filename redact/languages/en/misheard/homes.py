"""Where somebody lives, heard as other words: "I live in a seat well, for duty" for SE12 4UT.

No street and no postcode can be known in them. But a cue says that one comes, and the model doubts
what it heard behind it. Typed text is not read like this.
"""

import re
from collections.abc import Iterator, Sequence

from redact.languages.en.misheard.unsure import SaidWord, sentences
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

# Behind these comes nothing but a place.
_AT_HOME = re.compile(
    r"\b(?:liv(?:e|es|ed|ing)\s(?:in|at|on)|(?:drive|come|came)\s(?:(?:in|here|all\sthe\sway)\s)?from|"
    r"moved\sto)\s$",
    re.IGNORECASE,
)
# And behind these a number is a house's.
_AT_NUMBER = re.compile(r"\bliv(?:e|es|ed|ing)\sat\s$", re.IGNORECASE)
# Behind these all is the place, up to where the sentence goes on.
_NAMED = re.compile(r"\b(?:post\s?code|address)(?:\s(?:is|was|ends\swith)|,)?,?\s$", re.IGNORECASE)
# And behind these, if a number comes first.
_TOWARDS = re.compile(
    r"\b(?:(?:sent|went|goes|came|comes)(?:\s\w+){0,3}\sto|home\sto|in\sfront\sof|outside|opposite|"
    r"(?:me|him|her|us)\soff\sat)\s(?:flat\s)?$",
    re.IGNORECASE,
)
_STOPS = frozenset(words("heard: ends places"))
_FAR = 40  # characters before a word that are looked at
_LONGEST = 7  # words of a place
_LEAST, _LEAST_ALONE = 0.2, 0.35  # doubt in all, with a number or letters among them and without
_LEAST_AT_NUMBER = 0.1
_HARDLY = 0.1


def homes(text: str, said: Sequence[SaidWord]) -> Iterator[Span]:
    """Yield what the model doubts where a place is said.

    Args:
        text: As the model wrote it.
        said: Its words.
    """
    for sentence in sentences(text, said):
        for at, word in enumerate(sentence):
            before = text[max(0, word.start - _FAR) : word.start]
            is_named, is_home = _NAMED.search(before), _AT_HOME.search(before)
            if is_named or is_home or (word.is_sign and _TOWARDS.search(before)):
                is_house = word.is_sign and _AT_NUMBER.search(before)
                least = _LEAST_AT_NUMBER if is_house else _LEAST
                phrase = _phrase(sentence[at:])
                if is_named:
                    phrase = _without_aside(text, phrase)
                yield from _place(phrase, least, is_whole=bool(is_named))


def _phrase(said: Sequence[SaidWord]) -> Sequence[SaidWord]:
    end = next((n for n, word in enumerate(said) if word.low in _STOPS), len(said))
    return said[: min(end, _LONGEST)]


def _without_aside(text: str, phrase: Sequence[SaidWord]) -> Sequence[SaidWord]:
    """Cut off what goes on behind a comma without any doubt: "is SO14, 7DW, no buses"."""
    end = len(phrase)
    while end and not phrase[end - 1].is_sign and not phrase[end - 1].doubt:
        end -= 1
    is_aside = 0 < end < len(phrase) and "," in text[phrase[end - 1].end : phrase[end].start]
    return phrase[:end] if is_aside else phrase


def _place(phrase: Sequence[SaidWord], least: float, *, is_whole: bool) -> Iterator[Span]:
    doubt = sum(word.doubt for word in phrase)
    has_sign = any(word.is_sign for word in phrase)
    if any(word.kind is Kind.EMAIL for word in phrase):
        return  # "her address is PJ Marsh at hotmail.com I think"
    if doubt < (least if has_sign else _LEAST_ALONE) and not (is_whole and has_sign):
        return
    told = [word for word in phrase if is_whole or word.is_sign or word.doubt >= _HARDLY]
    yield Span(told[0].start, told[-1].end, Kind.ADDRESS)
