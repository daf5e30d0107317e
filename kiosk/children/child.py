"""Starting a child process: our own interpreter, two pipes, an almost empty environment."""

import contextlib
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, cast

import kiosk
from kiosk.children.wire import Frame, Kinds, T, WireError, receive, send

# Taken over from our own environment, where they are set; all else stays outside.
INHERITED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL")
FIXED = {
    "PYTHONPATH": str(Path(kiosk.__file__).parent.parent),
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",  # less memory; and with more, glibc opens a file when it shrinks one
    "OMP_WAIT_POLICY": "PASSIVE",  # threads that wait leave the processor to the web server
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def environment() -> dict[str, str]:
    """What a child may know of ours."""
    return {name: os.environ[name] for name in INHERITED if name in os.environ} | FIXED


class Child:
    """A running child. `post` may be called from any thread, `receive` from one.

    Posting never waits: a child that stalls must not stall whoever has something for it.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-P", "-s", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries print names and times of what they decode
            env=environment(),
            start_new_session=True,  # no terminal of the operator's to type into
        )
        self._outgoing: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        threading.Thread(target=self._send_all, daemon=True).start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def post(self, frame: Frame) -> None:
        """Send it one frame, soon. To a child that is gone, nothing is sent; `receive` tells."""
        self._outgoing.put(frame)

    def receive(self, kinds: Kinds[T]) -> T:
        """Wait for its next frame; `WireError` if it is gone, or that is none of these kinds."""
        return receive(cast("BinaryIO", self._process.stdout), kinds)

    def kill(self) -> None:
        """End it at once, and everything it held in memory with it."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Free its pipes; for the thread that reads them, after the end."""
        self.kill()
        self._outgoing.put(None)
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def _send_all(self) -> None:
        stream = cast("BinaryIO", self._process.stdin)
        with contextlib.suppress(WireError):
            while frame := self._outgoing.get():
                send(stream, frame)
