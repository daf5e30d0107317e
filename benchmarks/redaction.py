#!/usr/bin/env python3
"""Count the details that go and the harmless words that go with them, and what it costs.

    python benchmarks/redaction.py [NOTES.jsonl ...] [--language CODE] [--strength S] [--others]

NOTES has one `{"id", "text", "spans": [{"start", "end", "label"}], "source", "voice"}` a line, or
labels written out, as in `training/languages/CODE/dev.txt`. With `--language` all are read in that
language, otherwise each says its own. The default is the held-out notes (four folders of them)
and the noise set (slips, learners' English, dialects, odd capitals, meetings; half of it for
choosing, half for judging). Where a `lists.json` lies beside them, with an object of local lists
for each voice, they are measured with these lists too. Only figures are printed. A set may have a
bar for details found and one for words wrongly taken; the exit status is 1 where ours misses one.
`--others` makes a throw-away environment outside the repository for the others; Presidio runs with
patterns alone, since its language models have to be downloaded from elsewhere.

A detail leaks if one of its identifying words is still in the result at its place. Over-
redaction is the share of words outside every detail that went; generic words that touch a
detail are not charged.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
HELD_OUT = HOME / "tests" / "redact" / "heldout"
NOISE = HOME / "tests" / "redact" / "noise"
SETS = (
    *(HELD_OUT / name / "notes.jsonl" for name in ("short", "fresh", "long", "natural")),
    *(NOISE / name / "notes.jsonl" for name in ("choose", "judge")),
)
# Least share of details found and greatest share of harmless words taken, by folder, without lists.
BARS = {
    "short": (0.97, 0.006),
    "fresh": (0.96, 0.0095),
    "choose": (0.95, 0.015),
    "judge": (0.93, 0.015),
}
WORD = re.compile(r"\w+")
PLACEHOLDER = re.compile(r"\[[A-Z_]+(?: \d+)?\]|\{\{[A-Z_-]+\d*\}\}|<[A-Z_]+>")
GENERIC = frozenset(
    WORD.findall(
        "a an the of for on in at and or to is by our my his her their only s no "
        "number dot com co uk org net www http https underscore hyphen dash slash all "
        "lowercase team project programme squad shift group "
        "road street lane avenue close drive way crescent terrace place parade mews "
        "yard row court gardens high flat unit room ward bay building block house lab "
        "theatre suite hangar corridor plot sector po box years year old "
        "age yrs ltd plc inc ext extension mr mrs ms miss mister dr doctor prof "
        "professor sister sir madam auntie uncle gmail hotmail outlook yahoo icloud "
        "proton live aol plus um uh er well branch office depot store site plant "
        "clinic area code born dob"
    )
)
WITH_LISTS = "ours with local lists"
OTHERS = ("presidio", "scrubadub")
PACKAGES = ("presidio-analyzer", "scrubadub")


def survivors(text: str, redacted: str) -> list[bool]:
    """Say for each word of a text whether it is still in the redacted text, at its place.

    The redacted text is the text with stretches replaced: between two placeholders stands a run of
    the original's words.
    """
    words = [m.group() for m in WORD.finditer(text)]
    kept = [False] * len(words)
    position = 0
    pieces = [WORD.findall(piece) for piece in PLACEHOLDER.split(redacted)]
    for number, piece in enumerate(pieces):
        if not piece:
            continue
        last = number == len(pieces) - 1
        starts = range(position, len(words) - len(piece) + 1)
        matching = [s for s in starts if words[s : s + len(piece)] == piece]
        if not matching:
            for word in piece:
                position = next(
                    (i + 1 for i in range(position, len(words)) if words[i] == word), position
                )
                if position and words[position - 1] == word:
                    kept[position - 1] = True
            continue
        start = matching[-1] if last and number else matching[0]
        kept[start : start + len(piece)] = [True] * len(piece)
        position = start + len(piece)
    return kept


def judge(notes: Sequence[dict[str, Any]], results: Sequence[str]) -> dict[str, Any]:
    """Return the figures for a set of notes and their redactions."""
    spans: defaultdict[str, Counter[str]] = defaultdict(Counter)
    free = over = clean = touched = with_details = without_leak = 0
    for note, redacted in zip(notes, results, strict=True):
        matches = list(WORD.finditer(note["text"]))
        kept = survivors(note["text"], redacted)
        owner = [
            next(
                (
                    k
                    for k, s in enumerate(note["spans"])
                    if m.start() < s["end"] and m.end() > s["start"]
                ),
                None,
            )
            for m in matches
        ]
        leaks = 0
        for k, span in enumerate(note["spans"]):
            own = [i for i, o in enumerate(owner) if o == k]
            core = [i for i in own if matches[i].group().casefold() not in GENERIC] or own
            leaked = any(kept[i] for i in core)
            leaks += leaked
            for key in (span["label"], "ALL", note["source"]):
                spans[key].update(spans=1, leaked=int(leaked))
        charged = [
            i
            for i, o in enumerate(owner)
            if o is None
            and not (
                matches[i].group().casefold() in GENERIC
                and any(0 <= j < len(owner) and owner[j] is not None for j in (i - 1, i + 1))
            )
        ]
        gone = sum(not kept[i] for i in charged)
        free, over = free + len(charged), over + gone
        if note["spans"]:
            with_details, without_leak = with_details + 1, without_leak + (leaks == 0)
        else:
            clean, touched = clean + 1, touched + (gone > 0)
    return {
        "recall": {key: 1 - c["leaked"] / c["spans"] for key, c in spans.items()},
        "counts": {key: c["spans"] for key, c in spans.items()},
        "over": over / max(1, free),
        "touched": touched / max(1, clean),
        "without_leak": without_leak / max(1, with_details),
    }


# ruff: noqa: PLC0415  (each system is imported only in the process that measures it)


Note = dict[str, Any]
Redactor = Callable[[Note], str]


def ours(lists_file: Path | None, language: str | None, strength: str) -> Redactor:
    sys.path.insert(0, str(HOME))
    from redact import EMPTY, LocalLists, Strength, redact

    content = json.loads(lists_file.read_text(encoding="utf-8")) if lists_file else {}
    lists = {voice: LocalLists.from_json(json.dumps(each)) for voice, each in content.items()}
    level = Strength(strength)

    def run(note: Note) -> str:
        known = lists.get(note.get("voice", ""), EMPTY)
        return redact(note["text"], language, lists=known, strength=level).text

    return run


def presidio() -> Redactor:  # noqa: C901
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # type: ignore[import-not-found]
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine  # type: ignore[import-not-found]

    class Nothing(NlpEngine):  # type: ignore[misc]
        """Patterns need no language model."""

        def load(self) -> None: ...
        def is_loaded(self) -> bool:
            return True

        def process_text(self, text: str, language: str) -> Any:
            return NlpArtifacts([], [], [], [], self, language)

        def process_batch(self, texts: Any, language: str, **_: Any) -> Iterator[Any]:
            yield from ((text, self.process_text(text, language)) for text in texts)

        def is_stopword(self, word: str, language: str) -> bool:
            return False

        def is_punct(self, word: str, language: str) -> bool:
            return False

        def get_supported_entities(self) -> list[str]:
            return []

        def get_supported_languages(self) -> list[str]:
            return ["en"]

    engine = Nothing()
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    registry.recognizers = [
        r for r in registry.recognizers if hasattr(r, "patterns") or "Phone" in r.name
    ]
    analyzer = AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=["en"])

    def run(note: Note) -> str:
        text = note["text"]
        position, pieces = 0, []
        for found in sorted(analyzer.analyze(text=text, language="en"), key=lambda f: f.start):
            if found.start >= position:
                pieces += [text[position : found.start], f"[{found.entity_type}]"]
                position = found.end
        return "".join(pieces) + text[position:]

    return run


def scrubadub() -> Redactor:
    import scrubadub as library  # type: ignore[import-not-found]

    scrubber = library.Scrubber()
    return lambda note: str(scrubber.clean(note["text"]))


def measure(
    system: str,
    notes: list[Note],
    lists_file: Path | None,
    *,
    language: str | None = None,
    strength: str = "standard",
) -> dict[str, Any]:
    """Load a system, run it over the notes twice, and return figures and costs.

    The second run is timed.
    """
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    run = (
        ours(lists_file, language, strength)
        if system == "ours"
        else {"presidio": presidio, "scrubadub": scrubadub}[system]()
    )
    run({"text": "Ask Gareth, 07911 234567."})
    load = time.process_time() - start
    results = [run(note) for note in notes]
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    start = time.process_time()
    for note in notes:
        run(note)
    milliseconds = (time.process_time() - start) / len(notes) * 1000
    return {**judge(notes, results), "load": load, "ms": milliseconds, "mb": megabytes}


def show(system: str, figures: dict[str, Any], *, is_first: bool = False) -> None:
    recall, counts = figures["recall"], figures["counts"]
    print(
        f"{system}: recall {recall.get('ALL', 0):.3f}, notes without a "
        f"leak {figures['without_leak']:.3f}, over-redaction {figures['over']:.4f}, "
        f"harmless notes touched {figures['touched']:.3f}"
    )
    load = f", load {figures['load']:.2f} s, {figures['mb']:.0f} MB added"
    print(f"  {figures['ms']:.2f} ms a note{load if is_first else ''}")
    print(
        "  "
        + "  ".join(
            f"{key} {recall[key]:.3f} ({counts[key]})"
            for key in sorted(recall, key=lambda k: (k.islower(), k))
            if key != "ALL"
        )
    )


def in_throwaway_environment(notes: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        if subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *PACKAGES], check=False
        ).returncode:
            print(f"Could not install {' and '.join(PACKAGES)}; ours alone was measured.")
            return
        for system in OTHERS:
            subprocess.run([python, __file__, *notes, "--system", system], check=False)


def read(path: Path) -> Iterator[Note]:
    """Yield the notes of a file: JSON lines, or text with labels written out."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if path.suffix == ".jsonl" and line.strip():
            yield json.loads(line)
        elif path.suffix == ".txt" and line and not line.startswith("#"):
            source, _, template = line.replace("\\n", "\n").partition("|")
            text, spans, position = "", [], 0
            for slot in re.finditer(r"\{([A-Z]+):([^{}]*)\}", template):
                text += template[position : slot.start()]
                label, value, position = slot[1], slot[2], slot.end()
                spans.append({"start": len(text), "end": len(text) + len(value), "label": label})
                text += value
            text += template[position:]
            yield {"id": number, "text": text, "spans": spans, "source": source}


