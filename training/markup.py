"""Turn notes in inline markup into JSON lines with exact offsets.

A line is `typed|` or `spoken|` and one note, with each detail written in place as
`{LABEL:its words}` and a line break as a backslash and an n. Blank lines are skipped, and so are
lines that start with `#`, which name the voice of what follows:

    typed|Ask {PERSON:Bronagh}, she has the spare key.

Run as `python -m training.markup IN.txt OUT.jsonl`; `--first` moves the numbering on, so
that two files made this way share no id.
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

LABELS = frozenset(
    {
        "PERSON",
        "EMAIL",
        "PHONE",
        "ADDRESS",
        "LOCATION",
        "ORG",
        "ROLE",
        "DATE",
        "AGE",
        "ID",
        "USERNAME",
        "URL",
    }
)
SOURCES = frozenset({"typed", "spoken"})
_DETAIL = re.compile(r"\{([^{}:]*):([^{}]*)\}")


class MarkupError(ValueError):
    """A line that is not a note in this markup; the message gives its line number."""


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """The half-open range of a detail, in code points, and what it is."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class LabelledNote:
    """A note as a person would have left it, the details in it, how it was left, and by whom."""

    text: str
    spans: tuple[LabelledSpan, ...]
    source: str
    voice: str = ""

    def as_json(self, identifier: str) -> str:
        """Return the note as one line of JSON."""
        spans = [{"start": span.start, "end": span.end, "label": span.label} for span in self.spans]
        record = {
            "id": identifier,
            "text": self.text,
            "spans": spans,
            "source": self.source,
            "voice": self.voice,
        }
        return json.dumps(record, ensure_ascii=False)


def parse_line(line: str) -> LabelledNote:
    """Read one note.

    Raises:
        MarkupError: The source or a label is unknown, a brace is stray or a detail has loose ends.
    """
    source, bar, marked = line.partition("|")
    if not bar or source not in SOURCES:
        raise MarkupError("a note starts with typed| or spoken|")
    text, spans, position = "", [], 0
    for detail in _DETAIL.finditer(marked):
        text += _plain(marked[position : detail.start()])
        label, words = detail[1], _plain(detail[2])
        if label not in LABELS:
            raise MarkupError(f"unknown label {label!r}")
        if not words or words != words.strip():
            raise MarkupError(f"a {label} is empty or has blanks round it")
        spans.append(LabelledSpan(len(text), len(text) + len(words), label))
        text += words
        position = detail.end()
    text += _plain(marked[position:])
    if not text or text != text.strip():
        raise MarkupError("the note is empty or has blanks round it")
    return LabelledNote(text, tuple(spans), source)


def parse_notes(marked: str) -> Iterator[LabelledNote]:
    """Read every note of a file's text, in order; a `MarkupError` says on which line it stopped."""
    voice = ""
    for number, line in enumerate(marked.splitlines(), start=1):
        if line.startswith("#"):
            voice = line.lstrip("# ").strip()
        if not line.strip() or line.startswith("#"):
            continue
        try:
            yield replace(parse_line(line), voice=voice)
        except MarkupError as error:
            raise MarkupError(f"line {number}: {error}") from None


def to_json_lines(marked: str, *, first: int = 1) -> str:
    """Return the notes of a file's text as JSON lines, numbered `n-0001` and on from `first`."""
    notes = enumerate(parse_notes(marked), start=first)
    return "".join(note.as_json(f"n-{number:04}") + "\n" for number, note in notes)


def _plain(marked: str) -> str:
    if "{" in marked or "}" in marked:
        raise MarkupError("a brace stands outside a detail")
    return marked.replace("\\n", "\n")


def main() -> None:
    """Convert the file named first on the command line into the one named second."""
    parser = argparse.ArgumentParser(description="Turn notes in inline markup into JSON lines.")
    parser.add_argument("marked", type=Path)
    parser.add_argument("json_lines", type=Path)
    parser.add_argument("--first", type=int, default=1, help="number of the first note")
    arguments = parser.parse_args()
    marked = arguments.marked.read_text(encoding="utf-8")
    arguments.json_lines.write_text(to_json_lines(marked, first=arguments.first), encoding="utf-8")


if __name__ == "__main__":
    main()
