"""How far a store on PostgreSQL carries: keeps against bare commits, opening, parcels.

    ./dev bench growing                     all of it, some minutes
    ./dev bench growing keeps --seconds 4   only that

It starts a PostgreSQL of Debian's package in a temporary folder, durable as in production.
"""

import argparse
import multiprocessing
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

if sys.path[0] == str(Path(__file__).parent):
    sys.path.pop(0)  # a file there is called store, too

import psycopg

import store
from store import gatherings, items, receipts
from store.items import Note
from store.promise import Promise
from store.seals import derive, keys, vault
from store.server import connections
from store.team import invitation, parcels
from tests.support import postgres
from tests.support.places import PASSPHRASE

DAY = date(2026, 3, 2)
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
SERVER = {**DURABLE, "max_connections": "500", "shared_buffers": "256MB"}


Begin = Callable[[], AbstractContextManager[Callable[[], object]]]


def clients(count: int, seconds: float, begin: Begin) -> float:
    """Let threads act as fast as they can; returns acts a second, of all of them."""
    done = [0] * count
    gate, until = threading.Barrier(count + 1), [0.0]

    def client(number: int) -> None:
        with begin() as act:
            gate.wait(60)
            while time.monotonic() < until[0]:
                act()
                done[number] += 1

    threads = [threading.Thread(target=client, args=(each,)) for each in range(count)]
    for each in threads:
        each.start()
    until[0] = time.monotonic() + 3600
    gate.wait(60)
    started = time.monotonic()
    until[0] = started + seconds
    for each in threads:
        each.join()
    return sum(done) / (time.monotonic() - started)


