"""How long a visitor waits for words and how good they are, beside bare faster-whisper, in one run.

    python benchmarks/voice.py [--model FOLDER --voices FOLDER] [--seconds 10 60] [--part words ...]

With `--model`, a real one, speech is the readers of VOICES (`libri.json`), and what becomes of
words, details, sounds and languages follows (`benchmarks/spoken.py`: `--some` of each, nothing new
after `--minutes`). `--part` takes some of it: `live` is the wait, the others are those. Without,
the model has a real one's shape and random weights (see shaped_model.py) and writes as many tokens
as people speak, and speech is the sample sentences. Either way with pauses between them, as
Chromium records it, fed in slices of one second, in real time; both sides get the same.

Wall clock counts what else runs on the machine; `cpu` is the processor time of the model's process
in the same span, which on a quiet machine with one thread is the wait itself.
"""

import argparse
import functools
import io
import itertools
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import faster_whisper.transcribe
import numpy as np
import psutil

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

from benchmarks import shaped_model, spoken, voice_model  # noqa: E402
from benchmarks.talk import talk  # noqa: E402
from kiosk.children.child import Child  # noqa: E402
from kiosk.children.ear_frames import FROM_EAR, End, Opening, Piece  # noqa: E402
from kiosk.hearing.front import Hearing, MemoState  # noqa: E402
from tests.support.recordings import clip_from, recorded, submit  # noqa: E402
from transcribe.engine import WhisperTranscriber  # noqa: E402

RATE = 16_000
SLICE_SECONDS = 1.0


@dataclass(frozen=True)
class Limits:
    """The kiosk's own."""

    memo_seconds: float = 300
    memo_bytes: int = 8_000_000


def webm(samples: np.ndarray) -> bytes:
    return recorded(samples, "webm", "libopus", live="1")


def until_done(hearing: Hearing, memo_id: str) -> MemoState:
    while not (state := hearing.poll(memo_id)).stage.is_over:
        time.sleep(0.01)
    return state


class Watch:
    """Peak memory of the model's process and of the ears, and the model's processor time."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self.peak = {"model": 0, "ear": 0, "front": 0}
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def cpu_seconds(self) -> float:
        """Processor time of the model's process so far."""
        pid = self._hearing._minder.model.pid  # noqa: SLF001
        times = psutil.Process(pid).cpu_times() if pid else None
        return times.user + times.system if times else 0.0

    def close(self) -> None:
        """Look no more."""
        self._ends.set()
        self._thread.join()

    def _look(self) -> None:
        me = psutil.Process()
        while not self._ends.wait(0.25):
            for child in me.children():
                try:
                    name = "ear" if "kiosk.children.ear" in child.cmdline() else "model"
                    self.peak[name] = max(self.peak[name], child.memory_info().rss)
                except psutil.Error:
                    continue
            self.peak["front"] = max(self.peak["front"], me.memory_info().rss)


