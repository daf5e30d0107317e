"""`kiosk doctor --prove-offline`, on whatever machine it is run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.proof import proof
from kiosk.proof.proof import NotHereError, Proof
from tests.support.places import HOME, MICRO

STEPS = (("set-up", "done", True),)
HEARD = ("udp 10.9.0.53:53 updates.example",)


def can_prove() -> bool:
    try:
        proof._namespaces()
    except NotHereError:
        return False
    return True


needs_namespaces = pytest.mark.skipif(not can_prove(), reason="needs namespaces and /dev/net/tun")


def run(data: Path, *more: str, **environ: str) -> subprocess.CompletedProcess[str]:
    doctor = ("doctor", "--prove-offline", "--data-dir", str(data))
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *doctor, *more],
        capture_output=True, text=True, check=False, cwd=HOME, timeout=300,
        env={**os.environ, **environ},
    )  # fmt: skip


@needs_namespaces
def test_a_whole_visit_is_made_and_nothing_leaves(tmp_path: Path):
    """Set-up, note, drawing, model, eye, voice, desk, export; and the control was heard."""
    done = run(tmp_path / "data", "--model", str(MICRO))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Result: nothing left this machine." in done.stdout
    assert done.stdout.count("  heard  ") == 3
    assert done.stdout.count("  ok  ") == 8
    assert "the name in it was taken out" in done.stdout
    assert not (tmp_path / "data").exists()


@needs_namespaces
def test_a_kiosk_that_phones_home_is_caught(tmp_path: Path):
    """One packet of a library, as soon as it is loaded."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket, sys\n"
        "if 'serve' in sys.argv:\n"
        "    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.9', 443))\n"
    )
    done = run(tmp_path / "data", "--json", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert json.loads(done.stdout)["heard"] == ["udp 192.0.2.9:443"]


def test_without_a_control_or_with_a_failed_step_nothing_is_proven():
    assert Proof(STEPS, HEARD, (), "").holds
    for found in (
        Proof(STEPS, (), (), ""),
        Proof((), HEARD, (), ""),
        Proof((("set-up", "answered 500", False),), HEARD, (), ""),
        Proof(STEPS, HEARD, ("tcp 192.0.2.9:443",), ""),
    ):
        assert not found.holds
        assert "Result: nothing left" not in found.page()
    assert "proves nothing" in Proof(STEPS, (), (), "").page()
    assert "SOMETHING WAS SENT" in Proof(STEPS, HEARD, ("tcp 192.0.2.9:443",), "").page()


def test_where_it_cannot_be_proven_one_sentence_says_why(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(proof.shutil, "which", lambda _: None)
    with pytest.raises(NotHereError, match="missing"):
        proof.prove(None)
    monkeypatch.setattr(proof.sys, "platform", "darwin")
    with pytest.raises(NotHereError, match="Linux"):
        proof.prove(None)
