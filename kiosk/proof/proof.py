"""`kiosk doctor --prove-offline`: the visit in the sealed room, and a page of what came of it."""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kiosk.children.child import FIXED

LONGEST_SECONDS = 600


class NotHereError(Exception):
    """This machine has no means for the proof; the message says which."""


@dataclass(frozen=True)
class Proof:
    """What came of it.

    Attributes:
        steps: Name, result, and whether it was as it should be.
        control: What was heard when something was sent on purpose.
        heard: What was heard of the kiosk.
        model: The speech model's name; empty where there is none.
    """

    steps: tuple[tuple[str, str, bool], ...]
    control: tuple[str, ...]
    heard: tuple[str, ...]
    model: str

    @property
    def holds(self) -> bool:
        """Whether all was done, would have been heard, and nothing was."""
        done = bool(self.steps) and all(is_done for _, _, is_done in self.steps)
        return done and bool(self.control) and not self.heard

    def page(self) -> str:
        """One page to hand round."""
        lines = [
            "Release: does anything leave this machine?",
            "",
            f"Machine: {platform.system()} {platform.release()}, {platform.machine()}",
            f"Program: Release {_version()}, Python {platform.python_version()}",
            f"Speech model: {self.model or 'none'}",
            "",
            "A kiosk was started in a network of its own that leads nowhere. Everything sent to",
            "it, be it one look-up of a name, was written down. First, something sent on purpose:",
            *(f"  heard  {each}" for each in self.control or ("nothing, so this proves nothing",)),
            "",
            "Then a whole visit was made:",
            *(
                f"  {'ok  ' if is_done else 'FAIL'}  {name}: {result}"
                for name, result, is_done in self.steps
            ),
            "",
            "Heard meanwhile, of the kiosk and all its processes:",
            *(f"  HEARD  {each}" for each in self.heard or ()),
            *(() if self.heard else ("  nothing",)),
            "",
            f"Result: {self._result()}",
            "Not shown by this: the browser of the tablet, other programs, the system itself.",
        ]
        return "\n".join(lines) + "\n"

    def _result(self) -> str:
        if self.holds:
            return "nothing left this machine."
        if self.heard:
            return "SOMETHING WAS SENT. Find out what else runs in the kiosk's environment."
        return "not proven; see above."


def prove(model: Path | None) -> Proof:
    """Make the visit in the room.

    Args:
        model: The speech model's folder, if there is one.

    Raises:
        NotHereError: This machine does not let us.
    """
    own = _namespaces()
    root = FIXED["PYTHONPATH"]
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    told = str(model.resolve()) if model else ""
    with tempfile.TemporaryDirectory(prefix="kiosk-proof-") as folder:
        data = str(Path(folder) / "data")
        done = subprocess.run(  # noqa: S603 - ourselves, in a room of our own
            [*own, sys.executable, "-m", "kiosk.proof.sealed_room",
             sys.executable, "-m", "kiosk.proof.visit", data, told],
            check=False, capture_output=True, text=True,
            timeout=LONGEST_SECONDS, env={**os.environ, "PYTHONPATH": paths, "HOME": folder},
        )  # fmt: skip
    try:
        answer = json.loads(done.stdout)
        steps = json.loads(answer["printed"])
    except (ValueError, KeyError):
        why = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
        raise NotHereError(f"The room could not be made, or the visit not begun: {why}") from None
    return Proof(
        steps=tuple((name, result, bool(is_done)) for name, result, is_done in steps),
        control=tuple(answer["control"]),
        heard=tuple(answer["heard"]),
        model=model.name if model else "",
    )


def _namespaces() -> list[str]:
    """What begins a program in a network and mounts of its own."""
    if sys.platform != "linux":
        raise NotHereError("Only Linux has the networks of one's own that this takes.")
    for name in ("unshare", "ip", "mount"):
        if shutil.which(name) is None:
            raise NotHereError(f"The program {name} is missing (util-linux, iproute2).")
    if not Path("/dev/net/tun").exists():
        raise NotHereError("/dev/net/tun is missing: sudo modprobe tun.")
    command = ["unshare", "--net", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:  # noqa: S603
        raise NotHereError("This system lets nobody make namespaces; run it once as root.")
    return command


def _version() -> str:
    try:
        return version("release-kiosk")
    except PackageNotFoundError:
        return "from its sources"
