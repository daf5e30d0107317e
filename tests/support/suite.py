"""Every test, four processes at a time, as `./dev test` runs them.

Files that mostly wait for a browser are in one queue, all others in a second one. Three processes
begin with the first, one with the second, and each helps where something is left. Whoever takes,
takes a quarter of what is left, the largest files first: a process, a browser and a kiosk cost
twenty seconds before the first test, so they are started for many files; and for few at the end,
so that all are done at about the same time (0175). Where nothing but Python is to be started, it
is an eighth: a file's size tells little of how long it takes, and three would wait for the last.

What failed in this crowd is run once more alone: only then is it known to be wrong, and not merely
late (0174). A test that passes only alone is named at the end, for somebody to look at. One that
takes ten minutes is ended, and told where it stood: a browser that was lost must not hold up all.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import STDOUT
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Lock
from typing import IO

HOME = Path(__file__).resolve().parents[2]
WAITING = ("tests/e2e", "tests/privacy", "tests/engines")  # these mostly wait for browsers
# Slow tests are named, for whoever wonders where the time went; one that waits for ever is ended.
HANGS = ("-o", "faulthandler_timeout=600", "-o", "faulthandler_exit_on_timeout=true")
PYTEST = (sys.executable, "-m", "pytest", "-q", "--durations=12", "--durations-min=8")


class Queue:
    """Files that are still to be run; each is given out once, whoever asks."""

    def __init__(self, paths: set[Path], home: Path, *, share: int, least: int) -> None:
        """Queue files of the tree at `home`.

        Whoever takes, takes one part in `share` of what is left, and `least` bytes at least.
        """
        self.home, self.share, self.least, self.lock = home, share, least, Lock()
        self.left = sorted(paths, key=lambda path: path.stat().st_size, reverse=True)

    def take(self) -> tuple[str, ...]:
        """Some files that share what they start; none where none is left."""
        with self.lock:
            sizes = {path: path.stat().st_size for path in self.left}
            room, taken = max(sum(sizes.values()) / self.share, self.least), list[Path]()
            for path, size in sizes.items():
                if not taken or (size <= room and folder(path) == folder(taken[0])):
                    taken.append(path)
                    room -= size
            self.left = [path for path in self.left if path not in taken]
            return tuple(str(path.relative_to(self.home)) for path in sorted(taken))


def folder(path: Path) -> str:
    """Which of the folders that wait for browsers a file is in; else none."""
    return next((each for each in WAITING if f"/{each}/" in path.as_posix()), "")


class Suite:
    """The tests of one run; what failed is kept in a folder of notes until it is run alone."""

    def __init__(self, notes: Path, home: Path = HOME) -> None:
        """Queue all tests; `home` is the tree they are in."""
        self.notes, self.home = notes, home
        everything = set((home / "tests").rglob("test_*.py"))
        waiting = {path for path in everything if folder(path)}
        self.waiting = Queue(waiting, home, share=4, least=8_000)
        self.others = Queue(everything - waiting, home, share=8, least=20_000)
        self.failed: list[tuple[str, ...]] = []

    def run(self) -> int:
        """0 where every test passed, be it alone; else 1."""
        browsers, others = (self.waiting, self.others), (self.others, self.waiting)
        with ThreadPoolExecutor(4) as sides:
            begins = (others, browsers, browsers, browsers)
            done = [sides.submit(self.work_off, *queues) for queues in begins]
        for side in done:
            side.result()
        wrong = [files for files in self.failed if not self.passes_alone(files)]
        return int(bool(wrong))

    def work_off(self, *queues: Queue) -> None:
        """Run what is in the queues, one after the other, whoever else takes from them."""
        for queue in queues:
            while files := queue.take():
                with TemporaryFile() as said:  # no pipe: what a test left running would hold it
                    failed = self.pytest(*files, stdout=said, stderr=STDOUT).returncode
                    said.seek(0)
                    text = said.read().decode(errors="replace")
                print(f"== {' '.join(files)}", text, sep="\n", flush=True)
                if failed:
                    self.failed.append(files)

    def passes_alone(self, files: tuple[str, ...]) -> bool:
        """Run what failed of these files, or all of them if pytest was ended; nothing beside it."""
        name = " ".join(files)
        print(f"== once more, alone: what failed of {name}", flush=True)
        if self.pytest(*files, "-rA", "--last-failed").returncode:
            return False
        print(f"== {name}: PASSED ONLY ALONE, too slow or racing in company: look at it.")
        return True

    def pytest(
        self, *arguments: str, stdout: IO[bytes] | None = None, stderr: int | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run pytest, with notes of its own about what failed."""
        cache = self.notes / arguments[0].replace("/", ".")
        # What Python has read once it keeps: hundreds of kiosks are started here.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in the product (decision 0253)
        command = (*PYTEST, *HANGS, "-o", f"cache_dir={cache}", *arguments)
        return subprocess.run(
            command, cwd=self.home, check=False, env=environ, stdout=stdout, stderr=stderr
        )


if __name__ == "__main__":
    with TemporaryDirectory() as kept:
        sys.exit(Suite(Path(kept)).run())
