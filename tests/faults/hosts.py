# ruff: noqa: T201 - it reports on the terminal
"""Hosts and their server, killed at random while tablets keep: nothing lost, doubled or invented.

Each tablet says one thing after the other, and says it again, with the same token and at whichever
host answers, until it is told that it is kept. At the end all of it is released and compared.
"""

import contextlib
import random
import threading
import time
import urllib.error
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import store
from store import gatherings, items
from store.move import move
from store.rows.engine import Place
from store.seals import keys
from tests.support import postgres
from tests.support.kiosk_in_folder import set_up_folder
from tests.support.places import PASSPHRASE
from tests.support.running import Running, running
from tests.support.store_folder import token

SETTINGS = '[limits]\ncontributions_per_hour = 0\n[store]\nallow = ["fsync", "full_page_writes"]\n'


class Site:
    """Hosts on one server, each started anew when it was killed."""

    def __init__(self, folder: Path, url: str, count: int) -> None:
        self.hosts: list[Running | None] = [None] * count
        self._folder, self._url = folder, url
        self._stacks = [contextlib.ExitStack() for _ in range(count)]

    def start(self, number: int) -> None:
        """Start a host, and again while the server is away."""
        self._stacks[number].close()
        folder = self._folder / f"host{number}"
        folder.mkdir(exist_ok=True)
        (folder / "settings.toml").write_text(f'{SETTINGS}url = "{self._url}"\n')
        for _ in range(50):
            with contextlib.suppress(AssertionError):
                self.hosts[number] = self._stacks[number].enter_context(running(folder))
                return
            time.sleep(0.2)
        raise AssertionError("a host does not start again")

    def kill(self, number: int) -> None:
        """End a host as a power cut would."""
        host = self.hosts[number]
        assert host
        host.process.kill()
        host.process.wait()

    def stop(self) -> None:
        """End all of them."""
        for stack in self._stacks:
            stack.close()


def report(
    folder: Path, *, seconds: float, hosts: int = 4, tablets: int = 40, every: float = 20
) -> bool:
    """Run, print what came of it; says whether what was told to be kept is what is there."""
    if missing := postgres.why_not():
        print(f"  not run: {missing}")
        return True
    set_up_folder(folder / "one")
    with postgres.running() as server:
        url = server.new()
        move(Place(folder / "one"), Place(folder / "one", url, postgres.UNSAFE))
        site = Site(folder, url, hosts)
        try:
            for number in range(hosts):
                site.start(number)
            told = _live(site, server, seconds, tablets, every)
        finally:
            site.stop()
        store.open(folder / "one", url=url, allowed=postgres.UNSAFE)
        current = gatherings.current()
        assert current
        gatherings.close(current.id, today=date.today())  # noqa: DTZ011 - as the kiosk says it
        with keys.unlock(PASSPHRASE) as master:
            there = Counter(str(each.payload.text) for each in items.released(current.id, master))
        is_healthy = store.damage().is_healthy
        store.close()
    lost, doubled = set(told) - set(there), [text for text, count in there.items() if count > 1]
    invented = set(there) - set(told)
    print(
        f"  {len(told)} kept: {len(lost)} lost, {len(doubled)} doubled, {len(invented)} invented,"
        f" rows {'whole' if is_healthy else 'DAMAGED'}"
    )
    return bool(told) and is_healthy and not (lost or doubled or invented)


def _live(
    site: Site, server: postgres.Server, seconds: float, tablets: int, every: float
) -> list[str]:
    told: list[str] = []
    until = time.monotonic() + seconds

    def tablet(number: int) -> None:
        for count in range(1_000_000):
            if time.monotonic() > until:
                return
            text, name = f"Tablet {number} says {count}.", token()
            for host in _asked(site):
                headers = {"Idempotency_Key": name, "Content_Type": "text/plain"}
                with contextlib.suppress(OSError, urllib.error.URLError):
                    if host.call("POST", "/api/items", text.encode(), **headers)[0] in {200, 201}:
                        told.append(text)
                        break
                time.sleep(0.1)

    threads = [threading.Thread(target=tablet, args=(each,)) for each in range(tablets)]
    for each in threads:
        each.start()
    killed = Counter[str]()
    while time.monotonic() + every < until:
        time.sleep(every)
        number = random.randrange(len(site.hosts))  # noqa: S311 - no secret
        site.kill(number)
        killed["host"] += 1
        if random.random() < 0.5:  # noqa: S311
            server.kill()
            server.start()
            killed["server"] += 1
        site.start(number)
    for each in threads:
        each.join()
    print(f"  killed: {killed['host']} hosts, the server {killed['server']} times")
    return told


def _asked(site: Site) -> Iterator[Running]:
    """Whichever host answers, for as long as it takes."""
    while True:
        host = random.choice(site.hosts)  # noqa: S311
        if host is not None:
            yield host
