"""What becomes of real speech, beside bare faster-whisper (beam 5, its defaults), in one run.

    python benchmarks/spoken.py VOICES MODEL [--first N] [--staff]

VOICES is a folder with `libri.json` (words), `details.json` (one detail said aloud in each),
`sounds.json` (nobody speaks) and `languages.json`, each a list of `{"file", ...}`; MODEL a model's
folder. `--first` takes so many of each; `--staff` gives the redactor the spoken names as its lists.
"""

import argparse
import difflib
import json
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

from faster_whisper import WhisperModel  # noqa: E402
from rapidfuzz.distance import Levenshtein  # noqa: E402

from redact import EMPTY, LocalLists, redact  # noqa: E402
from tests.support.recordings import decoded  # noqa: E402
from transcribe.engine import WhisperTranscriber  # noqa: E402

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Words of a spoken detail that tell nothing of it alone.
EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a the and of to in on at is it i he she my or but by was for with that so as be from only "
        "extension locker number staff room badge daughter son street road close dot com um plus",
    )
)


@dataclass
class Score:
    """Ours and bare, summed."""

    ours: float = 0.0
    bare: float = 0.0
    of: int = 0
    cpu: list[float] = field(default_factory=lambda: [0.0, 0.0])


class Both:
    """The same model twice: as the kiosk uses it, and as it comes."""

    def __init__(self, folder: Path) -> None:
        self.ours = WhisperTranscriber(folder, cpu_threads=1)
        self.bare = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)

    def hear(self, sound: bytes, language: str | None, score: Score) -> tuple[Any, str, str]:
        samples = decoded(sound, is_own_file=True).samples
        started = time.process_time()
        transcript = self.ours.transcribe(samples, language=language)
        score.cpu[0] += time.process_time() - started
        started = time.process_time()
        segments, info = self.bare.transcribe(samples, language=language, beam_size=5)
        text = " ".join(segment.text.strip() for segment in segments)
        score.cpu[1] += time.process_time() - started
        return transcript, text, str(info.language)


def plain(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def word_errors(both: Both, rows: list[dict[str, Any]], folder: Path) -> Score:
    score = Score()
    for row in rows:
        ours, bare, _ = both.hear((folder / row["file"]).read_bytes(), "en", score)
        said = plain(row["text"])
        score.ours += Levenshtein.distance(said, plain(ours.text))
        score.bare += Levenshtein.distance(said, plain(bare))
        score.of += len(said)
    return score


def details_left(both: Both, rows: list[dict[str, Any]], folder: Path, lists: LocalLists) -> Score:
    """Texts in which a word of the spoken detail, as it was heard, is still there."""
    score = Score()
    for row in rows:
        ours, bare, _ = both.hear((folder / row["file"]).read_bytes(), "en", score)
        left = remains(
            row, ours.text, redact(ours.text, "en", lists=lists, spoken=ours.heard).spans
        )
        if left:
            print(f"   left of {row['spoken']!r}: {left}")
        score.ours += bool(left)
        score.bare += bool(remains(row, bare, redact(bare, "en", lists=lists).spans))
        score.of += 1
    return score


def remains(row: dict[str, Any], heard: str, spans: Any) -> list[str]:
    said, detail = plain(row["text"]), plain(row["spoken"])
    found = [(match[0], *match.span()) for match in WORD.finditer(heard)]
    at = next(n for n in range(len(said)) if said[n : n + len(detail)] == detail)
    low, high = 0, len(found)
    blocks = difflib.SequenceMatcher(None, said, [w.lower() for w, *_ in found], autojunk=False)
    for block in blocks.get_matching_blocks():
        for step in range(block.size):
            if block.a + step < at:
                low = max(low, block.b + step + 1)
            elif block.a + step >= at + len(detail):
                high = min(high, block.b + step)
    return [
        word
        for word, start, end in found[low:high]
        if word.lower() not in EMPTY_WORDS
        and not any(span.start < end and start < span.end for span in spans)
    ]


def inventions(both: Both, rows: list[dict[str, Any]], folder: Path) -> Score:
    score = Score()
    for row in rows:
        ours, bare, _ = both.hear((folder / row["file"]).read_bytes(), None, score)
        score.ours, score.bare = score.ours + bool(ours.text), score.bare + bool(plain(bare))
        score.of += 1
    return score


def languages_right(both: Both, rows: list[dict[str, Any]], folder: Path) -> Score:
    score = Score()
    for row in rows:
        ours, _, bare = both.hear((folder / row["file"]).read_bytes(), None, score)
        score.ours += ours.language == row["language"]
        score.bare += bare == row["language"]
        score.of += 1
    return score


def main() -> None:
    """Hear everything twice and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("voices", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--first", type=int, default=10_000)
    parser.add_argument("--staff", action="store_true")
    given = parser.parse_args()
    rows = {
        name: json.loads((given.voices / f"{name}.json").read_text())[: given.first]
        for name in ("libri", "details", "sounds", "languages")
    }
    names = [row["spoken"] for row in rows["details"] if row["kind"] == "name"]
    lists = LocalLists(staff=tuple(dict.fromkeys(names))) if given.staff else EMPTY
    both = Both(given.model)
    table = {
        "word error": word_errors(both, rows["libri"], given.voices),
        "spoken details left": details_left(both, rows["details"], given.voices, lists),
        "sounds with words": inventions(both, rows["sounds"], given.voices),
        "language right": languages_right(both, rows["languages"], given.voices),
    }
    print(f"{'':22}{'ours':>9}{'bare':>9}{'of':>7}{'CPU-s ours':>12}{'bare':>8}")
    for name, score in table.items():
        shares = f"{score.ours / score.of:>9.3f}{score.bare / score.of:>9.3f}{score.of:>7}"
        print(f"{name:22}{shares}{score.cpu[0]:>12.1f}{score.cpu[1]:>8.1f}")


if __name__ == "__main__":
    main()
