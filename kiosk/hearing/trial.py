"""Trying a model out, in a child, before it is called checked."""

import threading
from pathlib import Path

from kiosk.children.child import Child
from kiosk.children.model_frames import FROM_TRIAL
from kiosk.children.wire import WireError
from transcribe.models import IncompleteModelError, check

PATIENCE_SECONDS = 60.0  # a whole one takes 2 to 10, on a busy small board
BYTES_A_SECOND = 10e6  # and the largest are read from a slow card


def fault_of(folder: Path) -> str:
    """Load a model once and let it hear a sentence; say what is wrong, or nothing."""
    try:
        check(folder)
    except IncompleteModelError as error:
        return str(error)
    child = Child("kiosk.children.trial", str(folder))
    size_bytes = (folder / "model.bin").stat().st_size
    watch = threading.Timer(PATIENCE_SECONDS + size_bytes / BYTES_A_SECOND, child.kill)
    watch.start()
    try:
        return child.receive(FROM_TRIAL).fault
    except WireError:
        return f"The model {folder.name} is damaged: whatever loads it ends or stalls."
    finally:
        watch.cancel()
        child.close()
