"""How long a desk takes at ten thousand items: unlocking, keys, filters, searches, in one process.

    python benchmarks/desk.py [--items 10000]

Prints median and slowest of each act in milliseconds of processor time, and what they may take.
Unlocking is told by the clock, too: two threads open seals at once, and the wait is what counts.
Only a machine that does nothing else shows that.
"""

import argparse
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

import store  # noqa: E402
from kiosk.desk import ready  # noqa: E402
from kiosk.drafts import Drafts  # noqa: E402
from kiosk.hearing.front import Hearing  # noqa: E402
from kiosk.house import House  # noqa: E402
from kiosk.settings import Settings  # noqa: E402
from kiosk.shares import Shares  # noqa: E402
from store.payloads import Note  # noqa: E402
from store.receipts import PreparedReceipt  # noqa: E402
from store.seals import derive  # noqa: E402
from tests.support.kiosk_in_folder import app_of, set_up_folder  # noqa: E402
from tests.support.places import PASSPHRASE  # noqa: E402

DAY = date(2026, 3, 2)
WORDS = ("the rota heating canteen loud night shift ramp cold tea break door light yard").split()  # noqa: SIM905
KEY_MS, FIRST_MS = 100.0, 1_500.0


def fill(count: int) -> str:
    """Keep and release so many notes; returns the gathering's id."""
    chance = random.Random(1)  # noqa: S311  # a text, not a secret
    gathering = store.gatherings.new("Many", questions=("What?",), today=DAY)
    with store.items.together():
        for number in range(count):
            words = " ".join(chance.choices(WORDS, k=40))
            key = number.to_bytes(16)
            prepared = PreparedReceipt(f"token-{number:010}", "", key, key * 2, key[8:])
            store.items.keep(Note(f"{number} {words}"), gathering, token=prepared)
    store.gatherings.close(gathering.id, today=DAY)
    return gathering.id


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    count = parser.parse_args().items
    folder = Path(tempfile.mkdtemp()) / "data"
    set_up_folder(folder)
    store.open(folder, receipt_cost=derive.TEST_COST)
    settings = Settings(data_dir=folder)
    hearing = Hearing(None, limits=settings.limits)
    house = House(settings, hearing, Drafts(settings.limits), Shares(0))
    client: Any = app_of(house).test_client()
    url = f"/review/gatherings/{fill(count)}"
    client.get("/review/unlock")
    for each in threading.enumerate():  # it is done while somebody types a passphrase
        if each.name == ready.THREAD:
            each.join()
    started, began = time.process_time(), time.perf_counter()
    client.post("/review/unlock", data={"passphrase": PASSPHRASE})
    page = client.get(f"{url}/read", follow_redirects=True).text
    show("unlock to first item", [1000 * (time.process_time() - started)], FIRST_MS)
    show("the same by the clock", [1000 * (time.perf_counter() - began)], FIRST_MS)
    token = re.findall(r'name="form_token" value="([^"]+)"', page)[0]

    def post(path: str, **fields: Any) -> str:
        answer = client.post(
            url + path, data={"form_token": token, **fields}, follow_redirects=True
        )
        text: str = answer.text
        return text

    def turn() -> str:
        following = re.findall(r'href="([^"]+)"\s+data-key="j', page)[0]
        text: str = client.get(following).text
        return text

    def decide(act: str, **fields: Any) -> str:
        item = re.findall(r"/read/([0-9a-f]{32})/approve", page)[0]
        version = re.findall(r'name="version" value="(\d+)"', page)[0]
        return post(f"/read/{item}/{act}", version=version, **fields)

    def everywhere(number: int) -> str:
        item = re.findall(r"/read/([0-9a-f]{32})/cover", page)[0]
        client.post(
            f"{url}/read/{item}/everywhere", data={"form_token": token, "typed": f"{number}"}
        )
        return page

    acts: dict[str, Callable[[], str]] = {
        "next": turn,
        "approve": lambda: decide("approve"),
        "undo": lambda: post("/undo"),
        "label": lambda: decide("label", add=str(time.perf_counter())),
        "search": lambda: post("/filter", words=random.choice(WORDS)[:3]),  # noqa: S311
        "filter": lambda: post("/filter", status="released"),
        "find a word everywhere": lambda: everywhere(random.randrange(count)),  # noqa: S311
        "show all": lambda: post("/filter", clear="1"),
    }
    for name, act in acts.items():
        taken = []
        for _time in range(9):
            started = time.process_time()
            page = act()
            taken.append(1000 * (time.process_time() - started))
        show(name, taken, KEY_MS)


def show(name: str, taken: list[float], may_take: float) -> None:
    """Print a line."""
    middle, slowest = statistics.median(taken), max(taken)
    verdict = "" if middle <= may_take else "  TOO SLOW"
    print(f"{name:22} {middle:8.1f} ms  slowest {slowest:8.1f}  may {may_take:.0f}{verdict}")


if __name__ == "__main__":
    main()
