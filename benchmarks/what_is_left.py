"""What of a detail that was said is left in a redacted text, and what beside it went.

The detail is where it was said: between the last word before it and the first behind it that were
heard as they were said.
"""

import difflib
import re
from collections.abc import Sequence
from typing import Any

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Words of a spoken detail that tell nothing of it alone.
EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a the and of to in on at is it i he she my or but by was for with that so as be from only "
        "extension locker number staff room badge case order ticket clock payroll daughter son "
        "street road close dot com um plus",
    )
)


def plain(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def gone_beside(row: dict[str, Any], heard: str, spans: Any) -> int:
    """Count the words beside the detail that went."""
    words, (low, high) = place_of(row, heard)
    return sum(
        any(span.start < end and start < span.end for span in spans)
        for _, start, end in (*words[:low], *words[high:])
    )


def remains(row: dict[str, Any], heard: str, spans: Any) -> list[str]:
    """Return the words of the detail, as it was heard, that are still there."""
    words, (low, high) = place_of(row, heard)
    return [
        word
        for word, start, end in words[low:high]
        if word.lower() not in EMPTY_WORDS
        and not any(span.start < end and start < span.end for span in spans)
    ]


def alike(heard: Sequence[str], said: Sequence[str]) -> bool:
    """Whether it is the same, written otherwise: "post code", "buy" for "by"."""
    one, other = ("".join(each).lower() for each in (heard, said))
    return one == other or (one[:1] == other[:1] and bones(one) == bones(other) != "")


def bones(word: str) -> str:
    """Its consonants, each once."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy\W_]", "", word))


def place_of(row: dict[str, Any], heard: str) -> tuple[list[tuple[str, int, int]], tuple[int, int]]:
    """Return the words that were heard, and which of them stand where the detail was said.

    A word beside it that was only written otherwise ("post code", "buy mistake") is none of it.
    """
    said, detail = plain(row["text"]), plain(row["spoken"])
    found = [(match[0], *match.span()) for match in WORD.finditer(heard)]
    at = next(n for n in range(len(said)) if said[n : n + len(detail)] == detail)
    low, high = 0, len(found)
    blocks = difflib.SequenceMatcher(None, said, [w.lower() for w, *_ in found], autojunk=False)
    for block in blocks.get_matching_blocks():
        for step in range(block.size):
            if block.a + step < at:
                low = max(low, block.b + step + 1)
            elif block.a + step >= at + len(detail):
                high = min(high, block.b + step)
    written = [word for word, *_ in found]
    for count in (2, 1):
        if at and low + count <= high and alike(written[low : low + count], said[at - 1 : at]):
            low += count
        after = said[at + len(detail) :][:1]
        if after and high - count >= low and alike(written[high - count : high], after):
            high -= count
    return found, (low, max(low, high))
