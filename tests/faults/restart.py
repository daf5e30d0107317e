# ruff: noqa: T201 - it reports on the terminal
"""kill -9 of a whole kiosk under load, and how long it takes until the next one answers.

`kill` opens the store alone. Here it is the program as an operator starts it, with everything it
loads, and visitors who keep notes through HTTP. After each kill: the time from the command to the
first answer, and whether each note that was acknowledged is there, by its four words.
"""

import random
import secrets
import signal
import threading
import time
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path

import numpy as np
import psutil

from tests.support.running import Running, init, running

CLIENTS = 3
MOST_SECONDS = 1.0  # a note of a real kiosk takes some 0.2
FIRST_SECONDS = 60.0  # the first one loads what finds names
READY_SECONDS = 3.0  # at the 95th percentile
LOOKED_UP = 3  # receipts of each round: more is what visitors may ask in a minute


def report(folder: Path, rounds: int = 100, *, seed: int = 1) -> bool:
    """Kill and start again, many times; says whether nothing was lost and it was quick."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    data_dir = folder / "data"
    init(data_dir)
    (data_dir / "settings.toml").write_text("[limits]\ncontributions_per_hour = 0\n")
    starts: list[float] = []
    worked: list[float] = []  # seconds of the processor: what a machine with nothing else needs
    kept: list[str] = []
    lost = 0
    for number in range(rounds + 1):
        begun = time.monotonic()
        with running(data_dir) as kiosk:
            assert kiosk.call("GET", "/healthz")[0] == HTTPStatus.OK
            if number:  # the first start has no kill before it
                starts.append(time.monotonic() - begun)
                spent = psutil.Process(kiosk.process.pid).cpu_times()
                worked.append(spent.user + spent.system)
            for words in chance.sample(kept, min(LOOKED_UP, len(kept))):
                state = kiosk.call("POST", "/api/receipt", {"words": words})[1]["state"]
                lost += state != "sealed"
            kept += until_killed(kiosk, chance.uniform(0, MOST_SECONDS))
    print(
        f"  {rounds} kills of a whole kiosk, {len(kept):,} notes acknowledged, {lost} lost;"
        f" until it answers again: p50 {np.percentile(starts, 50):.2f} s,"
        f" p95 {np.percentile(starts, 95):.2f} s, slowest {max(starts):.2f} s;"
        f" of the processor p95 {np.percentile(worked, 95):.2f} s"
    )
    return bool(kept) and not lost and bool(np.percentile(starts, 95) <= READY_SECONDS)


def until_killed(kiosk: Running, seconds: float) -> list[str]:
    """Keep notes from several clients, and kill the kiosk some time after the first was kept."""
    words: list[str] = []

    def visitor() -> None:
        try:
            while True:
                key = secrets.token_urlsafe(18)
                headers = {"Content_Type": "text/plain", "Idempotency_Key": key}
                status, said = kiosk.call("POST", "/api/items", b"The lift is slow.", **headers)
                if status == HTTPStatus.CREATED:
                    words.append(said["receipt"])
        except (OSError, HTTPException):  # URLError is an OSError
            return  # it is dead

    visitors = [threading.Thread(target=visitor) for _ in range(CLIENTS)]
    for each in visitors:
        each.start()
    end = time.monotonic() + FIRST_SECONDS
    while not words and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(seconds)
    kiosk.process.send_signal(signal.SIGKILL)
    for each in visitors:
        each.join()
    return words
