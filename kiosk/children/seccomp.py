"""A kernel filter for our own process: no network, no other program, no signal, no file to write.

Written as plain BPF, since the library for it (libseccomp) is not everywhere and its Python half
is not on the package index. The filter is for good, for all threads, and costs nanoseconds a call.
Numbers are from the kernel's syscall tables; machines other than x86-64 and 64-bit ARM get False.
"""

import ctypes
import errno
import platform
import sys
from typing import NamedTuple

PR_SET_NO_NEW_PRIVS = 38
SET_MODE_FILTER, TSYNC = 1, 1  # seccomp(2); TSYNC: for the threads that run already, too
ALLOW, KILL, ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, MACHINE_AT, FIRST_ARGUMENT_AT, SECOND_ARGUMENT_AT, THIRD_ARGUMENT_AT = 0, 4, 16, 24, 32
TYPES_INTO_TERMINAL = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
CLONE_THREAD = 0x0001_0000
WRITING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000  # O_WRONLY O_RDWR O_CREAT O_TRUNC O_APPEND
X32 = 0x4000_0000  # numbers from here on are a second, forgotten table of x86-64


class Table(NamedTuple):
    """One machine's numbers."""

    machine: int
    seccomp: int
    clone: int
    openat: int
    ioctl: int
    programs: tuple[int, ...]  # execve, execveat
    others_open: tuple[int, ...]  # open, open_by_handle_at: C libraries use openat alone
    denied: tuple[int, ...]


TABLES = {
    "x86_64": Table(
        machine=0xC000_003E,
        seccomp=317,
        clone=56,
        openat=257,
        ioctl=16,
        programs=(59, 322),
        others_open=(2, 304),
        denied=(
            *(41, 42, 43, 44, 46, 49, 50, 53, 288, 307),  # socket connect accept send* bind listen
            *(
                57,
                58,
                62,
                200,
                234,
                129,
                297,
                424,
            ),  # fork vfork, and all that sends a signal
            *(
                101,
                310,
                311,
                434,
                438,
                321,
                425,
                29,
                319,
            ),  # ptrace process_vm_* pidfd_* bpf io_uring
            *(
                85,
                87,
                263,
                82,
                264,
                316,
                83,
                258,
                86,
                265,
                88,
                266,
            ),  # creat unlink* rename* mkdir* link*
            *(76, 133, 259, 90, 91, 268, 452, 165),  # truncate mknod* *chmod* mount
            *(92, 93, 94, 260, 132, 235, 261, 280),  # *chown* *utime*
            *(188, 189, 190, 197, 198, 199),  # *setxattr *removexattr
            *(161, 272, 308, 155, 166, 248, 249, 250, 298, 323),  # chroot unshare setns keys perf
        ),
    ),
    "aarch64": Table(
        machine=0xC000_00B7,
        seccomp=277,
        clone=220,
        openat=56,
        ioctl=29,
        programs=(221, 281),
        others_open=(265,),
        denied=(
            *(198, 203, 202, 206, 211, 200, 201, 199, 242, 269),
            *(129, 130, 131, 138, 240, 424),
            *(117, 270, 271, 434, 438, 280, 425, 194, 279),
            *(35, 38, 276, 34, 37, 36),
            *(45, 33, 52, 53, 452, 40),
            *(54, 55, 88),
            *(5, 6, 7, 14, 15, 16),
            *(51, 97, 268, 41, 39, 217, 218, 219, 241, 282),
        ),
    ),
}
NOT_THERE = (435, 437)  # clone3, openat2: their flags lie in memory; C libraries fall back


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("first", ctypes.POINTER(_Instruction)))


def enter(
    *, may_open_files: bool, may_begin_program: bool = False, is_deadly: bool = False
) -> bool:
    """Install the filter; return whether the kernel took it.

    Args:
        may_open_files: Reading is allowed, writing is not; False: not even reading.
        may_begin_program: One other program may take this one's place, under the same filter.
        is_deadly: A forbidden call ends the process instead of failing. For tests that must know
            whether one was tried.
    """
    table = TABLES.get(platform.machine())
    if sys.platform != "linux" or table is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    refusal = KILL if is_deadly else ERRNO | errno.EPERM
    if not may_begin_program:
        table = table._replace(denied=(*table.denied, *table.programs))
    steps = _steps(table, refusal, may_open_files=may_open_files)
    array = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), array)
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    taken = kernel.syscall(table.seccomp, SET_MODE_FILTER, TSYNC, ctypes.byref(program))
    return int(taken) == 0


def _steps(table: Table, refusal: int, *, may_open_files: bool) -> list[tuple[int, int, int, int]]:
    steps = [
        (LOAD, 0, 0, MACHINE_AT),
        (EQUAL, 1, 0, table.machine),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        (AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, KILL),
    ]
    for number in NOT_THERE:
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ERRNO | errno.ENOSYS)]
    denied = (*table.denied, *table.others_open)
    for number in denied if may_open_files else (*denied, table.openat):
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, refusal)]
    for request in TYPES_INTO_TERMINAL:
        steps += [
            (EQUAL, 0, 3, table.ioctl),
            (LOAD, 0, 0, SECOND_ARGUMENT_AT),
            (EQUAL, 0, 1, request),
            (RETURN, 0, 0, refusal),
            (LOAD, 0, 0, NUMBER_AT),
        ]
    if may_open_files:
        steps += _flagged(table.openat, THIRD_ARGUMENT_AT, WRITING, if_set=refusal, if_not=ALLOW)
    steps += _flagged(table.clone, FIRST_ARGUMENT_AT, CLONE_THREAD, if_set=ALLOW, if_not=refusal)
    return [*steps, (RETURN, 0, 0, ALLOW)]


def _flagged(
    number: int, argument_at: int, flags: int, *, if_set: int, if_not: int
) -> list[tuple[int, int, int, int]]:
    """Decide one call by whether any of `flags` is set in its argument."""
    return [
        (EQUAL, 0, 4, number),
        (LOAD, 0, 0, argument_at),
        (ANY_BIT, 0, 1, flags),
        (RETURN, 0, 0, if_set),
        (RETURN, 0, 0, if_not),
    ]
