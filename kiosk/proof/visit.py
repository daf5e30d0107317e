"""A whole visit, from set-up to export, at a kiosk that is started for it and thrown away after.

Run as a program: `visit FOLDER MODEL`. Prints JSON: each step, and whether it was done; a step that
this machine has no means for says which.
"""

import http.client
import io
import json
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from PIL import Image

from kiosk.commands.drawn_example import draw_example

WAIT_SECONDS = 90.0
PROMISE = {
    "title": "Proof",
    "questions": "What should change?",
    "readers": "nobody",
    "threshold": "3",
    "retention_days": "1",
}
SAID = "The canteen is cold, says Anna Schmidt."


class VisitError(Exception):
    """A step did not come out as it should, in one sentence."""


class Answer(NamedTuple):
    """What the kiosk answered."""

    status: int
    body: bytes
    where: str

    def told(self, name: str) -> str:
        """A value of its JSON, as text."""
        return str(json.loads(self.body).get(name, ""))


class Browser:
    """As much of one as a visit needs: it keeps cookies, and follows nothing by itself."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._cookies: dict[str, str] = {}
        self.token = ""  # of the desk's forms

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Ask for something."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        line = http.client.HTTPConnection(self._host, timeout=WAIT_SECONDS)
        try:
            line.request(method, path, body or None, told)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self._cookies[name] = value
            where = answer.headers.get("Location", "")
            return Answer(answer.status, answer.read(), where)
        finally:
            line.close()

    def send(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        body = urlencode({"form_token": self.token, **fields}).encode()
        return self.call("POST", path, body, Content_Type="application/x-www-form-urlencoded")


def expect(answer: Answer, *statuses: int) -> Answer:
    """Refuse an answer that is none of these."""
    if answer.status not in statuses:
        raise VisitError(f"answered {answer.status}")
    return answer


class Visit:
    """The steps, in order. What one finds out, the next ones use."""

    def __init__(self, browser: Browser, code: str) -> None:
        self._browser, self._code = browser, code
        self._passphrase = " ".join(secrets.token_hex(4) for _ in range(4))
        self._gathering = ""
        self._spoken = b""
        self.steps: tuple[tuple[str, Callable[[], str]], ...] = (
            ("set-up, in the browser", self._set_up),
            ("a note, and its preview", self._write),
            ("the reading voice", self._hear),
            ("a drawing, read by the eye", self._draw),
            ("a recording, heard by the model", self._speak),
            ("four words, looked up", self._look_up),
            ("the desk, unlocked; closed and released", self._close),
            ("everything read, and exported", self._export),
        )

    def _set_up(self) -> str:
        expect(self._browser.send("/setup/", code=self._code), 303)
        words = {"passphrase": self._passphrase, "again": self._passphrase}
        expect(self._browser.send("/setup/passphrase", name="Proof", **words), 200)
        expect(self._browser.send("/setup/gathering", **PROMISE), 303)
        return "done"

    def _write(self) -> str:
        for _ in range(2):
            self._receipt = self._keep(self._draft(SAID.encode(), "text/plain")[0])
        self._note, shown = self._draft(SAID.encode(), "text/plain")
        if "Schmidt" in str(shown["text"]):
            raise VisitError("the name was not taken out")
        return "done; the name in it was taken out"

    def _hear(self) -> str:
        path = f"/api/drafts/{self._note}/reading"
        answer = expect(self._browser.call("POST", path), 200, 404)
        self._keep(self._note)
        if answer.status == 404:
            return "not here: no espeak-ng on this machine"
        self._spoken = answer.body
        return f"done; {len(answer.body) // 1000} kB of sound"

    def _draw(self) -> str:
        held = io.BytesIO()
        Image.fromarray(draw_example(0)).save(held, "PNG")
        draft, shown = self._draft(held.getvalue(), "image/png")
        self._keep(draft)
        return "done" if shown["can_read"] else "done; reading in drawings is not installed"

    def _speak(self) -> str:
        if not self._spoken:
            return "not here: nothing speaks on this machine, so nothing was said"
        draft, shown = self._draft(self._spoken, "audio/wav")
        state = str(shown["state"])
        if state in {"ready", "later"}:
            self._keep(draft)
        heard = {
            "ready": "done; words came of it",
            "later": "no speech model: it waits, sealed",
            "failed": "done; the model heard no words in the synthetic voice",
        }
        return heard[state]

    def _look_up(self) -> str:
        body = json.dumps({"words": self._receipt}).encode()
        answer = self._browser.call("POST", "/api/receipt", body, Content_Type="application/json")
        return expect(answer, 200).told("state")

    def _close(self) -> str:
        expect(self._browser.send("/review/unlock", passphrase=self._passphrase), 303)
        page = expect(self._browser.call("GET", "/review/"), 200).body.decode()
        self._browser.token = _first(r'name="form_token" value="([^"]+)"', page)
        self._gathering = _first(r"/review/gatherings/([0-9a-f]{32})", page)
        expect(self._browser.send(f"/review/gatherings/{self._gathering}/close"), 303)
        expect(self._browser.send(f"/review/gatherings/{self._gathering}/release-now"), 303)
        return "done"

    def _export(self) -> str:
        here = f"/review/gatherings/{self._gathering}"
        first = expect(self._browser.call("GET", f"{here}/read"), 303).where
        expect(self._browser.call("GET", first), 200)
        answer = self._browser.send(f"{here}/export", form="jsonl", status="all")
        lines = expect(answer, 200).body.splitlines()
        return f"done; {len(lines)} contributions"

    def _draft(self, body: bytes, media_type: str) -> tuple[str, dict[str, object]]:
        seconds = {"X_Recorded_Seconds": "3"} if media_type.startswith("audio") else {}
        made = self._browser.call("POST", "/api/drafts", body, Content_Type=media_type, **seconds)
        draft = expect(made, 201).told("draft")
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            shown = json.loads(expect(self._browser.call("GET", f"/api/drafts/{draft}"), 200).body)
            if shown["state"] != "working":
                return draft, shown
            time.sleep(0.2)
        raise VisitError("it took too long")

    def _keep(self, draft: str) -> str:
        path = f"/api/drafts/{draft}/keep"
        made = self._browser.call("POST", path, b"{}", Content_Type="application/json")
        return expect(made, 201).told("receipt")


def _first(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    if found is None:
        raise VisitError("the page is another one")
    return found[1]


@contextmanager
def kiosk(folder: Path, model: str) -> Iterator[tuple[str, str]]:
    """A kiosk of its own; gives its address and the one-time code."""
    wanted = ("--data-dir", str(folder), "--port", "0", *(("--model", model) if model else ()))
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", "kiosk", "serve", *wanted], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None  # noqa: S101
    try:
        told = ""
        for line in process.stdout:
            told += line
            if found := re.search(r"(http://\S+)\n.*code (\S+)", told, re.DOTALL):
                yield found[1], found[2]
                return
        raise VisitError("the kiosk did not start")
    finally:
        process.terminate()
        process.wait(timeout=20)


def main() -> None:
    """Make the visit, and print what came of each step."""
    steps = []
    with kiosk(Path(sys.argv[1]), sys.argv[2]) as (address, code):
        for name, step in Visit(Browser(address), code).steps:
            try:
                steps.append((name, step(), True))
            except (VisitError, OSError, KeyError, ValueError) as error:
                steps.append((name, f"{type(error).__name__}: {error}", False))
                break
        time.sleep(1)  # whatever it would like to say afterwards
    sys.stdout.write(json.dumps(steps))


if __name__ == "__main__":
    main()
