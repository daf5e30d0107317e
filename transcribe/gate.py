"""The speech gate: where in a recording somebody speaks.

Whisper writes "Thank you." on silence and whole sentences on a hum. So nothing reaches it that the
Silero detector (bundled with faster-whisper, no download) does not take for speech. The detector
is recurrent; we carry its state from piece to piece, so that a recording heard while it is being
made gives exactly the runs of the same recording heard at once.
"""

from dataclasses import dataclass

import numpy as np
from faster_whisper.vad import get_vad_model

from transcribe.transcript import Samples

WINDOW = 512  # samples; 32 ms, the detector's own
CONTEXT = 64  # samples of the window before that the detector wants to see again
SPEECH, SILENCE = 0.5, 0.35  # probability at which a run starts, and below which it may end
END_WINDOWS = 6  # a run ends after so many windows below SILENCE: 0.2 s
LEAST_WINDOWS = 3  # shorter runs are clicks: 0.1 s
# A short run must be surely speech: (shorter than so many windows, probability it has to reach).
# "No" takes 0.3 s and reaches 0.93 and more; a knock on the table takes 0.2 s and reaches 0.93.
SHORT = ((8, 0.95), (16, 0.85))
# But a voice that changes its colour as speech does needs less: a word alone, a first word that was
# nearly swallowed. Mouths and cutlery reach 0.45 there, words 0.6 and more.
SHORT_COLOUR, SHORT_COLOURED = 0.5, (8, 0.7)
# What the detector takes for speech and is none, by means over a run. Speech has 0.9 there, and
# 0.8 beside a noise as loud as itself; machines up to 0.87, sirens less than 0.5.
UNSURE, CERTAIN = 0.5, 0.9
# Over a telephone speech has only 0.4 to 0.5; its colour still tells it from sirens and babble.
NARROW_UNSURE, NARROW_COLOUR, NARROW_WINDOWS = 0.38, 0.35, 20
# How much a run's sound changes its colour: speech 0.7 to 1, beside a noise half as loud as itself
# 0.21 at least; machines 0.17 at most.
STEADY = 0.2
# What is no speech by all this may be a brief, faint "No" all the same: a model is asked, where
# nothing else was said (decision 0265).
DOUBTFUL, DOUBTFUL_WINDOWS = 0.6, 5
# Its memory fades in long silence, and then it misses a word: after so long it begins anew.
FORGET_WINDOWS = 94  # 3 s below SILENCE
AT_ONCE = 16  # windows judged together; it begins anew only between such blocks, live or not
BANDS = 12  # of equal width up to 8 kHz
_HANN = np.hanning(WINDOW).astype(np.float32)


@dataclass(frozen=True)
class Run:
    """Uninterrupted speech, as a half-open range of samples."""

    start: int
    end: int


