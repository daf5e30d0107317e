"""Make guessing slow: so many tries a minute, by the monotonic clock, remembered in RAM only."""

import threading
import time
from collections.abc import Callable

from store import errors


class Throttle:
    """Allow a number of tries within each minute, per name and in total."""

    def __init__(
        self,
        per_minute: int,
        *,
        in_total: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_minute = per_minute
        self._in_total = in_total or per_minute
        self._clock = clock
        self._tries: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def take(self, name: str = "") -> None:
        """Count a try.

        Raises:
            TooManyTriesError: The try would be one too many; it is not counted.
        """
        with self._lock:
            now = self._clock()
            recent = {
                key: kept
                for key, times in self._tries.items()
                if (kept := [each for each in times if now - each < 60])
            }
            everything = sorted(each for times in recent.values() for each in times)
            own = recent.get(name, [])
            self._tries = recent
            for times, limit in ((own, self._per_minute), (everything, self._in_total)):
                if len(times) >= limit:
                    raise errors.TooManyTriesError(60 - (now - times[-limit]))
            self._tries.setdefault(name, []).append(now)

    def forgive(self, name: str = "") -> None:
        """Forget the last try of a name: it was right."""
        with self._lock:
            if self._tries.get(name):
                self._tries[name].pop()

    def reset(self) -> None:
        """Forget all tries."""
        with self._lock:
            self._tries.clear()
