"""Guesses counted over all hosts: each is a lock on the server, held for as long as it counts.

Such locks are in the server's memory only and go with the connection that holds them: nothing on
disk tells that or when somebody guessed. A number of tries in a minute is that many locks.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg

from store.server.connections import meaning, presence
from store.throttle import Throttle, Tries

_Result = TypeVar("_Result")
_Connection = psycopg.Connection[tuple[Any, ...]]
_CLASS = 0x52656C32  # "Rel2": locks of guesses
_MOST = 256  # of one name


@dataclass(frozen=True)
class _Held:
    until: float
    name: str
    keys: tuple[int, ...]


class SharedThrottle(Throttle):
    """Allows a number of times within each stretch, in all processes together.

    Args:
        like: The numbers.
        sort: What is counted.
        connection: That holds the locks.
    """

    def __init__(
        self, like: Throttle, sort: str, connection: Callable[[], _Connection] = presence
    ) -> None:
        super().__init__(like.most, seconds=like.seconds, in_total=like.in_total, clock=like.clock)
        self._sort = sort
        self._connection = connection
        self._held: list[_Held] = []
        self._alone = threading.Lock()

    def wait_seconds(self, name: str = "") -> float:
        """Take a lock of the name's and one of all; or neither, and return how long to wait."""
        if not self.most:
            return 0.0
        with self._alone:
            now = self.clock()
            return self._asked(lambda: self._wait_seconds(name, now))

    def _wait_seconds(self, name: str, now: float) -> float:
        self._let_go([each for each in self._held if each.until <= now])
        keys: list[int] = []
        for what, most in ((f"of {name}", self.most), ("in total", self.in_total)):
            key = self._take(what, most)
            if key is None:
                self._unlock(keys)
                mine = [
                    each.until - now
                    for each in self._held
                    if what == "in total" or each.name == name
                ]
                return min(mine, default=self.seconds)
            keys.append(key)
        self._held.append(_Held(now + self.seconds, name, tuple(keys)))
        return 0.0

    def forgive(self, name: str = "") -> None:
        """Forget the last try of a name: it was right."""
        with self._alone:
            mine = [each for each in self._held if each.name == name]
            self._asked(lambda: self._let_go(mine[-1:]))

    def _asked(self, act: Callable[[], _Result]) -> _Result:
        try:
            try:
                return act()
            except psycopg.OperationalError:  # the server was away, and with it what was held
                self._held.clear()
                return act()
        except psycopg.Error as error:
            self._held.clear()
            raise meaning(error) from None

    def _take(self, what: str, most: int) -> int | None:
        """Take one of some locks that nobody holds, this process included."""
        digest = hashlib.blake2b(f"{self._sort}\0{what}".encode(), digest_size=4).digest()
        first = int.from_bytes(digest, signed=True) & ~(_MOST - 1)
        mine = [key for each in self._held for key in each.keys]
        row = (
            self._connection()
            .execute(
                "SELECT key FROM generate_series(%s::int, %s::int) AS key"
                " WHERE key <> ALL(%s) AND pg_try_advisory_lock(%s, key) LIMIT 1",
                (first, first + most - 1, mine, _CLASS),
            )
            .fetchone()
        )
        return None if row is None else int(row[0])

    def _let_go(self, some: list[_Held]) -> None:
        for each in some:
            self._held.remove(each)
            self._unlock(each.keys)

    def _unlock(self, keys: Iterable[int]) -> None:
        for key in keys:
            self._connection().execute("SELECT pg_advisory_unlock(%s, %s)", (_CLASS, key))


def shared(tries: Tries) -> Tries:
    """Count guesses in all processes that use the same server."""
    return Tries(
        passphrases=SharedThrottle(tries.passphrases, "passphrases"),
        passphrases_from_afar=SharedThrottle(tries.passphrases_from_afar, "from afar"),
        digits=SharedThrottle(tries.digits, "digits"),
        used_digits=SharedThrottle(tries.used_digits, "used digits"),
        receipts=tries.receipts,  # by place of each host: an exact count would tell of others
    )
