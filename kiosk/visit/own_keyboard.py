"""Whether pages bring letters of their own: on a box without a keyboard, or as the settings say."""

import struct
import sys
from pathlib import Path

from kiosk.guard import is_same_machine
from kiosk.house import house

DEVICES = Path("/proc/bus/input/devices")
KEYS = "B: KEY="
# Of linux/input-event-codes.h.
LETTERS = sum(1 << key for key in range(16, 26))  # Q to P
TOUCH = 1 << 330  # BTN_TOUCH, of screens that feel a finger
WORD_BITS = 8 * struct.calcsize("P")


def own_keyboard() -> bool:
    """Whether the page that is asked for brings letters; tablets have theirs, so by default not."""
    wanted = house().settings.screen.keyboard
    if wanted == "auto":
        return is_same_machine() and sys.platform == "linux" and lacks_keyboard(DEVICES)
    return wanted == "on"


def lacks_keyboard(devices: Path, *, word_bits: int = WORD_BITS) -> bool:
    """Whether this machine feels a finger and has no letters; a list we cannot read says no."""
    try:
        lines = devices.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    keys = [_bits(line, word_bits) for line in lines if line.startswith(KEYS)]
    return any(each & TOUCH for each in keys) and not any(
        each & LETTERS == LETTERS for each in keys
    )


def _bits(line: str, word_bits: int) -> int:
    """The keys of one device, as a number with a bit for each; words stand highest first."""
    words = reversed(line.removeprefix(KEYS).split())
    return sum(int(word, 16) << (word_bits * place) for place, word in enumerate(words))
