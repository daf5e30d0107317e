"""Names that are spelled: M-A-R-E-K, J o l a."""

import re
from collections.abc import Iterator

from redact.languages.kit.lexicon import Lexicon
from redact.languages.kit.vocabulary import Vocabulary
from redact.spans import Kind, Recognizer, Span

_SPELLED = re.compile(
    r"(?<![\w'])[^\W\d_](?P<gap>[ .\-_*]|\. |, | - )[^\W\d_]"
    r"(?:(?P=gap)[^\W\d_]){1,18}(?![^\W_]|'[a-z])"
)


def spelled_names(vocabulary: Vocabulary, lexicon: Lexicon) -> Recognizer:
    """Return what finds names with a blank or a sign after each letter."""
    cues = vocabulary.one_of("spelling cues")
    cue = re.compile(rf"{cues}\W{{0,3}}(?:\w+\W){{0,2}}$", re.IGNORECASE)

    def find(text: str) -> Iterator[Span]:
        for match in _SPELLED.finditer(text):
            letters = re.sub(r"[^a-z]", "", match.group().lower())
            entry = lexicon.look_up(letters)
            named = max(entry.given, entry.surname) >= 3
            cued = cue.search(text, max(0, match.start() - 40), match.start())
            if named or cued or (len(letters) > 3 and not entry.word):
                yield Span(match.start(), match.end(), Kind.PERSON)

    return find
