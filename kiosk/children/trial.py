"""A model on trial: a child that loads it, lets it hear one sentence, and ends.

A model that somebody brought on a stick may be damaged in ways that end the process that loads it.
What comes out is `model_frames.Tried`.
"""

import sys
import time
from pathlib import Path

from kiosk.children import sandbox
from kiosk.children.model import MEMORY_BYTES, MEMORY_FACTOR
from kiosk.children.model_frames import Tried
from kiosk.children.wire import send
from transcribe.trial import fault_of


def main() -> None:
    """Run as a child process: `trial FOLDER`."""
    folder = Path(sys.argv[1])
    size_bytes = (folder / "model.bin").stat().st_size
    sandbox.enter(
        memory_bytes=MEMORY_BYTES + MEMORY_FACTOR * size_bytes,
        cpu_seconds=None,
        may_open_files=True,
        reads=(folder,),
    )
    started = time.monotonic()
    fault = fault_of(folder)
    send(sys.stdout.buffer, Tried(fault, time.monotonic() - started))


if __name__ == "__main__":
    main()
