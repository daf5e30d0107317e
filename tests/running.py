"""A real kiosk process, as an operator would start it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

READY = re.compile(r"Kiosk ready at (http://\S+)")
PASSPHRASE = "heron lamp tuesday orchard"


@dataclass
class Running:
    """A kiosk process; `lines` is what it has printed."""

    url: str
    process: subprocess.Popen[str]
    lines: list[str]

    @property
    def code(self) -> str:
        """The one-time code of first start."""
        return re.search(r"code (\S+)", "".join(self.lines))[1]  # type: ignore[index]


def kiosk(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **environ},
    )


def init(data_dir: Path, *, threshold: int = 3) -> None:
    """Set a data folder up as `kiosk init` does; the passphrase lies beside it in `passphrase`."""
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    (data_dir.parent / "passphrase").write_text(PASSPHRASE + "\n")
    done = kiosk(
        *("init", "--data-dir", data_dir, "--threshold", str(threshold)),
        *("--passphrase-file", data_dir.parent / "passphrase"),
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def running(data_dir: Path, *arguments: str | Path, **environ: str) -> Iterator[Running]:
    """A kiosk that serves a data folder on a free port, and stops at the end."""
    first = "--first" in arguments  # of a folder that nobody has set up: wait for the code, too
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "serve", "--data-dir", str(data_dir), "--port", "0"]
        + [str(each) for each in arguments if each != "--first"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environ},
    )
    assert process.stdout
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line)
            if found := READY.search(line):
                url = found[1]
                break
        else:
            raise AssertionError("the kiosk did not start: " + "".join(lines))
        if first:
            lines.append(process.stdout.readline())
        yield Running(url, process, lines)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
