"""How much one place may have kept in an hour, in a way that tells nobody what others did.

Only what is *kept* counts, in hours that begin at a moment nobody knows; a refusal always asks for
the same wait. docs/decisions/0110 has the measurements.
"""

import secrets
import time
from collections.abc import Callable
from math import ceil

from store.throttle import HOUR, Stretches

SOUND_PART = 5  # sound that waits for a model may be so small a part of an hour's allowance
MOST_WAIT_SECONDS = 3600  # what every refusal says: never less than until the next hour begins


class Shares:
    """Counts what was kept, by place and hour, in memory only.

    Args:
        per_hour: What an hour allows at the least, at each place; up to half as much again is
            drawn by chance. 0: no limit.
        clock: Seconds that only go forward.
        draw: A random number below its argument.
    """

    def __init__(
        self,
        per_hour: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._all, self._sound = (
            Stretches(most, seconds=HOUR, clock=clock, draw=draw)
            for most in (per_hour, ceil(per_hour / SOUND_PART))
        )

    def is_used_up(self, place: str, *, waits_as_sound: bool = False) -> bool:
        """Whether a place has to come back in another hour; asking counts nothing."""
        if self._all.is_used_up(place):
            return True
        return waits_as_sound and self._sound.is_used_up(place)

    def count(self, place: str, *, waits_as_sound: bool = False) -> None:
        """One more was kept at a place."""
        self._all.count(place)
        if waits_as_sound:
            self._sound.count(place)
