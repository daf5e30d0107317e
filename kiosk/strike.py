"""Striking words out of a text that its visitor has read."""

from collections.abc import Iterable, Sequence

from store.covering import Text, cut
from store.payloads import Range

STRUCK = "REMOVED"  # the kind of what stands for words that the visitor struck out


def strike(words: Text, ranges: Iterable[Sequence[int]]) -> Text:
    """Take ranges out of the text as its visitor sees it.

    Raises:
        ValueError: A range does not lie within the text.
    """
    return cut(words, [_checked(words.text, each) for each in ranges], kind=STRUCK)


def _checked(text: str, given: Sequence[int]) -> Range:
    start, end = given
    if not 0 <= start < end <= len(text):
        raise ValueError("a struck range does not lie within the text")
    return start, end
