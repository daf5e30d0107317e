"""Nothing is sent anywhere: the whole way works where there is no way out at all."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
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


@needs_namespaces
@pytest.mark.browser
def test_the_whole_way_works_without_any_network():
    done = alone(f"{sys.executable} -m pytest -q tests/e2e/test_whole_way.py")
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
