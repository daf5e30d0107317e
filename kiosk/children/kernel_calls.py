"""Which calls of the kernel a child may make, and their numbers on the machines that we know.

A list of what is allowed: whatever is not on it is refused, also what a later kernel can do. Each
name has its number on x86-64 and on 64-bit ARM (`/usr/include/asm*/unistd*.h`; a test compares
them); 0 where ARM has no such call. `seccomp` makes the filter of it.
"""

from typing import NamedTuple

Numbers = dict[str, tuple[int, int | None]]

# What decoders, models and Python itself need for work in their own memory.
ALWAYS: Numbers = {
    "read": (0, 63), "write": (1, 64), "futex": (202, 98), "mmap": (9, 222), "munmap": (11, 215),
    "mprotect": (10, 226), "brk": (12, 214), "madvise": (28, 233), "close": (3, 57),
    "lseek": (8, 62), "readv": (19, 65), "writev": (20, 66), "mremap": (25, 216),
    "pread64": (17, 67), "fstat": (5, 80), "sched_yield": (24, 124),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132), "restart_syscall": (219, 128), "alarm": (37, None),
    "exit": (60, 93), "exit_group": (231, 94), "set_tid_address": (218, 96),
    "set_robust_list": (273, 99), "rseq": (334, 293), "arch_prctl": (158, None),
    "membarrier": (324, 283), "sched_getaffinity": (204, 123), "getcpu": (309, 168),
    "mbind": (237, 235), "get_mempolicy": (239, 236), "futex_waitv": (449, 449),
    "getrandom": (318, 278), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115), "nanosleep": (35, 101), "gettimeofday": (96, 169),
    "time": (201, None), "times": (100, 153), "getrusage": (98, 165), "getrlimit": (97, 163),
    "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173), "getuid": (102, 174),
    "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177), "getpgid": (121, 155),
    "getpgrp": (111, None), "getsid": (124, 156), "uname": (63, 160), "sysinfo": (99, 179),
    "poll": (7, None), "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72),
    "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_wait": (232, None),
    "epoll_pwait": (281, 22), "eventfd2": (290, 19), "dup": (32, 23), "dup2": (33, None),
    "dup3": (292, 24), "pipe2": (293, 59),
}  # fmt: skip

# Where files may be read: to find them, and to ask how they are.
READING: Numbers = {
    "stat": (4, None), "lstat": (6, None), "statx": (332, 291), "access": (21, None),
    "faccessat": (269, 48), "faccessat2": (439, 439), "readlink": (89, None),
    "readlinkat": (267, 78), "getdents64": (217, 61), "getcwd": (79, 17), "statfs": (137, 43),
    "fstatfs": (138, 44), "fadvise64": (221, 223),
}  # fmt: skip

PROGRAMS: Numbers = {"execve": (59, 221), "execveat": (322, 281)}

# clone3 and openat2 have their flags in memory, where no filter looks; C libraries fall back.
NOT_THERE: Numbers = {"clone3": (435, 435), "openat2": (437, 437)}

# Decided by what they are asked for; see `seccomp`.
BY_ARGUMENT: Numbers = {
    "clone": (56, 220), "prctl": (157, 167), "ioctl": (16, 29), "fcntl": (72, 25),
    "prlimit64": (302, 261), "setpriority": (141, 140), "openat": (257, 56),
    "newfstatat": (262, 79), "seccomp": (317, 277),
}  # fmt: skip

NEWEST = 462  # mseal, Linux 6.10; what comes later is answered as if it did not exist


class Machine(NamedTuple):
    """One sort of machine.

    Attributes:
        mark: How the kernel names it.
        column: Of the tables above.
    """

    mark: int
    column: int

    def numbers(self, table: Numbers) -> list[int]:
        """The numbers of a table here, for those calls that this machine has."""
        return [each for each in (pair[self.column] for pair in table.values()) if each is not None]

    def number(self, name: str) -> int:
        """The number of a call that is decided by its arguments."""
        found = BY_ARGUMENT[name][self.column]
        assert found is not None  # noqa: S101 - all of them are on both
        return found


MACHINES = {"x86_64": Machine(0xC000_003E, 0), "aarch64": Machine(0xC000_00B7, 1)}
