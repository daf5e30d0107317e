"""What a model heard, kept: hearing takes minutes, and counting what became of it takes a moment.

One line of JSON a hearing, in the user's cache outside the project, named by model, sound, and the
code and libraries that heard: code that changed hears anew, words that only are redacted otherwise
do not, and a run that was cut short goes on where it stopped. The times are those of the hearing.
"""

import functools
import hashlib
import importlib.metadata
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from faster_whisper import WhisperModel
from platformdirs import user_cache_path

from transcribe import engine, gate, likely, sanity, stretches, transcript
from transcribe.engine import WhisperTranscriber
from transcribe.stretches import Cutter
from transcribe.stretches import live as live_pace
from transcribe.transcript import Samples, Transcript, joined

PIECE = 8000  # samples that come at once: half a second
CACHE = user_cache_path("release-kiosk", appauthor=False) / "hearings.jsonl"
LIBRARIES = tuple(
    f"{name} {importlib.metadata.version(name)}" for name in ("faster-whisper", "ctranslate2")
)


@dataclass(frozen=True)
class Heard:
    """What was heard, and the processor time that it took."""

    text: str
    heard: tuple[tuple[int, int, float], ...]  # see `Transcript.heard`
    language: str
    cpu_seconds: float


class Hearings:
    """The same model twice, as the kiosk uses it and as it comes; each sound is heard once."""

    def __init__(self, folder: Path, cache: Path = CACHE) -> None:
        self._folder, self._cache = folder, cache
        self._known: dict[str, Heard] = {}
        for line in cache.read_text(encoding="utf-8").splitlines() if cache.exists() else ():
            row = json.loads(line)
            key, heard = row.pop("key"), tuple(tuple(word) for word in row.pop("heard"))
            self._known[key] = Heard(heard=heard, **row)

    @functools.cached_property
    def _ours(self) -> WhisperTranscriber:
        return WhisperTranscriber(self._folder, cpu_threads=1)

    @functools.cached_property
    def _bare(self) -> WhisperModel:
        return WhisperModel(str(self._folder), device="cpu", compute_type="int8", cpu_threads=1)

    def whole(self, samples: Samples, language: str | None, likely: str = "") -> Heard:
        """Hear a recording as the kiosk does once it is there."""
        return self._once(
            f"whole {language} {likely} {_code()}",
            samples,
            lambda: self._ours.transcribe(samples, language=language, likely=likely),
        )

    def live(self, samples: Samples) -> Heard:
        """Hear it as the kiosk does while somebody talks, on a machine with nothing else to do."""
        return self._once(f"live {_code()}", samples, lambda: heard_live(self._ours, samples))

    def bare(self, samples: Samples, language: str | None) -> Heard:
        """Hear it with faster-whisper alone, beam 5, its defaults."""

        def hear() -> Transcript:
            segments, info = self._bare.transcribe(samples, language=language, beam_size=5)
            text = " ".join(segment.text.strip() for segment in segments)
            return Transcript(text, (), str(info.language), 0.0)

        return self._once(f"bare {language}", samples, hear)

    def _once(self, way: str, samples: Samples, hear: Callable[[], Transcript]) -> Heard:
        sound = hashlib.sha256(samples.tobytes()).hexdigest()
        named = json.dumps([_digest(self._folder / "model.bin"), *LIBRARIES, way, sound])
        key = hashlib.sha256(named.encode()).hexdigest()
        if key not in self._known:
            _ = self._bare if way.startswith("bare") else self._ours  # loading is no hearing
            started = time.process_time()
            said = hear()
            took = round(time.process_time() - started, 3)
            self._known[key] = Heard(said.text, said.heard, said.language, took)
            self._keep(key)
        return self._known[key]

    def _keep(self, key: str) -> None:
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"key": key, **asdict(self._known[key])})
        with self._cache.open("a", encoding="utf-8") as kept:
            kept.write(line + "\n")  # in one go, so that two processes may write


def heard_live(ours: WhisperTranscriber, samples: Samples) -> Transcript:
    """Hear piece by piece, in English."""
    cutter, segments = Cutter(live_pace(ours.window_seconds)), []
    for at in range(0, len(samples), PIECE):
        cutter.add(samples[at : at + PIECE])
        for each in cutter.stretches():
            segments += ours.hear(each, language="en")[0]
    cutter.finish()
    for each in cutter.stretches():
        segments += ours.hear(each, language="en", is_hurried=each.is_last)[0]
    return joined(segments, language="en", seconds=cutter.seconds)


@functools.cache
def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@functools.cache
def _code() -> str:
    files = [
        str(module.__file__) for module in (engine, gate, likely, sanity, stretches, transcript)
    ]
    return " ".join(_digest(Path(file)) for file in files)
