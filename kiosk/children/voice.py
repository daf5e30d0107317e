"""The reading voice: a child that gives up what it can and becomes the voice program.

What a visitor wrote meets a program in C here. The kernel's filter outlives the change of program:
no network, no signal to anybody, no other process, no file to write; it has no environment, little
memory and half a minute. Text comes on standard input, sound leaves on standard output.
"""

import os
import sys
from pathlib import Path

from kiosk.children import sandbox

MEMORY_BYTES = 512 << 20  # on top of the interpreter; ten minutes of sound are 26 MB
CPU_SECONDS = 25


def main() -> None:
    """Run as a child process: `voice PROGRAM ARGUMENTS...`."""
    program, *arguments = sys.argv[1:]
    sandbox.enter(
        memory_bytes=MEMORY_BYTES,
        cpu_seconds=CPU_SECONDS,
        may_open_files=True,
        may_begin_program=True,
        reads=(Path(program).parent,),
    )
    os.execve(program, [program, *arguments], {})  # noqa: S606  # as it was found, no shell


if __name__ == "__main__":
    main()
