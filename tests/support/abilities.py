"""What each child can still do, found by trying it; `docs/children.md` is written by this.

    python -m tests.support.abilities

Each column is one process that gives up what that child gives up, and then tries everything.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.places import DOCS, HOME

ATTEMPTS = {
    "compute, ask for the time and for chance": "time.time(); os.urandom(4)",
    "start a thread": "threading.Thread(target=int).start()",
    "read a file of its own folder": "open(OWN / 'model').read()",
    "read a library of the system": "open(os.__file__).read()",
    "read what the kiosk keeps": "open(KEPT / 'kiosk.db').read()",
    "read any other file": "open('/etc/passwd').read()",
    "learn whether a file exists": "os.stat(KEPT / 'kiosk.db')",
    "see which programs run": "open(f'/proc/{os.getppid()}/cmdline').read()",
    "write a file": "open(OWN / 'new', 'w')",
    "write into a file, in C": "done(libc.open(str(OWN / 'model').encode(), os.O_RDWR))",
    "delete, rename or link a file": "os.rename(OWN / 'spare', OWN / 'gone')",
    "change rights of an open file": "os.fchmod(HELD, 0o600)",
    "change attributes of an open file": "os.utime(HELD)",
    "open a socket": "socket.socket()",
    "open a socket of the system, in C": "done(libc.socket(1, 1, 0))",
    "look up a name": "socket.getaddrinfo('localhost', 80)",
    "start another process, in C": "forked(libc.fork())",
    "send a signal to the kiosk": "os.kill(os.getppid(), 0)",
    "send a signal, in C": "done(libc.kill(os.getppid(), 0))",
    "push the kiosk back, by its priority": "os.setpriority(os.PRIO_PROCESS, os.getppid(), 1)",
    "push a whole group back, by its priority": "os.setpriority(os.PRIO_PGRP, 0, 19)",
    "change a terminal": "fcntl.ioctl(TERMINAL, 0x5414, bytes(8))",
    "read memory of the kiosk": "peek(os.getppid())",
    "leave a core file": "done(libc.prctl(4, 1, 0, 0, 0)); assert libc.prctl(3, 0, 0, 0, 0) == 1",
    "take 700 MB of memory": "bytearray(700 << 20)",
    "raise or lower its own limits": "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))",
    "use rings of calls (io_uring)": "done(libc.syscall(425, 2, ctypes.create_string_buffer(120)))",
    "make namespaces": "done(libc.unshare(0x10000000))",
    "become another program": "os.execv(PROGRAM, [PROGRAM])",
}
COLUMNS = {
    "nothing given up": "",
    "ear": "sandbox.enter(memory_bytes=160 << 20, cpu_seconds=60, may_open_files=False)",
    "eye, model, trial, square": (
        "sandbox.enter(memory_bytes=512 << 20, cpu_seconds=None, may_open_files=True, reads=(OWN,))"
    ),
    "voice": (
        "sandbox.enter(memory_bytes=512 << 20, cpu_seconds=25, may_open_files=True,"
        " may_begin_program=True, reads=(OWN,))"
    ),
}
PROGRAM = """
import ctypes, fcntl, os, pty, resource, socket, sys, threading, time
from pathlib import Path
from kiosk.children import sandbox
libc = ctypes.CDLL(None, use_errno=True)
OWN, KEPT, PROGRAM = (Path(each) for each in sys.argv[1:])
HELD = os.open(OWN / "held", os.O_RDWR | os.O_CREAT)
TERMINAL, _ = pty.openpty()

def done(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")

def forked(child):
    done(child)
    if child == 0:
        os._exit(0)

def peek(other):
    here = ctypes.create_string_buffer(8)
    part = (ctypes.c_size_t * 2)(ctypes.addressof(here), 8)
    far = (ctypes.c_size_t * 2)(int(open(f"/proc/{other}/maps").read(12), 16), 8)
    done(libc.process_vm_readv(other, part, 1, far, 1, 0))

def can(attempt):
    try:
        exec(attempt)
    except BaseException:
        return "no"
    return "yes"

answers = os.dup(1)
%s
for attempt in %r:
    if attempt.startswith("os.execv"):
        os.write(answers, b"execv ")
    os.write(answers, (can(attempt) + " ").encode())
"""


def tried(column: str) -> list[str]:
    """What a child of one sort can do, in the order of the attempts."""
    program = PROGRAM % (COLUMNS[column], list(ATTEMPTS.values()))
    with tempfile.TemporaryDirectory() as folder:
        own, kept = Path(folder) / "own", Path(folder) / "kept"
        for place, name in ((own, "model"), (own, "spare"), (kept, "kiosk.db")):
            place.mkdir(exist_ok=True)
            (place / name).write_text("x")
        true = "/usr/bin/true"
        done = subprocess.run(
            [sys.executable, "-c", program, str(own), str(kept), true],
            check=False, env=os.environ, cwd=HOME, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,  # its group is itself
        )  # fmt: skip
    found = done.stdout.decode().split()
    # Whoever became another program could not say so any more.
    return [*found[: found.index("execv")], "no" if found[-1] == "no" else "yes"]


def table() -> str:
    """The page's table, by trying."""
    results = {column: tried(column) for column in COLUMNS}
    lines = [f"| | {' | '.join(COLUMNS)} |", f"| --- |{' --- |' * len(COLUMNS)}"]
    for place, what in enumerate(ATTEMPTS):
        cells = " | ".join(results[column][place] for column in COLUMNS)
        lines.append(f"| {what} | {cells} |")
    return "\n".join(lines) + "\n"


def write() -> None:
    """Put the table of now into the page."""
    page = DOCS / "children.md"
    text = page.read_text(encoding="utf-8")
    start = text.index("| |")
    end = text.index("\n\n", start) + 1
    page.write_text(text[:start] + table() + text[end:], encoding="utf-8")


if __name__ == "__main__":
    write()
