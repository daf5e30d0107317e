"""Sheets put together anew, so that there are enough of them to measure by.

`python benchmarks/composed.py --hands FOLDER [--part 0/2] [--fonts FOLDER] [--sheets N] [--staff]
[--language de]`

Telephone numbers and mail addresses are composed sign by sign from the pen strokes of one writer
each (FOLDER as for `drawings.py`; a writer counts whose signs stand apart), and, with `--fonts`,
in fonts that imitate a hand, bent and slanted at random; so are names and plain words. An "@" is
the writer's own, or an "a" of theirs in a ring, as many make it. `--part` takes every second
writer, every second font, and of a language given every second name, so that who chooses does not
judge.
"""

import argparse
import gzip
import json
import math
import random
import string
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
from composed_words import DOMAINS, FAMILY, GIVEN, PLAIN
from PIL import Image, ImageDraw, ImageFont

from redact import LocalLists
from redact.pictures.drawing import find_writing

WIDTH, HEIGHT = 1280, 960
PENS = ["#1c2f33", "#1e3ca0", "#aa2828", "#1e6e32", "#6a2c91"]
RINGED = 0.6  # of the "@" of writers who have an "a" are put together
HEIGHTS = {"small": 34, "middle": 60, "big": 100, "huge": 160}

Stroke = list[tuple[float, float]]


@dataclass(frozen=True)
class Said:
    """What sheets say: kinds of detail to choose from, names, plain words."""

    kinds: list[str]
    names: list[str]
    plain: list[str]


@dataclass
class Sheet:
    """A picture, and the ink of each thing written on it."""

    ink: list[np.ndarray] = field(default_factory=list)
    items: list[tuple[str, str, str]] = field(default_factory=list)  # kind, size, text
    pixels: np.ndarray = field(default_factory=lambda: np.full((HEIGHT, WIDTH, 3), 255, np.uint8))

    def paint(self, item: tuple[str, str, str], grey: np.ndarray, pen: str) -> None:
        """Add an item by how dark each pixel is, 0 to 255."""
        colour = np.array([int(pen[at : at + 2], 16) for at in (1, 3, 5)], np.float32)
        share = grey[..., None].astype(np.float32) / 255
        self.pixels = (self.pixels * (1 - share) + colour * share).astype(np.uint8)
        if item[0]:
            self.items.append(item)
            self.ink.append(grey > 96)


def signs_of(row: dict) -> dict[str, list[list[Stroke]]]:
    """Return how one writer writes each sign of a detail, where its signs stand apart."""
    found: dict[str, list[list[Stroke]]] = defaultdict(list)
    for item in (each for each in row["items"] if each["role"] == "detail" and each["box"]):
        left, top, right, bottom = item["box"]
        strokes = [
            [(x, y) for x, y, _ in each["points"]] for each in row["strokes"]
            if left - 3 <= middle(each["points"], 0) <= right + 3
            and top - 3 <= middle(each["points"], 1) <= bottom + 3
        ]  # fmt: skip
        groups: list[list[Stroke]] = []
        reach = -1.0
        for stroke in sorted(strokes, key=lambda each: min(x for x, _ in each)):
            if not groups or min(x for x, _ in stroke) > reach:
                groups.append([])
            groups[-1].append(stroke)
            reach = max(reach, *(x for x, _ in stroke))
        text = item["text"].replace(" ", "")
        if len(groups) != len(text) or top < 2:
            continue
        high = bottom - top
        for sign, group in zip(text, groups, strict=True):
            start = min(x for stroke in group for x, _ in stroke)
            found[sign].append(
                [[((x - start) / high, (y - bottom) / high) for x, y in each] for each in group]
            )
    return found


