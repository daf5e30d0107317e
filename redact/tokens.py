"""Words of a folded text, with where they stand."""

import re
from typing import NamedTuple

from redact.spans import Kind

# A word keeps its inner apostrophe (O'Brien, don't); 's, 'm, 'll are words of their own.
_TOKEN = re.compile(
    (
        rf"\[(?:{'|'.join(Kind)})(?: \d+)?\]|"  # a placeholder; other brackets hide no name
        r"'(?:s|m|re|ve|ll|d)\b|[^\W_]+(?:'(?!(?:s|m|re|ve|ll|"
        r"d)\b)[^\W_]+)*|_|[^\w\s]"
    ),
    re.IGNORECASE,
)
SENTENCE_END = frozenset(".!?\n")


class Token(NamedTuple):
    """A word or sign; `lower` is it in lower case, `opens` says that a sentence begins with it."""

    text: str
    lower: str
    start: int
    end: int
    opens: bool


def tokenize(text: str) -> list[Token]:
    """Return the words and signs of a folded text, in order."""
    tokens = []
    opens, last = True, 0
    for match in _TOKEN.finditer(text):
        word, start = match.group(), match.start()
        if "\n" in text[last:start]:
            opens = True
        tokens.append(Token(word, word.lower(), start, match.end(), opens))
        last = match.end()
        opens = word in SENTENCE_END or (opens and not word[0].isalnum())
    return tokens
