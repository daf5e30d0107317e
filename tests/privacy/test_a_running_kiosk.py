"""A kiosk seen from outside while it runs: its memory, its children, its files, its silence."""

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.kiosk_in_folder import set_up_folder
from tests.support.places import DOCS, HOME
from tests.support.running import Running, running

from .conftest import TEXT, Used

needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
GUIDE = DOCS / "operator.md"


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for other in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(other.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += family(int(other.parent.name))
    return found


@needs_proc
def test_no_process_may_write_its_memory_to_a_core_file(used: Used):
    """The server's words and the children's sound: neither may land on a disk when one dies."""
    pids = family(used.kiosk.process.pid)
    assert len(pids) >= 2, "a server and a model; ears come and go"
    for pid in pids:
        limits = Path(f"/proc/{pid}/limits").read_text()
        assert re.search(r"Max core file size\s+0\s+0\s", limits), pid


WAITING = "import sys, time; {enter}; print('here', flush=True); time.sleep(60)"
OURS = "from kiosk.protection import forbid_core_dumps as enter; enter()"


def dumps_core(pid: int) -> bool:
    """Abort a child of ours and see whether its memory would have been written."""
    os.kill(pid, signal.SIGABRT)
    return os.WCOREDUMP(os.waitpid(pid, 0)[1])


@needs_proc
def test_even_with_core_files_allowed_a_protected_process_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Some systems hand cores to a crash reporter whatever the limit says; this stops that, too."""
    monkeypatch.chdir(tmp_path)
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if most == 0:
        pytest.skip("core files cannot be allowed here")

    def start(enter: str) -> int:
        allow = f"import resource as r; r.setrlimit(r.RLIMIT_CORE, ({most}, {most}))"
        keep = f"{enter}; r.setrlimit = None" if enter else "pass"
        process = subprocess.Popen(
            [sys.executable, "-c", WAITING.format(enter=f"{allow}; {keep}")],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(HOME)},
        )
        assert process.stdout
        with process.stdout as said:
            assert said.readline() == b"here\n"
        process.returncode = 0  # it is waited for by hand
        return process.pid

    if not dumps_core(start("")):
        pytest.skip("this system writes no core files at all")
    only_dumpable = "import ctypes; ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)"
    assert not dumps_core(start(only_dumpable))
    assert not dumps_core(start(OURS))


@needs_proc
def test_the_web_process_stays_small(used: Used):
    """The speech model is not in it. Nobody has drawn yet: reading a drawing costs far more."""
    status = Path(f"/proc/{used.kiosk.process.pid}/status").read_text()
    most_kib = int(re.search(r"VmHWM:\s+(\d+)", status)[1])  # type: ignore[index]
    assert 20_000 < most_kib < 200_000


def test_a_whole_visit_prints_nothing(used: Used):
    """No address, no time, no path, no size: a log that does not exist cannot be handed over."""
    assert "Kiosk ready" in "".join(used.kiosk.lines)  # the search would see what is printed
    assert printed_since(used.kiosk) == ""


def test_a_rush_prints_nothing(used: Used):
    """Waitress would log how many are waiting, and a journal would add the second."""
    rush = [threading.Thread(target=used.kiosk.call, args=("GET", "/")) for _ in range(40)]
    for each in rush:
        each.start()
    for each in rush:
        each.join()
    assert printed_since(used.kiosk) == ""


def printed_since(kiosk: Running) -> str:
    """What has been printed and not been read yet."""
    assert kiosk.process.stdout
    number = kiosk.process.stdout.fileno()
    os.set_blocking(number, False)
    try:
        return os.read(number, 1 << 16).decode()
    except BlockingIOError:
        return ""
    finally:
        os.set_blocking(number, True)


def documented_files() -> set[str]:
    """The names that the operator's guide says are in the data folder."""
    section = GUIDE.read_text().split("## What is kept")[1].split("##")[0]
    return {name.strip("/") for name in re.findall(r"`([\w.-]+/?)`", section)}


def test_the_data_folder_holds_documented_files_only(used: Used):
    names = documented_files()
    assert {"kiosk.db", "models", "tls", "settings.toml"} <= names
    assert "planted" not in names
    assert {path.name for path in used.data.iterdir()} <= names


def test_the_temporary_folder_is_not_touched(used: Used):
    """Also its own times are those of its making: nothing was there and went away."""
    made = used.temp.stat().st_mtime_ns
    assert list(used.temp.iterdir()) == []
    assert made < used.data.joinpath("kiosk.db").stat().st_mtime_ns
    (used.temp / "planted").touch()
    (used.temp / "planted").unlink()
    assert used.temp.stat().st_mtime_ns > made


CARELESS = """
import flask, sys, waitress
app = flask.Flask("careless")
@app.post("/")
def take(): return str(len(flask.request.files) + len(flask.request.get_data()))
server = waitress.create_server(app, host="127.0.0.1", port=0)
print("Kiosk ready at http://127.0.0.1:%s" % server.effective_port, flush=True)
server.run()
"""
OPENED = re.compile(
    r'(?:openat|open|creat|mkdir|rename)\w*\((?:AT_FDCWD, |\d+, )?"([^"]+)"(.*)= \d'
)
HARMLESS = ("/dev/null", "/proc/", "/dev/shm/", "/memfd:")


def written_under_strace(trace: Path) -> list[str]:
    """Every path that was opened for writing, made or renamed, also those without a name later."""
    found = set()
    for line in trace.read_text(errors="replace").splitlines():
        called = OPENED.search(line)
        if called and (
            re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE", called[2])
            or "mkdir" in called[0][:8]
            or "rename" in called[0][:8]
        ):
            found.add(called[1])
    return sorted(path for path in found if not path.startswith(HARMLESS))


def may_trace() -> bool:
    if not shutil.which("strace"):
        return False
    command = ["strace", "-D", "-o", "/dev/null", "true"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not may_trace(), reason="strace may not watch here")
def test_no_file_is_written_but_the_database(tmp_path: Path):
    """A trace of every file opened for writing; large bodies are where servers spool."""
    temp = tmp_path / "temp"
    temp.mkdir()
    trace = ("strace", "-D", "-f", "-e", "trace=open,openat,creat,mkdir,mkdirat,rename,renameat2")
    (tmp_path / "careless.py").write_text(CARELESS)
    large = os.urandom(1 << 20) * 3
    with running(
        tmp_path,
        command=(
            *trace,
            "-o",
            str(tmp_path / "weak"),
            sys.executable,
            str(tmp_path / "careless.py"),
        ),
        TMPDIR=str(temp),
    ) as careless:
        careless.call("POST", "/", large)
    assert [path for path in written_under_strace(tmp_path / "weak") if path.startswith(str(temp))]
    data = tmp_path / "data"
    set_up_folder(data)
    with running(
        data,
        command=(*trace, "-o", str(tmp_path / "ours"), sys.executable, "-m", "kiosk", "serve",
                 "--data-dir", str(data), "--port", "0"),
        TMPDIR=str(temp), PYTHONDONTWRITEBYTECODE="1",
    ) as kiosk:  # fmt: skip
        sound = b"\x1aE\xdf\xa3" + large
        status, made = kiosk.call("POST", "/api/drafts", sound, Content_Type="audio/webm")
        assert (status, made["state"]) == (201, "later")
        assert kiosk.call("POST", f"/api/drafts/{made['draft']}/keep", {})[0] == 201
        assert kiosk.call("POST", "/api/drafts", large, Content_Type="image/png")[0] == 415
        kiosk.call("POST", "/api/drafts", large, **TEXT)
    written = written_under_strace(tmp_path / "ours")
    assert str(data / "kiosk.db") in written
    assert {Path(path).parent for path in written if path.startswith("/")} <= {data}
    assert {Path(path).name for path in written} <= documented_files()


@pytest.fixture
def stalled() -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        opened: list[socket.socket] = []
        stack.callback(lambda: [each.close() for each in opened])
        yield opened


def stall(url: str, count: int, opened: list[socket.socket]) -> None:
    """Open connections of three sorts that never finish their sentence."""
    where = urlsplit(url)
    starts = (
        b"",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        b"POST /api/drafts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000\r\n\r\nThe can",
    )
    for number in range(count):
        each = socket.create_connection((str(where.hostname), where.port), timeout=5)
        each.sendall(starts[number % 3])
        opened.append(each)


class OneAtATime(BaseHTTPRequestHandler):
    """What a simple server does."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def seconds(kiosk: Running, method: str, path: str, body: bytes = b"", **headers: str) -> float:
    started = time.monotonic()
    assert kiosk.call(method, path, body, **headers)[0] in {200, 201}
    return time.monotonic() - started


def test_sixty_stalled_clients_do_not_keep_others_waiting(used: Used, stalled: list[socket.socket]):
    with HTTPServer(("127.0.0.1", 0), OneAtATime) as simple:
        threading.Thread(target=simple.serve_forever, args=(0.05,), daemon=True).start()
        port = simple.server_port
        stall(f"http://127.0.0.1:{port}", 3, stalled)
        with closing(socket.create_connection(("127.0.0.1", port), timeout=0.5)) as other:
            other.sendall(b"GET / HTTP/1.0\r\n\r\n")
            with pytest.raises(TimeoutError):
                other.recv(1)
        for each in stalled:
            each.close()
        simple.shutdown()
    stall(used.kiosk.url, 120, stalled)  # waitress takes 100 unless told otherwise
    assert seconds(used.kiosk, "GET", "/") < 2
    assert seconds(used.kiosk, "POST", "/api/drafts", b"The canteen is cold.", **TEXT) < 2


TRICKS = (
    "../pyproject.toml", "%2e%2e/pyproject.toml", "..%2fpyproject.toml", "css/../../pyproject.toml",
    "..%5cpyproject.toml", "//etc/hostname", "%2fetc/hostname", "css/%00main.css", ".",
    "__init__.py", "css/main.css/../../../pyproject.toml",
)  # fmt: skip


def status_of(kiosk: Running, path: str) -> int:
    """Ask for a path exactly as it is written; browsers and clients would tidy it up."""
    where = urlsplit(kiosk.url)
    with closing(HTTPConnection(str(where.hostname), where.port, timeout=10)) as connection:
        connection.putrequest("GET", path)
        connection.endheaders()
        return connection.getresponse().status


def test_no_path_leads_out_of_the_static_folder(used: Used):
    assert status_of(used.kiosk, "/static/css/main.css") == 200
    assert status_of(used.kiosk, "/static/css/../css/main.css") in {200, 404}
    found = {trick: status_of(used.kiosk, f"/static/{trick}") for trick in TRICKS}
    assert set(found.values()) <= {308, 400, 404}, found  # 308: to the same path, tidied up