def ringed(chance: random.Random, letter: list[Stroke]) -> list[Stroke]:
    """Return an "@": a letter of the writer's in an open ring that goes on from its end."""
    wide = max(x for stroke in letter for x, _ in stroke) or 1.0
    high = -min(y for stroke in letter for _, y in stroke) or 1.0
    size = chance.uniform(0.32, 0.5)
    inner = [
        [(0.5 + (x / wide - 0.5) * size, -0.42 + (y / high + 0.5) * size) for x, y in stroke]
        for stroke in letter
    ]
    across, down = chance.uniform(0.38, 0.55), chance.uniform(0.4, 0.58)
    begin, end = chance.uniform(-0.2, 0.5), chance.uniform(4.4, 6.1)
    ring = [
        (0.5 + across * math.cos(begin - turn), -0.42 + down * math.sin(begin - turn))
        for turn in np.linspace(0.0, end, 28)
    ]
    tail = [inner[-1][-1]] if chance.random() < 0.6 else []
    left = min(x for x, _ in ring)
    return [[(x - left, y) for x, y in stroke] for stroke in (*inner, [*tail, *ring])]


def middle(points: list, axis: int) -> float:
    own = [point[axis] for point in points]
    return (min(own) + max(own)) / 2


def number(chance: random.Random, digits: str) -> str:
    """Return a telephone number of some of the digits."""
    shape = chance.choice(["5 6", "4 7", "3 4", "4 3 4", "5 3 3", "3 3 4", "4 4 4"])
    blocks = ["".join(chance.choice(digits) for _ in range(int(each))) for each in shape.split()]
    return chance.choice([" ", " ", "-" if "-" in digits else " ", ""]).join(blocks)


def address(chance: random.Random, signs: set[str]) -> str | None:
    """Return a mail address that the signs spell."""
    known = f"{GIVEN['en']} {FAMILY['en']}".lower().split()
    names = [each for each in known if set(each) <= signs]
    domains = [each for each in DOMAINS if set(each) <= signs]
    letters = sorted(signs & set(string.ascii_lowercase))
    if not domains or len(letters) < 4:
        return None
    name = chance.choice(names) if names and chance.random() < 0.6 else "".join(
        chance.choice(letters) for _ in range(chance.randint(4, 7)))  # fmt: skip
    if chance.random() < 0.5:
        name = f"{chance.choice(letters)}.{name}"
    return f"{name}@{chance.choice(domains)}"


def in_strokes(chance: random.Random, text: str, signs: dict, high: int) -> np.ndarray | None:
    """Return how dark each pixel is of a text in a writer's own signs, `high` pixels high."""
    grey = np.zeros((HEIGHT, WIDTH), np.uint8)
    lines, at = [], 0.0
    for sign in text:
        if sign == " ":
            at += chance.uniform(0.3, 0.7)
            continue
        group = chance.choice(signs[sign])
        if sign == "@" and "a" in signs and chance.random() < RINGED:
            group = ringed(chance, chance.choice(signs["a"]))
        lines += [[(at + x, y) for x, y in stroke] for stroke in group]
        at += max(x for stroke in group for x, _ in stroke) + chance.uniform(0.08, 0.3)
    high = min(high, int((WIDTH - 60) / at))
    x0 = chance.uniform(20, WIDTH - 30 - at * high)
    y0, slant = chance.uniform(high + 20, HEIGHT - 60), chance.uniform(-0.05, 0.05)
    wide = max(3, round(high * chance.uniform(0.05, 0.11)))
    for line in lines:
        places = np.array([(x0 + x * high, y0 + y * high + slant * x * high) for x, y in line])
        if places[:, 1].max() > HEIGHT - 5 or places[:, 1].min() < 5:
            return None
        cv2.polylines(grey, [np.round(places * 8).astype(np.int32)], False, 255, wide,  # noqa: FBT003 - OpenCV's own

                      cv2.LINE_AA, shift=3)  # fmt: skip
    return grey


