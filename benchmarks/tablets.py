"""How long Keep takes with twenty tablets at once, and until the first page can be used.

    ./dev bench tablets [--tablets 20] [--keeps 25] [--pages 20]

A real kiosk over HTTP. Each tablet writes a note, reads its preview for two to six seconds and
keeps it: far faster than people, so a queue would show. Then Chromium opens the start in a fresh
profile, again and again, once that is there; counted is what its own clock says when the page takes
touches. (The 700 ms after a change of screen, in which touches count for nothing on purpose, come
on top.)
"""

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME)]

from tests.support.microphone_file import CHROMIUM  # noqa: E402
from tests.support.running import Running, init, running  # noqa: E402

READS_SECONDS = (2.0, 6.0)  # of a preview
REST_SECONDS = 0.6  # a new profile starts processes, which a tablet's browser has long done
USABLE = """setInterval(() => {
  const flow = document.querySelector("visit-flow")
  if (flow && !flow.inert) window.usable ??= performance.now()
}, 5)"""


def tablet(kiosk: Running, number: int, keeps: int, took: list[float]) -> None:
    """One tablet, at which one person comes after the other."""
    reads = random.Random(number)  # noqa: S311  # no secret
    for visit in range(keeps):
        headers = {"Content_Type": "text/plain", "X_Visit": f"{number:016}{visit:016}"}
        text = f"The night shift is one person short, week {visit} at gate {number}."
        status, draft = kiosk.call("POST", "/api/drafts", text.encode(), **headers)
        if status != 201:
            raise SystemExit(f"refused: {status} {draft}")
        time.sleep(reads.uniform(*READS_SECONDS))
        begun = time.perf_counter()
        status, kept = kiosk.call(
            "POST", f"/api/drafts/{draft['draft']}/keep", b"{}",
            Content_Type="application/json", X_Visit=headers["X_Visit"],
        )  # fmt: skip
        took.append((time.perf_counter() - begun) * 1000)
        if status != 201:
            raise SystemExit(f"not kept: {status} {kept}")


def first_pages(url: str, count: int) -> list[float]:
    """Milliseconds until each of so many first pages takes touches."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        found = []
        for _page in range(count):
            page = browser.new_page()
            page.add_init_script(USABLE)
            time.sleep(REST_SECONDS)
            page.goto(url)
            found.append(float(page.wait_for_function("() => window.usable").json_value()))
            page.close()
        browser.close()
    return found


def say(what: str, took: list[float]) -> None:
    ordered = sorted(took)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(f"{what}: median {statistics.median(took):.0f} ms, p99 {last:.0f} ms, of {len(took)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tablets", type=int, default=20)
    parser.add_argument("--keeps", type=int, default=25)
    parser.add_argument("--pages", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        init(data_dir)
        settings = "[limits]\ncontributions_per_hour = 0\n"
        (data_dir / "settings.toml").write_text(settings, encoding="utf-8")
        with running(data_dir) as kiosk:
            took: list[float] = []
            tablets = [
                threading.Thread(target=tablet, args=(kiosk, number, asked.keeps, took))
                for number in range(asked.tablets)
            ]
            for each in tablets:
                each.start()
            for each in tablets:
                each.join()
            say(f"Keep, {asked.tablets} tablets", took)
            if CHROMIUM:
                say("first page, until it takes touches", first_pages(kiosk.url, asked.pages))


if __name__ == "__main__":
    main()
