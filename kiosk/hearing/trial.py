"""Trying a model out, in a child, before it is called checked."""

import threading
from pathlib import Path

from kiosk.children.child import Child
from kiosk.children.model_frames import FROM_TRIAL
from kiosk.children.wire import WireError
from transcribe.models import IncompleteModelError, check

PATIENCE_SECONDS = 180.0  # a whole one takes 2 to 10 on a machine that has nothing else to do
BYTES_A_SECOND = 10e6  # and the largest are read from a slow card
STALLS = (
    "The model says nothing for minutes: it is damaged, or this machine is too busy now, or too "
    "slow for it."
)
ENDS = "The model is damaged: it ends the program that loads it."


def fault_of(folder: Path) -> str:
    """Load a model once and let it hear a sentence; say what is wrong, or nothing."""
    try:
        check(folder)
    except IncompleteModelError as error:
        return str(error)
    child = Child("kiosk.children.trial", str(folder))
    is_over = threading.Event()

    def give_up() -> None:
        is_over.set()
        child.kill()

    size_bytes = (folder / "model.bin").stat().st_size
    watch = threading.Timer(PATIENCE_SECONDS + size_bytes / BYTES_A_SECOND, give_up)
    watch.start()
    try:
        return child.receive(FROM_TRIAL).fault
    except WireError:
        return STALLS if is_over.is_set() else ENDS
    finally:
        watch.cancel()
        child.close()
