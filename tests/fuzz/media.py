# ruff: noqa: T201 - it reports on the terminal
"""Throw damaged recordings at the decoder, in the very sandbox it works in.

    python -m tests.fuzz.media [COUNT] [FIRST]

Each recording is one that a browser could have made, with bytes changed, cut, doubled, moved or
spliced with another. A recording's number is its seed: FIRST repeats one. The kernel filter is set
to kill at the first attempt to open a file or a socket or to start a program, so an attempt cannot
go unseen. Exits 1 if any recording crashed the decoder, held it up for more than ten seconds, or
made it reach for a file or a socket.
"""

import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.children import child, ear, ear_frames, sandbox, wire
from tests.support.places import HOME
from tests.support.recordings import FRAGMENTED, recorded, sample

STALL_SECONDS = 10


@dataclass
class Report:
    """What happened to all of them."""

    count: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    crashed: list[int] = field(default_factory=list)
    reached_out: list[int] = field(default_factory=list)
    stalled: list[int] = field(default_factory=list)
    slowest_seconds: float = 0.0
    grown_megabytes: float = 0.0

    @property
    def is_clean(self) -> bool:
        """Whether nothing happened that must not."""
        return not (self.crashed or self.reached_out or self.stalled)


def fuzz(count: int, *, first: int = 0, tell: Callable[[str], None] | None = None) -> Report:
    """Decode `count` damaged recordings in children; start a new child after each death."""
    report = Report()
    at = first
    while at < first + count:
        at = _one_child(report, at, first + count, tell)
    return report


def _one_child(report: Report, at: int, end: int, tell: Callable[[str], None] | None) -> int:
    command = [sys.executable, "-m", "tests.fuzz.media", "--child", str(at), str(end)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=HOME,
        env=os.environ | child.FIXED,
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            result = json.loads(line)
            at = result["number"] + 1
            report.count += 1
            report.outcomes[result["outcome"]] += 1
            report.slowest_seconds = max(report.slowest_seconds, result["seconds"])
            report.grown_megabytes = max(report.grown_megabytes, result["grown"])
            if result["seconds"] > STALL_SECONDS:
                report.stalled.append(result["number"])
            if tell and report.count % 500 == 0:
                tell(f"{report.count} ...")
    if at < end:
        report.count += 1
        list_of_shame = {-signal.SIGSYS: report.reached_out, -signal.SIGALRM: report.stalled}
        list_of_shame.get(process.returncode, report.crashed).append(at)
        at += 1
    return at


def decode_all(first: int, end: int) -> None:
    """Decode recordings `first` to `end`, telling of each on standard output."""
    sound = sample("08-browser.webm")[: 2 * 16_000]
    phone = (HOME / "tests/data/asr/samples/09-phone-app.m4a").read_bytes()
    originals = [
        recorded(sound, "webm", "libopus"),
        recorded(sound, "webm", "libopus", live="1"),
        recorded(sound, "ogg", "libopus"),
        recorded(sound, "mp4", "aac", **FRAGMENTED),
        recorded(sound, "mp4", "libopus", **FRAGMENTED),
        recorded(sound, "wav", "pcm_s16le"),
        phone,
    ]
    ear.warm_up()
    sandbox.enter(
        memory_bytes=ear.MEMORY_BYTES, cpu_seconds=None, may_open_files=False,
        is_deadly=True,
    )  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(first, end):
        signal.alarm(STALL_SECONDS + 5)
        body = damaged(originals, random.Random(number))  # noqa: S311
        source, sink = io.BytesIO(), io.BytesIO()
        for frame in (ear_frames.Opening(300), ear_frames.Piece(body), ear_frames.End(2.0)):
            wire.send(source, frame)
        source.seek(0)
        started = time.perf_counter()
        ear.work(source, sink)
        seconds = time.perf_counter() - started
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        result = {"number": number, "outcome": _outcome(sink), "seconds": seconds, "grown": grown}
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


def _outcome(sink: io.BytesIO) -> str:
    sink.seek(0)
    while True:
        frame = wire.receive(sink, ear_frames.FROM_EAR)
        if isinstance(frame, ear_frames.Refused):
            return frame.code
        if isinstance(frame, ear_frames.Decoded):
            return "decoded in part" if frame.is_truncated else "decoded whole"


def damaged(originals: list[bytes], chance: random.Random) -> bytes:
    """Return one of the originals, with one to four things wrong with it."""
    body = bytearray(chance.choice(originals))
    other = chance.choice(originals)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(max(1, min(len(body), chance.choice([300, 1 << 20, 1 << 20]))))
        length = chance.choice([1, 2, 4, 16, 300, 3000])
        match chance.randrange(8):
            case 0:
                body[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                body[at : at + length] = chance.randbytes(length)
            case 2:
                del body[at : at + length]
            case 3:
                body[at:at] = body[at : at + length] * chance.choice([1, 2, 50])
            case 4:
                extreme = chance.choice([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", bytes(4)])
                body[at : at + len(extreme)] = extreme
            case 5:
                start = chance.randrange(len(other))
                body[at : at + length] = other[start : start + length]
            case 6:
                del body[max(16, at) :]
            case _:
                body[at:at] = bytes(length)
    return bytes(body[:2_000_000])


def main() -> int:
    if sys.argv[1:2] == ["--child"]:
        decode_all(int(sys.argv[2]), int(sys.argv[3]))
        return 0
    count = int(sys.argv[1]) if sys.argv[1:] else 10_000
    first = int(sys.argv[2]) if sys.argv[2:] else 0
    started = time.monotonic()
    report = fuzz(count, first=first, tell=print)
    print(f"{report.count} damaged recordings in {time.monotonic() - started:.0f} s")
    for outcome, times in report.outcomes.most_common():
        print(f"  {outcome:16} {times:6}")
    print(f"slowest {report.slowest_seconds:.2f} s, memory grew by {report.grown_megabytes:.0f} MB")
    print(f"crashed: {report.crashed or 'none'}; stalled: {report.stalled or 'none'}")
    print(f"reached for a file, a socket or a program: {report.reached_out or 'none'}")
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
