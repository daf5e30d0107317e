"""How much the kiosk takes in an hour, from everybody together: it cannot tell one from another."""

import threading
import time
from collections import deque
from collections.abc import Callable

HOUR = 3600.0  # seconds


class Quota:
    """Counts what came in the last hour, in memory only, on a clock that tells no time of day."""

    def __init__(self, per_hour: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_hour = per_hour
        self._clock = clock
        self._taken: deque[float] = deque()
        self._lock = threading.Lock()

    def take(self) -> float:
        """Take one place; returns 0, or the seconds until the next place is free."""
        if not self._per_hour:
            return 0.0
        now = self._clock()
        with self._lock:
            while self._taken and now - self._taken[0] >= HOUR:
                self._taken.popleft()
            if len(self._taken) >= self._per_hour:
                return HOUR - (now - self._taken[0])
            self._taken.append(now)
            return 0.0
