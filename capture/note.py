"""Written notes: bytes from the wire to plain text that holds nothing a reader cannot see.

Invisible characters are taken out here, once, for two reasons: they can hide a name from the
recognizers ("Ma<zero width>ria"), and a pattern of them can mark a text so that its author is known
again. What carries meaning in some script stays: joiners between letters that join, and the
variation selectors and joiners that emoji are made of.
"""

import re
import unicodedata

from capture.errors import TooLargeError, UnreadableError

BYTES_PER_CHARACTER = 4  # UTF-8's longest form (RFC 3629, section 3)

_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters; tab and line feed stay
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # fillers
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"  # zero width, direction
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"  # format, tags
)
# Joiners mean something after emoji and joining letters; all lie above Latin, Greek and Cyrillic.
_STRAY_JOINER = re.compile("(?<![\u0530-\U000e0000])[\u200c\u200d]+")
_MANY_BLANK_LINES = re.compile("\n[ \t]*\n[ \t]*\n[ \t\n]*")


class UnreadableNoteError(UnreadableError):
    """The note is not UTF-8 text."""


class EmptyNoteError(UnreadableNoteError):
    """Nothing that can be seen is in the note."""


class TooLongError(TooLargeError):
    """The note has more characters than a note may have."""


def read(untrusted_body: bytes, *, limit_characters: int) -> str:
    """Return the note as visible text in composed form (NFC) with line feeds as its only line ends.

    Args:
        untrusted_body: UTF-8, with or without a byte order mark.
        limit_characters: The longest note in code points, counted as it will be kept.

    Raises:
        TooLongError: It is longer than that.
        UnreadableNoteError: It is not UTF-8.
        EmptyNoteError: Nothing is left of it.
    """
    if len(untrusted_body) > limit_characters * BYTES_PER_CHARACTER + len(b"\xef\xbb\xbf"):
        raise TooLongError("the note is too long")
    try:
        raw_text = untrusted_body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableNoteError("the note is not UTF-8 text") from None
    raw_text = visible(raw_text)
    if not raw_text:
        raise EmptyNoteError("the note is empty")
    if len(raw_text) > limit_characters:
        raise TooLongError("the note is too long")
    return raw_text


def visible(raw_text: str) -> str:
    """Return the text composed (NFC), without invisible characters and without blanks round it."""
    raw_text = _INVISIBLE.sub("", _LINE_END.sub("\n", raw_text))
    raw_text = unicodedata.normalize("NFC", _STRAY_JOINER.sub("", raw_text))
    return _MANY_BLANK_LINES.sub("\n\n", raw_text).strip(" \t\n\u00a0\u200c\u200d")
