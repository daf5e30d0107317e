"""A neutral voice that reads a redacted text aloud, for people who would rather listen.

It is the same for everybody: the text, never the person. Pauses come from the punctuation; those of
the recording are not known any more, since when somebody hesitated is theirs and is never stored.
The voice is espeak-ng, if the machine has it; there is no network voice, ever. It gets the text
through a pipe and gives the sound back through one: nothing is in a file or in a list of processes.
"""

import os
import re
import shutil
import struct
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PROGRAMS = ("espeak-ng", "espeak")
WORDS_A_MINUTE = 150  # a calm reader
LONGEST = 20_000  # code points; ten minutes of reading
TIMEOUT_SECONDS = 30
TOO_LONG = re.compile(r"\S{40}(?=\S)")  # letters of a word: a longer one overflows espeak-ng 1.51
# Two at once, and no other machine takes the turn of who stands at the kiosk.
_turns = {is_here: threading.BoundedSemaphore(1) for is_here in (True, False)}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2})?")


@dataclass(frozen=True)
class ReadingVoice:
    """The voice of this machine; `reading_voice` finds it."""

    program: str
    launcher: tuple[str, ...] = ()  # runs the program, with less than we may do ourselves
    environment: Mapping[str, str] | None = None  # of the launcher

    def read(
        self,
        text: str,
        *,
        gaps: Sequence[tuple[int, int]] = (),
        language: str = "en",
        is_here: bool = True,
    ) -> bytes | None:
        """Return the text read aloud, as a WAV; None where the voice fails.

        Args:
            text: Redacted text.
            gaps: Where in it placeholders stand, in order: they are read as words.
            language: Such as en or de; one that the voice does not know is read as English.
            is_here: Somebody at the kiosk's own screen listens.
        """
        plain = speakable(text, gaps)
        if not _turns[is_here].acquire(timeout=TIMEOUT_SECONDS):
            return None
        try:
            return self._read(plain, language)
        finally:
            _turns[is_here].release()

    def _read(self, plain: str, language: str) -> bytes | None:
        sound = self._run(plain, language if LANGUAGE.fullmatch(language) else "en")
        return sound or (self._run(plain, "en") if language != "en" else None)

    def _run(self, text: str, language: str) -> bytes | None:
        try:
            result = subprocess.run(  # noqa: S603  # a program found on the path, no shell
                [*self.launcher, self.program, "--stdin", "--stdout", "-b", "1", "-v", language,
                 "-s", str(WORDS_A_MINUTE)],
                input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                timeout=TIMEOUT_SECONDS, check=True,
                env=self.environment or _own_environment(), start_new_session=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            return None
        return _with_length(result.stdout)


def reading_voice() -> ReadingVoice | None:
    """Return this machine's voice; None: there is none, and no button for it."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    return ReadingVoice(program) if program else None


def speakable(text: str, gaps: Sequence[tuple[int, int]] = ()) -> str:
    """Turn placeholders into words, and keep what the voice would take for commands from it."""
    for start, end in reversed(gaps):
        text = text[:start] + text[start:end].strip("[]").lower() + text[end:]
    text = TOO_LONG.sub(r"\g<0> ", text[:LONGEST])
    return text.replace("[[", "[").replace("]]", "]").replace("\0", "")


def _own_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _with_length(wav: bytes) -> bytes | None:
    """Write the real length into a WAV whose maker did not know it."""
    data_at = wav.find(b"data", 12)
    if not wav.startswith(b"RIFF") or data_at < 0 or len(wav) <= data_at + 8:
        return None
    data_bytes = len(wav) - data_at - 8
    sized = bytearray(wav)
    struct.pack_into("<I", sized, 4, len(wav) - 8)
    struct.pack_into("<I", sized, data_at + 4, data_bytes)
    return bytes(sized)
