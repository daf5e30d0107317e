"""A real kiosk process, as an operator would start it."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.places import PASSPHRASE

READY = re.compile(r"Kiosk ready at (http://\S+)")


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

    def call(self, method: str, path: str, body: Any = b"", **headers: str) -> tuple[int, Any]:
        """Ask the kiosk; returns the status, and the answer's JSON or text.

        A body that is neither bytes nor empty goes as JSON.
        """
        if not isinstance(body, bytes):
            body, headers = json.dumps(body).encode(), {"Content_Type": "application/json"}
        request = urllib.request.Request(
            self.url + path,
            data=body or None,
            method=method,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                status, text = refused.code, refused.read()
        try:
            return status, json.loads(text)
        except ValueError:
            return status, text.decode(errors="replace")


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
def running(
    data_dir: Path, *arguments: str | Path, command: tuple[str, ...] = (), **environ: str
) -> Iterator[Running]:
    """A kiosk that serves a data folder on a free port, and stops at the end.

    `command` is run in its place, if given.
    """
    first = "--first" in arguments  # of a folder that nobody has set up: wait for the code, too
    serve = (sys.executable, "-m", "kiosk", "serve", "--data-dir", str(data_dir), "--port", "0")
    process = subprocess.Popen(
        [*(command or serve), *(str(each) for each in arguments if each != "--first")],
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
