"""What the sequence model looks at.

For each word its form, its neighbours and what the lists know of them.
"""

from collections import Counter
from collections.abc import Sequence

from redact.languages.en.groups import Group, group_of
from redact.languages.en.lexicon import Entry, look_up
from redact.languages.en.vocabulary import SECTIONS, words
from redact.tokens import Token

CLASS_OF: dict[str, str] = {}
for _section in SECTIONS:
    if _section.startswith("class: "):
        for _word in words(_section):
            CLASS_OF.setdefault(_word, _section.removeprefix("class: "))

_NOTHING = Entry()
_NO_GROUP = Group()
_LISTED = 3  # `Entry.given` from which a word is taken for the name that it is
_NAME = 4  # the same for a name without its possessive apostrophe: "Dorotas locker"


def features(tokens: Sequence[Token], entries: Sequence[Entry] | None = None) -> list[list[str]]:
    """Return for each token the list of its features.

    Training may say itself what the lists know.
    """
    count = len(tokens)
    entries = known(tokens) if entries is None else entries
    shapes = [_shape(t.text) for t in tokens]
    briefs = [_brief(t, e) for t, e in zip(tokens, entries, strict=True)]
    classes = [_class(t) for t in tokens]
    places = _phrases(tokens)
    small = {t.text for t in tokens if t.text.islower()}
    seen = Counter(t.lower for t in tokens)
    style = _style(tokens)
    groups = [group_of(t.lower) if t.text[0].isalpha() else _NO_GROUP for t in tokens]
    smalls = ["^", *(str(g.small) for g in groups), "$"]
    larges = ["^", "^", *(str(g.large) for g in groups), "$", "$"]
    words = ["^2", "^1", *(t.lower for t in tokens), "$1", "$2"]
    briefs = ["^", "^", *briefs, "$", "$"]
    classes = ["^", "^", *classes, "$", "$"]
    shapes = ["^", *shapes, "$"]
    rows = []
    for i in range(count):
        token, entry = tokens[i], entries[i]
        w2, w1, w0, v1, v2 = words[i : i + 5]
        b2, b1, b0, d1, d2 = briefs[i : i + 5]
        c2, c1, c0, e1, e2 = classes[i : i + 5]
        s1, s0, t1 = shapes[i : i + 3]
        k1, k0, l1 = smalls[i : i + 3]
        q2, q1, q0, r1, r2 = larges[i : i + 5]
        start = "1" if token.opens else "0"
        row = [
            "w=" + w0,
            "w-1=" + w1,
            "w+1=" + v1,
            "w-2=" + w2,
            "w+2=" + v2,
            "w-1|w+1=" + w1 + "|" + v1,
            "w-2|w-1=" + w2 + "|" + w1,
            "w+1|w+2=" + v1 + "|" + v2,
            "s=" + s0 + start + style,
            "s-1|s|s+1=" + s1 + s0 + t1,
            "b=" + b0,
            "b|s=" + b0 + s0 + start + style,
            "b-1=" + b1,
            "b+1=" + d1,
            "b-1|b=" + b1 + b0 + start,
            "b|b+1=" + b0 + d1 + start,
            "b-1|b|b+1=" + b1 + b0 + d1,
            "w-1|b=" + w1 + "|" + b0 + s0,
            "w+1|b=" + v1 + "|" + b0 + s0 + start,
            "c=" + c0,
            "c-1=" + c1,
            "c+1=" + e1,
            "c-2|c-1=" + c2 + "|" + c1,
            "c+1|c+2=" + e1 + "|" + e2,
            "c-1|b=" + c1 + "|" + b0 + s0,
            "c+1|b=" + e1 + "|" + b0 + s0 + start,
            "c-2|c-1|b=" + c2 + "|" + c1 + "|" + b0,
            "c+1|c+2|b=" + e1 + "|" + e2 + "|" + b0 + s0,
            "c-1|c|c+1=" + c1 + "|" + c0 + "|" + e1,
            "c-1|s|c+1=" + c1 + s0 + e1,
            "b+2=" + d2,
            "b-2=" + b2,
            "k=" + k0 + s0,
            "k-1=" + k1,
            "k+1=" + l1,
            "q=" + q0 + s0 + start + style,
            "q-2|q-1=" + q2 + "|" + q1,
            "q+1|q+2=" + r1 + "|" + r2,
            "q-1|b|q+1=" + q1 + "|" + b0 + s0 + "|" + r1,
            "q-1|q|q+1=" + q1 + "|" + q0 + "|" + r1,
        ]
        if token.text[0].isalpha():
            row += [
                f"g={entry.given}{s0}",
                f"n={entry.surname}{s0}",
                f"p={entry.place}{s0}",
                f"f={entry.word}{s0}{start}",
                f"gf={entry.given}|{entry.word}{s0}{start}",
            ]
            if entry.org:
                row.append("o=" + s0)
            if entry.word < 9:
                row += [
                    "x2=" + w0[-2:],
                    "x3=" + w0[-3:],
                    "x4=" + w0[-4:],
                    "y2=" + w0[:2],
                    "y3=" + w0[:3],
                    "x3|s=" + w0[-3:] + s0,
                ]
            if s0[0] == "X" and token.lower in small:
                row.append("small" + start)
            if seen[w0] > 1 and entry.word < 12:
                row.append("again" + b0)
        if places[i]:
            row.append("place=" + places[i] + s0)
            row.append("place-1=" + places[i] + "|" + c1)
        rows.append(row)
    return rows


