"""Whoever copies the disk reads nothing; first we show that we would have found it."""

import base64
import http.client
import os
import socket
import time
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.byte_search import files_holding
from tests.support.kiosk_in_folder import set_up_folder
from tests.support.places import MICRO
from tests.support.running import running

from .conftest import SPOKEN, TEXT

KEPT = "The marmalade cupboard squeaks"
FORGOTTEN = "The walrus parking is unfair"


@pytest.mark.parametrize(
    "form",
    [
        str.encode,
        lambda words: words.encode("utf-16-le"),
        lambda words: words.encode("utf-16-be"),
        lambda words: base64.b64encode(words.encode()),
        lambda words: base64.b64encode(b"x" + words.encode()),
        lambda words: base64.b64encode(b"xy" + words.encode()),
        lambda words: zlib.compress(words.encode()),
        lambda words: words.upper().encode(),
    ],
)
def test_the_search_finds_planted_words_in_each_form(tmp_path: Path, form):
    (tmp_path / "clean").write_bytes(b"nothing of the kind")
    (tmp_path / "planted").write_bytes(b"before" + form(f"so: {KEPT}, yes") + b"after")
    assert files_holding(tmp_path, KEPT) == [tmp_path / "planted"]


def test_kept_and_forgotten_words_are_readable_in_no_file(tmp_path: Path):
    data, temp = tmp_path / "data", tmp_path / "temp"
    temp.mkdir()
    set_up_folder(data)
    with running(data, "--model", MICRO, TMPDIR=str(temp)) as kiosk:
        _, made = kiosk.call("POST", "/api/drafts", KEPT.encode(), **TEXT)
        kiosk.call("POST", f"/api/drafts/{made['draft']}/keep", {})
        _, gone = kiosk.call("POST", "/api/drafts", FORGOTTEN.encode(), **TEXT)
        kiosk.call("DELETE", f"/api/drafts/{gone['draft']}")
        memo = {"Content_Type": "audio/webm", "Idempotency_Key": "a-token-of-22-letters-"}
        status, kept = kiosk.call("POST", "/api/items", SPOKEN.read_bytes(), **memo)
        assert status == 201
        secrets = (KEPT, FORGOTTEN, "changes the schedule", made["draft"], kept["receipt"])
        assert files_holding(tmp_path, *secrets) == []
        assert sound_in(tmp_path) == []
    assert files_holding(tmp_path, *secrets) == []
    assert sound_in(tmp_path) == []


def sound_in(folder: Path) -> list[Path]:
    """Files that hold the sample's sound, as it came or unpacked."""
    original = SPOKEN.read_bytes()
    marks = (original[len(original) // 2 :][:24], b"\x1aE\xdf\xa3", b"OpusHead", b"RIFF")
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and any(mark in path.read_bytes() for mark in marks)
    ]


def test_the_search_for_sound_finds_a_planted_recording(tmp_path: Path):
    (tmp_path / "planted").write_bytes(b"x" + SPOKEN.read_bytes())
    assert sound_in(tmp_path) == [tmp_path / "planted"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_a_half_sent_body_lies_in_no_temporary_file(tmp_path: Path):
    data, temp = tmp_path / "data", tmp_path / "temp"
    temp.mkdir()
    set_up_folder(data)
    with running(data, TMPDIR=str(temp)) as kiosk:
        host = urlsplit(kiosk.url)
        connection = http.client.HTTPConnection(str(host.hostname), host.port)
        connection.putrequest("POST", "/api/drafts")
        connection.putheader("Content-Type", "audio/webm")
        connection.putheader("Content-Length", "3000000")
        connection.endheaders()
        connection.send(b"\x1aE\xdf\xa3" + b"s" * 1_500_000)
        time.sleep(1)
        assert open_files_below(kiosk.process.pid, temp) == []
        assert list(temp.rglob("*")) == []
        connection.close()


def open_files_below(pid: int, folder: Path) -> list[str]:
    """Files below a folder that a process holds open, also those without a name any more."""
    targets = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            targets.append(str(link.readlink()))
        except OSError:
            continue
    return [target for target in targets if target.startswith(str(folder))]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_the_search_for_open_files_finds_one_without_a_name(tmp_path: Path):
    with (tmp_path / "spool").open("wb"):
        (tmp_path / "spool").unlink()
        assert len(open_files_below(os.getpid(), tmp_path)) == 1


def test_no_port_but_ours_listens(tmp_path: Path):
    """The kiosk binds the loopback alone unless told otherwise."""
    set_up_folder(tmp_path / "data")
    with running(tmp_path / "data") as kiosk:
        port = int(kiosk.url.rsplit(":", 1)[1])
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((own_address(), port), timeout=2)


def own_address() -> str:
    """An address of this machine that is not the usual loopback."""
    return "127.0.0.2"
