"""How quickly ink follows a hand: the drawing pad in a browser whose processor is slowed.

    ./dev bench pad [--points 5000] [--slower 4]

A real kiosk and a real Chromium, which paints by itself (no graphics card). One stroke of many
points is drawn by a mouse of the browser's own protocol. Told are the milliseconds a frame of the
pad takes, at the stroke's beginning and at its end, and those of the moment when it is over.
"""

import argparse
import math
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

from tests.support.microphone_file import CHROMIUM  # noqa: E402
from tests.support.places import MICRO  # noqa: E402
from tests.support.running import init, running  # noqa: E402

WATCH = """() => {
    const {painter} = document.querySelector('drawing-board')
    window.spent = {frame: [], end: []}
    for (const [name, into] of [['frame', 'frame'], ['show', 'end']]) {
        const real = painter[name].bind(painter)
        painter[name] = (...rest) => {
            const begun = performance.now()
            real(...rest)
            window.spent[into].push(performance.now() - begun)
        }
    }
}"""


def drawn(page: Page, points: int) -> dict[str, Any]:
    """Draw a long curl; returns the milliseconds of each frame, and of the end."""
    box = page.locator("drawing-board canvas").bounding_box()
    assert box  # noqa: S101
    page.evaluate(WATCH)
    mouse = page.context.new_cdp_session(page)
    for number in range(points):
        turn, size = number / 25, 0.1 + 0.32 * number / points
        kind = (
            ("mousePressed" if not number else "mouseMoved")
            if number < points - 1
            else "mouseReleased"
        )
        where = {
            "x": box["x"]
            + box["width"] * (0.5 + size * math.cos(turn) * (1 + 0.1 * math.sin(turn * 7))),
            "y": box["y"] + box["height"] * (0.5 + size * math.sin(turn)),
        }
        button = {"button": "left", "buttons": 1, "clickCount": 1}
        mouse.send("Input.dispatchMouseEvent", {"type": kind, **where, **button})
    page.wait_for_timeout(500)
    return dict(page.evaluate("window.spent"))


def told(title: str, times: list[float]) -> None:
    """Print median, 99th percentile and longest."""
    ordered = sorted(times)
    late = ordered[int(len(ordered) * 0.99)]
    print(
        f"{title:24} median {statistics.median(ordered):5.1f} ms, p99 {late:5.1f},"
        f" longest {ordered[-1]:5.1f} (of {len(ordered)})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--points", type=int, default=5000)
    parser.add_argument("--slower", type=float, default=4)
    options = parser.parse_args()
    with sync_playwright() as engine, tempfile.TemporaryDirectory() as throw_away:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        data = Path(throw_away) / "data"
        init(data)
        with running(data, "--model", MICRO) as kiosk:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(kiosk.url)
            page.locator(".door--draw").click()
            page.wait_for_timeout(1000)
            slow = page.context.new_cdp_session(page)
            slow.send("Emulation.setCPUThrottlingRate", {"rate": options.slower})
            spent = drawn(page, options.points)
        browser.close()
    frames = spent["frame"]
    share = max(len(frames) // 5, 1)
    told("first fifth of frames", frames[:share])
    told("last fifth of frames", frames[-share:])
    told("end of the stroke", spent["end"])


if __name__ == "__main__":
    main()
