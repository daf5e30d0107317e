"""Every test, three processes at a time, as `./dev test` runs them.

Files that mostly wait for a browser go one by one from a queue, the largest first, two at a time
beside all others; who has done with the others helps with the queue. What failed in this crowd is
run once more alone: only then is it known to be wrong, and not merely late (0174). A test that
passes only alone is named at the end, for somebody to look at.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, STDOUT
from tempfile import TemporaryDirectory

HOME = Path(__file__).resolve().parents[2]
WAITING = ("tests/e2e", "tests/privacy", "tests/engines")  # these mostly wait for browsers
PYTEST = (sys.executable, "-m", "pytest", "-q")
REST = ("tests", *(f"--ignore={folder}" for folder in WAITING))


class Suite:
    """The tests of one run; what failed is kept in a folder of notes until it is run alone."""

    def __init__(self, notes: Path, home: Path = HOME) -> None:
        """Queue the files that wait; `home` is the tree the tests are in."""
        waiting = [path for folder in WAITING for path in (home / folder).glob("test_*.py")]
        self.notes, self.home = notes, home
        self.queue = sorted(waiting, key=lambda path: path.stat().st_size)
        self.failed: list[tuple[str, ...]] = []

    def run(self) -> int:
        """0 where every test passed, be it alone; else 1."""
        with ThreadPoolExecutor(3) as sides:
            done = [sides.submit(side) for side in (self.rest, self.work_off, self.work_off)]
        for side in done:
            side.result()
        wrong = [arguments for arguments in self.failed if not self.passes_alone(arguments)]
        return int(bool(wrong))

    def rest(self) -> None:
        """Run what is not in the queue, told as it goes; then help with the queue."""
        if subprocess.run(self.command(REST), cwd=self.home, check=False).returncode:
            self.failed.append(REST)
        self.work_off()

    def work_off(self) -> None:
        """Run the files of the queue until none is left, whoever else takes from it."""
        while True:
            try:
                path = self.queue.pop()
            except IndexError:
                return
            name = str(path.relative_to(self.home))
            done = subprocess.run(
                self.command((name,)), cwd=self.home, check=False, stdout=PIPE, stderr=STDOUT
            )
            print(f"== {name}", done.stdout.decode(errors="replace"), sep="\n", flush=True)
            if done.returncode:
                self.failed.append((name,))

    def passes_alone(self, arguments: tuple[str, ...]) -> bool:
        """Run the tests of `arguments` that failed, and nothing beside them."""
        print(f"== once more, alone: what failed of {arguments[0]}", flush=True)
        again = (*self.command(arguments), "-rA", "--last-failed", "--last-failed-no-failures=none")
        if subprocess.run(again, cwd=self.home, check=False).returncode:
            return False
        print(f"== {arguments[0]}: PASSED ONLY ALONE, too slow or racing in company: look at it.")
        return True

    def command(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """The call for `arguments`, with notes of its own about what failed."""
        cache = self.notes / arguments[0].replace("/", ".")
        return (*PYTEST, "-o", f"cache_dir={cache}", *arguments)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        sys.exit(Suite(Path(folder)).run())
