"""How far a store on PostgreSQL carries: keeps against bare commits, opening, parcels.

    ./dev bench growing                     all of it, some minutes
    ./dev bench growing keeps --seconds 4   only that

It starts a PostgreSQL of Debian's package in a temporary folder, durable as in production.
"""

import argparse
import secrets
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import psycopg

import store
from store import gatherings, items, receipts
from store.items import Note
from store.promise import Promise
from store.seals import derive, keys, vault
from tests.support import postgres
from tests.support.places import PASSPHRASE

DAY = date(2026, 3, 2)
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
SERVER = {**DURABLE, "max_connections": "500", "shared_buffers": "256MB"}


def clients(count: int, seconds: float, begin: Callable[[], Callable[[], object]]) -> float:
    """Let threads act as fast as they can; returns acts a second, of all of them."""
    done = [0] * count
    gate, until = threading.Barrier(count + 1), [0.0]

    def client(number: int) -> None:
        act = begin()
        gate.wait()
        while time.monotonic() < until[0]:
            act()
            done[number] += 1

    threads = [threading.Thread(target=client, args=(each,)) for each in range(count)]
    for each in threads:
        each.start()
    until[0] = time.monotonic() + 3600
    gate.wait()
    started = time.monotonic()
    until[0] = started + seconds
    for each in threads:
        each.join()
    return sum(done) / (time.monotonic() - started)


def keeps(folder: Path, url: str, seconds: float) -> None:
    """Durable keeps against an INSERT of the same size that commits by itself."""
    store.open(folder, url=url, receipt_cost=derive.TEST_COST)
    keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    gathering = gatherings.new("Many", promise=Promise(threshold=3), today=DAY)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (id bytea PRIMARY KEY, sealed bytea)")
        connection.execute("ALTER TABLE bare ALTER COLUMN sealed SET STORAGE EXTERNAL")
    note = Note("The canteen is cold.")
    public = vault.public_key(gathering.id)
    sealed = vault.seal_all(b"x", public)[0]

    def bare() -> Callable[[], object]:
        connection = psycopg.connect(url, autocommit=True)
        return lambda: connection.execute(
            "INSERT INTO bare VALUES (%s, %s)", (secrets.token_bytes(16), sealed)
        )

    def keep() -> Callable[[], object]:
        store.connection().__enter__()

        def act() -> object:
            # Worked out while the visitor reads the preview, so it is not part of a keep.
            prepared = receipts.PreparedReceipt(
                secrets.token_urlsafe(18), "", *map(secrets.token_bytes, (16, 16, 8))
            )
            return items.keep(note, gathering, token=prepared)

        return act

    for count in (1, 32, 200):
        bares = clients(count, seconds, bare)
        kept = clients(count, seconds, keep)
        print(
            f"  {count:3} clients: bare {bares:6.0f}/s, kept {kept:6.0f}/s,"
            f" {bares / kept:.2f} times as long"
        )
    store.close()


def opening(folder: Path, url: str, count: int) -> None:
    """Release that many, then open them at the desk."""
    store.open(folder, url=url, receipt_cost=derive.TEST_COST)
    if not keys.is_set_up():
        keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    gathering = gatherings.new("All", promise=Promise(threshold=3), today=DAY)
    owner, public = bytes.fromhex(gathering.id), vault.public_key(gathering.id)
    note = store.payloads.encode(Note("The canteen is cold."))
    for _ in range(0, count, 500):
        with store.database.writing():
            for _ in range(500):
                vault.put_head(
                    vault.Head(
                        owner, secrets.token_bytes(16), owner, items.Status.SEALED, 0,
                        secrets.token_bytes(8), vault.seal_all(note, public)[0], None,
                    )
                )  # fmt: skip
    started = time.monotonic()
    gatherings.close(gathering.id, today=DAY)
    released = time.monotonic() - started
    with keys.unlock(PASSPHRASE) as master:
        times = []
        for _ in range(2):
            started = time.monotonic()
            opened = len(items.released(gathering.id, master))
            times.append(time.monotonic() - started)
    print(
        f"  {opened} of {count} items: released in {released:.1f} s,"
        f" opened in {statistics.median(times):.1f} s"
    )
    store.close()


def main() -> None:
    """Run what was named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--items", type=int, default=100_000)
    said = parser.parse_args()
    what = said.what or ["keeps", "open"]
    with postgres.running(**SERVER) as server, tempfile.TemporaryDirectory() as folder:
        if "keeps" in what:
            print("Durable keeps:")
            keeps(Path(folder) / "keeps", server.new(), said.seconds)
        if "open" in what:
            print("Opening:")
            opening(Path(folder) / "open", server.new(), said.items)


if __name__ == "__main__":
    main()
