"""Whether work takes time in proportion to the length of a text, on a machine of any speed."""

import time
from collections.abc import Callable

SHORT, LONG = 2_500, 10_000  # characters
TWICE_IN_PROPORTION = 2 * LONG / SHORT  # what grows with the square takes sixteen times as long
START_SECONDS = 0.2  # what a machine may take for something else meanwhile
TRIES = 3  # others only ever add


def takes_time_in_proportion(work: Callable[[str], object], piece: str) -> bool:
    """Give `work` a short and a long text of the same piece; compare the processor's time."""
    short, long = [], []
    for _try in range(TRIES):
        long.append(_seconds(work, piece, LONG))
        if min(long) <= START_SECONDS:
            return True  # whatever the short one takes
        short.append(_seconds(work, piece, SHORT))
        if min(long) <= TWICE_IN_PROPORTION * min(short) + START_SECONDS:
            return True
    return False


def _seconds(work: Callable[[str], object], piece: str, characters: int) -> float:
    text = (piece * characters)[:characters]
    start = time.process_time()
    work(text)
    return time.process_time() - start
