"""Damaged recordings neither crash the decoder, nor stall it, nor send it to files or sockets."""

import signal
import subprocess
import sys

import pytest

from tests.fuzz.media import fuzz

REACHING = """
from kiosk.children import sandbox
sandbox.enter(memory_bytes=None, cpu_seconds=None, may_open_files=False, is_deadly=True)
open("/etc/hostname")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel filter is Linux's")
def test_two_hundred_damaged_recordings_do_no_harm():
    """Ten thousand are thrown by `./dev fuzz sound`; these are its first."""
    reaching = subprocess.run([sys.executable, "-c", REACHING], check=False)
    assert reaching.returncode == -signal.SIGSYS  # so an attempt would have been seen
    report = fuzz(200)
    assert report.count == 200
    assert report.is_clean, report
    assert report.outcomes["decoded in part"] > 20  # it was really decoding
    assert report.grown_megabytes < 150
