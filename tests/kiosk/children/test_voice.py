"""The reading voice meets what visitors wrote with nothing in its hands."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.children.child import environment
from kiosk.reading_voice import reading_voice
from transcribe import voice as plain

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel filter is Linux's")
needs_voice = pytest.mark.skipif(plain.reading_voice() is None, reason="needs espeak-ng")
PROGRAM = """
import ctypes, os, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
try:
    {attempt}
except BaseException:
    sys.exit(1)
"""
ATTEMPTS = {
    "a socket": "socket.socket()",
    "another process": "assert libc.fork() >= 0",
    "a file to write": "os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)",
    "a signal to its parent": "os.kill(os.getppid(), 0)",
    "a signal by thread": "assert libc.syscall(234, os.getppid(), os.getppid(), 0) == 0",
    "an attribute": "os.fchmod(0, 0o600)",
    "much memory": "bytearray(700 << 20)",
}
RAW_X86 = {"a signal by thread"}


def run(attempt: str, target: Path, *launcher: str) -> int:
    command = [*launcher, sys.executable, "-c", PROGRAM.format(attempt=attempt), str(target)]
    with target.with_suffix(".in").open("w+b") as own:
        return subprocess.run(command, check=False, stdin=own, env=environment()).returncode


@linux
@pytest.mark.parametrize("name", ATTEMPTS)
def test_whatever_takes_over_the_voice_can_do_nothing_with_it(name: str, tmp_path: Path):
    """Each attempt works before, so that we would have seen it."""
    if name in RAW_X86 and platform.machine() != "x86_64":
        pytest.skip("a raw number of x86-64")
    target = tmp_path / "left behind"
    assert run(ATTEMPTS[name], target) == 0
    target.unlink(missing_ok=True)
    launcher = (sys.executable, "-P", "-s", "-m", "kiosk.children.voice")
    assert run(ATTEMPTS[name], target, *launcher) != 0
    assert not target.exists()


@linux
def test_the_voice_has_no_environment_and_no_terminal(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("KIOSK_SECRET", "s")
    program = tmp_path / "espeak-ng"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        "alone = os.getsid(0) != int(sys.stdin.read().split()[0])\n"
        "known = [each for each in os.environ if each != 'LC_CTYPE']\n"
        "sys.stdout.buffer.write(b'RIFF----WAVEfmt data----' + repr((alone, known)).encode())\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = reading_voice()
    assert found
    sound = found.read(str(os.getsid(0)))
    assert sound
    assert sound.endswith(repr((True, [])).encode())


@needs_voice
def test_the_voice_still_reads():
    found = reading_voice()
    assert found
    sound = found.read("It is cold.")
    assert sound
    assert len(sound) > 8_000


@needs_voice
def test_a_word_that_overflowed_the_voice_is_read():
    """Reported: happi and 400 times ness ended espeak-ng with a buffer overflow."""
    found = reading_voice()
    assert found
    assert found.read("happi" + "ness" * 400)


def test_words_are_cut_at_forty_letters_and_nothing_is_lost():
    cut = plain.speakable("a" * 100 + " b")
    assert max(map(len, cut.split())) == 40
    assert cut.replace(" ", "") == "a" * 100 + "b"


def test_no_other_machine_takes_the_turn_of_who_stands_at_the_kiosk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Reported: two long notes read over and over from the network, and nobody heard theirs."""
    monkeypatch.setattr(plain.ReadingVoice, "_read", lambda *_: b"RIFF")
    monkeypatch.setattr(plain, "TIMEOUT_SECONDS", 0)
    one = plain.ReadingVoice("no program")
    assert one.read("words", is_here=False) == b"RIFF"
    with plain._turns[False]:
        assert one.read("words", is_here=False) is None
        assert one.read("words") == b"RIFF"
