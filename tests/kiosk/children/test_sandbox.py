"""A child keeps nothing that could harm: seen from inside, by really trying."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.children import landlock
from kiosk.children.child import Child
from kiosk.children.kernel_calls import ALWAYS, BY_ARGUMENT, NOT_THERE, PROGRAMS, READING
from tests.support import abilities
from tests.support.places import DOCS

NEWEST_LANDLOCK = 6  # what it knows of signals and sockets is in the page's table

ATTEMPTS = {
    "a socket": "socket.socket()",
    "a socket, in C": "assert libc.socket(2, 1, 0) >= 0",
    "an address": "socket.getaddrinfo('localhost', 80)",
    "a program": "os.system('true') == 0 or 1 / 0",
    "a program, in C": "assert libc.fork() >= 0",
    "a file, to write": "os.open(TARGET, os.O_WRONLY | os.O_CREAT)",
    "a file, to write, in C": "assert libc.open(TARGET.encode(), 0o102, 0o600) >= 0",
    "a file, to read": "os.open('/etc/hostname', os.O_RDONLY)",
    "a file, to read, in C": "assert libc.open(b'/etc/hostname', os.O_RDONLY) >= 0",
    "a signal to its parent": "os.kill(os.getppid(), 0)",
    "rights of a file": "os.fchmod(OWN, 0o600)",
    "memory": "bytearray(300 << 20)",
    "a core dump": "assert resource.getrlimit(resource.RLIMIT_CORE) != (0, 0)",
    "being looked at": "assert libc.prctl(3, 0, 0, 0, 0) == 1",
}
PROGRAM = """
import ctypes, os, resource, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
TARGET = sys.argv[1]
OWN = os.memfd_create('own')
{enter}
try:
    {attempt}
except BaseException:
    sys.exit(1)
sys.exit(0)
"""
ENTER = (
    "from kiosk.children import sandbox\n"
    "sandbox.enter(memory_bytes=160 << 20, cpu_seconds=60, may_open_files={files})"
)


def succeeds(attempt: str, enter: str, target: Path) -> bool:
    program = PROGRAM.format(attempt=ATTEMPTS[attempt], enter=enter)
    command = [sys.executable, "-c", program, str(target)]
    return subprocess.run(command, check=False, env=os.environ, cwd=Path.cwd()).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel filter is Linux's")
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_ear_can_reach_nothing(attempt, tmp_path):
    """What is forbidden works before, so that we would have seen it."""
    target = tmp_path / "left behind"
    assert succeeds(attempt, "", target)
    target.unlink(missing_ok=True)
    assert not succeeds(attempt, ENTER.format(files=False), target)
    assert not target.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel filter is Linux's")
@pytest.mark.parametrize("attempt", [name for name in ATTEMPTS if "to read" not in name])
def test_the_model_can_only_read(attempt, tmp_path):
    assert not succeeds(attempt, ENTER.format(files=True), tmp_path / "left behind")


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel filter is Linux's")
def test_what_children_can_do_is_what_the_page_says():
    """Each thing is tried, by a child of each sort; the first column shows that it can be done."""
    page = (DOCS / "children.md").read_text(encoding="utf-8")
    if landlock.version() < NEWEST_LANDLOCK:
        pytest.skip("the page was made on a kernel with more")
    assert abilities.table() in page
    for line in page.splitlines():
        if line.startswith("| ") and " yes | " in line:
            assert line.split(" | ")[1] == "yes"


def test_without_landlock_the_filter_holds_the_rest(tmp_path):
    """On older kernels reading is not held to folders; nothing else depends on it."""
    enter = (
        "from kiosk.children import landlock, sandbox\n"
        "landlock.version = lambda: 0\n"
        "sandbox.enter(memory_bytes=160 << 20, cpu_seconds=60, may_open_files=True)"
    )
    assert succeeds("a file, to read", enter, tmp_path)
    assert not succeeds("a file, to write, in C", enter, tmp_path / "left behind")
    assert not succeeds("a socket, in C", enter, tmp_path)


HEADERS = {
    0: Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    1: Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("column", HEADERS)
def test_numbers_are_the_kernels_own(column):
    """As far as the headers of this machine know the calls; ARM uses the general list."""
    if not HEADERS[column].exists():
        pytest.skip("no headers of the kernel here")
    text = HEADERS[column].read_text()
    told = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)
    known = {"newfstatat" if name == "fstatat" else name: int(number) for name, number in told}
    tables = (ALWAYS, READING, PROGRAMS, NOT_THERE, BY_ARGUMENT)
    ours = {name: pair[column] for table in tables for name, pair in table.items()}
    assert known["read"] == ours["read"]
    missing = {name for name, number in ours.items() if known.get(name) != number}
    assert not {name for name in missing if name in known or ours[name] is not None}


def test_children_know_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("KIOSK_SECRET", "s")
    child = Child("kiosk.children.ear")
    try:
        environment = Path(f"/proc/{child.pid}/environ")
        if environment.exists():
            assert b"KIOSK_SECRET" not in environment.read_bytes()
            assert b"HF_HUB_OFFLINE=1" in environment.read_bytes()
    finally:
        child.close()
