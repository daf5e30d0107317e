"""A speech model on its way to this machine, because a facilitator asked for it.

The process that serves visitors never goes to the internet. `kiosk models install` does, in a
process of its own that ends with the download.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import kiosk

COMMAND = (sys.executable, "-P", "-s", "-m", "kiosk", "models", "install", "--json")


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """How far a download is."""

    state: Literal["none", "going", "failed", "ready"] = "none"
    name: str = ""
    done_bytes: int = 0
    all_bytes: int = 0
    problem: str = ""  # what the machine says of it, in English; where it failed


class Fetching:
    """One download at a time.

    Args:
        data_dir: Whose `models` it goes into.
        on_installed: Gets the folder of the model, checked.
        command: What fetches; gets the model's name and `--data-dir`.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        on_installed: Callable[[Path], None],
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._data_dir = data_dir
        self._on_installed = on_installed
        self._command = command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._now = Fetched()

    @property
    def now(self) -> Fetched:
        """How far it is."""
        return self._now

    def start(self, name: str) -> None:
        """Fetch a model of the catalogue; nothing happens while another one is on its way."""
        with self._lock:
            if self._now.state == "going":
                return
            self._process = subprocess.Popen(  # noqa: S603  # our own command, a name of the catalogue
                [*self._command, name, "--data-dir", str(self._data_dir)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                env=os.environ | {"PYTHONPATH": str(Path(kiosk.__file__).parent.parent)},
                start_new_session=True,
            )
            self._now = Fetched(state="going", name=name)
            threading.Thread(target=self._follow, args=(self._process,), daemon=True).start()

    def stop(self) -> None:
        """End a download that is on its way; the next one goes on where it was."""
        with self._lock:
            if self._process:
                self._process.terminate()

    def _follow(self, process: subprocess.Popen[str]) -> None:
        """Read what the command says, to its end."""
        said: list[str] = []
        with process:  # waits for its end, and closes its pipes
            errors = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
            errors.start()
            for line in process.stdout or ():
                with suppress(ValueError, KeyError, TypeError):
                    told = json.loads(line)
                    self._now = replace(
                        self._now, done_bytes=int(told["done"]), all_bytes=int(told["of"])
                    )
            errors.join()
        code = process.returncode
        problem = next((each.strip() for each in reversed(said) if each.strip()), "")
        if code == 0:
            problem = self._hand_over()
        self._now = replace(
            self._now, state="failed" if code or problem else "ready", problem=problem
        )

    def _hand_over(self) -> str:
        """Give the model to who hears with it; returns what was wrong."""
        try:
            self._on_installed(self._data_dir / "models" / self._now.name)
        except Exception as error:  # noqa: BLE001  # told at the desk, whatever it is
            return str(error) or type(error).__name__
        return ""
