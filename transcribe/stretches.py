"""Cutting a recording into stretches that can be transcribed one by one.

Whisper pays a whole encoder pass for every stretch, however short, so stretches should be long.
But a visitor who stops talking waits for the last one, so they should be short. The rules of a
`Pace` settle this: the longer a stretch has become, the shorter a pause is enough to close it; at
`longest_seconds` the longest of the last few pauses is taken. A cut never falls in a word, unless
somebody speaks that long without drawing breath: then it falls where the detector was least sure
that there was speech.

Long silences inside a stretch are cut out, since Whisper fills them with inventions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from transcribe.gate import Gate, Run
from transcribe.transcript import SAMPLE_RATE, Samples

PAD_SECONDS = 0.4  # kept before and after speech; first syllables are quiet
PAD = int(PAD_SECONDS * SAMPLE_RATE)
MOST_DOUBTFUL = 2  # each costs a pass of the model


@dataclass(frozen=True, kw_only=True)
class Pace:
    """When to close a stretch: each rule is (seconds of speech, seconds of pause after it)."""

    rules: tuple[tuple[float, float], ...] = ()
    longest_seconds: float
    search_seconds: float = 0.0  # how far back from there to look for the longest pause
    fills_windows: bool = False  # as far back as costs no further window


def live(window_seconds: float, *, pass_seconds: float = 1.0) -> Pace:
    """How to cut while somebody talks: words soon, and little left to do at the end.

    Args:
        window_seconds: How much the model hears at once.
        pass_seconds: What a short stretch costs here; on a slow machine stretches have to be
            longer, or the words fall behind the talk.
    """
    longest = min(20.0, window_seconds - 3 * PAD_SECONDS)
    rules = (
        (max(1.0, pass_seconds), 1.2),
        (max(4.0, 2 * pass_seconds), 0.6),
        (max(8.0, 3 * pass_seconds), 0.4),
        (max(12.0, 4 * pass_seconds), 0.25),
    )
    return Pace(rules=rules, longest_seconds=longest, search_seconds=0.4 * longest)


def whole(window_seconds: float) -> Pace:
    """How to cut a finished recording: windows as full as they get."""
    return Pace(longest_seconds=window_seconds - 2.2 * PAD_SECONDS, fills_windows=True)


@dataclass(frozen=True)
class Stretch:
    """Speech to transcribe, silences cut out, and what is needed to find its times again."""

    samples: Samples = field(repr=False)
    kept: tuple[Run, ...]  # ranges of the recording that `samples` joins
    spoken_seconds: float  # of it is speech; the rest are the pauses round it
    is_last: bool = False
    runs: tuple[Run, ...] = ()  # the speech in it, as ranges of the recording

    @property
    def seconds(self) -> float:
        """How long it is without its silences."""
        return len(self.samples) / SAMPLE_RATE

    @property
    def end_seconds(self) -> float:
        """Where in the recording it ends."""
        return self.kept[-1].end / SAMPLE_RATE

    def apart(self) -> list["Stretch"]:
        """Each of its runs as a stretch of its own, with the quiet around it."""
        ends = [run.end for run in self.runs]
        starts = [run.start for run in self.runs]
        before = [self.kept[0].start, *ends[:-1]]
        after = [*starts[1:], self.kept[-1].end]
        return [
            self._only(Run(max(low, run.start - PAD), min(high, run.end + PAD)), run)
            for run, low, high in zip(self.runs, before, after, strict=True)
        ]

    def _only(self, wanted: Run, spoken: Run) -> "Stretch":
        """The part of it that holds one run and lies in one of the ranges that it joins."""
        first = 0  # of the range, within `samples`
        for kept in self.kept:
            if kept.start <= spoken.start < kept.end:
                break
            first += kept.end - kept.start
        start, end = max(wanted.start, kept.start), min(wanted.end, kept.end)
        samples = self.samples[first + start - kept.start : first + end - kept.start]
        seconds = (spoken.end - spoken.start) / SAMPLE_RATE
        return Stretch(samples, (Run(start, end),), seconds, runs=(spoken,))

    def original(self, seconds: float) -> float:
        """Turn a time within `samples` into one of the recording."""
        left = seconds * SAMPLE_RATE
        for run in self.kept:
            if left <= run.end - run.start:
                return (run.start + left) / SAMPLE_RATE
            left -= run.end - run.start
        return self.end_seconds


def merged(stretches: Sequence[Stretch], window_seconds: float) -> list[Stretch]:
    """Join neighbours that fit into one window; for stretches that had to wait for their turn."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and joined[-1].seconds + stretch.seconds < window_seconds - PAD_SECONDS:
            before = joined.pop()
            samples = np.concatenate((before.samples, stretch.samples))
            spoken_seconds = before.spoken_seconds + stretch.spoken_seconds
            stretch = Stretch(  # noqa: PLW2901
                samples,
                before.kept + stretch.kept,
                spoken_seconds,
                stretch.is_last,
                before.runs + stretch.runs,
            )
        joined.append(stretch)
    return joined


