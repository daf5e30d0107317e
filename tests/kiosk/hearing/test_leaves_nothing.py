"""A voice is in no file, at no time: not while it is heard, not after a crash."""

import contextlib
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from kiosk.hearing.front import Hearing
from tests.support.places import MICRO, SAMPLES
from tests.support.recordings import submit

WEBM = (SAMPLES / "08-browser.webm").read_bytes()
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@dataclass(frozen=True)
class Limits:
    memo_seconds: float = 60
    memo_bytes: int = 1_000_000


def files_open_for_writing(bystanders: Sequence[psutil.Process]) -> set[str]:
    """Paths that this process or its family could be writing to; pipes and devices left out."""
    me = psutil.Process()
    family = [me]
    for child in set(me.children()) - set(bystanders):
        with contextlib.suppress(psutil.NoSuchProcess):
            family += child, *child.children(recursive=True)
    found = set()
    for process in family:
        try:
            folder = Path(f"/proc/{process.pid}/fd")
            for link in folder.iterdir():
                target = str(link.readlink())
                flags = Path(f"/proc/{process.pid}/fdinfo/{link.name}").read_text().split()[3]
                if target.startswith("/") and not target.startswith("/dev/") and int(flags, 8) & 3:
                    found.add(target)
        except OSError:
            continue
    return found


def files_holding(folders: list[Path], marker: bytes, *, since: float) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                if path.is_file() and path.stat().st_mtime >= since and marker in path.read_bytes():
                    yield path
            except OSError:
                continue


def test_a_voice_is_in_no_file(tmp_path, monkeypatch):
    """Through the whole way of a memo, with a crash in the middle."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    bystanders = psutil.Process().children()  # kiosks and browsers of other tests
    started, before = time.time() - 1, files_open_for_writing(bystanders)
    hearing = Hearing(MICRO, limits=Limits())
    hearing.start()
    written: set[str] = set()
    try:
        hearing.begin("talking")
        hearing.feed("talking", WEBM[:9000])
        submit(hearing, "whole", WEBM, recorded_seconds=4.3)
        deadline, has_crashed = time.monotonic() + 120, False
        while hearing.poll("whole").stage != "ready":
            assert time.monotonic() < deadline
            written |= files_open_for_writing(bystanders)
            if hearing.poll("whole").stage.is_started and not has_crashed:
                has_crashed = True
                hearing._minder.model.kill()
            time.sleep(0.005)
        hearing.cancel("talking")
        assert has_crashed
    finally:
        hearing.stop()
    assert written - before == set()
    marker = WEBM[4000:4032]
    planted = tmp_path / "planted"
    with planted.open("wb") as file:
        file.write(WEBM)
        assert str(planted) in files_open_for_writing(bystanders)
    folders = [tmp_path, Path("/dev/shm")]
    assert list(files_holding(folders, marker, since=started)) == [planted]
    planted.unlink()
    assert list(tmp_path.iterdir()) == []


def test_a_forgotten_voice_is_in_no_process():
    """Cancel ends its ear and drops its bytes; nothing of it is left to swap out."""
    hearing = Hearing(None, limits=Limits())
    submit(hearing, "memo", WEBM, recorded_seconds=4.3)
    memo = hearing._memos.get("memo")
    assert WEBM in memo.pieces
    hearing.cancel("memo")
    assert list(hearing._memos) == []
    assert hearing._minder.ears.pid_of("memo") is None
    assert WEBM not in memo.pieces


def test_children_leave_no_core_and_cannot_be_looked_at():
    hearing = Hearing(MICRO, limits=Limits())
    hearing.start()
    try:
        while not hearing.is_loaded:
            time.sleep(0.02)
        limits = Path(f"/proc/{hearing._minder.model.pid}/limits").read_text().splitlines()
        [core] = [line for line in limits if line.startswith("Max core file size")]
        assert core.split()[4:6] == ["0", "0"]
        # A process that is not dumpable belongs to root in /proc, whoever runs it.
        assert Path(f"/proc/{hearing._minder.model.pid}/mem").stat().st_uid == 0
        status = Path(f"/proc/{hearing._minder.model.pid}/status").read_text()
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
    finally:
        hearing.stop()
