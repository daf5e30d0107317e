# ruff: noqa: T201 - it reports on the terminal
"""Does anything tell the order in which 30 known items came? After release, nothing may.

Looked at: the order of rows, the order on the desk, and where each row's bytes lie in the file, to
the byte. The control looks at the same file before release, where cells still lie as they came.
"""

import math
import statistics
from dataclasses import dataclass
from pathlib import Path

import store
from store import gatherings, items
from store.items import Note
from store.seals import keys, vault
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, begin, kendall, kendall_deviation, token

ITEMS = 30


@dataclass(frozen=True)
class Taus:
    """Kendall's tau of one run."""

    bytes_before: float
    bytes_after: float
    rows_after: float
    desk: float


def run(folder: Path) -> Taus:
    """Keep 30 items, release them, and compare every order with that of arrival."""
    gathering = begin(folder)
    owner = bytes.fromhex(gathering.id)
    arrived = [Note(f"number {number}") for number in range(ITEMS)]
    prepared = [store.receipts.prepare(token()) for _ in arrived]
    for payload, receipt in zip(arrived, prepared, strict=True):
        items.keep(payload, gathering, token=receipt)
    before = (folder / "kiosk.db").read_bytes()
    sealed = {head.id: head.sealed for head in vault.heads(owner) if head}
    bytes_before = kendall([before.index(sealed[receipt.id][-400:]) for receipt in prepared])
    gatherings.close(gathering.id, today=DAY)
    after = (folder / "kiosk.db").read_bytes()
    with keys.unlock(PASSPHRASE) as master:
        desk = [each.payload for each in items.released(gathering.id, master)]
    rows = [head.sealed for head in vault.heads(owner) if head]
    taus = Taus(
        bytes_before,
        kendall([after.index(sealed[receipt.id][-400:]) for receipt in prepared]),
        kendall([rows.index(sealed[receipt.id]) for receipt in prepared]),
        kendall([desk.index(payload) for payload in arrived]),
    )
    store.close()
    return taus


def report(folder: Path, runs: int = 20) -> bool:
    """Print means over runs; says whether none but the control differs from chance."""
    taus = [run(folder / f"order{number}") for number in range(runs)]
    deviation = kendall_deviation(ITEMS) / math.sqrt(runs)
    passed = True
    for name in ("bytes_before", "bytes_after", "rows_after", "desk"):
        mean = statistics.mean(getattr(each, name) for each in taus)
        z = mean / deviation
        is_control = name == "bytes_before"
        # Chance alone passes 4 one time in 16,000; a true tau of 0.1 is at 3.5 after 20 runs.
        passed &= abs(z) > 5 if is_control else abs(z) < 4
        print(f"  {name:13} tau {mean:+.3f} z {z:+.1f}{'  (control)' if is_control else ''}")
    return passed