class Cutter:
    """Takes one recording's samples in order and hands out its stretches."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._gate = Gate()
        self._samples: list[Samples] = []
        self._first = 0  # position in the recording of the first sample still held
        self._is_finished = False
        self.heard = 0

    @property
    def seconds(self) -> float:
        """How much of the recording has come in."""
        return self.heard / SAMPLE_RATE

    def add(self, samples: Samples) -> None:
        """Take further samples."""
        self._gate.add(samples)
        self._samples.append(samples)
        self.heard += len(samples)

    def finish(self) -> None:
        """Say that nothing more comes."""
        self._gate.finish()
        self._is_finished = True

    def stretches(self) -> Iterator[Stretch]:
        """Hand out the stretches that are closed by now; each once."""
        while (count := self._closed()) or self._split_long_run():
            if count:
                yield self._take(count)

    def doubtful(self) -> list[Stretch]:
        """What may be a word, where nothing surely is speech; a few, the longest first."""
        if self._first or self._gate.runs:
            return []
        runs = sorted(self._gate.doubtful, key=lambda run: run.start - run.end)
        return [self._joined([run], self.heard) for run in runs[:MOST_DOUBTFUL]]

    @property
    def open_seconds(self) -> float:
        """How much speech is in no stretch yet."""
        return sum(run.end - run.start for run in self._gate.so_far()) / SAMPLE_RATE

    def so_far(self) -> Stretch:
        """The speech that is in no stretch yet, as one; it will come again in a stretch."""
        return self._joined(self._gate.so_far(), self.heard)

    def _closed(self) -> int:
        """How many of the waiting runs make up a closed stretch; 0: wait for more."""
        runs, pace, gate = self._gate.runs, self._pace, self._gate
        search = self._search_seconds() if pace.fills_windows else pace.search_seconds
        span, best = 0.0, (0.0, 0)  # the longest pause within reach, and how many runs precede it
        for count, run in enumerate(runs, 1):
            span += (run.end - run.start) / SAMPLE_RATE
            if span > pace.longest_seconds and count > 1:
                return best[1] or count - 1
            pause = self._pause_after(count - 1)
            if any(span >= least and pause >= wanted for least, wanted in pace.rules):
                return count
            if span >= pace.longest_seconds - search:
                best = max(best, (pause, count))
            span += min(pause, 2 * PAD_SECONDS)
        if runs and self._is_finished:
            return len(runs)
        if runs and gate.speaking_since is not None:
            span += (gate.heard - gate.speaking_since) / SAMPLE_RATE
            return (best[1] or len(runs)) if span > pace.longest_seconds else 0
        return 0

    def _search_seconds(self) -> float:
        """How much of a window may stay empty without any of the rest needing one more."""
        longest = self._pace.longest_seconds
        total = sum(
            (run.end - run.start) / SAMPLE_RATE + min(self._pause_after(index), 2 * PAD_SECONDS)
            for index, run in enumerate(self._gate.runs)
        )
        return min(longest / 2, -total % longest)

    def _pause_after(self, index: int) -> float:
        runs, since = self._gate.runs, self._gate.speaking_since
        if index + 1 < len(runs):
            end = runs[index + 1].start
        else:
            end = self._gate.heard if since is None else since
        return (end - runs[index].end) / SAMPLE_RATE

    def _split_long_run(self) -> bool:
        """Cut speech that goes on and on at its weakest moment; false if there is none so long."""
        longest = int(self._pace.longest_seconds * SAMPLE_RATE)
        return self._gate.split(longest, search=longest // 3)

    def _take(self, count: int) -> Stretch:
        runs, self._gate.runs = self._gate.runs[:count], self._gate.runs[count:]
        stretch = self._joined(runs, self._next_start())
        self._samples = [np.concatenate(self._samples)[stretch.kept[-1].end - self._first :]]
        self._first = stretch.kept[-1].end
        return replace(stretch, is_last=self._is_finished and not self._gate.runs)

    def _joined(self, runs: Sequence[Run], after: int) -> Stretch:
        """Some runs with a little of what is round them, up to `after`."""
        kept: list[Run] = []
        for run in runs:
            start, end = max(run.start - PAD, self._first), min(run.end + PAD, after)
            touches = bool(kept) and start <= kept[-1].end
            kept.append(Run(kept.pop().start if touches else start, end))
        held = np.concatenate(self._samples)
        samples = np.concatenate([held[r.start - self._first : r.end - self._first] for r in kept])
        spoken_seconds = sum(run.end - run.start for run in runs) / SAMPLE_RATE
        return Stretch(samples, tuple(kept), spoken_seconds, runs=tuple(runs))

    def _next_start(self) -> int:
        """No stretch may reach into the next one: at most to the middle of the pause between."""
        runs, since = self._gate.runs, self._gate.speaking_since
        if runs:
            return runs[0].start
        return self.heard if since is None else since
