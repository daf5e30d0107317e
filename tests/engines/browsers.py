"""Firefox and WebKit, each on a throw-away profile, and a microphone that hears what we play."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.engines.steering import ByHttp, BySocket, Page, wait

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
WEBKIT_DRIVER = shutil.which("WebKitWebDriver") or ""
WEBKIT = next(map(str, Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")), "")
WIDTH, HEIGHT = 1280, 900


def why_not(name: str) -> str:
    """What an engine's tests lack here; empty: nothing."""
    engine = FIREFOX if name == "firefox" else WEBKIT_DRIVER and WEBKIT and shutil.which("xvfb-run")
    package = {"firefox": "firefox-esr", "webkit": "webkit2gtk-driver and xvfb"}[name]
    if not engine:
        return f"needs {package}"
    return "" if shutil.which("pulseaudio") and shutil.which("paplay") else "needs pulseaudio"


@contextmanager
def started(*command: str, home: Path, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program and all that it starts, for a while."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), **environ},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass(frozen=True)
class Microphone:
    """A sound server whose default microphone hears what is played into it."""

    server: str

    def hears(self, sound: Path) -> None:
        """Play a recording into it, to its end."""
        command = ("paplay", f"--server={self.server}", "--device=kiosk", str(sound))
        subprocess.run(command, check=True, timeout=60)


@contextmanager
def microphone(folder: Path) -> Iterator[Microphone]:
    """A sound server of our own."""
    path = folder / "pulse.sock"
    script = folder / "kiosk.pa"
    script.write_text(
        f"load-module module-native-protocol-unix socket={path} auth-anonymous=1\n"
        "load-module module-null-sink sink_name=kiosk rate=48000 channels=1\n"
        "load-module module-remap-source source_name=kioskmic master=kiosk.monitor\n"
        "set-default-source kioskmic\n"
    )
    command = ("pulseaudio", "-n", "-F", str(script), "--exit-idle-time=-1", "--daemonize=no")
    with started(*command, home=folder):
        wait(path.exists, "the sound server")
        yield Microphone(f"unix:{path}")


@contextmanager
def opened(name: str, folder: Path) -> Iterator[tuple[Page, Microphone]]:
    """A window of an engine, and its microphone; all it leaves lies in a folder."""
    sound, profile = folder / "sound", folder / "profile"
    sound.mkdir()
    profile.mkdir()
    with (
        microphone(sound) as heard,
        {"firefox": firefox, "webkit": webkit}[name](profile, heard) as page,
    ):
        yield page, heard


@contextmanager
def firefox(profile: Path, heard: Microphone) -> Iterator[Page]:
    """Firefox without a window; nobody is asked whether it may listen."""
    (profile / "user.js").write_text(
        'user_pref("marionette.port", 0);\n'  # a free one; it says which
        'user_pref("media.navigator.permission.disabled", true);\n'
    )
    command = (FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile))
    size = {"MOZ_HEADLESS_WIDTH": str(WIDTH), "MOZ_HEADLESS_HEIGHT": str(HEIGHT)}
    said = profile / "MarionetteActivePort"
    with started(*command, home=profile, PULSE_SERVER=heard.server, **size):
        port = int(wait(lambda: said.exists() and said.read_text().strip(), "Firefox"))
        with closing(Page(BySocket(port), {})) as page:
            yield page


@contextmanager
def webkit(profile: Path, heard: Microphone) -> Iterator[Page]:
    """WebKit in a window that nobody sees."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    screen = ("xvfb-run", "-a", "-s", f"-screen 0 {WIDTH}x{HEIGHT}x24")
    command = (*screen, WEBKIT_DRIVER, f"--port={port}")
    with started(*command, home=profile, PULSE_SERVER=heard.server):
        options = {"binary": WEBKIT, "args": ["--automation", "--enable-media-stream=true"]}
        wait(lambda: listens(port), "WebKit's driver")
        with closing(Page(ByHttp(port), {"webkitgtk:browserOptions": options})) as page:
            page.size(WIDTH, HEIGHT)
            yield page


def listens(port: int) -> bool:
    """Whether something answers at a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
