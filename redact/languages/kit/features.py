"""What a sequence model looks at: each word's form, its neighbours, what the lists know of them.

The same for every language; what differs stands in its lists. In German a capital says little, so
`noun` and the tail of a compound say more; in Polish endings do, and the list holds inflected
names.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from redact.languages.kit.lexicon import NOTHING, Entry, Lexicon
from redact.tokens import Token

Rows = list[list[str]]


class Features:
    """Turns tokens into rows of features, by one language's lists.

    Args:
        lexicon: What is known of single words.
        classes: Words that mean something by their class (titles, units), each with its class.
        joins_words: Whether nouns are put together into one (German).
    """

    def __init__(
        self, lexicon: Lexicon, classes: Mapping[str, str], *, joins_words: bool = False
    ) -> None:
        self._lexicon = lexicon
        self._classes = classes
        self._joins_words = joins_words

    def known(self, tokens: Sequence[Token]) -> list[Entry]:
        """Return for each token what the lists know of it."""
        look_up = self._lexicon.look_up
        return [look_up(t.lower) if t.text[0].isalpha() else NOTHING for t in tokens]

    def rows(self, tokens: Sequence[Token], entries: Sequence[Entry] | None = None) -> Rows:
        """Return for each token the list of its features.

        Training may say itself what the lists know.
        """
        entries = self.known(tokens) if entries is None else entries
        style = _style(tokens)
        shapes = ["^", *(_shape(t.text) for t in tokens), "$"]
        briefs = [self._brief(t, e) for t, e in zip(tokens, entries, strict=True)]
        briefs = ["^", "^", *briefs, "$", "$"]
        classes = ["^", "^", *(self._class(t) for t in tokens), "$", "$"]
        words = ["^2", "^1", *(t.lower for t in tokens), "$1", "$2"]
        places = _phrases(tokens, self._lexicon.look_up)
        seen = Counter(t.lower for t in tokens)
        rows = []
        for i, (token, entry) in enumerate(zip(tokens, entries, strict=True)):
            w2, w1, w0, v1, _v2 = words[i : i + 5]
            b2, b1, b0, d1, d2 = briefs[i : i + 5]
            c2, c1, c0, e1, e2 = classes[i : i + 5]
            s1, s0, t1 = shapes[i : i + 3]
            start = "1" if token.opens else "0"
            form = s0 + start + style
            row = [
                "w=" + w0,
                "w-1=" + w1,
                "w+1=" + v1,
                "w-2|w-1=" + w2 + "|" + w1,
                "w-1|b=" + w1 + "|" + b0 + s0,
                "w+1|b=" + v1 + "|" + b0 + s0,
                "s=" + form,
                "s-1|s|s+1=" + s1 + s0 + t1,
                "b=" + b0,
                "b|s=" + b0 + form,
                "b-1|b=" + b1 + b0 + start,
                "b|b+1=" + b0 + d1 + start,
                "b-1|b|b+1=" + b1 + b0 + d1,
                "b-2=" + b2,
                "b+2=" + d2,
                "c=" + c0,
                "c-1=" + c1,
                "c+1=" + e1,
                "c-2|c-1=" + c2 + "|" + c1,
                "c+1|c+2=" + e1 + "|" + e2,
                "c-1|b=" + c1 + "|" + b0 + s0,
                "c+1|b=" + e1 + "|" + b0 + s0,
                "c-2|c-1|b=" + c2 + "|" + c1 + "|" + b0,
                "c-1|c|c+1=" + c1 + "|" + c0 + "|" + e1,
                "c-1|s|c+1=" + c1 + s0 + e1,
            ]
            if token.text[0].isalpha():
                row += [
                    f"g={entry.given}|{entry.surname}{s0}",
                    f"p={entry.place}|{entry.word}{s0}",
                    f"f={entry.word}{entry.noun}{s0}{start}",
                    f"gf={entry.given}|{entry.word}{form}",
                    f"nf={entry.surname}|{entry.word}{form}",
                ]
                if entry.word < 9:
                    row += [
                        "x2=" + w0[-2:] + s0,
                        "x3=" + w0[-3:] + s0,
                        "x4=" + w0[-4:],
                        "y3=" + w0[:3],
                        "x3|c-1=" + w0[-3:] + "|" + c1,
                    ]
                if seen[w0] > 1 and entry.word < 12:
                    row.append("again" + b0)
            if places[i]:
                row.append("place" + s0)
            rows.append(row)
        return rows

    def _brief(self, token: Token, entry: Entry) -> str:
        """Return in a few letters what kind of word this may be."""
        if not token.text[0].isalpha():
            return "#" if token.text[0].isdecimal() else "."
        brief = "G" if entry.given >= 5 else "g" if entry.given >= 3 else ""
        brief += "S" if entry.surname >= 5 else "s" if entry.surname >= 3 else ""
        brief += "P" if entry.place >= 5 else "p" if entry.place >= 3 else ""
        brief += "W" if entry.word >= 11 else "w" if entry.word >= 7 else "v" if entry.word else ""
        brief += "N" if entry.noun else ""
        if not brief and self._joins_words and self._lexicon.ends_in_a_word(token.lower):
            return "T"
        return brief or "?"

    def _class(self, token: Token) -> str:
        known = self._classes.get(token.lower)
        if known:
            return known
        if token.text.isdecimal():
            return "9" * min(len(token.text), 6)
        return token.text if not token.text[0].isalnum() and len(token.text) == 1 else "-"


def _shape(text: str) -> str:
    """Return the form of a word: Xx for Word, XX for WORD, XxX for McCoy, 99 for digits."""
    if text.isalpha() or "'" in text:
        if text.islower():
            return "xx"
        if text.isupper():
            return "X" if len(text) == 1 else "XX"
        return "Xx" if text[0].isupper() and text[1:].islower() else "XxX"
    if text.isdecimal():
        return "9" * min(len(text), 6)
    if text[0].isalnum():
        return "X9"
    return "[]" if text[0] == "[" and len(text) > 1 else text


def _phrases(tokens: Sequence[Token], look_up: Callable[[str], Entry]) -> list[bool]:
    """Mark tokens that are part of a place of two or three words."""
    marks = [False] * len(tokens)
    for i in range(len(tokens) - 1):
        if not tokens[i].text[0].isalpha() or not tokens[i + 1].text[0].isalpha():
            continue
        for length in (3, 2):
            here = tokens[i : i + length]
            if len(here) == length and look_up(" ".join(t.lower for t in here)).place:
                marks[i : i + length] = [True] * length
                break
    return marks


def _style(tokens: Sequence[Token]) -> str:
    """Say how the note uses capitals: n for none, a for all, m for as usual."""
    letters = "".join(t.text for t in tokens if t.text.isalpha() and len(t.text) > 1)
    if letters.islower():
        return "n"
    return "a" if letters.isupper() else "m"
