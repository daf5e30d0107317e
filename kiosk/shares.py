"""How much one place may have kept in an hour, in a way that tells nobody what others did.

A sliding count answers exactly: who sees when the first refusal comes, and how long it asks to
wait, works out how many others there were and when. So only what is *kept* counts, in hours that
begin at a moment nobody knows; how many an hour allows is drawn anew for each hour and place; and
a refusal always asks for the same wait. docs/decisions/0110 has the measurements.
"""

import secrets
import threading
import time
from collections.abc import Callable
from math import ceil, floor

HOUR = 3600.0  # seconds
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
        self._per_hour = per_hour
        self._clock = clock
        self._draw = draw
        self._phase = draw(int(HOUR))
        self._hour = -1
        self._left: dict[str, int] = {}
        self._lock = threading.Lock()

    def is_used_up(self, place: str, *, waits_as_sound: bool = False) -> bool:
        """Whether a place has to come back in another hour; asking counts nothing."""
        if not self._per_hour:
            return False
        with self._lock:
            names = (place, _sound(place)) if waits_as_sound else (place,)
            return any(self._left_at(name) <= 0 for name in names)

    def count(self, place: str, *, waits_as_sound: bool = False) -> None:
        """One more was kept at a place."""
        if not self._per_hour:
            return
        with self._lock:
            for name in (place, _sound(place)) if waits_as_sound else (place,):
                self._left[name] = self._left_at(name) - 1

    def _left_at(self, name: str) -> int:
        hour = floor((self._clock() + self._phase) / HOUR)
        if hour != self._hour:
            self._hour, self._left = hour, {}
        if name not in self._left:
            least = ceil(self._per_hour / SOUND_PART) if name.endswith("sound") else self._per_hour
            self._left[name] = least + self._draw(ceil(least / 2) + 1)
        return self._left[name]


def _sound(place: str) -> str:
    return f"{place} sound"
