"""Durable keeps beside a bare SQLite commit of the same size, and opening what was released.

    ./dev bench store [--seconds S] [--items N] [--folder D]

A keep is measured as the kiosk does it: the receipt was worked out while the visitor read the
preview, so its slow hash is reported on a line of its own.
"""

import argparse
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.pop(0)  # this file is called store, too

import store
from store import database, derive, receipts, sealing
from store.items import Note

DAY = date(2026, 1, 1)
TEXT = "The canteen is cold in the morning, and nobody dares to say so. " * 6


def token() -> str:
    return os.urandom(16).hex()


def measure(act: Callable[[], None], *, clients: int, seconds: float) -> tuple[float, float, float]:
    """Let clients act as fast as they can; return acts per second, median and p99 in ms."""
    spent: list[float] = []
    until = time.perf_counter() + seconds
    started = time.perf_counter()

    def client() -> None:
        with store.connection():
            while (begun := time.perf_counter()) < until:
                act()
                spent.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    took = time.perf_counter() - started
    ordered = sorted(spent)
    return (
        len(spent) / took,
        statistics.median(spent) * 1e3,
        ordered[int(len(ordered) * 0.99)] * 1e3,
    )


def bare(folder: Path) -> Callable[[], None]:
    """Insert one random row of a sealed item's size, with our pragmas, through sqlite3 alone."""
    size = sealing.HEAD_BYTES + 48 + 100  # sealed, and the other columns
    local = threading.local()

    def connect() -> sqlite3.Connection:
        opened = sqlite3.connect(folder / "bare.db", timeout=60, isolation_level=None)
        for name, value in database.PRAGMAS.items():
            opened.execute(f"PRAGMA {name} = {value}")
        return opened

    connect().execute("CREATE TABLE bare (id BLOB PRIMARY KEY, content BLOB) WITHOUT ROWID")

    def insert() -> None:
        if not hasattr(local, "connection"):
            local.connection = connect()
        row = (os.urandom(16), os.urandom(size))
        local.connection.execute("BEGIN IMMEDIATE")
        local.connection.execute("INSERT INTO bare VALUES (?, ?)", row)
        local.connection.execute("COMMIT")

    return insert


def keeps(folder: Path, seconds: float) -> None:
    store.open(folder / "keeps", receipt_cost=derive.TEST_COST)
    store.keys.set_up("benchmark", name="Ann", cost=derive.TEST_COST)
    gathering = store.gatherings.new("Benchmark", today=DAY)
    bare_insert = bare(folder)

    ready = [receipts.prepare(token()) for _ in range(int(1_000 * seconds))]

    def keep() -> None:
        store.items.keep(Note(TEXT), gathering, token=ready.pop())

    print(f"{'':28}{'per second':>12}{'median ms':>12}{'p99 ms':>10}")
    for clients in (1, 32):
        # Twice, in turn: a shared machine's disk is not the same from one minute to the next.
        rounds = [
            (measure(bare_insert, clients=clients, seconds=seconds / 2),
             measure(keep, clients=clients, seconds=seconds / 2))
            for _ in range(2)
        ]  # fmt: skip
        means = [
            [statistics.mean(each[side][figure] for each in rounds) for figure in range(3)]
            for side in range(2)
        ]
        for name, (rate, median, p99) in zip(("bare commit", "keep"), means, strict=True):
            print(f"{name + f', {clients} clients':28}{rate:12.0f}{median:12.2f}{p99:10.2f}")
        slower, later = means[0][0] / means[1][0], means[1][2] / means[0][2]
        print(f"  a keep takes {slower:.2f} times a bare commit; p99 {later:.2f} times")
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
        unlocked = time.perf_counter() - begun
        items = store.items.released(gathering.id, master)
        took = time.perf_counter() - begun - unlocked
    size = database.path().stat().st_size >> 20
    print(f"unlock {unlocked:.2f} s; open {len(items):,} items ({size} MiB): {took:.2f} s")
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
