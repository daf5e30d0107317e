"""Training notes from templates: slots filled, sentences joined, capitals dropped.

A template is a line of the notes' markup in which `{P}` and the like stand for a value to invent.
A labelled note becomes a template, too, when other values take the place of its own.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from training.fillers import Filler

TEMPLATES = Path(__file__).parent / "templates"
SLOT = re.compile(r"\{([A-Z]+)(?::([^{}]*))?\}")
KIND_OF = {
    "P": "PERSON",
    "G": "PERSON",
    "S": "PERSON",
    "K": "PERSON",
    "X": "PERSON",
    "SPELL": "PERSON",
    "L": "LOCATION",
    "R": "LOCATION",
    "H": "LOCATION",
    "O": "ORG",
    "T": "ORG",
    "J": "ROLE",
    "E": "EMAIL",
    "N": "PHONE",
    "A": "ADDRESS",
    "D": "DATE",
    "Y": "AGE",
    "I": "ID",
    "U": "USERNAME",
    "W": "URL",
}
SLOT_OF = {
    "PERSON": "P",
    "LOCATION": "L",
    "ORG": "O",
    "ROLE": "J",
    "EMAIL": "E",
    "PHONE": "N",
    "ADDRESS": "A",
    "DATE": "D",
    "AGE": "Y",
    "ID": "I",
    "USERNAME": "U",
    "URL": "W",
}
_FILLERS = ("um,", "uh,", "er,", "um", "uh", "like,", "you know,", "erm,")


@dataclass(frozen=True, slots=True)
class Made:
    """A text and its labelled ranges."""

    text: str
    spans: tuple[tuple[int, int, str], ...]

    def lowered(self) -> "Made":
        """Return the note as someone types it who uses no capitals."""
        lowered = self.text.lower()
        return replace(self, text=lowered) if len(lowered) == len(self.text) else self

    def raised(self) -> "Made":
        """Return the note in capitals."""
        raised = self.text.upper()
        return replace(self, text=raised) if len(raised) == len(self.text) else self

    def without(self, characters: str) -> "Made":
        """Return the note without some characters."""
        made = self
        for offset in reversed([i for i, c in enumerate(self.text) if c in characters]):
            made = made.spliced(offset, offset + 1, "")
        return made

    def spliced(self, start: int, end: int, new: str) -> "Made":
        """Return the note with a range replaced that is in no span, or wholly in one."""
        shift = len(new) - (end - start)
        spans = tuple(
            (a + shift if a >= end else a, b + shift if b >= end else b, k)
            for a, b, k in self.spans
        )
        return Made(self.text[:start] + new + self.text[end:], spans)


def fill(template: str, filler: Filler, *, spoken: bool, keep: float = 0.0) -> Made:
    """Return a template with its slots filled; a labelled value stays with probability `keep`."""
    text, spans, position = "", [], 0
    for slot in SLOT.finditer(template):
        text += template[position : slot.start()].replace("\\n", "\n")
        name, own = slot[1], slot[2]
        kind = KIND_OF.get(name, name)
        if own is not None and (name not in SLOT_OF or filler.chance(keep)):
            value = own
        else:
            value = filler.makers[_slot(name, text, own, filler)](spoken)
        spans.append((len(text), len(text) + len(value), kind))
        text += value
        position = slot.end()
    return Made(text + template[position:].replace("\\n", "\n"), tuple(spans))


_FORMS = (
    (
        "LOCATION",
        "R",
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b|[Rr]oom|[Ww]ard",
    ),
    ("LOCATION", "H", r" (?:House|Lodge|Court|Hall|depot|Works|terminus)$"),
    ("ORG", "T", r"(?i)team|crew|project|squad|shift"),
)


def _slot(name: str, before: str, own: str | None, filler: Filler) -> str:
    """Return which slot fits where a labelled value stood.

    After a title a surname, for one word one word.
    """
    if own is None:
        return name
    if name == "PERSON":
        if re.search(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Cllr)\.? $", before):
            return "S"
        return "P" if " " in own else "G"
    return next((s for n, s, form in _FORMS if n == name and re.search(form, own)), SLOT_OF[name])


def hesitate(made: Made, rng: random.Random) -> Made:
    """Return the note with a hesitation here and there, as a transcript has them."""
    gaps = [
        m.start()
        for m in re.finditer(r" ", made.text)
        if not any(a < m.start() < b for a, b, _ in made.spans)
    ]
    for gap in sorted(rng.sample(gaps, min(len(gaps), rng.choice((1, 1, 2, 3)))), reverse=True):
        made = made.spliced(gap, gap + 1, f"{rng.choice(('', ','))} {rng.choice(_FILLERS)} ")
    return made


def join(first: Made, second: Made, between: str) -> Made:
    """Return two notes as one."""
    shift = len(first.text) + len(between)
    return Made(
        first.text + between + second.text,
        first.spans + tuple((a + shift, b + shift, k) for a, b, k in second.spans),
    )


def masked(made: Made, rng: random.Random) -> Made:
    """Return the note with some details replaced by placeholders, which are no details."""
    spans, text, position, kept = [], "", 0, made.spans
    for start, end, kind in kept:
        text += made.text[position:start]
        if rng.random() < 0.6:
            text += f"[PERSON {rng.randint(1, 3)}]" if kind == "PERSON" else f"[{kind}]"
        else:
            spans.append((len(text), len(text) + end - start, kind))
            text += made.text[start:end]
        position = end
    return Made(text + made.text[position:], tuple(spans))


def read(name: str) -> list[str]:
    """Return the templates of a file."""
    lines = (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def compose(rng: random.Random, count: int) -> Iterator[Made]:
    """Yield notes made from the templates."""
    filler = Filler(rng)
    people, details, more, harmless, words, spoken = (
        read(n) for n in ("people", "details", "more", "harmless", "words", "spoken")
    )
    shares = (
        (0.24, people, False),
        (0.45, details, False),
        (0.62, more, False),
        (0.76, harmless, False),
        (0.82, words, False),
        (1.0, spoken, True),
    )
    for _ in range(count):
        notes = []
        for _ in range(rng.choice((1, 1, 1, 1, 2, 2, 3))):
            roll = rng.random()
            templates, is_spoken = next((t, s) for share, t, s in shares if roll < share)
            notes.append(fill(rng.choice(templates), filler, spoken=is_spoken, keep=0.75))
        made = notes[0]
        for following in notes[1:]:
            made = join(
                made,
                following,
                rng.choice(
                    (" ", " ", "\n") if made.text[-1] in ".!?" else (". ", "\n", ", ", " - ")
                ),
            )
        yield vary(made, rng)


def vary(made: Made, rng: random.Random) -> Made:
    """Return the note as other people would have typed or said it."""
    roll = rng.random()
    if roll < 0.20:
        made = made.lowered()
    elif roll < 0.23:
        made = made.raised()
    if rng.random() < 0.10:
        made = hesitate(made, rng)
    if rng.random() < 0.08:
        made = made.without("'")
    if rng.random() < 0.12 and made.text.endswith((".", "!")):
        made = Made(made.text[:-1], made.spans)
    if rng.random() < 0.08:
        made = masked(made, rng)
    return made
