"""The browser of the kiosk's own screen: it fills the screen, asks nobody, and leaves nothing.

Its profile lies in memory and goes when the browser ends; what a crash of this program leaves there
goes with the next start, or when the machine is switched off.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
SWITCHES = (
    "--kiosk",
    "--incognito",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
)
IN_POLICY = "http://127.0.0.1:8080"  # where the kiosk is in the file of the policy
PREFIX = "kiosk-screen-"
LOOK_SECONDS = 0.5
ASK_SECONDS = 1.0  # between two questions whether staff want out


class ScreenError(Exception):
    """Why no browser can be started, in one sentence for the operator."""


def browser(wanted: str = "") -> str:
    """The program to start: the one that is named, or a Chromium of this machine.

    Raises:
        ScreenError: There is none.
    """
    for name in [wanted] if wanted else BROWSERS:
        if found := shutil.which(name):
            return found
    missing = wanted or "Chromium, Chrome or Edge"
    raise ScreenError(f"No {missing} was found. Install one, or name it with --browser.")


def command(program: str, url: str, profile: Path, more: Sequence[str] = ()) -> list[str]:
    """How the browser is started; the rule about names lets it look up no server of its maker's."""
    return [
        program,
        *SWITCHES,
        f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {urlsplit(url).hostname}",
        f"--user-data-dir={profile}",
        *more,
        url,
    ]


def policy(url: str) -> str:
    """Rules for a Chromium on this machine: the kiosk's page and nothing else. Root installs it."""
    rules = resources.files("kiosk.network").joinpath("chromium-policy.json").read_text("utf-8")
    return rules.replace(IN_POLICY, url)


@contextmanager
def profile() -> Iterator[Path]:
    """An empty folder in memory that goes at the end; those that a crash left go first.

    Raises:
        ScreenError: On Linux, there is no place in memory.
    """
    place = memory()
    for left in place.glob(f"{PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    try:
        yield made
    finally:
        for _try in range(10):  # the browser's helpers may write a last time
            shutil.rmtree(made, ignore_errors=True)
            if not made.exists():
                break
            time.sleep(LOOK_SECONDS)


def memory() -> Path:
    """A folder that never reaches a disk; where a system has none, its folder for what passes."""
    if not sys.platform.startswith("linux"):
        return Path(tempfile.gettempdir())
    in_memory = {line.split()[1] for line in _mounts() if line.split()[2] in {"tmpfs", "ramfs"}}
    for place in (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"):  # noqa: S108  # by name alone
        is_in_memory = any(place == each or place.startswith(f"{each}/") for each in in_memory)
        if place and is_in_memory and os.access(place, os.W_OK):
            return Path(place)
    raise ScreenError("There is no folder in memory to put the browser's profile into (/dev/shm).")


def _mounts() -> list[str]:
    return Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()


def show(program: str, url: str, more: Sequence[str] = ()) -> bool:
    """Wait for the kiosk, show it until the browser ends, and leave nothing.

    Returns:
        Whether staff ended it, with the PIN.
    """
    while not answers(url):  # a browser that finds nobody would show an error page of its own
        time.sleep(LOOK_SECONDS)
    wants_out(url)  # says that somebody asks, so that a way out is offered
    with profile() as empty:
        process = subprocess.Popen(command(program, url, empty, more))  # noqa: S603  # the operator's
        try:
            while not _has_ended(process):
                if wants_out(url):
                    return True
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    return False


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(ASK_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def wants_out(url: str) -> bool:
    """Whether somebody who knows the PIN wants the browser to end; tells the kiosk we are here."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/exit/asked", data=b"", timeout=5) as answer:  # noqa: S310
            return bool(json.loads(answer.read()) == {"end": True})
    except (urllib.error.URLError, OSError, ValueError):
        return False


def answers(url: str) -> bool:
    """Whether a kiosk is there."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/healthz", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
