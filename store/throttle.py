"""So many of something within a stretch of time, by the monotonic clock, remembered in RAM only.

The two such counts there are: an exact one, for guesses of passphrases, and one that tells nobody
what others did, for all that visitors do. Whoever opens the store, or builds the kiosk, makes them
and holds them; no module keeps its own.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil, floor

from store import errors

MINUTE = 60.0  # seconds
HOUR = 3600.0


class Throttle:
    """Allows a number of times within each stretch, per name and in total.

    Args:
        most: How often; 0: without end.
        seconds: How long the stretch is.
        in_total: Of all names together; unless said, as of one.
        clock: Seconds that only go forward.
    """

    def __init__(
        self,
        most: int,
        *,
        seconds: float = MINUTE,
        in_total: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most = most
        self.seconds = seconds
        self.in_total = in_total or most
        self.clock = clock
        self._times: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def wait_seconds(self, name: str = "") -> float:
        """Count once more and return 0; or count nothing, and return how long to wait."""
        if not self.most:
            return 0.0
        with self._lock:
            now = self.clock()
            recent = {
                key: kept
                for key, times in self._times.items()
                if (kept := [each for each in times if now - each < self.seconds])
            }
            everything = sorted(each for times in recent.values() for each in times)
            self._times = recent
            for times, limit in ((recent.get(name, []), self.most), (everything, self.in_total)):
                if len(times) >= limit:
                    return self.seconds - (now - times[-limit])
            self._times.setdefault(name, []).append(now)
            return 0.0

    def take(self, name: str = "") -> None:
        """Count a try.

        Raises:
            TooManyTriesError: It would be one too many; it is not counted.
        """
        wait_seconds = self.wait_seconds(name)
        if wait_seconds:
            raise errors.TooManyTriesError(wait_seconds)

    def forgive(self, name: str = "") -> None:
        """Forget the last try of a name: it was right."""
        with self._lock:
            if self._times.get(name):
                self._times[name].pop()


class Stretches:
    """Allows a number of times within each stretch, by name, and tells nobody what others did.

    Who sees when the first refusal of an exact count comes works out how many others there were.
    So stretches begin at a moment nobody knows, and how many one allows is drawn anew for each
    stretch and name. docs/decisions/0110 has the measurements.

    Args:
        most: What a stretch allows at the least. 0: without end.
        drawn: The most that is added by chance; unless said, half as much again.
        seconds: How long a stretch is.
        clock: Seconds that only go forward.
        draw: A random number below its argument.
    """

    def __init__(
        self,
        most: int,
        *,
        drawn: int | None = None,
        seconds: float = MINUTE,
        clock: Callable[[], float] = time.monotonic,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._most, self._seconds = most, seconds
        self.drawn = ceil(most / 2) if drawn is None else drawn
        self._clock, self._draw = clock, draw
        self._phase = draw(int(seconds))
        self._stretch = -1
        self._left: dict[str, int] = {}
        self._lock = threading.Lock()

    def is_used_up(self, name: str = "") -> bool:
        """Whether a name has to come back in another stretch; asking counts nothing."""
        with self._lock:
            return bool(self._most) and self._left_of(name) <= 0

    def count(self, name: str = "") -> None:
        """It happened once more."""
        if self._most:
            with self._lock:
                self._left[name] = self._left_of(name) - 1

    def take(self, name: str = "") -> None:
        """Count a try.

        Raises:
            TooManyTriesError: It would be one too many; it is not counted.
        """
        if not self._most:
            return
        with self._lock:
            left = self._left_of(name)
            if left <= 0:
                raise errors.TooManyTriesError(self._seconds)
            self._left[name] = left - 1

    def _left_of(self, name: str) -> int:
        stretch = floor((self._clock() + self._phase) / self._seconds)
        if stretch != self._stretch:
            self._stretch, self._left = stretch, {}
        if name not in self._left:
            self._left[name] = self._most + self._draw(self.drawn + 1)
        return self._left[name]


@dataclass(frozen=True)
class Tries:
    """What may be guessed at while a store is open, and how often."""

    passphrases: Throttle = field(default_factory=lambda: Throttle(5))
    # Typed at other machines: a stranger there does not use up the tries of who stands here.
    passphrases_from_afar: Throttle = field(default_factory=lambda: Throttle(5, in_total=20))
    receipts: Stretches = field(default_factory=lambda: Stretches(20, drawn=180))  # by place
    # Of a second factor; who guesses them knows the passphrase already.
    digits: Throttle = field(default_factory=lambda: Throttle(5, seconds=10 * MINUTE, in_total=50))
    used_digits: Throttle = field(default_factory=lambda: Throttle(1, seconds=HOUR, in_total=1_000))
