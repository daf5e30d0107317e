"""The reading voice of this machine, in a child that can do nothing but read aloud."""

import sys

from kiosk.children.child import environment
from transcribe import voice


def reading_voice() -> voice.ReadingVoice | None:
    """Return this machine's voice; None: there is none, and no button for it.

    Only Linux lets a filter outlive a change of program; elsewhere the program runs with an almost
    empty environment, and nothing else is taken from it.
    """
    found = voice.reading_voice()
    if found is None or sys.platform != "linux":
        return found
    launcher = (sys.executable, "-P", "-s", "-m", "kiosk.children.voice")
    return voice.ReadingVoice(found.program, launcher, environment())
