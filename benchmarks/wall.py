"""How smoothly the wall moves: 300 cards at 1280 by 800 in Chromium, scrolled and dragged.

    python benchmarks/wall.py [--cards 300]

Prints frames a second and the share of frames that came late, for scrolling through all clusters
and for dragging one, as the page's own clock of frames tells them.
"""

import argparse
import random
import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HOME = Path(__file__).parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

import store  # noqa: E402
from kiosk.meaning import kept  # noqa: E402
from kiosk.meaning.book import Book, Card, add  # noqa: E402
from store.payloads import Note  # noqa: E402
from store.seals import derive  # noqa: E402
from tests.support.places import PASSPHRASE  # noqa: E402
from tests.support.running import running  # noqa: E402

DAY = date(2026, 3, 2)
WORDS = ("the rota heating canteen loud night shift ramp cold tea break door light yard").split()  # noqa: SIM905
CHEAP = derive.Cost(passes=1, memory_bytes=8 << 20)
FRAMES = """
async (act) => {
  const times = []
  let going = true
  const count = (time) => { times.push(time); if (going) requestAnimationFrame(count) }
  requestAnimationFrame(count)
  if (act === "scroll") {
    for (let at = 0; at < 180; at++) {
      scrollBy(0, 24)
      await new Promise((done) => requestAnimationFrame(done))
    }
  } else await new Promise((done) => setTimeout(done, 3000))
  going = false
  const gaps = times.slice(1).map((time, at) => time - times[at])
  const seconds = (times.at(-1) - times[0]) / 1000
  return [gaps.length / seconds, gaps.filter((gap) => gap > 20).length / gaps.length]
}
"""


def fill(count: int) -> str:
    """Keep, release and approve so many notes in twelve themes; returns the gathering's id."""
    chance = random.Random(1)  # noqa: S311  # a text, not a secret
    gathering = store.gatherings.new("Many", questions=("What?",), today=DAY)
    for number in range(count):
        words = " ".join(chance.choices(WORDS, k=20))
        store.items.keep(Note(words), gathering, token=f"token-of-the-wall-{number:05}")
    store.gatherings.close(gathering.id, today=DAY)
    with store.keys.unlock(PASSPHRASE) as master:
        items = store.items.released(gathering.id, master)
        for item in items:
            store.items.move(item.id, "approved", version=item.version)

        def themed(book: Book) -> Book:
            for number in range(12):
                cards = [Card(item.id) for item in items[number::12]]
                book = add(book, f"Theme {number}", cards)
            return book

        kept.change(gathering.id, master, themed)
    return gathering.id


def measure(page: Page) -> None:
    """Scroll and drag, and print how it went."""
    page.wait_for_selector("wall-board:defined")
    rate, late = page.evaluate(FRAMES, "scroll")
    print(f"scrolling: {rate:.0f} frames a second, {late:.0%} late")
    page.evaluate("scrollTo(0, 0)")
    box = page.locator("[data-handle]").first.bounding_box()
    if box is None:
        raise SystemExit("No cluster to drag.")
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + 8)
    page.mouse.down()
    found = page.evaluate_handle(f"() => {{ window.frames_ = ({FRAMES})('drag') }}")
    for step in range(150):
        page.mouse.move(box["x"] + box["width"] + 3 * step, box["y"] + 2 * step)
    page.mouse.up()
    found.dispose()
    rate, late = page.evaluate("() => window.frames_")
    print(f"dragging:  {rate:.0f} frames a second, {late:.0%} late")


def main() -> None:
    """Serve a full wall and look at it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=300)
    count = parser.parse_args().cards
    folder = Path(tempfile.mkdtemp()) / "data"
    store.open(folder, receipt_cost=derive.TEST_COST)
    store.keys.set_up(PASSPHRASE, name="Ada", cost=CHEAP)
    gathering_id = fill(count)
    store.close()
    with running(folder) as kiosk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(kiosk.url + "/review/")
        page.get_by_label("Passphrase").fill(PASSPHRASE)
        page.keyboard.press("Enter")
        page.wait_for_url("**/review/")
        page.goto(f"{kiosk.url}/review/gatherings/{gathering_id}/wall")
        measure(page)
        browser.close()


if __name__ == "__main__":
    main()
