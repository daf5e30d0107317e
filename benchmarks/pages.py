"""How fast the visitor's pages stay while ten memos wait for their words.

    ./dev bench pages [--memos 10] [--seconds 20] [--keep FOLDER]

A real kiosk over HTTP with a base-shaped model of random weights, which is slower than a real one:
it never ends a sentence by itself. Beside it the same requests to the same kiosk at rest. At the
end a facilitator unlocks, and the most memory that each process ever had is printed.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import psutil

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

from benchmarks import shaped_model  # noqa: E402
from benchmarks.voice import talk, webm  # noqa: E402
from tests.support.places import PASSPHRASE  # noqa: E402
from tests.support.running import Running, init, running  # noqa: E402


def asked(kiosk: Running, paths: list[str], seconds: float) -> dict[str, list[float]]:
    """Ask for each path in turn, as often as it goes; returns the milliseconds of each."""
    spent: dict[str, list[float]] = {path: [] for path in paths}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for path in paths:
            begun = time.perf_counter()
            status, _ = kiosk.call("GET", path)
            spent[path].append((time.perf_counter() - begun) * 1e3)
            assert status == 200, (path, status)  # noqa: S101
        time.sleep(0.05)
    return spent


def told(title: str, spent: dict[str, list[float]]) -> None:
    """Print median, 99th percentile and maximum of each path."""
    print(title)
    for path, times in spent.items():
        ordered = sorted(times)
        late = ordered[int(len(ordered) * 0.99)]
        name = "a draft's state" if path.startswith("/api") else path
        print(
            f"  {name:18} median {statistics.median(ordered):6.1f} ms, p99 {late:6.1f},"
            f" longest {ordered[-1]:6.1f} (of {len(ordered)})"
        )


def peaks(kiosk: Running) -> None:
    """Have a passphrase worked out, and print the most memory that each process ever had."""
    form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": kiosk.url}
    kiosk.call("POST", "/review/unlock", urlencode({"passphrase": PASSPHRASE}).encode(), **form)
    front = psutil.Process(kiosk.process.pid)
    for each in (front, *front.children(recursive=True)):
        status = Path(f"/proc/{each.pid}/status").read_text(encoding="utf-8")
        peak = next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line)
        name = "the kiosk itself" if each == front else each.cmdline()[-3].rpartition(".")[2]
        print(f"most memory, {name}: {peak / 1024:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--memos", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--keep", type=Path, help="where to keep the model for another run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as throw_away:
        folder = (options.keep or Path(throw_away)) / "shaped-base"
        shaped_model.build(folder, "base")
        data = Path(throw_away) / "data"
        init(data)
        with running(data, "--model", folder) as kiosk:
            paths = ["/", "/healthz"]
            time.sleep(10)  # the model loads
            told("at rest", asked(kiosk, paths, options.seconds))
            for number in range(options.memos):
                status, answer = kiosk.call(
                    "POST",
                    "/api/drafts",
                    webm(talk(15, seed=number)),
                    Content_Type="audio/webm",
                    X_Recorded_Seconds="15",
                )
                assert status == 201, answer  # noqa: S101
            path = f"/api/drafts/{answer['draft']}"
            print("the last in the queue:", kiosk.call("GET", path)[1])
            told(
                f"with {options.memos} memos at once", asked(kiosk, [*paths, path], options.seconds)
            )
            peaks(kiosk)


if __name__ == "__main__":
    main()
