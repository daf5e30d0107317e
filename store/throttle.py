"""So many of something within a stretch of time, by the monotonic clock, remembered in RAM only.

The one such count there is: guesses of passphrases and of four words, contributions in an hour.
Whoever opens the store, or builds the kiosk, makes one and holds it; no module keeps its own.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class Tries:
    """What may be guessed at while a store is open, and how often."""

    passphrases: Throttle = field(default_factory=lambda: Throttle(5))
    # Typed at other machines: a stranger there does not use up the tries of who stands here.
    passphrases_from_afar: Throttle = field(default_factory=lambda: Throttle(5, in_total=20))
    receipts: Throttle = field(default_factory=lambda: Throttle(20))
    # Of a second factor; who guesses them knows the passphrase already.
    digits: Throttle = field(default_factory=lambda: Throttle(5, seconds=10 * MINUTE, in_total=50))
    used_digits: Throttle = field(default_factory=lambda: Throttle(1, seconds=HOUR, in_total=1_000))