class Lags:
    """How long after they were said words are on the screen, while their speaker goes on."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing, self._started = hearing, time.monotonic()
        self._until = 0.0
        self.seconds: list[float] = []

    def look_until(self, end: float) -> None:
        """Look ten times a second; of a stretch that became words, note how old its middle is."""
        while (now := time.monotonic()) < end:
            memo = self._hearing._memos.get("memo")  # noqa: SLF001
            until = max(memo.progress.done, memo.progress.guessed) if memo else 0.0
            if until > self._until:
                self.seconds.append(now - self._started - (self._until + until) / 2)
                self._until = until
            time.sleep(min(0.1, max(0.0, end - now)))


def live(hearing: Hearing, watch: Watch, samples: np.ndarray, *, quiet_seconds: float) -> dict:
    """Talk, stop, and wait for the preview; `quiet_seconds` lie between the last word and Stop."""
    samples = np.concatenate((samples, np.zeros(int(quiet_seconds * RATE), np.float32)))
    sound = webm(samples)
    slices = max(1, round(len(samples) / RATE / SLICE_SECONDS))
    cuts = [len(sound) * number // slices for number in range(slices + 1)]
    hearing.begin("memo", language="en")
    started, cpu, lags = time.monotonic(), watch.cpu_seconds(), Lags(hearing)
    for number, (first, end) in enumerate(itertools.pairwise(cuts), 1):
        lags.look_until(started + number * SLICE_SECONDS)
        hearing.feed("memo", sound[first:end])
    stopped, cpu_at_stop = time.monotonic(), watch.cpu_seconds()
    hearing.finish("memo", recorded_seconds=len(samples) / RATE)
    state = until_done(hearing, "memo")
    assert state.stage == "ready", state  # noqa: S101
    hearing.cancel("memo")
    return {
        "wait": time.monotonic() - stopped,
        "cpu": watch.cpu_seconds() - cpu_at_stop,
        "cpu in all": watch.cpu_seconds() - cpu,
        "lags": lags.seconds,
    }


def afterwards(hearing: Hearing, watch: Watch, sound: bytes) -> dict:
    """Hand over a whole recording and wait."""
    started, cpu = time.monotonic(), watch.cpu_seconds()
    submit(hearing, "memo", sound, recorded_seconds=None, language="en")
    state = until_done(hearing, "memo")
    assert state.stage == "ready", state  # noqa: S101
    hearing.cancel("memo")
    return {"wait": time.monotonic() - started, "cpu": watch.cpu_seconds() - cpu}


def bare(model: faster_whisper.WhisperModel, sound: bytes) -> None:
    """What faster-whisper does with the same recording, by itself, once it is there."""
    segments, _ = model.transcribe(
        faster_whisper.decode_audio(io.BytesIO(sound)), language="en", beam_size=5,
        temperature=(0.0,), vad_filter=True, vad_parameters={"min_silence_duration_ms": 700},
        word_timestamps=True, condition_on_previous_text=False,
    )  # fmt: skip
    list(segments)


def ours(engine: WhisperTranscriber, sound: bytes) -> None:
    """Decode in an ear, judge, cut, transcribe, check: all that we do, the queue left out."""
    ear = Child("kiosk.children.ear")
    ear.post(Opening(3600))
    ear.post(Piece(sound))
    ear.post(End())
    clip = clip_from(lambda: ear.receive(FROM_EAR))
    ear.close()
    engine.transcribe(clip.samples, language="en")


def cpu_of(work: Callable[[], None]) -> float:
    """Processor time of some work, children included."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    before = [resource.getrusage(kind) for kind in kinds]
    work()
    after = [resource.getrusage(kind) for kind in kinds]
    return sum(
        b.ru_utime + b.ru_stime - a.ru_utime - a.ru_stime
        for a, b in zip(before, after, strict=True)
    )


class Passes:
    """Counts the processor time that the model itself takes, on either side."""

    STEPS = ("encode", "generate_with_fallback", "add_word_timestamps")

    def __init__(self) -> None:
        self.seconds = 0.0
        for step in self.STEPS:
            self._count(step, getattr(faster_whisper.WhisperModel, step))

    def _count(self, step: str, act: Callable[..., object]) -> None:
        def counted(*arguments: object, **options: object) -> object:
            before = time.process_time()
            result = act(*arguments, **options)
            self.seconds += time.process_time() - before
            return result

        setattr(faster_whisper.WhisperModel, step, counted)

    def beside(self, work: Callable[[], None]) -> tuple[float, float]:
        """Return the processor time of some work, and how much of it was beside the model."""
        before = self.seconds
        in_all = cpu_of(work)
        return in_all, in_all - (self.seconds - before)


