"""Which folders a child may read at all, where the kernel has Landlock (Linux 5.13 and later).

A child that reads files needs its own program, its libraries and its model; nothing of what the
kiosk keeps. Where there is no Landlock, a child that may read can read what the kiosk's user can:
everything there is sealed, but for the key of the name lists and the settings.
"""

import ctypes
import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

CREATE, ADD, RESTRICT = 444, 445, 446  # the same numbers on all machines
VERSION, PATH_BENEATH = 1, 1
PR_SET_NO_NEW_PRIVS = 38
EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
READING = EXECUTE | READ_FILE | READ_DIR
# How many rights over files each version of Landlock knows; ours are the first of them.
RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
NEWEST_RIGHTS = 16
TCP = 0b11  # from version 4: bind and connect
SCOPES = 0b11  # from version 6: abstract sockets and signals of others
SYSTEM = (
    *("/usr", "/lib", "/lib64", "/bin", "/opt", "/nix/store", "/etc/fonts", "/etc/alternatives"),
    *("/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/sys/devices", "/sys/fs/cgroup"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/self", "/proc/stat"),
    *("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"),
)  # fmt: skip


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """Which Landlock the kernel has; 0: none."""
    if sys.platform != "linux":
        return 0
    found = ctypes.CDLL(None, use_errno=True).syscall(CREATE, None, 0, VERSION)
    return max(int(found), 0)


def enter(readable: Iterable[Path]) -> bool:
    """Leave this process nothing to read but some folders, for good; return whether it is so.

    Args:
        readable: Folders or files; none: then no file at all can be opened.
    """
    there = version()
    if not there:
        return False
    kernel = ctypes.CDLL(None, use_errno=True)
    rights = RIGHTS_OF_VERSION.get(there, NEWEST_RIGHTS)
    wanted = _Ruleset((1 << rights) - 1, TCP if there >= 4 else 0, SCOPES if there >= 6 else 0)
    size = 24 if there >= 6 else 16 if there >= 4 else 8
    ruleset = kernel.syscall(CREATE, ctypes.byref(wanted), size, 0)
    if ruleset < 0:
        return False
    try:
        for path in readable:
            _allow(kernel, ruleset, path)
        if kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            return False
        return int(kernel.syscall(RESTRICT, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def needed(*more: Path) -> list[Path]:
    """What every child has to read: the system's libraries, Python, our packages, its own folders.

    Files of a model may be links to where a hub keeps them.
    """
    ours = [sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), *sys.path]
    links = [
        each.resolve().parent for folder in more if folder.is_dir() for each in folder.iterdir()
    ]
    found = {Path(each).resolve() for each in (*SYSTEM, *filter(None, ours))}
    return sorted({*found, *(each.resolve() for each in more), *links})


def _allow(kernel: ctypes.CDLL, ruleset: int, path: Path) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this machine
    try:
        allowed = READING if path.is_dir() else READING & ~READ_DIR
        rule = _Beneath(allowed, handle)
        kernel.syscall(ADD, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(handle)
