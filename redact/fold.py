"""A plain view of a text in which disguises fall away, with the way back to exact offsets.

The view is what every recognizer reads. It drops zero-width characters, direction marks and
combining accents, turns full-width and styled letters into plain ones, and reads look-alike
letters of other alphabets as the Latin letters that they imitate. It keeps case, and it keeps one
character's order and place: `Folded.origin[i]` is the offset in the raw text that the view's
character `i` came from.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Characters that NFKD leaves alone, after what a reader of Latin script sees in them.
_LIKENESSES = """
a аαɑᴀ  b ьβʙᴃ  c сᴄϲ  d đðԁᴅɗ
e еєεᴇ  f ƒғꜰ  g ɡɢԍ  h һħнʜ  i ıіιɩɪї  j јᴊ  k кκĸᴋ  l łӏʟɭǀ  m мᴍ  n ŋпηɴո
o øоοσօᴏ  p рρᴘþ  q ԛգ  r гʀɾ  s ѕꜱʂ  t тτŧᴛ  u υʋᴜսц  v νѵᴠ  w ԝωѡᴡш  x хχ  y уүγʏ  z зᴢʐ
A АΑ  B ВΒ  C СϹ  D ĐÐ  E ЕΕ  F Ϝ
G Ԍ  H НΗĦ  I ІΙӀ  J Ј  K КΚ  L Ł  M МΜ  N Ν  O ОΟØ  P РΡ  Q Ԛ  S Ѕ
T ТΤŦ  U Ս  V Ѵ  W Ԝ  X ХΧ  Y ҮΥУ  Z ΖЗ  ss ßẞ  ae æ  AE Æ  oe œ  OE Œ
' ‘’‛′´ʼʹ`＇  " “”„‟″«»  - ‐‑‒–—―−﹣  . ․。·  / ⁄∕  , ،、
"""
_LIKE = {
    character: plain
    for plain, characters in zip(_LIKENESSES.split()[::2], _LIKENESSES.split()[1::2], strict=True)
    for character in characters
}


@dataclass(frozen=True, slots=True)
class Folded:
    """A plain view of a raw text.

    `origin` has one raw offset for each of its characters, and the raw length at its end.
    """

    text: str
    origin: range | list[int]
    raw_text: str

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw range behind `start:end` of the view, with marks on its last letter."""
        raw_end = self.origin[end - 1] + 1
        after = self.origin[end]
        while raw_end < after and not _plain(self.raw_text[raw_end]):
            raw_end += 1
        return self.origin[start], raw_end


def fold(raw_text: str) -> Folded:
    """Return the plain view of a text."""
    if raw_text.isascii() and raw_text.isprintable():
        return Folded(raw_text, range(len(raw_text) + 1), raw_text)
    pieces: list[str] = []
    origin: list[int] = []
    for offset, character in enumerate(raw_text):
        plain = _plain(character)
        if plain:
            pieces.append(plain)
            origin.extend([offset] * len(plain))
    origin.append(len(raw_text))
    return Folded("".join(pieces), origin, raw_text)


def fold_word(word: str) -> str:
    """Return a word as the lists know it: plain letters, lower case."""
    return fold(word).text.lower()


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _LIKE:
        return _LIKE[character]
    category = unicodedata.category(character)
    if character in "\n\r\t":
        return " " if character == "\t" else character
    if category in {"Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"}:
        return _styled(character) if category == "Cn" else ""
    if category == "Zs":
        return " "
    if category in {"Zl", "Zp"}:
        return "\n"
    return _styled(character)


def _styled(character: str) -> str:
    """Undo what Unicode offers for style.

    Full width, circles, bold mathematics, accents, regional letters.
    """
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return chr(ord(character) - 0x1F1E6 + ord("A"))
    squared = ord(character) - 0x1F130
    if 0 <= squared < 96 and squared % 32 < 26:
        return chr(squared % 32 + ord("A"))
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)
    )
    return "".join(_LIKE.get(c, c) for c in plain)
