"""What a capital is worth in a note: some people use none, some all, some for every noun.

A capital amid a sentence says *name* in a tidy note and nothing at all in Title Case. So each
sentence is given the letter of its style: `n` no capitals, `a` all, `t` Title Case, `r` here and
there, on nouns or on whatever matters to the writer, and `m` for as usual.
"""

from collections.abc import Sequence

from redact.languages.en.lexicon import Entry
from redact.languages.language import Guess
from redact.memory import once_a_text
from redact.spans import Kind
from redact.tokens import Token

_PLAIN = 5  # `Entry.word` of words that have no capital in a tidy note
_LISTED = 3  # `Entry.given` from which a word is a name, whatever else it is
_EVERYDAY = 13  # `Entry.word` from which a word is hardly ever the name that it may be
_LONG = 4  # letters of a word that people who use capitals for nouns may give one
_TITLES = 0.65  # share of plain words with a capital from which a note is in Title Case
_RANDOM = 0.4
_FEW = 4  # words below which a sentence has the style of its note
_CAPITAL = frozenset([Kind.ORG, Kind.LOCATION])  # what has a capital in a tidy note
_EVERYBODYS = 8  # `Entry.word` of words that everybody uses
_AGAINST = 5.0  # odds against a place or team of such words in small letters
_LIKELY = 0.1  # what is less probable does not go anyway
_USUAL = frozenset(["i", "i'm", "hr", "it", "ok", "tv"])


def capitals(tokens: Sequence[Token], entries: Sequence[Entry]) -> list[str]:
    """Return for each token the style of its sentence."""
    return list(_capitals((tuple(tokens), tuple(entries))))


@once_a_text
def _capitals(words: tuple[tuple[Token, ...], tuple[Entry, ...]]) -> list[str]:
    tokens, entries = words
    whole = _style(tokens, entries)
    styles: list[str] = []
    start = 0
    for end in range(1, len(tokens) + 1):
        if end == len(tokens) or (tokens[end].opens and not tokens[end - 1].opens):
            part = _style(tokens[start:end], entries[start:end])
            styles += [part or whole or "m"] * (end - start)
            start = end
    return styles


def small_words(
    tokens: Sequence[Token],
    entries: Sequence[Entry],
    styles: Sequence[str],
    guesses: Sequence[Guess],
) -> list[Guess]:
    """Return the guesses, less sure of plain words that are no place or team for want of a capital.

    Who gives names a capital gives it to Kestrel and to Dock Street, too.
    """
    return [
        guess.against(_AGAINST)
        if guess.kind in _CAPITAL
        and guess.probability > _LIKELY
        and styles[at] == "m"
        and tokens[at].text.islower()
        and entries[at].word >= _EVERYBODYS
        else guess
        for at, guess in enumerate(guesses)
    ]


def _style(tokens: Sequence[Token], entries: Sequence[Entry]) -> str:
    """Return the style of some words; none where they are too few to tell."""
    known = [
        (t, e)
        for t, e in zip(tokens, entries, strict=True)
        if t.text.isalpha() and t.lower not in _USUAL
    ]
    if len(known) < _FEW:
        return ""
    if all(t.text.islower() for t, _ in known):
        return "n"
    long = [t.text for t, _ in known if len(t.text) > 1]
    if sum(text.isupper() for text in long) > 0.8 * len(long):
        return "a"
    amid = [(t, e) for t, e in known if _is_plain(e) and not t.opens]
    raised = sum(t.text[0].isupper() for t, _ in amid)
    if raised > _FEW - 1 and raised >= _TITLES * len(amid):
        return "t"
    plain = [t.text[0].isupper() for t, _ in amid if len(t.text) >= _LONG]
    share = sum(plain) / len(plain) if plain else 0.0
    return "r" if share >= _RANDOM and _runs(known) > 1 else "m"


def _runs(known: Sequence[tuple[Token, Entry]]) -> int:
    """Return how often plain words with a capital begin anew: the name of a street is one run."""
    raised = [
        t.text[0].isupper() and not t.opens and e.word >= _PLAIN and e.given < _LISTED
        for t, e in known
    ]
    return sum(now and not before for before, now in zip([False, *raised], raised, strict=False))


def _is_plain(entry: Entry) -> bool:
    return entry.word >= _PLAIN and (entry.given < _LISTED or entry.word >= _EVERYDAY)