def known(tokens: Sequence[Token]) -> list[Entry]:
    """Return for each token what the lists know of it."""
    return [_known(t.lower) if t.text[0].isalpha() else _NOTHING for t in tokens]


def _known(word: str) -> Entry:
    """Return what the lists know of a word; "dorotas" is what Dorota has."""
    entry = look_up(word)
    if entry.given < _LISTED and entry.word < 2 and len(word) > 4 and word.endswith("s"):
        whose = look_up(word[:-1])
        if whose.given >= _NAME and whose.word < 2:
            return entry._replace(given=whose.given)
    return entry


def _shape(text: str) -> str:
    """Return the form of a word: Xx for Word, XX for WORD, XxX for McCoy, 99 for digits."""
    if text.isalpha() or "'" in text:
        return _letters(text)
    if text.isdecimal():
        return "9" * min(len(text), 5)
    if text[0].isalnum():
        return "X9"
    return "[]" if text[0] == "[" and len(text) > 1 else text


def _letters(text: str) -> str:
    if text.islower():
        return "xx"
    if text.isupper():
        return "X" if len(text) == 1 else "XX"
    return "Xx" if text[0].isupper() and text[1:].islower() else "XxX"


def _brief(token: Token, entry: Entry) -> str:
    """Return in a few letters what kind of word this may be."""
    if not token.text[0].isalpha():
        return "#" if token.text[0].isdecimal() else "."
    brief = "G" if entry.given >= 5 else "g" if entry.given >= 3 else ""
    brief += "S" if entry.surname >= 4 else "s" if entry.surname >= 2 else ""
    brief += "P" if entry.place >= 6 else "p" if entry.place >= 4 else ""
    brief += "W" if entry.word >= 11 else "w" if entry.word >= 8 else "v" if entry.word else ""
    return brief + ("O" if entry.org else "") or "?"


def _class(token: Token) -> str:
    known = CLASS_OF.get(token.lower)
    if known:
        return known
    if token.text.isdecimal():
        return "9" * min(len(token.text), 4)
    return token.text if not token.text[0].isalnum() and len(token.text) == 1 else "-"


def _phrases(tokens: Sequence[Token]) -> list[str]:
    """Mark tokens that are part of a place of two or three words, or of a known firm."""
    marks = [""] * len(tokens)
    for i in range(len(tokens) - 1):
        if not tokens[i].text[0].isalpha() or not tokens[i + 1].text[0].isalpha():
            continue
        for length in (3, 2):
            if i + length <= len(tokens):
                entry = look_up(" ".join(t.lower for t in tokens[i : i + length]))
                if entry.place or entry.org:
                    mark = "P" if entry.place else "O"
                    for j in range(i, i + length):
                        marks[j] = mark
                    break
    return marks


def _style(tokens: Sequence[Token]) -> str:
    """Say how the note uses capitals: n for none, a for all, m for as usual."""
    letters = "".join(t.text for t in tokens if t.text.isalpha() and t.lower != "i")
    if letters.islower():
        return "n"
    return "a" if letters.isupper() else "m"
