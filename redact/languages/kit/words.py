"""Cutting a text into words where a language runs some together: l'hôpital, d'Almeida, j'ai."""

from collections.abc import Callable

from redact.tokens import Token, tokenize

_MOST = 4  # short words before one word


def tokenizer(elided: frozenset[str]) -> Callable[[str], list[Token]]:
    """Return a tokenizer that cuts after a short word that lost its last letter."""
    return lambda text: [part for token in tokenize(text) for part in _cut(token, elided)]


def _cut(token: Token, elided: frozenset[str]) -> list[Token]:
    words: list[Token] = []
    text, start = token.text, token.start
    while "'" in text:
        first, _, rest = text.partition("'")
        if not rest or first.lower() not in elided:
            break
        middle = start + len(first) + 1
        words.append(Token(first + "'", first.lower() + "'", start, middle, token.opens))
        text, start = rest, middle
        if len(words) > _MOST:
            break  # no word is cut so often, and a hostile one would be for long
    return [*words, Token(text, text.lower(), start, token.end, token.opens)]
