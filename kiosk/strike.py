"""What its visitor does to a text that they have read: words struck out, a detail brought back."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kiosk.drafts import Words
from store.covering import Text, cut
from store.payloads import Gap, Range

PLACEHOLDER = re.compile(r"\[[A-Z]+(?: \d{1,4})?\]")  # as the redaction writes it
STRUCK = "REMOVED"  # the kind of what stands for words that the visitor struck out


def strike(words: Text, ranges: Iterable[Sequence[int]]) -> Text:
    """Take ranges out of the text as its visitor sees it.

    Raises:
        ValueError: A range does not lie within the text.
    """
    return cut(words, [_checked(words.text, each) for each in ranges], kind=STRUCK)


def bring_back(words: Words, place: Sequence[int]) -> Words:
    """Put back what stood behind a placeholder; it counts as doubtful, so that its readers look.

    Raises:
        ValueError: No placeholder of ours stands there.
    """
    start, end = place
    places = [(each.start, each.end) for each in words.spans[: len(words.raw_behind)]]
    if (start, end) not in places:
        raise ValueError("no placeholder stands there")
    at = places.index((start, end))
    word = words.raw_behind[at]
    longer_by = len(word) - (end - start)

    def moved(first: int, last: int) -> Range:
        by = longer_by if first >= end else 0
        return first + by, last + by

    others = [each for each in words.spans if (each.start, each.end) != (start, end)]
    doubts = [moved(*each) for each in words.doubts]
    return replace(
        words,
        text=words.text[:start] + word + words.text[end:],
        spans=tuple(Gap(*moved(each.start, each.end), each.kind) for each in others),
        doubts=tuple(sorted([*doubts, (start, start + len(word))])),
        raw_behind=words.raw_behind[:at] + words.raw_behind[at + 1 :],
    )


def as_said(words: Words) -> tuple[str, tuple[Range, ...]]:
    """Return a text with all that stood behind its placeholders, and what in it was doubtful."""
    while words.raw_behind:
        first = words.spans[0]
        words = bring_back(words, (first.start, first.end))
    return words.text, words.doubts


def bring_back_alike(words: Words, texts: Sequence[str]) -> Words:
    """Put back what its visitor has brought back before, in an earlier look at the same text.

    Where such a detail stands more often than it was brought back, the new ones may mean somebody
    else: then it stays out, and its visitor is asked anew.
    """
    wished = Counter(texts)
    there = Counter(words.raw_behind)
    for raw in [each for each in words.raw_behind if there[each] <= wished[each]]:
        gap = words.spans[words.raw_behind.index(raw)]
        words = bring_back(words, (gap.start, gap.end))
    return words


def carried(words: Words, before: Words) -> Words:
    """Know the placeholders of an earlier draft again, in what its visitor made of its text."""
    raw_of = {
        before.text[gap.start : gap.end]: (gap.kind, raw)
        for gap, raw in reversed(list(zip(before.spans, before.raw_behind, strict=False)))
    }
    found = list(zip(words.spans, words.raw_behind, strict=True))
    for each in PLACEHOLDER.finditer(words.text):
        is_new = any(gap.start <= each.start() < gap.end for gap in words.spans)
        if not is_new and each.group() in raw_of:
            kind, raw = raw_of[each.group()]
            found.append((Gap(each.start(), each.end(), kind), raw))
    found.sort()
    spans, raw_behind = tuple(gap for gap, _raw in found), tuple(raw for _gap, raw in found)
    return replace(words, spans=spans, raw_behind=raw_behind)


def _checked(text: str, given: Sequence[int]) -> Range:
    start, end = given
    if not 0 <= start < end <= len(text):
        raise ValueError("a struck range does not lie within the text")
    return start, end
