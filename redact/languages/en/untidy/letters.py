"""Names where letters have them: under the last line, and behind "From:"."""

import re
from collections.abc import Iterator

from redact.languages.en.lexicon import look_up
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_NAME = r"[A-Z][\w'-]{1,24}(?:[ \t][A-Z][\w.'-]{0,24}){0,2}"
# "Clear skies," and a line with nothing but a name below it
_SIGNED = re.compile(
    r"(?:^|\n)[ \t]*[A-Za-z]+(?:[ \t][\w']+){0,3},[ \t]*\n\s{0,4}"
    rf"(?P<name>{_NAME})[ \t]*(?=\n|$)"
)
_HEADED = re.compile(
    r"(?:^|\n)[ \t>]*(?:From|To|Cc|Bcc|Attn|Signed)[ \t]?:[ \t]*"
    r"(?P<name>[A-Z][\w'-]{1,24},?(?:[ \t][A-Z][\w.'-]{0,24}){1,2})(?=[ \t]*(?:[\n<;\[(]|$))"
)
_ADDRESSED = frozenset((*words("names: addressed"), *words("names: greetings")))
_EVERYDAY = 8  # `Entry.word` of words that everybody uses
_NAMED = 3  # `Entry.given` or `Entry.surname` of words that people are called as well


def letters(text: str) -> Iterator[Span]:
    """Yield who signs a letter, and whom its head names."""
    for pattern in (_SIGNED, _HEADED):
        for match in pattern.finditer(text):
            if all(map(_may_be_a_name, re.findall(r"[a-z'-]+", match["name"].lower()))):
                yield Span(*match.span("name"), Kind.PERSON)


def _may_be_a_name(word: str) -> bool:
    entry = look_up(word)
    is_everyday = entry.word >= _EVERYDAY or word in _ADDRESSED
    return not is_everyday or max(entry.given, entry.surname) >= _NAMED
