"""Steers a browser by the commands of the WebDriver standard, over HTTP or over Firefox's own wire.

Two carriers, one set of commands: WebKit's driver takes them as HTTP requests, Firefox as lines of
JSON on a socket (Marionette). Nothing is needed beside the browsers themselves.
"""

import base64
import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # w3.org/TR/webdriver2, section 12.1
PATIENCE_SECONDS = 90.0  # a machine that does much else at once is slow, not wrong
LOOK_SECONDS = 0.1
Value = TypeVar("Value")

# A command of the standard: how it is asked for by HTTP, and what Firefox calls it.
COMMANDS = {
    "new": ("POST", "", "WebDriver:NewSession"),
    "end": ("DELETE", "", "WebDriver:DeleteSession"),
    "go": ("POST", "/url", "WebDriver:Navigate"),
    "size": ("POST", "/window/rect", "WebDriver:SetWindowRect"),
    "click": ("POST", "/element/{id}/click", "WebDriver:ElementClick"),
    "type": ("POST", "/element/{id}/value", "WebDriver:ElementSendKeys"),
    "act": ("POST", "/actions", "WebDriver:PerformActions"),
    "run": ("POST", "/execute/sync", "WebDriver:ExecuteScript"),
    "picture": ("GET", "/screenshot", "WebDriver:TakeScreenshot"),
}


class SteeringError(Exception):
    """The browser says that it could not do it."""


class Carrier(Protocol):
    """Brings a command to a browser, and its answer back."""

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """The answer's value."""

    def close(self) -> None:
        """Let go of the browser."""


class ByHttp:
    """WebKit's driver, which listens at a port of this machine."""

    def __init__(self, port: int) -> None:
        self._address, self._session = f"http://127.0.0.1:{port}/session", ""

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        method, path, _name = COMMANDS[command]
        request = urllib.request.Request(
            self._address + self._session + path.format(**parameters),
            method=method,
            data=json.dumps(parameters).encode() if method == "POST" else None,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                value = json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            with refused:
                raise SteeringError(refused.read().decode()) from None
        if command == "new":
            self._session = "/" + value["sessionId"]
        return value

    def close(self) -> None:
        """Nothing is held."""


class BySocket:
    """Firefox, which listens at a port of this machine when it was started with --marionette."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self._file = self._socket.makefile("rb")
        self._receive()  # it says hello
        self._asked = 0

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self._asked += 1
        line = json.dumps([0, self._asked, COMMANDS[command][2], parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(line), line))
        _kind, _number, error, value = self._receive()
        if error:
            raise SteeringError(f"{error['error']}: {error['message']}")
        return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def _receive(self) -> Any:
        digits = b""
        while (each := self._file.read(1)) != b":":
            if not each:
                raise SteeringError("Firefox has gone.")
            digits += each
        return json.loads(self._file.read(int(digits)))


class Page:
    """What a browser shows, and what a person does with it; it waits for what is to be touched."""

    def __init__(self, carrier: Carrier, capabilities: dict[str, Any]) -> None:
        self._carrier = carrier
        self._ask("new", capabilities={"alwaysMatch": capabilities})

    def _ask(self, command: str, **parameters: Any) -> Any:
        return self._carrier.ask(command, parameters)

    def close(self) -> None:
        self._ask("end")
        self._carrier.close()

    def size(self, width: int, height: int) -> None:
        self._ask("size", width=width, height=height)

    def goto(self, url: str) -> None:
        self._ask("go", url=url)

    def run(self, script: str, *values: Any) -> Any:
        """The value of a function's body, run in the page."""
        return self._ask("run", script=script, args=list(values))

    def picture(self, path: Path) -> None:
        """Save what is shown, for people to look at."""
        path.write_bytes(base64.b64decode(self._ask("picture", full=False)))

    def until(self, script: str, *values: Any) -> Any:
        """Wait until a function's body returns something true in the page, and return that."""
        return wait(lambda: self.run(script, *values), script)

    def screen(self, name: str) -> None:
        """Wait until one screen is shown and touches count."""
        self.until(SHOWS, name)

    def touch(self, selector: str) -> None:
        """Touch the middle of what a selector finds, once it can be touched."""
        self._ask("click", id=self._reachable(selector))

    def write(self, selector: str, words: str) -> None:
        """Press the keys of some words in a field."""
        self._ask("type", id=self._reachable(selector), text=words)

    def _reachable(self, selector: str) -> str:
        return str(self.until(CAN_BE_TOUCHED, selector)[ELEMENT])

    def text(self, selector: str) -> str:
        """The words that a person reads there, blanks folded."""
        said: str = self.run("return document.querySelector(arguments[0]).innerText", selector)
        return " ".join(said.split())

    def box(self, selector: str) -> tuple[int, int, int, int]:
        """Where something lies in the window: left, top, width, height."""
        left, top, width, height = map(int, self.run(BOX, selector))
        return left, top, width, height

    def hold(self, selector: str, seconds: float) -> None:
        """Press the middle of what a selector finds, for so long; the page may go meanwhile."""
        left, top, width, height = self.box(selector)
        finger = {
            "type": "pointer",
            "id": "finger",
            "parameters": {"pointerType": "touch"},
            "actions": [
                {"type": "pointerMove", "x": left + width // 2, "y": top + height // 2},
                {"type": "pointerDown", "button": 0},
                {"type": "pause", "duration": int(seconds * 1000)},
                {"type": "pointerUp", "button": 0},
            ],
        }
        with suppress(SteeringError):  # the page that was pressed has gone
            self._ask("act", actions=[finger])

    def stroke(self, points: list[tuple[int, int]]) -> None:
        """Draw through some points of the window with a finger.

        WebKit's driver on Linux has no finger, and takes the mouse.
        """
        first, *others = [
            {"type": "pointerMove", "x": x, "y": y, "duration": 20} for x, y in points
        ]
        finger = {
            "type": "pointer",
            "id": "finger",
            "parameters": {"pointerType": "touch"},
            "actions": [
                {**first, "duration": 0},
                {"type": "pointerDown", "button": 0},
                *others,
                {"type": "pointerUp", "button": 0},
            ],
        }
        self._ask("act", actions=[finger])


SHOWS = """
const screens = [...document.querySelectorAll("section[data-screen]")]
const shown = screens.filter((each) => each.checkVisibility()).map((each) => each.dataset.screen)
const isFree = !("still" in document.body.dataset || document.querySelector("visit-flow").inert)
return String(shown) === arguments[0] && isFree
"""
BOX = """
const { x, y, width, height } = document.querySelector(arguments[0]).getBoundingClientRect()
return [x, y, width, height]
"""
CAN_BE_TOUCHED = """
const found = [...document.querySelectorAll(arguments[0])].find((each) => each.checkVisibility())
const isFree = !("still" in document.body.dataset || found?.disabled || found?.closest("[inert]"))
return isFree ? found : null
"""


def wait(look: Callable[[], Value], what: str) -> Value:
    """Look until there is something.

    Raises:
        AssertionError: For a long time there was nothing.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(LOOK_SECONDS)
    raise AssertionError(f"waited in vain: {what}")