def in_font(chance: random.Random, text: str, font: Path, high: int) -> np.ndarray | None:
    """Return the same in a font, its letters bent and slanted as in a quick hand."""
    face = ImageFont.truetype(str(font), round(high * 1.3))
    across = face.getlength(text)
    if across > WIDTH - 80:
        face = ImageFont.truetype(str(font), round(high * 1.3 * (WIDTH - 90) / across))
        across = face.getlength(text)
    left, top, right, bottom = face.getbbox(text)
    if bottom - top > HEIGHT - 120 or right - left > WIDTH - 40:
        return None
    layer = Image.new("L", (WIDTH, HEIGHT), 0)
    x = chance.uniform(20, max(21.0, WIDTH - 20 - right))
    y = chance.uniform(30, HEIGHT - 30 - (bottom - top)) - top
    ImageDraw.Draw(layer).text((x, y), text, font=face, fill=255)
    grey = np.asarray(layer.rotate(chance.uniform(-5, 5), Image.Resampling.BICUBIC))
    noise = np.random.default_rng(chance.randrange(1 << 30))
    coarse = (3 * HEIGHT // high + 2, 3 * WIDTH // high + 2)  # a bend for each third of a letter
    ways = [
        cv2.resize(noise.normal(0, high * 0.045, coarse).astype(np.float32), (WIDTH, HEIGHT),
                   interpolation=cv2.INTER_CUBIC)
        for _ in range(2)
    ]  # fmt: skip
    rows, columns = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    bent = cv2.remap(grey, columns + ways[0], rows + ways[1], cv2.INTER_LINEAR)
    thick = chance.choice([1, 1, 2, 3]) if high > 50 else 1
    return cv2.dilate(bent, np.ones((thick, thick), np.uint8))


def sheets(
    rows: list[dict], fonts: list[Path], said: Said, *, count: int, seed: int
) -> Iterator[Sheet]:
    """Yield sheets of one detail by one hand each, some plain words and a doodle."""
    hands = [(row["id"], signs_of(row)) for row in rows if row["kind"] in {"phone", "email"}]
    numbers = [(name, each) for name, each in hands if len(set(each) & set(string.digits)) > 3]
    mails = [(name, each) for name, each in hands if "@" in each]
    doodles = [row for row in rows if row["kind"] == "sketch"]
    for at in range(count):
        chance = random.Random(seed * 100_000 + at)  # noqa: S311
        size = chance.choice(list(HEIGHTS))
        high, pen = HEIGHTS[size], chance.choice(PENS)
        made = Sheet()
        if doodles and chance.random() < 0.6:
            made.paint(("", "", ""), doodle(chance, chance.choice(doodles)), chance.choice(PENS))
        kind = chance.choice(said.kinds)
        grey, text = None, None
        font = chance.choice(fonts) if fonts else None
        while grey is None:
            if kind == "number in strokes":
                _, signs = chance.choice(numbers)
                text = number(chance, "".join(sorted(set(signs) & set(string.digits))))
                grey = in_strokes(chance, text, signs, high)
            elif kind == "address in strokes":
                _, signs = chance.choice(mails)
                text = address(chance, set(signs))
                grey = in_strokes(chance, text, signs, high) if text else None
            else:
                text = {"number": number(chance, string.digits),
                        "address": address(chance, {*string.ascii_lowercase, *".@"}),
                        "name": chance.choice(said.names)}[kind.split()[0]]  # fmt: skip
                grey = in_font(chance, text, font, high)
        made.paint((kind, size, text), grey, pen)
        taken = grey > 0
        for _ in range(chance.randint(1, 3) if fonts else 0):
            word = chance.choice(said.plain)
            if chance.random() < 0.3:
                word = word.capitalize()
            for _try in range(6):
                other = in_font(chance, word, font, min(high, 100))
                if other is not None and not near(other, taken):
                    made.paint(("plain word", size, word), other, pen)
                    taken |= other > 0
                    break
        yield made


def words_said(language: str | None, *, at: int, parts: int, has_fonts: bool) -> Said:
    """Return what is said in a language; without one details of all kinds, and English words."""
    if language:
        names = f"{GIVEN[language]} {FAMILY[language]}".split()[at::parts]
        return Said(["name in fonts"], names, PLAIN[language].split()[at::parts])
    in_fonts = ["number in fonts", "address in fonts", "name in fonts", "name in fonts"]
    return Said(
        ["number in strokes", "address in strokes", *in_fonts * has_fonts],
        f"{GIVEN['en']} {FAMILY['en']}".split(),
        PLAIN["en"].split(),
    )


def spells(font: Path, language: str) -> bool:
    """Tell whether a font has all letters of a language's words."""
    face = ImageFont.truetype(str(font), 40)
    absent = bytes(face.getmask("\uffff"))
    letters = set(f"{GIVEN[language]} {FAMILY[language]} {PLAIN[language]}") - {" "}
    return all(bytes(face.getmask(each)) not in {absent, b""} for each in letters)


def near(grey: np.ndarray, taken: np.ndarray) -> bool:
    """Tell whether the box round some ink holds other ink."""
    rows, columns = np.nonzero(grey)
    return not len(rows) or bool(
        taken[
            max(0, rows.min() - 12) : rows.max() + 12,
            max(0, columns.min() - 25) : columns.max() + 25,
        ].any()
    )


def doodle(chance: random.Random, row: dict) -> np.ndarray:
    grey = np.zeros((HEIGHT, WIDTH), np.uint8)
    for stroke in row["strokes"]:
        places = np.array([(x, y) for x, y, _ in stroke["points"]]) * 8
        cv2.polylines(grey, [places.astype(np.int32)], False, 255, chance.randint(4, 9),  # noqa: FBT003

                      cv2.LINE_AA, shift=3)  # fmt: skip
    return grey


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hands", type=Path, required=True)
    parser.add_argument("--part", default="0/2", help="1/2: every second writer and font")
    parser.add_argument("--fonts", type=Path, help="a folder; fonts in folders inside it, too")
    parser.add_argument("--staff", action="store_true", help="all names are on the staff list")
    parser.add_argument("--language", choices=[each for each in GIVEN if each != "en"],
                        help="names and plain words of it alone, in fonts")  # fmt: skip
    parser.add_argument("--kinds", help="of detail, by commas; else all")
    parser.add_argument("--sheets", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    at, parts = (int(each) for each in arguments.part.split("/"))
    with gzip.open(arguments.hands.parent / "hands.jsonl.gz", "rt") as file:
        rows = [json.loads(line) for line in file]
    rows = rows[at::parts]
    fonts = [each for pattern in ("*.?tf", "*-latin-400-normal.woff")
             for each in (arguments.fonts.rglob(pattern) if arguments.fonts else ())]  # fmt: skip
    fonts = sorted(fonts, key=lambda each: each.name)[at::parts]
    if arguments.language:
        fonts = [each for each in fonts if spells(each, arguments.language)]
    if arguments.language and not fonts:
        parser.error("none of these fonts has all letters of this language")
    said = words_said(arguments.language, at=at, parts=parts, has_fonts=bool(fonts))
    if arguments.kinds:
        said = replace(said, kinds=arguments.kinds.split(","))
    lists = LocalLists(staff=tuple(said.names) if arguments.staff else ())
    total, covered, offered = Counter(), Counter(), Counter()
    for made in sheets(rows, fonts, said, count=arguments.sheets, seed=arguments.seed):
        found = find_writing(made.pixels, lists=lists)
        sure, either = mask(found.covered), mask([*found.covered, *found.unread])
        for (kind, size, _), ink in zip(made.items, made.ink, strict=True):
            for each in (kind, f"{kind}, {size}"):
                least = 0.5 if kind == "plain word" else 0.9
                total[each] += 1
                covered[each] += (ink & sure).sum() > least * ink.sum()
                offered[each] += (ink & either).sum() > least * ink.sum()
    for kind, count in sorted(total.items()):
        print(
            f"{kind} ({count}): covered {covered[kind] / count:.2f},"
            f" or offered {offered[kind] / count:.2f}"
        )


def mask(boxes: list) -> np.ndarray:
    """Return which pixels lie in some box."""
    inside = np.zeros((HEIGHT, WIDTH), bool)
    for x, y, width, height in boxes:
        inside[y : y + height, x : x + width] = True
    return inside


if __name__ == "__main__":
    main()
