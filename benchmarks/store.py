"""Durable keeps beside a bare SQLite commit of the same size, and opening what was released.

    ./dev bench store [--seconds S] [--items N] [--folder D]

A keep is measured as the kiosk does it: the receipt was worked out while the visitor read the
preview, so its slow hash is reported on a line of its own.
"""

import argparse
import contextlib
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

sys.path.pop(0)  # this file is called store, too

import store
from store import receipts
from store.file import database as file_database
from store.items import Note
from store.rows import database
from store.seals import derive, sealing

DAY = date(2026, 1, 1)
TEXT = "The canteen is cold in the morning, and nobody dares to say so. " * 6


def token() -> str:
    return os.urandom(16).hex()


@dataclass
class Side:
    """One of the two that are compared.

    Attributes:
        act: What is timed.
        ready: Holds a thread's connection open round the acts.
        spent: Seconds of each act.
        took: Seconds in which clients were at it, all slices together.
    """

    name: str
    act: Callable[[], None]
    ready: Callable[[], AbstractContextManager[None]]
    spent: list[float] = field(default_factory=list)
    took: float = 0.0
    cpu: float = 0.0

    def slice(self, *, clients: int, seconds: float) -> None:
        """Let clients act as fast as they can for a moment."""
        barrier = threading.Barrier(clients + 1)

        def client() -> None:
            with self.ready():
                barrier.wait()
                while (begun := time.perf_counter()) < until:
                    self.act()
                    self.spent.append(time.perf_counter() - begun)

        threads = [threading.Thread(target=client) for _ in range(clients)]
        until = float("inf")
        for each in threads:
            each.start()
        started, cpu = time.perf_counter(), time.process_time()
        until = started + seconds
        barrier.wait()
        for each in threads:
            each.join()
        self.took += time.perf_counter() - started
        self.cpu += time.process_time() - cpu

    def figures(self) -> tuple[float, float, float, float]:
        """Return acts per second, median and p99 in ms, and ms of processor time for each."""
        ordered = sorted(self.spent)
        count = len(ordered)
        return (
            count / self.took,
            statistics.median(ordered) * 1e3,
            ordered[int(count * 0.99)] * 1e3,
            self.cpu / count * 1e3,
        )


class Bare:
    """Inserts one random row of a sealed item's size, with our pragmas, through sqlite3 alone."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "bare.db"
        self._size = sealing.HEAD_BYTES + 48 + 100  # sealed, and the other columns
        self._local = threading.local()
        with self.ready():
            self._local.connection.execute(
                "CREATE TABLE bare (id BLOB PRIMARY KEY, content BLOB) WITHOUT ROWID"
            )

    @contextlib.contextmanager
    def ready(self) -> Iterator[None]:
        """Hold a connection of this thread's open."""
        opened = sqlite3.connect(self._path, timeout=60, isolation_level=None)
        for name, value in file_database.PRAGMAS.items():
            opened.execute(f"PRAGMA {name} = {value}")
        self._local.connection = opened
        yield
        opened.close()

    def insert(self) -> None:
        """Insert one row durably."""
        row = (os.urandom(16), os.urandom(self._size))
        self._local.connection.execute("BEGIN IMMEDIATE")
        self._local.connection.execute("INSERT INTO bare VALUES (?, ?)", row)
        self._local.connection.execute("COMMIT")


def keeps(folder: Path, seconds: float) -> None:
    store.open(folder / "keeps", receipt_cost=derive.TEST_COST)
    store.keys.set_up("benchmark", name="Ann", cost=derive.TEST_COST)
    gathering = store.gatherings.new("Benchmark", today=DAY)
    ready = [receipts.prepare(token()) for _ in range(int(1_500 * seconds))]
    bare = Bare(folder)

    def keep() -> None:
        store.items.keep(Note(TEXT), gathering, token=ready.pop())

    print(f"{'':28}{'per second':>12}{'median ms':>12}{'p99 ms':>10}{'CPU ms':>9}")
    for clients, length in ((1, 0.25), (32, 1.0)):
        sides = (Side("bare commit", bare.insert, bare.ready), Side("keep", keep, store.connection))
        # In short slices, in turn: a shared machine is not the same from one minute to the next.
        for _ in range(max(2, int(seconds / length / 2))):
            for side in sides:
                side.slice(clients=clients, seconds=length)
        for side in sides:
            rate, median, p99, cpu = side.figures()
            label = f"{side.name}, {clients} clients"
            print(f"{label:28}{rate:12.0f}{median:12.2f}{p99:10.2f}{cpu:9.2f}")
        first, second = (side.figures() for side in sides)
        slower, typical, later = first[0] / second[0], second[1] / first[1], second[2] / first[2]
        print(f"  keep: {slower:.2f} times the time, median {typical:.2f}, p99 {later:.2f} times")
    store.close()


def slow_hash() -> None:
    for cost in (derive.RECEIPT_COST, derive.PASSPHRASE_COST):
        begun = time.perf_counter()
        derive.slow(b"four plain words here", salt=bytes(16), cost=cost)
        spent = (time.perf_counter() - begun) * 1e3
        print(f"Argon2id {cost.passes} passes, {cost.memory_bytes >> 20} MiB: {spent:.0f} ms")


def opening(folder: Path, count: int) -> None:
    store.open(folder / f"open{count}", receipt_cost=derive.TEST_COST)
    store.keys.set_up("benchmark", name="Ann")
    gathering = store.gatherings.new("Benchmark", today=DAY)
    with database.writing():
        for _ in range(count):
            store.items.keep(Note(TEXT), gathering, token=token())
    begun = time.perf_counter()
    store.gatherings.close(gathering.id, today=DAY)
    print(f"release {count:,} items: {time.perf_counter() - begun:.2f} s")
    begun = time.perf_counter()
    with store.keys.unlock("benchmark") as master:
        print(f"unlock: {time.perf_counter() - begun:.2f} s")
        size = file_database.path().stat().st_size >> 20
        begun, cpu = time.perf_counter(), time.process_time()
        items = store.items.released(gathering.id, master)
        took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    print(f"open {len(items):,} items ({size} MiB): {took:.2f} s, {cpu:.2f} s of processor time")
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--items", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, help="on the disk to be measured")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        keeps(folder, options.seconds)
        slow_hash()
        for count in options.items:
            opening(folder, count)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
