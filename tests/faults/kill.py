# ruff: noqa: T201 - it reports on the terminal
"""kill -9 at random moments under four writing clients, again and again on one database.

How many rounds: a fault that shows in one kill out of 300 is missed by 1,000 rounds with a chance
of (299/300)^1000 = 3.5 %, one in 200 with 0.7 %. Kills fall evenly over the first 0.4 s of work, in
which a client keeps some 50 contributions, each of three to five syncs, and one thread withdraws,
releases leases and rewrites the whole file.

The clients report over a pipe, which outlives them: what they are about to do, and what was
acknowledged. After each kill the database is opened, which must take less than three seconds, and
then: every acknowledged contribution is there under its receipt, none is there twice, none that
nobody began; every acknowledged withdrawal holds. At the end all are opened and read.
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import store
from store import backlog, errors, gatherings, items, receipts
from store.file import check, pages
from store.items import Drawing, Memo, Note
from store.rows import database, models
from store.seals import keys
from store.throttle import Stretches, Tries
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, begin, token

CLIENTS = 4
MOST_SECONDS = 0.4
READY_SECONDS = 3.0


@dataclass
class Told:
    """What clients said over the pipe."""

    begun: set[str] = field(default_factory=set)
    kept: dict[str, str] = field(default_factory=dict)
    leaving: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)

    def hear(self, said: bytes) -> None:
        """Take in whole lines; a kill can cut the last one."""
        for line in said.decode().split("\n")[:-1]:
            word, name, *words = line.split(" ")
            if word == "begin":
                self.begun.add(name)
            elif word == "kept":
                self.kept[name] = " ".join(words)
            elif word == "leave":
                self.leaving.add(name)
            elif word == "left":
                self.withdrawn.add(name)


def child(folder: Path, gathering_id: str, pipe: int) -> None:
    """Keep, withdraw and tidy up until killed."""
    receipts.ANSWER_SECONDS = receipts.TAKING_BACK_SECONDS = 0.001
    store.open(folder, tries=Tries(receipts=Stretches(0)))

    def say(*words: str) -> None:
        os.write(pipe, (" ".join(words) + "\n").encode())  # atomic: shorter than PIPE_BUF

    def client(number: int) -> None:
        chance = random.Random(os.urandom(8))  # noqa: S311 - load, no secret
        worker = backlog.Worker()
        while True:
            name = token()
            say("begin", name)
            if chance.random() < 0.15:
                sound = name.encode() * 1_000
                receipt = items.hold_sound(
                    sound, gathering_id, token=name, worker_public_key=worker.public_key
                )
            elif chance.random() < 0.15:
                receipt = items.keep(Drawing(name.encode() * 2_000), gathering_id, token=name)
            else:
                receipt = items.keep(Note(name), gathering_id, token=name)
            say("kept", name, receipt.words)
            if chance.random() < 0.2:
                say("leave", name)
                receipts.withdraw(receipt.words)
                say("left", name)
            job = backlog.claim(worker)
            if job is not None and chance.random() < 0.7:
                backlog.finish(worker, job, Memo(job.sound.raw_sound[:24].decode()))
            if number == 0 and chance.random() < 0.05:
                pages.vacuum()

    say("ready", "now")
    for number in range(CLIENTS):
        threading.Thread(target=client, args=(number,), daemon=True).start()
    time.sleep(60)


def one_kill(folder: Path, gathering_id: str, told: Told, chance: random.Random) -> None:
    """Start clients in a process of their own, kill it, and hear what they said."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reading)
            child(folder, gathering_id, writing)
        finally:
            os._exit(1)
    os.close(writing)
    said = os.read(reading, 1 << 16)  # the first word: it is ready
    time.sleep(chance.uniform(0, MOST_SECONDS))
    os.kill(process, signal.SIGKILL)
    while block := os.read(reading, 1 << 16):
        said += block
    os.close(reading)
    os.waitpid(process, 0)
    told.hear(said)


def stored_tokens() -> Counter[bytes]:
    """Return the marks of tokens of all stored items."""
    return Counter(bytes(mark or b"") for (mark,) in database.rows("SELECT mark FROM item"))


def faults_of(told: Told, fresh: Told) -> list[str]:
    """Compare the open database with what was said; `fresh` is what this round said."""
    found = []
    if not check.damage().is_healthy:
        found.append("unhealthy")
    marks = stored_tokens()
    known = {receipts.prepare(name).mark: name for name in fresh.begun}
    told_marks.update(known)
    found += ["doubled" for count in marks.values() if count > 1]
    found += ["invented" for mark in marks if mark not in told_marks]
    for name, words in fresh.kept.items():
        receipt = items.find_receipt(name)
        if name not in told.leaving and (receipt is None or receipt.words != words):
            found.append("lost")
        if name in told.withdrawn and receipt is not None:
            found.append("came back")
    orphans = database.rows("SELECT count(*) FROM work WHERE id NOT IN (SELECT id FROM item)")
    found += ["orphan"] * orphans[0][0]
    return found


told_marks: dict[bytes, str] = {}


def report(folder: Path, rounds: int = 1_000, *, seed: int = 1) -> bool:
    """Kill, open and compare, many times; says whether there was no fault at all."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    told, faults, starts = Told(), Counter[str](), list[float]()
    told_marks.clear()
    gathering = begin(folder)
    store.close()
    for _ in range(rounds):
        fresh = Told()
        one_kill(folder, gathering.id, fresh, chance)
        for name in ("begun", "leaving", "withdrawn"):
            getattr(told, name).update(getattr(fresh, name))
        told.kept.update(fresh.kept)
        begun = time.monotonic()
        store.open(folder)
        store.gatherings.current()
        starts.append(time.monotonic() - begun)
        faults.update(faults_of(told, fresh))
        store.close()
    faults.update(read_everything(folder, gathering.id, told))
    print(
        f"  {rounds} kills, {len(told.begun):,} begun, {len(told.kept):,} acknowledged,"
        f" {len(told.withdrawn):,} withdrawn; start: p95 {np.percentile(starts, 95):.2f} s,"
        f" slowest {max(starts):.2f} s;"
        f" faults: {dict(faults) or 0}"
    )
    has_seen_all = bool(told.withdrawn) or rounds < 100  # else it proves nothing of withdrawals
    return has_seen_all and not faults and max(starts) < READY_SECONDS


def read_everything(folder: Path, gathering_id: str, told: Told) -> list[str]:
    """Release, open all, and compare the words themselves."""
    store.open(folder)
    try:
        with keys.unlock(PASSPHRASE) as master:
            worker = backlog.Worker(clock=lambda: 0.0)
            for row in models.WorkRow.select():
                row.rewrite(owner=None, tries=0)
            while job := backlog.claim(worker, master=master):
                backlog.finish(worker, job, Memo(job.sound.raw_sound[:24].decode()))
            gatherings.close(gathering_id, today=DAY)
            found = items.released(gathering_id, master)
    except errors.StoreError as error:
        return [type(error).__name__]
    finally:
        store.close()
    said = Counter(
        each.payload.png[:24].decode() if isinstance(each.payload, Drawing) else each.payload.text
        for each in found
    )
    faults = ["damaged"] * found.damaged
    faults += ["doubled at the end" for count in said.values() if count > 1]
    faults += ["invented at the end" for name in said if name not in told.begun]
    must = set(told.kept) - told.leaving
    return faults + ["lost at the end" for name in must if name not in said]
