"""A kernel filter for our own process: it may do what is on a list, and nothing else.

So: no network, no other program, no signal to anybody, no file to write, no terminal. Written as
plain BPF, since the library for it (libseccomp) is not everywhere and its Python half is not on the
package index. The filter is for good, for all threads, and costs nanoseconds a call. Machines other
than x86-64 and 64-bit ARM get False.
"""

import ctypes
import errno
import platform
import sys
from collections.abc import Iterable

from kiosk.children.kernel_calls import (
    ALWAYS,
    MACHINES,
    NEWEST,
    NOT_THERE,
    PROGRAMS,
    READING,
    Machine,
)

PR_SET_NO_NEW_PRIVS = 38
SET_MODE_FILTER, TSYNC = 1, 1  # seccomp(2); TSYNC: for the threads that run already, too
ALLOW, KILL, ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, MACHINE_AT = 0, 4
ARGUMENTS_AT = (16, 24, 32, 40)  # the low half of each; both machines put it first
HIGH_HALF = 4
X32 = 0x4000_0000  # numbers from here on are a second, forgotten table of x86-64

CLONE_THREAD = 0x0001_0000
WRITING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000  # O_WRONLY O_RDWR O_CREAT O_TRUNC O_APPEND
AT_EMPTY_PATH = 0x1000  # how C libraries ask about a file that is open
TERMINAL_QUESTIONS = (0x5401, 0x5413, 0x541B)  # TCGETS TIOCGWINSZ FIONREAD
OWN_DESCRIPTORS = (0x5421, 0x5450, 0x5451)  # FIONBIO FIONCLEX FIOCLEX
DESCRIPTOR_FLAGS = (0, 1, 2, 3, 4, 1030)  # F_DUPFD, F_GETFD to F_SETFL, F_DUPFD_CLOEXEC
NAMES_AND_QUESTIONS = (3, 15, 16, 21, 23, 0x53564D41)  # PR_SET_NAME, PR_SET_VMA; PR_GET_*
_Steps = list[tuple[int, int, int, int]]


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
        may_begin_program: Another program may take this one's place, under the same filter.
        is_deadly: A call that is not on the list ends the process instead of failing. For tests
            that must know whether one was tried.
    """
    machine = MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    steps = _steps(
        machine,
        KILL if is_deadly else ERRNO | errno.EPERM,
        may_open_files=may_open_files,
        may_begin_program=may_begin_program,
    )
    array = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), array)
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    call = machine.number("seccomp")
    taken = kernel.syscall(call, SET_MODE_FILTER, TSYNC, ctypes.byref(program))
    return int(taken) == 0


def _steps(
    machine: Machine, refusal: int, *, may_open_files: bool, may_begin_program: bool
) -> _Steps:
    steps = [
        (LOAD, 0, 0, MACHINE_AT),
        (EQUAL, 1, 0, machine.mark),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        (AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, KILL),
        (AT_LEAST, 0, 1, NEWEST + 1),
        (RETURN, 0, 0, ERRNO | errno.ENOSYS),
    ]
    allowed = machine.numbers(ALWAYS)
    if may_open_files:
        allowed += [*machine.numbers(READING), machine.number("newfstatat")]
    if may_begin_program:
        allowed += machine.numbers(PROGRAMS)
    for number in allowed:
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    for number in machine.numbers(NOT_THERE):
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ERRNO | errno.ENOSYS)]
    steps += _if_any_bit(machine.number("clone"), 0, CLONE_THREAD, ALLOW, refusal)
    if may_open_files:
        steps += _if_any_bit(machine.number("openat"), 2, WRITING, refusal, ALLOW)
    else:
        steps += _if_any_bit(machine.number("newfstatat"), 3, AT_EMPTY_PATH, ALLOW, refusal)
    steps += _if_one_of(machine.number("ioctl"), 1, (*TERMINAL_QUESTIONS, *OWN_DESCRIPTORS))
    steps += _if_one_of(machine.number("fcntl"), 1, DESCRIPTOR_FLAGS)
    steps += _if_one_of(machine.number("prctl"), 0, NAMES_AND_QUESTIONS)
    # A thread's own and nobody else's: not of a group, nor of all that its user runs.
    steps += _if_nothing_at(machine.number("setpriority"), *ARGUMENTS_AT[:2])
    new_limit = ARGUMENTS_AT[2]  # without one, it asks and sets nothing
    steps += _if_nothing_at(machine.number("prlimit64"), new_limit, new_limit + HIGH_HALF)
    return [*steps, (RETURN, 0, 0, refusal)]


def _if_any_bit(number: int, argument: int, flags: int, if_set: int, if_not: int) -> _Steps:
    """Decide a call by whether any of `flags` is set in an argument."""
    return [
        (EQUAL, 0, 4, number),
        (LOAD, 0, 0, ARGUMENTS_AT[argument]),
        (ANY_BIT, 0, 1, flags),
        (RETURN, 0, 0, if_set),
        (RETURN, 0, 0, if_not),
    ]


def _if_one_of(number: int, argument: int, values: Iterable[int]) -> _Steps:
    """Allow a call where an argument is one of some values; else the end of the list refuses."""
    checks: _Steps = []
    for value in values:
        checks += [(EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW)]
    inner = [(LOAD, 0, 0, ARGUMENTS_AT[argument]), *checks, (LOAD, 0, 0, NUMBER_AT)]
    return [(EQUAL, 0, len(inner), number), *inner]


def _if_nothing_at(number: int, *places: int) -> _Steps:
    """Allow a call where there are zeros at all these places of its arguments."""
    inner: _Steps = []
    for left, place in enumerate(reversed(places)):  # steps over those that are left, and ALLOW
        inner = [(LOAD, 0, 0, place), (EQUAL, 0, 2 * left + 1, 0), *inner]
    inner += [(RETURN, 0, 0, ALLOW), (LOAD, 0, 0, NUMBER_AT)]
    return [(EQUAL, 0, len(inner), number), *inner]
