# ruff: noqa: T201 - it reports on the terminal
"""The long fault tests of the store: python -m tests.faults.run [NAME ...] [--rounds N]

Rounds: see the top of each module for why so many; `--rounds` is for a look in between.
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import damage, disk, hosts, kill, order, restart, syscalls

FAULTS = {
    "order": lambda folder, rounds: order.report(folder, rounds or 20),
    "damage": lambda folder, rounds: damage.report(folder, rounds or 1_000),
    "disk": lambda folder, rounds: disk.report(folder),
    "syscalls": lambda folder, rounds: syscalls.report(folder, cuts=rounds or 500),
    "hosts": lambda folder, rounds: hosts.report(folder, seconds=rounds or 600),
    "restart": lambda folder, rounds: restart.report(folder, rounds or 100),
    "kill": lambda folder, rounds: kill.report(folder, rounds or 1_000),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FAULTS))
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    failed = []
    for name in options.names or FAULTS:
        folder = Path(tempfile.mkdtemp(prefix=f"faults-{name}-"))
        begun = time.monotonic()
        print(f"{name} ...", flush=True)
        try:
            if not FAULTS[name](folder, options.rounds):
                failed.append(name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"  {time.monotonic() - begun:.0f} s", flush=True)
    print("failed: " + ", ".join(failed) if failed else "all as it must be")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
