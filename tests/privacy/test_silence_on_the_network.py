"""Nothing is sent anywhere: the whole way works where there is no way out at all."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import postgres
from tests.support.places import HOME

pytest.importorskip("playwright", reason="needs playwright")
from . import chromium

NO_WAY_OUT = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
LOOPBACK = "ip link set lo up && exec "


def can_unshare() -> bool:
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    return subprocess.run([*NO_WAY_OUT, "true"], capture_output=True, check=False).returncode == 0


needs_namespaces = pytest.mark.skipif(not can_unshare(), reason="needs network namespaces")


def alone(command: str, **options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*NO_WAY_OUT, "sh", "-c", LOOPBACK + command],
        capture_output=True,
        text=True,
        check=False,
        cwd=HOME,
        timeout=540,
        env={**os.environ, **options},
    )


@needs_namespaces
def test_in_the_namespace_nothing_can_be_reached():
    """The control: what would phone home fails there, and the loopback works."""
    outside = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"
    assert "unreachable" in alone(f'{sys.executable} -c "{outside}"').stderr
    inside = (
        "import socket; s = socket.create_server(('127.0.0.1', 0)); "
        "socket.create_connection(s.getsockname(), 2); print('here')"
    )
    assert alone(f'{sys.executable} -c "{inside}"').stdout == "here\n"


HEARD_OF_CONTROL = [
    "udp 10.9.0.53:53 updates.example",
    "udp 192.0.2.7:123",
    "udp 224.0.0.251:5353",
]


def in_sealed_room(program: str, *arguments: str, **environ: str) -> list[str]:
    """What a program sends, in a network that leads nowhere and hears everything."""
    command = [sys.executable, "-m", "kiosk.proof.sealed_room", sys.executable, "-c", program]
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    done = subprocess.run(
        ["unshare", "--net", "--mount", *own, *command, *arguments],
        capture_output=True, text=True, check=False, cwd=HOME, timeout=240,
        env={**os.environ, "PYTHONPATH": f"{HOME}:{HOME / 'tests'}", **environ},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    answer = json.loads(done.stdout)
    assert answer["control"] == HEARD_OF_CONTROL
    heard: list[str] = answer["heard"]
    return heard


def has_room() -> bool:
    """Whether we may make such a network here."""
    if not (can_unshare() and Path("/dev/net/tun").exists()):
        return False
    try:
        return in_sealed_room("pass") == []
    except (AssertionError, ValueError):
        return False


needs_room = pytest.mark.skipif(not has_room(), reason="needs namespaces and /dev/net/tun")

TELLTALE = """
import socket
try: socket.getaddrinfo("updates.example", 443)
except OSError: pass
chatty = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
chatty.sendto(b"here I am", ("224.0.0.251", 5353))  # mDNS
chatty.sendto(b"", ("192.0.2.7", 123))
"""
A_VISIT = """
import sys, time
from pathlib import Path
from tests.support.running import running
from tests.support.places import MICRO
from tests.support.kiosk_in_folder import set_up_folder
from tests.privacy.conftest import visit
from tests.support.postgres import settings_for
data = Path(sys.argv[1])
if sys.argv[2:]:
    set_up_folder(data, url=sys.argv[2])
    (data / "settings.toml").write_text(settings_for(sys.argv[2]))
else:
    set_up_folder(data)
with running(data, "--model", MICRO, "--lan") as kiosk:
    visit(kiosk)
    time.sleep(1)
"""
A_FORM = """
import sys
from pathlib import Path
from tests.privacy.careless import careless_site
from playwright.sync_api import sync_playwright
from tests.privacy.chromium import chromium
with sync_playwright() as engine, careless_site() as url, chromium(
    engine, Path(sys.argv[1]), *sys.argv[2:]
) as page:
    page.goto(url)
    page.locator("textarea").press_sequentially("The canteen is cold.")
    page.wait_for_timeout(6_000)
"""


@needs_room
def test_in_the_sealed_room_one_lookup_or_announcement_is_heard():
    assert in_sealed_room(TELLTALE) == HEARD_OF_CONTROL


@needs_room
def test_a_kiosk_in_use_says_nothing_to_the_network(tmp_path: Path):
    """No name is looked up, nothing announced, no model asked for; in a home that is empty."""
    home = tmp_path / "home"
    home.mkdir()
    assert in_sealed_room(A_VISIT, str(tmp_path / "data"), HOME=str(home)) == []
    assert list(home.rglob("*")) == []


@needs_room
def test_nor_does_one_whose_server_keeps_it(tmp_path: Path, postgres_server: postgres.Server):
    """The server is reached by a file of this machine; all else would be heard."""
    psycopg = pytest.importorskip("psycopg")
    url = postgres_server.by_socket(postgres_server.new())
    assert in_sealed_room(A_VISIT, str(tmp_path / "data"), url) == []
    with closing(psycopg.connect(url)) as connection:
        (kept,) = connection.execute("SELECT count(*) FROM item").fetchone() or (0,)
    assert kept == 2  # so it was this server


@needs_room
@pytest.mark.browser
@pytest.mark.skipif(not chromium.CHROMIUM, reason="needs chromium")
def test_the_browser_as_the_guide_starts_it_looks_up_nothing(tmp_path: Path):
    """As it comes it asks its maker's servers while a form is open: that is what we would hear."""
    assert in_sealed_room(A_FORM, str(tmp_path / "as it comes"))
    switches = chromium.documented_switches()
    assert in_sealed_room(A_FORM, str(tmp_path / "ours"), *switches) == []


@needs_namespaces
@pytest.mark.browser
def test_the_whole_way_works_without_any_network():
    done = alone(f"{sys.executable} -m pytest -q tests/e2e/test_whole_way.py -k export")
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
