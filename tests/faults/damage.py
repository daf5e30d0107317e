# ruff: noqa: T201 - it reports on the terminal
"""Change bytes of the file: each harm is noticed, and what is not hit can still be read.

A change counts as noticed if the store says so (an error, a damaged item, an unhealthy check). It
counts as harmless if every item still opens as it was and every row is what was written: bytes
that SQLite does not use.
"""

import random
import shutil
from collections import Counter
from pathlib import Path

import store
from store import errors, gatherings, items, repair
from store.file import check
from store.items import Drawing, Note
from store.seals import keys
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, begin, token

ITEMS = 60


def prepare(folder: Path) -> tuple[str, set[object]]:
    """Make a released gathering of notes and drawings; the store is closed afterwards."""
    gathering = begin(folder)
    made: set[object] = set()
    for number in range(ITEMS):
        payload = Drawing(bytes([number]) * 60_000) if number % 10 == 0 else Note(f"note {number}")
        made.add(payload)
        items.keep(payload, gathering, token=token())
    gatherings.close(gathering.id, today=DAY)
    store.close()
    return gathering.id, made


def look(folder: Path, gathering_id: str, made: set[object]) -> tuple[str, int]:
    """Say what the store makes of a folder: `noticed`, `harmless` or `missed`; and items read."""
    try:
        store.open(folder)
        health = check.damage()
        with keys.unlock(PASSPHRASE) as master:
            found = items.released(gathering_id, master)
    except errors.StoreError:
        return "noticed", 0
    finally:
        store.close()
    readable = {each.payload for each in found}
    if not readable <= made:
        return "invented", len(found)
    if found.damaged or not health.is_healthy:
        return "noticed", len(found)
    return ("harmless" if readable == made and len(found) == ITEMS else "missed"), len(found)


def _repaired(folder: Path, gathering_id: str, made: set[object]) -> int:
    """Return how many items can be read after a repair."""
    try:
        repair.repair(folder / "hit")
    except errors.DamagedError:
        return 0
    verdict, readable = look(folder / "hit", gathering_id, made)
    return readable if verdict != "invented" else -1


def report(folder: Path, rounds: int = 300, *, seed: int = 1) -> bool:
    """Print what became of random changes; says whether none was missed."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    gathering_id, made = prepare(folder / "sound")
    whole = (folder / "sound" / "kiosk.db").read_bytes()
    verdicts: Counter[str] = Counter()
    single_losses: list[int] = []
    repaired: list[int] = []
    assert look(folder / "sound", gathering_id, made) == ("harmless", ITEMS)
    for number in range(rounds):
        damaged = bytearray(whole)
        width = chance.choice([1, 1, 1, 16, 512, 4096])
        at = chance.randrange(len(damaged) - width)
        for place in range(at, at + width):
            damaged[place] ^= chance.randrange(1, 256)
        shutil.rmtree(folder / "hit", ignore_errors=True)
        (folder / "hit").mkdir()
        (folder / "hit" / "kiosk.db").write_bytes(damaged)
        verdict, readable = look(folder / "hit", gathering_id, made)
        verdicts[verdict] += 1
        if verdict == "noticed" and readable:
            single_losses.append(ITEMS - readable)
        elif verdict == "noticed":
            verdicts["needs a repair"] += 1
            repaired.append(_repaired(folder, gathering_id, made))
        if verdict in {"missed", "invented"}:
            print(f"  round {number}: {width} bytes at {at}: {verdict}")
    worst = max(single_losses, default=0)
    print(f"  {rounds} changes: {dict(verdicts)}")
    print(f"  where anything was read, at most {worst} of {ITEMS} items were lost")
    whole_again = sum(each >= ITEMS - 2 for each in repaired)
    print(f"  repaired {len(repaired)}: all read {whole_again} times,", end=" ")
    print(f"nothing {repaired.count(0)} times (a key's own row was hit: restore a backup)")
    return not verdicts["missed"] and not verdicts["invented"] and -1 not in repaired
