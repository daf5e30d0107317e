# ruff: noqa: T201 - it reports on the terminal
"""Is everything on disk before the answer? Watch the system calls, and cut the power between them.

strace records each write, sync and cut of a child that keeps contributions and says so. First the
order is checked: no answer while a write has not been synced. Then the recording is replayed up to
random points, as a disk would have it after a power cut: what was synced is there, of what was
written since then any part may be. From each such disk the store must come back with every
contribution that had been answered.
"""

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import store
from store import items
from store.file import check
from tests.support.store_folder import begin, token

CALLS = "openat,close,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename"
CHILD = """
import os, sys
import store
from store import items
from store.file import database, reserve
from store.items import Drawing, Note
reserve.SIZE = 1 << 20
if sys.argv[3] == "careless":
    database.PRAGMAS["synchronous"] = 0
store.open(sys.argv[1])
os.write(1, b"ANSWER start\\n")
for number, token in enumerate(sys.argv[4:]):
    payload = Drawing(bytes(50_000)) if number % 5 == 4 else Note(f"note {number}")
    items.keep(payload, sys.argv[2], token=token)
    os.write(1, f"ANSWER {token}\\n".encode())
"""
LINE = re.compile(r"^(?:\[pid +\d+\] )?(\w+)\((.*)\) += (-?\d+)")


@dataclass
class Event:
    """One call on one of our files, or an answer."""

    call: str
    name: str = ""
    offset: int = 0
    content: bytes = b""


def is_possible() -> bool:
    """Say whether strace is there and may watch."""
    return (
        bool(shutil.which("strace"))
        and not subprocess.run(
            ["strace", "-o", "/dev/null", "true"], check=False, capture_output=True
        ).returncode
    )


def record(
    folder: Path, *, count: int, mode: str = "careful"
) -> tuple[list[Event], list[str], bytes]:
    """Let a child keep under strace; return what it did, its tokens, and the disk before."""
    gathering = begin(folder)
    store.close()
    before = (folder / "kiosk.db").read_bytes()
    tokens = [token() for _ in range(count)]
    trace = folder.parent / f"{folder.name}.trace"
    subprocess.run(
        ["strace", "-f", "-xx", "-s", "99999", "-e", f"trace={CALLS}", "-o", trace, sys.executable,
         "-c", CHILD, folder, gathering.id, mode, *tokens],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return list(_events(trace, folder)), tokens, before


def _events(trace: Path, folder: Path) -> Iterator[Event]:
    opened: dict[str, str] = {}
    for line in trace.read_text("ascii").splitlines():
        match = LINE.match(re.sub(r"^\d+ +", "", line))
        if not match or int(match[3]) < 0:
            continue
        call, rest = match[1], match[2]
        handle = rest.split(",")[0].strip()
        if call == "openat":
            path = Path(_bytes(rest).decode(errors="replace"))
            opened[match[3]] = (
                path.name if path.parent == folder else ("." if path == folder else "")
            )
        elif call == "close":
            opened.pop(handle, None)
        elif call == "write" and handle == "1" and _bytes(rest).startswith(b"ANSWER"):
            yield Event("answer", _bytes(rest).decode().split()[1])
        elif opened.get(handle) and (event := _event(call, opened[handle], rest)):
            yield event


def _event(call: str, name: str, rest: str) -> Event | None:
    if call == "pwrite64":
        return Event("write", name, int(rest.rsplit(",", 1)[1]), _bytes(rest))
    if call == "ftruncate":
        return Event("cut", name, int(rest.rsplit(",", 1)[1]))
    return Event("sync", name) if call in {"fsync", "fdatasync"} else None


def _bytes(rest: str) -> bytes:
    quoted = re.search(r'"((?:\\x[0-9a-f]{2})*)"', rest)
    return bytes.fromhex(quoted[1].replace("\\x", "")) if quoted else b""


def early_answers(events: list[Event]) -> int:
    """Count answers given while a write to the database or its journal had not been synced."""
    unsynced: set[str] = set()
    early = 0
    for event in events:
        if event.call in {"write", "cut"} and event.name.startswith("kiosk.db"):
            unsynced.add(event.name)
        elif event.call == "sync":
            unsynced.discard(event.name)
        elif event.call == "answer" and event.name != "start":
            early += bool(unsynced)
    return early


def disk_after(
    events: list[Event], cut: int, before: bytes, chance: random.Random
) -> dict[str, bytes]:
    """Return the files as a disk could hold them if the power went at a point."""
    disk = {"kiosk.db": bytearray(before), "kiosk.db-journal": bytearray()}
    loose: list[Event] = []
    for event in events[:cut]:
        if event.name not in disk:
            continue
        if event.call in {"write", "cut"}:
            loose.append(event)
        elif event.call == "sync":
            for each in [one for one in loose if one.name == event.name]:
                _apply(disk[event.name], each)
            loose = [one for one in loose if one.name != event.name]
    for (
        each
    ) in loose:  # not yet synced: a drive may have written any of it, in any order, or torn it
        fate = chance.random()
        if fate < 0.4:
            continue
        if fate < 0.55 and len(each.content) > 512:
            torn = Event(
                each.call,
                each.name,
                each.offset,
                each.content[: 512 * chance.randrange(1, len(each.content) // 512 + 1)],
            )
            _apply(disk[each.name], torn)
        else:
            _apply(disk[each.name], each)
    return {name: bytes(content) for name, content in disk.items()}


def _apply(content: bytearray, event: Event) -> None:
    if event.call == "cut":
        del content[event.offset :]
        return
    content.extend(bytes(max(0, event.offset - len(content))))
    content[event.offset : event.offset + len(event.content)] = event.content


def lost_after(
    events: list[Event], cut: int, before: bytes, folder: Path, chance: random.Random
) -> int:
    """Cut the power at a point, start again, and count answered contributions that are missing."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in disk_after(events, cut, before, chance).items():
        (folder / name).write_bytes(content)
    store.open(folder)
    try:
        answered = [
            each.name for each in events[:cut] if each.call == "answer" and each.name != "start"
        ]
        sound = check.damage().is_healthy
        return sum(items.find_receipt(each) is None for each in answered) + (not sound)
    finally:
        store.close()


def report(folder: Path, *, keeps: int = 25, cuts: int = 500, seed: int = 1) -> bool:
    """Print early answers and losses, and the same for a careless setting as control."""
    if not is_possible():
        print("  strace is not here or may not watch: skipped")
        return True
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    results = {}
    for mode in ("careful", "careless"):
        events, _, before = record(folder / mode, count=keeps, mode=mode)
        early = early_answers(events)
        lost = broken = 0
        for _ in range(cuts if mode == "careful" else cuts // 10):
            cut = chance.randrange(1, len(events) + 1)
            try:
                lost += bool(lost_after(events, cut, before, folder / "after", chance))
            except store.errors.StoreError:
                broken += 1
        results[mode] = early, lost + broken
        print(f"  {mode}: {len(events)} calls, {early} early answers of {keeps},", end=" ")
        print(f"{lost + broken} cuts with losses")
    return (
        results["careful"] == (0, 0) and results["careless"][0] > 0 and results["careless"][1] > 0
    )
