"""What the process asks of its system so that nothing of its memory reaches a disk or a log."""

import ctypes
import logging
import os
import sys
import threading
from contextlib import suppress

PR_SET_DUMPABLE = 4  # prctl(2)


def forbid_core_dumps() -> None:
    """No core file when this process dies, and no debugger of the same user; on Linux and macOS."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def quiet_threads() -> None:
    """Tell the type of what ended a thread, and not what it said: that could be a visitor's."""

    def tell(broken: threading.ExceptHookArgs) -> None:
        logging.getLogger(__name__).error("%s ended a thread", broken.exc_type.__name__)

    threading.excepthook = tell


def give_memory_back() -> None:
    """Hand free memory to the system, where glibc would keep it; a second of many visitors passes.

    Ten thousand connections leave 10 MB of holes behind otherwise (benchmarks/connections.py).
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def stay_offline() -> None:
    """Tell the libraries that could ask a hub for a model that there is none."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE"):
        os.environ[name] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["DO_NOT_TRACK"] = "1"