def share(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Ours and bare by turns; the least of several tells most, since others only ever add.

    A model's own passes differ from one time to the next by more than all that is ours. Both sides
    need the same ones, so what we add is also given without them.
    """
    if not arguments.model:
        voice_model.measure()
    passes = Passes()
    engine = WhisperTranscriber(folder, cpu_threads=arguments.threads)
    kind = faster_whisper.WhisperModel if arguments.model else voice_model.MeasuredModel
    model = kind(str(folder), device="cpu", compute_type="int8", cpu_threads=arguments.threads)
    for seconds in arguments.seconds:
        sound = webm(talk(seconds, seed=0, voices=arguments.voices))
        sides: list[Callable[[], None]] = [
            functools.partial(ours, engine, sound), functools.partial(bare, model, sound)
        ]  # fmt: skip
        rounds = [[passes.beside(side) for side in sides] for _ in range(arguments.rounds)]
        (mine, my_rest), (theirs, their_rest) = (
            [min(each) for each in zip(*side, strict=True)] for side in zip(*rounds, strict=True)
        )
        yield (
            f"{seconds:4} s afterwards, cpu: ours {mine:.2f} s, bare faster-whisper {theirs:.2f} s:"
            f" {mine / theirs - 1:+.1%}; beside the model {my_rest:.2f} s and {their_rest:.2f} s:"
            f" {(my_rest - their_rest) / theirs:+.1%} of the whole"
        )


def tablets(hearing: Hearing, count: int, voices: Path | None) -> dict:
    """So many people stop at the same moment."""
    sounds = [webm(talk(15, seed=100 + number, voices=voices)) for number in range(count)]
    started = time.monotonic()
    for number, sound in enumerate(sounds):
        submit(hearing, f"memo{number}", sound, recorded_seconds=15, language="en")
    places = [hearing.poll(f"memo{number}").place for number in range(count)]
    done: dict[int, float] = {}
    polls: list[float] = []
    while len(done) < count:
        for number in set(range(count)) - set(done):
            asked = time.perf_counter()
            state = hearing.poll(f"memo{number}").stage
            polls.append(time.perf_counter() - asked)
            assert state != "failed"  # noqa: S101
            if state == "ready":
                done[number] = time.monotonic() - started
        time.sleep(0.01)
    for number in range(count):
        hearing.cancel(f"memo{number}")
    return {
        "order kept": sorted(done, key=lambda number: done[number]) == list(range(count)),
        "places": places,
        "first and last": (done[0], done[count - 1]),
        "longest poll": max(polls),
    }


def told(runs: list[dict]) -> str:
    waits = ", ".join(f"{run['wait']:.2f} s (cpu {run['cpu']:.2f})" for run in runs)
    in_all = statistics.median(run["cpu in all"] for run in runs)
    lags = [lag for run in runs for lag in run["lags"]]
    seen = f"words {statistics.median(lags):.1f} s after they were said" if lags else "no words yet"
    return f"{seen}; preview after {waits}; the model's cpu in all {in_all:.1f}"


def report(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    yield f"{psutil.cpu_count()} cores, load {psutil.getloadavg()[0]:.1f}; {folder.name}, int8"
    before = psutil.Process().memory_info().rss
    hearing = Hearing(
        folder, limits=Limits(), cpu_threads=arguments.threads,
        model_module="kiosk.children.model" if arguments.model else "benchmarks.voice_model",
    )  # fmt: skip
    hearing.start()
    watch = Watch(hearing)
    try:
        while not hearing.is_loaded:
            time.sleep(0.05)
        for seconds in arguments.seconds:
            for quiet in (0.0, 0.8) if arguments.repeat else ():
                runs = [
                    live(
                        hearing,
                        watch,
                        talk(seconds, seed=seed, voices=arguments.voices),
                        quiet_seconds=quiet,
                    )
                    for seed in range(arguments.repeat)
                ]
                yield f"{seconds:4} s memo, Stop {quiet} s after the last word: {told(runs)}"
            whole = afterwards(hearing, watch, webm(talk(seconds, seed=0, voices=arguments.voices)))
            yield f"{seconds:4} s recording handed over whole: {whole['wait']:.2f} s"
        if arguments.tablets:
            told_at_once = tablets(hearing, arguments.tablets, arguments.voices)
            yield f"{arguments.tablets} memos of 15 s at once: {told_at_once}"
    finally:
        watch.close()
        hearing.stop()
    yield from share(arguments, folder)
    megabytes = {name: f"{peak >> 20} MB" for name, peak in watch.peak.items()}
    yield f"peak memory: {megabytes}; this process before it {before >> 20} MB"
    bare_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    yield f"peak of this process with bare faster-whisper in it {bare_peak} MB"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--size", choices=shaped_model.SHAPES, default="base")
    parser.add_argument("--seconds", type=int, nargs="*", default=[10, 60])
    parser.add_argument("--tablets", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=1, help="live memos of each kind; 0: none")
    parser.add_argument("--rounds", type=int, default=3, help="of ours and bare by turns")
    parser.add_argument("--keep", type=Path, help="where to keep the model for another run")
    parser.add_argument("--model", type=Path, help="a real model's folder; --voices with it")
    parser.add_argument("--voices", type=Path)
    parser.add_argument("--part", nargs="*", choices=["live", *spoken.PARTS], default=[])
    parser.add_argument("--some", type=int, default=50, help="recordings of each part")
    parser.add_argument("--minutes", type=float, default=10, help="for all parts but `live`")
    arguments = parser.parse_args()
    parts = arguments.part or ["live", *spoken.PARTS]
    if arguments.model:
        if "live" in parts:
            for line in report(arguments, arguments.model):
                print(line, flush=True)
        work = spoken.jobs(arguments.voices, parts=parts, some=arguments.some)
        for line in spoken.table(
            arguments.model, work, processes=psutil.cpu_count() or 1, minutes=arguments.minutes
        ):
            print(line, flush=True)
        return 0
    with tempfile.TemporaryDirectory() as throw_away:
        folder = (arguments.keep or Path(throw_away)) / f"shaped-{arguments.size}"
        shaped_model.build(folder, arguments.size)
        for line in report(arguments, folder):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