class Gate:
    """Follows one recording. Give it samples in order; read `runs` and `speaking_since`."""

    def __init__(self) -> None:
        self._model = get_vad_model().session
        self._h = np.zeros((1, 1, 128), np.float32)
        self._c = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(CONTEXT, np.float32)
        self._rest = np.zeros(0, np.float32)
        self._quiet_windows = 0
        self.runs: list[Run] = []
        self.doubtful: list[Run] = []  # what may be a word, and a mouth or a knock as well
        self.speaking_since: int | None = None
        self.heard = 0  # samples judged so far
        self._silent_windows = 0
        self._judged: list[float] = []  # one probability a window
        self._bands: list[Samples] = []  # the logarithm of its loudness in each band

    def add(self, samples: Samples) -> None:
        """Judge further samples; up to one window of them waits for the next call."""
        samples = np.concatenate((self._rest, samples))
        whole = len(samples) // WINDOW * WINDOW
        self._rest = samples[whole:]
        if whole:
            windows = samples[:whole].reshape(-1, WINDOW)
            self._bands += [*_loudness(windows)]
            while len(windows):
                block = AT_ONCE - len(self._judged) % AT_ONCE
                self._forget_after_silence()
                for probability in self._probabilities(windows[:block]):
                    self._step(float(probability))
                windows = windows[block:]

    def so_far(self) -> list[Run]:
        """The runs, and what still runs if by now it sounds like speech."""
        since = self.speaking_since
        if since is None or not self._sounds_like_speech(since, self.heard):
            return [*self.runs]
        return [*self.runs, Run(since, self.heard)]

    def finish(self) -> None:
        """Judge the last part window, and end speech that was still running."""
        if len(self._rest):
            self.add(np.zeros(WINDOW - len(self._rest), np.float32))
        if self.speaking_since is not None:
            self._close(self.heard - self._quiet_windows * WINDOW)

    def split(self, longest: int, *, search: int) -> bool:
        """Cut the first run that is longer than `longest` samples, within its last `search`.

        Speech that is still running counts: its first part becomes a run of its own.
        """
        running = [] if self.speaking_since is None else [Run(self.speaking_since, self.heard)]
        for index, run in enumerate(self.runs + running):
            if run.end - run.start <= longest:
                continue
            first = (run.start + longest - search) // WINDOW
            judged = self._judged[first : (run.start + longest) // WINDOW]
            cut = (first + judged.index(min(judged))) * WINDOW
            if index < len(self.runs):
                self.runs[index : index + 1] = [Run(run.start, cut), Run(cut, run.end)]
            else:
                self._keep(run.start, cut)
                self.speaking_since = cut
            return True
        return False

    def _forget_after_silence(self) -> None:
        if len(self._judged) % AT_ONCE == 0 and self._silent_windows >= FORGET_WINDOWS:
            self._h, self._c = np.zeros_like(self._h), np.zeros_like(self._c)

    def _probabilities(self, windows: Samples) -> Samples:
        contexts = np.vstack((self._context, windows[:-1, -CONTEXT:]))
        self._context = windows[-1, -CONTEXT:].copy()
        output, self._h, self._c = self._model.run(
            None, {"input": np.hstack((contexts, windows)), "h": self._h, "c": self._c}
        )
        return np.asarray(output, np.float32).reshape(-1)

    def _step(self, probability: float) -> None:
        start = self.heard
        self.heard += WINDOW
        self._judged.append(probability)
        self._silent_windows = self._silent_windows + 1 if probability < SILENCE else 0
        if self.speaking_since is None:
            if probability >= SPEECH:
                self.speaking_since, self._quiet_windows = start, 0
            return
        self._quiet_windows = self._quiet_windows + 1 if probability < SILENCE else 0
        if self._quiet_windows >= END_WINDOWS:
            self._close(self.heard - self._quiet_windows * WINDOW)

    def _close(self, end: int) -> None:
        start, self.speaking_since = self.speaking_since, None
        if start is None:
            return
        self._keep(start, end)

    def _keep(self, start: int, end: int) -> None:
        """Take a run, if it is speech."""
        if self._sounds_like_speech(start, end):
            self.runs.append(Run(start, end))
            return
        judged = self._judged[start // WINDOW : end // WINDOW]
        if len(judged) >= DOUBTFUL_WINDOWS and max(judged) >= DOUBTFUL:
            self.doubtful.append(Run(start, end))

    def _sounds_like_speech(self, start: int, end: int) -> bool:
        windows = slice(start // WINDOW, end // WINDOW)
        judged = np.array(self._judged[windows], np.float32)
        bands = np.array(self._bands[windows])
        if len(judged) < LEAST_WINDOWS:
            return False
        colour = float((bands - bands.mean(axis=1, keepdims=True)).std(axis=0).mean())
        return _is_speech(len(judged), float(judged.mean()), float(judged.max()), colour)


def _is_speech(length: int, mean: float, most: float, colour: float) -> bool:
    is_narrow = length >= NARROW_WINDOWS and colour >= NARROW_COLOUR
    if mean < (NARROW_UNSURE if is_narrow else UNSURE):
        return False
    if any(length < least and most < sure for least, sure in SHORT):
        least, sure = SHORT_COLOURED
        if length < least or most < sure or colour < SHORT_COLOUR:
            return False
    return colour >= STEADY or mean >= CERTAIN


def _loudness(windows: Samples) -> Samples:
    spectrum = np.abs(np.fft.rfft(windows * _HANN, axis=1))[:, 4:256]
    return np.asarray(np.log(spectrum.reshape(-1, BANDS, 21).sum(axis=2) + 1e-9), np.float32)
