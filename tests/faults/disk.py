# ruff: noqa: T201 - it reports on the terminal
"""Disks that are full, cannot be written, or are held by somebody else; clocks that jump."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import store
from store import errors, gatherings, items, receipts
from store.file import check, reserve
from store.file import database as file_database
from store.gatherings import Gathering
from store.items import Drawing, Note
from store.rows import database
from store.seals import keys
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, K, begin, token


@contextlib.contextmanager
def takes_no_changes(folder: Path) -> Iterator[bool]:
    """Let nobody write in a folder, not even root, who needs a mount for that; False without."""
    if os.geteuid():
        modes = {path: path.stat().st_mode for path in (*folder.iterdir(), folder)}
        for path, mode in modes.items():
            path.chmod(mode & ~0o222)
        try:
            yield True
        finally:
            for path, mode in reversed(modes.items()):
                path.chmod(mode)
        return
    mount = ["mount", "--bind", "-o", "ro", folder, folder]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", folder], check=True)


@contextlib.contextmanager
def small_disk(size: str) -> Iterator[Path | None]:
    """Mount a small file system in memory, where we may; None elsewhere."""
    folder = Path(tempfile.mkdtemp())
    mounted = not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", folder],
        check=False, capture_output=True,
    ).returncode  # fmt: skip
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)
        shutil.rmtree(folder)


def full(folder: Path) -> list[str]:
    """Fill a small disk with contributions, then read and take back; return what went wrong."""
    read = begin(folder)
    notes = [Note(str(number)) for number in range(K)]
    for note in notes:
        items.keep(note, read, token=token())
    gatherings.close(read.id, today=DAY)
    gathering = gatherings.new("Full", today=DAY)
    kept = fill(folder, gathering)
    faults = []
    if not check.damage().is_healthy:
        faults.append("unhealthy after being refused")
    if database.rows("SELECT count(*) FROM item") != [(len(kept) + K,)]:
        faults.append("half of something was stored")
    with keys.unlock(PASSPHRASE) as master:
        found = items.released(read.id, master)
    if {each.payload for each in found} != set(notes):
        faults.append("reading differs")
    for name, act in (
        ("withdraw", lambda: receipts.withdraw(kept[0].words)),
        ("withdraw", lambda: receipts.withdraw(kept[-1].words)),
        ("move", lambda: items.move(found[0].id, "approved", version=found[0].version)),
        ("close", lambda: gatherings.close(gathering.id, today=DAY)),
        ("tick", lambda: gatherings.tick(DAY) is None),
        ("purge", lambda: gatherings.purge(gathering.id) is None),
    ):
        try:
            if not act():
                faults.append(f"{name} did nothing")
        except errors.FullError:
            faults.append(f"{name} needs room")
    if database.rows("SELECT count(*) FROM item") != [(K,)]:
        faults.append("purge left rows")
    items.keep(Note("room again"), gatherings.new("After", today=DAY), token=token())
    store.close()
    return faults


def fill(folder: Path, gathering: Gathering) -> list[items.Receipt]:
    """Keep until refused, large ones first, and leave not one block free."""
    kept = []
    for payload in (Drawing(os.urandom(40_000)), Note("x")):
        with contextlib.suppress(errors.FullError):
            while True:
                kept.append(items.keep(payload, gathering, token=token()))
        with contextlib.suppress(OSError), (folder / "ballast").open("ab", buffering=0) as ballast:
            while True:
                ballast.write(bytes(512))
    return kept


def locked(folder: Path, seconds: float) -> list[str]:
    """Let somebody hold the database; a keep waits five seconds, then says to come again."""
    gathering = begin(folder)
    faults = []
    holder = sqlite3.connect(folder / "kiosk.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(seconds, lambda: holder.execute("COMMIT"))
    timer.start()
    again = token()
    started = time.monotonic()
    try:
        receipt = items.keep(Note("x"), gathering, token=again)
        if seconds > file_database.BUSY_SECONDS + 1:
            faults.append("did not give up")
    except errors.BusyError:
        if seconds < file_database.BUSY_SECONDS - 1:
            faults.append("did not wait")
        if time.monotonic() - started > 2 * file_database.BUSY_SECONDS + 2:
            faults.append("waited too long")
        timer.join()
        receipt = items.keep(Note("x"), gathering, token=again)
    timer.join()
    if items.keep(Note("x"), gathering, token=again) != receipt:
        faults.append("stored twice")
    holder.close()
    store.close()
    return faults


def read_only(folder: Path) -> list[str] | None:
    """Take the right to write away; opening or keeping says so at once. None: not tried."""
    gathering = begin(folder)
    store.close()
    faults = []
    started = time.monotonic()
    with takes_no_changes(folder) as is_so:
        if not is_so:
            return None
        try:
            store.open(folder)
            items.keep(Note("x"), gathering, token=token())
            faults.append("kept on a disk that cannot be written")
        except errors.ReadOnlyError:
            pass
        finally:
            store.close()
    if time.monotonic() - started > 5:
        faults.append("took long to say so")
    return faults


def jumping_clock(folder: Path, rounds: int = 300) -> list[str]:
    """Let the day jump back and forth; nothing may be purged, nothing may break."""
    gathering = begin(folder)
    for number in range(3):
        items.keep(Note(str(number)), gathering, token=token())
    gatherings.tick(DAY)
    gatherings.close(gathering.id, today=DAY)
    for number in range(rounds):
        gatherings.tick(DAY + timedelta(days=(number * 7919) % 5_000))
        gatherings.tick(DAY - timedelta(days=(number * 104_729) % 3_000))
    state = gatherings.get(gathering.id).state
    store.close()
    return [] if state == "released" else ["a jumping clock purged"]


def report(folder: Path, lock_seconds: tuple[float, ...] = (1, 3, 12, 60)) -> bool:
    """Print what went wrong on each disk; says whether nothing did."""
    receipts.ANSWER_SECONDS = 0.001
    results: dict[str, list[str] | None] = {}
    for size in ("3m", "6m", "12m"):
        with small_disk(size) as disk:
            results[f"full disk of {size}B"] = full(disk) if disk else None
    for seconds in lock_seconds:
        results[f"locked for {seconds} s"] = locked(folder / f"locked{seconds}", seconds)
    results["read-only"] = read_only(folder / "readonly")
    results["jumping clock"] = jumping_clock(folder / "clock")
    for name, faults in results.items():
        verdict = "skipped: may not mount here" if faults is None else faults or "as it must be"
        print(f"  {name}: {verdict}")
    reserve.SIZE = 16 << 20
    return not any(results.values())
