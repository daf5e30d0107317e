# ruff: noqa: T201 - it reports on the terminal
"""Throw mutated things at all that reads: `./dev fuzz [NAME ...] [--count N | --minutes M]`.

Every result must be a value or one of our own refusals, within ten seconds; anything else is
printed with the seed that makes it again.
"""

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

import store
from tests.fuzz import media, pictures, stores, texts

LONGEST_SECONDS = 10
Meet = Callable[[random.Random], str]
FORMATS: dict[str, Callable[[Path], Meet]] = {
    "notes": texts.notes,
    "drawings": pictures.drawings,
    "photographs": pictures.photographs,
    "calls": texts.calls,
    "receipts": texts.receipts,
    "tables": texts.tables,
    "settings": texts.settings,
    "backups": stores.backups,
    "parcels": stores.carried,
    "papers": stores.papers,
}
NAMES = ("sound", *FORMATS)


class TooSlowError(Exception):
    """It took longer than anybody waits."""


def fuzz(meet: Meet, *, count: int, minutes: float = 0.0, seed: int = 1) -> tuple[int, list[str]]:
    """Meet many things; say how many, and what was answered as nothing may be.

    Args:
        meet: Makes one thing by chance, hands it over and names the outcome.
        count: How many.
        minutes: How long, instead; 0: until the count is reached.
        seed: Of the first.
    """
    outcomes, wrong = Counter[str](), list[str]()
    end, met, worst = time.monotonic() + minutes * 60, 0, 0.0
    signal.signal(signal.SIGALRM, _too_slow)
    while time.monotonic() < end if minutes else met < count:
        started = time.process_time()
        signal.alarm(LONGEST_SECONDS * 6)  # the machine may be busy with something else
        try:
            outcomes[meet(random.Random(seed + met))] += 1  # noqa: S311 - repeatable on purpose
        except Exception as error:  # noqa: BLE001 - finding these is the purpose
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(where.filename).name}:{where.lineno}"
            wrong.append(f"seed {seed + met}: {type(error).__name__} at {place}")
            print(f"  {wrong[-1]}: {str(error)[:200]}", file=sys.stderr, flush=True)
        signal.alarm(0)
        spent, met = time.process_time() - started, met + 1
        worst = max(worst, spent)
        if spent > LONGEST_SECONDS:
            wrong.append(f"seed {seed + met - 1}: {spent:.0f} s")
    print(f"  {met:,} met, slowest {worst * 1000:.0f} ms, {len(wrong)} answered wrongly")
    for name, number in outcomes.most_common():
        print(f"    {number:8,} {name}")
    return met, wrong


def _in_a_folder(name: str, count: int, minutes: float, seed: int) -> int:
    with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as folder:
        meet = FORMATS[name](Path(folder))
        try:
            return len(fuzz(meet, count=count, minutes=minutes, seed=seed)[1])
        finally:
            store.close()


def _too_slow(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TooSlowError


def _sound(count: int, minutes: float, seed: int) -> int:
    """Recordings meet their decoder in its sandbox, in processes of their own."""
    end, met, wrong = time.monotonic() + minutes * 60, 0, 0
    outcomes = Counter[str]()
    while time.monotonic() < end if minutes else met < count:
        report = media.fuzz(min(500, count - met) if not minutes else 500, first=seed + met)
        met += report.count
        outcomes += report.outcomes
        bad = [*report.crashed, *report.reached_out, *report.stalled]
        wrong += len(bad)
        if bad:
            print(f"  seeds {bad}: {report}", file=sys.stderr)
    print(f"  {met:,} met, {wrong} crashed, stalled or reached out: {dict(outcomes)}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=0.0, help="of each, instead of a count")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    wrong = 0
    for name in options.names or NAMES:
        print(f"{name} ...", flush=True)
        if name == "sound":
            wrong += _sound(options.count, options.minutes, options.seed)
        else:
            wrong += _in_a_folder(name, options.count, options.minutes, options.seed)
    print("something was answered wrongly" if wrong else "all as it must be")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
