"""What a child gives up before it touches anything a visitor sent."""

import ctypes
import os
import sys
from pathlib import Path

from kiosk.children import landlock, seccomp

PR_SET_DUMPABLE = 4  # prctl(2)
DENIED_EVENTS = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "ftplib.",
    "http.",
    "smtplib.",
    "urllib.",
)


def enter(
    *,
    memory_bytes: int | None,
    cpu_seconds: int | None,
    may_open_files: bool,
    may_begin_program: bool = False,
    reads: tuple[Path, ...] = (),
    nice: int = 5,
    is_deadly: bool = False,
) -> bool:
    """Give up memory, processor time, core dumps, the network and other programs; for good.

    Args:
        memory_bytes: Address space on top of what is in use now.
        cpu_seconds: Processor time in all; the kernel kills at the end of it.
        may_open_files: False once everything is imported: then not even reading is possible.
        may_begin_program: See `seccomp.enter`.
        reads: Where files may be opened: folders of its own, beside programs and libraries.
        nice: How far to stand back behind the web server.
        is_deadly: See `seccomp.enter`.

    Returns:
        Whether the kernel itself keeps the last two promises. Elsewhere only Python's own calls
        are stopped, not those of a library that a hostile recording has taken over.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory_bytes is not None and sys.platform == "linux":
            limit = _address_space() + memory_bytes
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        if cpu_seconds is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        os.nice(nice)
    landlock.enter(landlock.needed(*reads) if may_open_files else [])
    is_kept = seccomp.enter(
        may_open_files=may_open_files, may_begin_program=may_begin_program, is_deadly=is_deadly
    )
    if not is_deadly and not may_begin_program:
        _deny_in_python(may_open_files=may_open_files)
    return is_kept


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
        return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _deny_in_python(*, may_open_files: bool) -> None:
    denied = DENIED_EVENTS if may_open_files else (*DENIED_EVENTS, "open")

    def hook(event: str, _: tuple[object, ...]) -> None:
        if event.startswith(denied):
            raise PermissionError("this process may not do that")

    sys.addaudithook(hook)
