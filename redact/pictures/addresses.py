"""Mail addresses and pages as they were read by hand: with another sign for the "@", or in pieces.

Of an address the reader often sees half: the "@" becomes a letter or is lost, and what is left and
right of it are two places. A half is told by what plain words never have, a dot within or the end
of a host; what stands close beside a half in its row is the rest of it.
"""

import re
from collections.abc import Sequence, Set

from redact.pictures.ocr import Box, Word

SHORT_ADDRESS = 9  # signs
LEAST_HALF = 4  # signs beside the dot
CLOSE = 0.6  # of its height, from a piece to the next
LEAST_HEIGHT = 0.4  # of the other piece's
ROW_SHARED = 0.5  # of the lower one's height
ENDS = "com|net|org|info|de|at|ch|pl|es|fr|eu|uk|it|nl|ie"
# Many write an "@" that is read as a large letter, in the midst of small ones.
AT = re.compile(r"[\w.]{2}@\w{2}")
WRITTEN_AT = re.compile(r"^[\da-z.]*[a-z.]{2}[CQ©€&][a-z.,]{2,}$")
ADDRESS = re.compile(rf"@|\w{{2}}\.\w+.*\.\w{{2}}|\w{{4}}[.,](?:{ENDS})$", re.IGNORECASE)
HALF = re.compile(rf"[^\W\d]\.\w|\w\.[^\W\d]|[.,](?:{ENDS})$", re.IGNORECASE)


def is_address(core: str) -> bool:
    """Tell whether this is a mail address or one of a page, as it may have been read."""
    return bool(ADDRESS.search(core) or (len(core) >= SHORT_ADDRESS and WRITTEN_AT.search(core)))


def is_piece(core: str) -> bool:
    """Tell whether this is an address, or half of one."""
    return is_address(core) or is_half(core)


def is_half(core: str) -> bool:
    """Tell whether an unknown word may be a piece of one: "o.palel", "pool.cm"."""
    return bool(HALF.search(core)) and sum(map(str.isalnum, core)) >= LEAST_HALF


def rests(words: Sequence[tuple[Word, int]], *, plain: Set[int], sure: Set[int]) -> set[int]:
    """Return which words belong to an address, beginning with those that surely do.

    Args:
        words: Each with the quarter turns that set it upright.
        plain: Which of them are known words.
        sure: Which of them are an address, or half of one.
    """
    found, new = set(sure), set(sure)
    while new:
        new = {
            at for at in range(len(words))
            if at not in found and at not in plain
            and any(_is_rest(words[at], words[other]) for other in new)
        }  # fmt: skip
        found |= new
    return found


def _is_rest(one: tuple[Word, int], other: tuple[Word, int]) -> bool:
    """Tell whether two words stand in one row, as high as each other, with hardly a blank."""
    (a, turns), (b, turns_of_b) = (_along(*each) for each in (one, other))
    low, high = sorted((a.height, b.height))
    shared = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    gap = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
    return (
        turns == turns_of_b
        and low > LEAST_HEIGHT * high
        and shared > ROW_SHARED * low
        and -CLOSE * low < gap < CLOSE * low
    )


def _along(word: Word, turns: int) -> tuple[Box, int]:
    """Return the word's place as if its row went across."""
    x, y, width, height = word.box
    return (Box(y, x, height, width) if turns % 2 else word.box), turns