def keeps(folder: Path, url: str, seconds: float, processes: int) -> None:
    """Durable keeps against an INSERT of the same size that commits by itself."""
    store.open(folder, url=url, receipt_cost=derive.TEST_COST)
    keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    gathering = gatherings.new("Many", promise=Promise(threshold=3), today=DAY)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (id bytea PRIMARY KEY, sealed bytea)")
        connection.execute("ALTER TABLE bare ALTER COLUMN sealed SET STORAGE EXTERNAL")
    store.close()
    # In short slices, in turn: a shared machine is not the same from one minute to the next.
    turns = max(2, int(seconds))
    spawning = multiprocessing.get_context("spawn")
    for count in (1, 32, 200):
        hosts = min(count, processes)
        gate, told = spawning.Barrier(hosts), spawning.Queue()
        shares = [count // hosts + (number < count % hosts) for number in range(hosts)]
        started = [
            spawning.Process(target=host, args=(folder, url, gathering.id, each, turns, gate, told))
            for each in shares
        ]
        for each in started:
            each.start()
        rates: dict[tuple[int, str], float] = {}
        for _ in range(hosts * turns * 2):
            turn, what, rate = told.get(timeout=600)
            rates[turn, what] = rates.get((turn, what), 0.0) + rate
        for each in started:
            each.join()
        bares, kept = (
            statistics.median(rates[turn, what] for turn in range(turns))
            for what in ("bare", "kept")
        )
        print(
            f"  {count:3} clients in {hosts} processes: bare {bares:6.0f}/s, kept {kept:6.0f}/s,"
            f" {bares / kept:.2f} times as long"
        )


def host(
    folder: Path, url: str, gathering_id: str, count: int, turns: int, gate: Any, told: Any
) -> None:
    """Be one of several processes: some clients of it commit bare rows, then keep, in turn."""
    connections._db._max_connections = 250  # noqa: SLF001 - threads here stand for tablets
    store.open(folder, url=url)
    note = Note("The canteen is cold.")
    sealed = vault.seal_all(b"x", vault.public_key(gathering_id))[0]

    @contextmanager
    def bare() -> Iterator[Callable[[], object]]:
        with store.connection():  # of the same pool: one that is new is slow at first
            connection = store.database.db.connection()
            yield lambda: connection.execute(
                "INSERT INTO bare VALUES (%s, %s)", (secrets.token_bytes(16), sealed)
            )

    @contextmanager
    def keep() -> Iterator[Callable[[], object]]:
        def act() -> object:
            # Worked out while the visitor reads the preview, so it is not part of a keep.
            drawn = secrets.token_bytes(16)  # as often as for a bare row
            prepared = receipts.PreparedReceipt(drawn.hex(), "", drawn, drawn, drawn[:8])
            return items.keep(note, gathering_id, token=prepared)

        with store.connection():
            yield act

    for turn in range(turns):
        for what, begin in (("bare", bare), ("kept", keep)):
            gate.wait(120)
            told.put((turn, what, clients(count, 1, begin)))
    store.close()


def opening(folder: Path, url: str, count: int) -> None:
    """Release that many, then open them at the desk."""
    store.open(folder, url=url, receipt_cost=derive.TEST_COST)
    if not keys.is_set_up():
        keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    gathering = gatherings.new("All", promise=Promise(threshold=3), today=DAY)
    for _ in range(0, count, 1_000):
        put(gathering.id, 1_000)
    started = time.monotonic()
    gatherings.close(gathering.id, today=DAY)
    released = time.monotonic() - started
    with keys.unlock(PASSPHRASE) as master:
        times = []
        for _ in range(2):
            started, worked = time.monotonic(), time.process_time()
            opened = len(items.released(gathering.id, master))
            times.append((time.monotonic() - started, time.process_time() - worked))
    print(
        f"  {opened} of {count} items: released in {released:.1f} s,"
        f" opened in {min(times)[0]:.1f} s, {min(times)[1]:.1f} s of them work of this process"
    )
    store.close()


def carrying(folder: Path, url: str, boxes: int, count: int) -> None:
    """Pack that many at each of some outposts, then add all parcels at home."""
    store.open(folder / "home", url=url, receipt_cost=derive.TEST_COST)
    keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    gathering = gatherings.new("Team", promise=Promise(threshold=3), today=DAY)
    with keys.unlock(PASSPHRASE) as master:
        invited = invitation.read(invitation.invite(gathering.id, master))
    store.close()
    for box in range(boxes):
        store.open(folder / f"box{box}", receipt_cost=derive.TEST_COST)
        invitation.join(invited, today=DAY)
        put(gathering.id, count)
        parcels.pack(gathering.id, folder / f"{box}.parcel", today=DAY)
        store.close()
    store.open(folder / "home", url=url)
    started = time.monotonic()
    for box in range(boxes):
        parcels.add(folder / f"{box}.parcel")
    print(f"  {boxes} parcels of {count} items added in {time.monotonic() - started:.1f} s")
    store.close()


def put(gathering_id: str, count: int) -> None:
    """Seal and store many notes at once, as if each had been kept."""
    owner, public = bytes.fromhex(gathering_id), vault.public_key(gathering_id)
    note = store.payloads.encode(Note("The canteen is cold."))
    with store.database.writing():
        for _ in range(count):
            vault.put_head(
                vault.Head(
                    owner, secrets.token_bytes(16), owner, items.Status.SEALED, 0,
                    secrets.token_bytes(8), vault.seal_all(note, public)[0], None,
                )
            )  # fmt: skip


def main() -> None:
    """Run what was named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--processes", type=int, default=4, help="that keep; each is a host")
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--boxes", type=int, default=20)
    said = parser.parse_args()
    what = said.what or ["keeps", "open", "parcels"]
    with postgres.running(**SERVER) as server, tempfile.TemporaryDirectory() as folder:
        if "keeps" in what:
            print("Durable keeps:")
            keeps(Path(folder) / "keeps", server.new(), said.seconds, said.processes)
        if "open" in what:
            print("Opening:")
            opening(Path(folder) / "open", server.new(), said.items)
        if "parcels" in what:
            print("Parcels:")
            carrying(Path(folder) / "parcels", server.new(), said.boxes, 500)


if __name__ == "__main__":
    main()