def misses_bar(folder: str, figures: dict[str, Any]) -> bool:
    """Say whether a set's bar is missed, and print it."""
    if folder not in BARS:
        return False
    found, taken = BARS[folder]
    missed = figures["recall"].get("ALL", 1) < found or figures["over"] > taken
    print(f"  bar: recall {found}, over-redaction {taken}: {'MISSED' if missed else 'met'}")
    return missed


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure redaction.")
    parser.add_argument("notes", type=Path, nargs="*", default=SETS)
    parser.add_argument("--strength", choices=("light", "standard", "strict"), default="standard")
    parser.add_argument("--others", action="store_true", help="also measure Presidio and scrubadub")
    parser.add_argument(
        "--system",
        choices=("ours", *OTHERS),
        default="ours",
        help="measure one of them in this very environment",
    )
    parser.add_argument("--language", help="read all notes in it; else each says its own")
    arguments = parser.parse_args()
    missed = False
    for number, path in enumerate(arguments.notes):
        notes = list(read(path))
        print(f"\n{path.parent.name}/{path.name}: {len(notes)} notes")
        how = {"language": arguments.language, "strength": arguments.strength}
        figures = measure(arguments.system, notes, None, **how)
        show(arguments.system, figures, is_first=number == 0)
        if arguments.system == "ours" and arguments.strength == "standard":
            missed |= misses_bar(path.parent.name, figures)
        lists = path.parent / "lists.json"
        if lists.is_file() and arguments.system == "ours":
            show(WITH_LISTS, measure("ours", notes, lists, **how))
    if arguments.others:
        sys.stdout.flush()
        in_throwaway_environment(arguments.notes)
    sys.exit(missed)


if __name__ == "__main__":
    main()
