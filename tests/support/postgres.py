"""A real PostgreSQL from Debian's package, in a temporary folder, for as long as the tests run.

It listens on a socket in that folder and on a free port of this machine, and it refuses to run as
root, so there it runs as somebody without rights.
"""

import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MISSING = "PostgreSQL's programs are not installed: apt-get install postgresql"
NO_DRIVER = "the optional extra is not installed: pip install release-kiosk[postgres]"
_PLACES = "/usr/lib/postgresql/*/bin"
_QUICK = {  # no test here cuts the power
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "16MB",
    "max_connections": "120",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
}
UNSAFE = ("fsync", "full_page_writes")  # what such a server has to be allowed


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, if there is one."""
    found = sorted(Path("/").glob(_PLACES.lstrip("/")), key=lambda each: each.parent.name)
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def why_not() -> str:
    """Say what is missing to run one; empty where nothing is."""
    try:
        import psycopg
    except ImportError:
        return NO_DRIVER
    return "" if psycopg and programs() else MISSING


def settings_for(url: str) -> str:
    """Return what `settings.toml` says where a server of these tests keeps everything."""
    allowed = ", ".join(f'"{each}"' for each in UNSAFE)
    return f'[store]\nurl = "{url}"\nallow = [{allowed}]\n'


@dataclass
class Server:
    """A running one."""

    folder: Path
    port: int
    user: str
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _process: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{database}"

    def by_socket(self, url: str) -> str:
        """The same address by the socket in its folder, which needs no network at all."""
        name = url.rsplit("/", 1)[1]
        return f"postgresql://{self.user}@/{name}?host={self.folder}&port={self.port}"

    def new(self, template: str = "template0") -> str:
        """Make a database of its own; returns its address."""
        import psycopg

        name = f"t{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' LC_COLLATE 'C'"
                " LC_CTYPE 'C' STRATEGY file_copy".encode()
            )
        return self.url(name)

    def start(self, **settings: str) -> None:
        """Start it, or start it again after `kill` or `stop`."""
        there = programs()
        assert there
        options = [f"-c{name}={value}" for name, value in settings.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [there / "postgres", "-D", self.folder / "data", "-p", str(self.port),
                 "-k", self.folder, "-h", "127.0.0.1", *options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, **_as_nobody(),
            )  # fmt: skip
        self._wait()

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process
        subprocess.run(["pkill", "-9", "-P", str(self._process.pid)], check=False)
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it at once, in good order."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(3)  # immediate shutdown: nothing of it is needed any more
            self._process.wait()

    def _wait(self) -> None:
        import psycopg

        for _ in range(600):
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            assert self._process
            assert self._process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)
        raise AssertionError("PostgreSQL does not start")


@contextlib.contextmanager
def running(**settings: str) -> Iterator[Server]:
    """Run a server in a folder of its own; settings in the place of quick ones."""
    there = programs()
    assert there
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if os.getuid() == 0:
        shutil.chown(folder, **_nobody())
    subprocess.run(
        [there / "initdb", "-D", folder / "data", "-U", "kiosk", "-A", "trust", "-E", "UTF8",
         "--locale=C", "--no-sync", "--no-instructions"],
        check=True, capture_output=True, **_as_nobody(),
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(folder, port, "kiosk")
    try:
        server.start(**(_QUICK | settings))
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _nobody() -> dict[str, int]:
    found = pwd.getpwnam("nobody")
    return {"user": found.pw_uid, "group": found.pw_gid}


def _as_nobody() -> dict[str, object]:
    return {**_nobody(), "cwd": "/"} if os.getuid() == 0 else {}
