"""How well details lettered into drawings are found: `./dev bench drawings [--sheets N]`.

`--slant 20` lets every line slant by so many degrees.

`--hands FOLDER [--turned N] [--part 0/2] [--staff]` measures on sheets in real hands instead: one
PNG each, and `hands.jsonl.gz` beside the folder with boxes (docs/drawings.md says where they come
from).

Sheets are drawn with fonts that imitate a hand, in several sizes, colours and slants, over sketches
and coloured paper. Each sheet names a person, a phone number or an e-mail address, and has words
that must stay. A detail counts as covered when nine tenths of its ink lie under covers.
"""

import argparse
import gzip
import json
import random
import resource
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from redact import LocalLists
from redact.pictures.drawing import find_writing

FONTS = sorted((Path(__file__).parents[1] / "tests/data/fonts").glob("*.?tf"))
NAMES = [
    "Thomas",
    "Maria Lopez",
    "Bronagh Kelly",
    "Kevin",
    "Dr Okafor",
    "Agnieszka",
    "Mohammed",
    "Aoife",
]
OTHERS = ["07700 900123", "maria.lopez@mail.org", "+44 161 496 0018", "j.smith@example.com"]
BEFORE = ["ask", "tell", "because of", "stop", "where is", "thanks to"]
AFTER = ["about the rota", "please", "is unfair", "at night", "more light", "no breaks"]
PAPERS = [(255, 255, 255), (250, 244, 220), (228, 240, 250)]
PENS = [(20, 20, 30), (30, 60, 160), (170, 40, 40), (30, 110, 60)]


@dataclass
class Sheet:
    """A picture, its detail, and where the ink of the detail and of everything else is."""

    pixels: np.ndarray
    kind: str
    detail: str
    detail_ink: np.ndarray
    other_ink: np.ndarray
    font: str


def sheet(chance: random.Random, degrees: float | None = None) -> Sheet:
    """Draw one sheet of 1200 x 900 pixels, its line slanting by so many degrees or a few."""
    font_path = chance.choice(FONTS)
    font = ImageFont.truetype(font_path, chance.choice([32, 44, 60, 80]))
    kind = chance.choice(["name", "name", "number or address"])
    detail = chance.choice(NAMES if kind == "name" else OTHERS)
    if chance.random() < 0.25:
        detail = detail.upper()
    before, after = chance.choice(BEFORE), chance.choice(AFTER)
    slant = chance.uniform(-6, 6)
    y = chance.randint(80, 560)
    at, layers = 70.0, []
    if degrees is not None:
        slant = chance.choice([-1, 1]) * degrees
        size = min(font.size, round(900 * font.size / font.getlength(f"{before} {detail} {after}")))
        font = ImageFont.truetype(font_path, size)
        at, y = 600 - font.getlength(f"{before} {detail} {after}") / 2, 410
    for words in (before, detail, after):
        if at + font.getlength(words) > 1150:
            at, y = 70.0, y + 130
        layer = Image.new("L", (1200, 900), 0)
        ImageDraw.Draw(layer).text((at, y), words, font=font, fill=255)
        layers.append(np.asarray(layer.rotate(slant)) > 96)
        at += font.getlength(words + " ")
    picture = Image.new("RGB", (1200, 900), chance.choice(PAPERS))
    pen = ImageDraw.Draw(picture)
    for _shape in range(chance.randint(0, 4)):
        corner = chance.randint(0, 1000), chance.randint(0, 750)
        size = chance.randint(60, 180)
        box = (*corner, corner[0] + size, corner[1] + size)
        draw = chance.choice([pen.ellipse, pen.rectangle])
        draw(box, outline=chance.choice(PENS), width=6)
    pixels = np.asarray(picture).copy()
    colour = chance.choice(PENS)
    for layer in layers:
        pixels[layer] = colour
    return Sheet(pixels, kind, detail, layers[1], layers[0] | layers[2], font_path.stem)


def share(ink: np.ndarray, boxes: list) -> float:
    """Return how much of the ink lies in the boxes."""
    covered = np.zeros(ink.shape, bool)
    for x, y, width, height in boxes:
        covered[y : y + height, x : x + width] = True
    return float((ink & covered).sum() / max(1, ink.sum()))


def hands(folder: Path, *, turned: int, part: str, is_staff: bool = False) -> None:
    """Measure on real hands; a detail counts as covered when nine tenths of its ink are.

    With `is_staff` each sheet's name is on the staff list, beside those of all other sheets.
    """
    at, parts = (int(each) for each in part.split("/"))
    with gzip.open(folder.parent / "hands.jsonl.gz", "rt") as file:
        rows = [json.loads(line) for line in file][at::parts]
    staff = {each["text"] for row in rows for each in row["items"] if row["kind"] == "name"
             and each["role"] == "detail"}  # fmt: skip
    lists = LocalLists(staff=tuple(sorted(staff))) if is_staff else LocalLists()
    totals, covered, offered, silent = Counter(), Counter(), Counter(), 0
    doubtless = 0
    harmless, doodles, seconds = [], [], []
    for row in rows:
        path = next(folder.glob(f"*{row['id']}.png"))
        pixels = np.asarray(Image.open(path).convert("RGB"))
        started = time.process_time()
        found = find_writing(np.rot90(pixels, turned), lists=lists)
        seconds.append(time.process_time() - started)
        sure = unturned(found.covered, pixels.shape, turned)
        either = unturned([*found.covered, *found.unread], pixels.shape, turned)
        written = np.zeros(pixels.shape[:2], bool)
        ink = np.abs(pixels.astype(int) - np.median(pixels.reshape(-1, 3), axis=0)).sum(2) > 60
        for item in (each for each in row["items"] if each["box"]):
            left, top, right, bottom = item["box"]
            written[top:bottom, left:right] = True
            own = np.zeros_like(ink)
            own[top:bottom, left:right] = ink[top:bottom, left:right]
            if item["role"] != "detail":
                harmless.append((own & sure).sum() / max(1, own.sum()) > 0.5)
            elif own.sum() > 200:  # some sheets have their detail beyond the edge
                for kind in (row["kind"], f"  {row['kind']}, {row['tags']['size']}"):
                    totals[kind] += 1
                    covered[kind] += (own & sure).sum() / own.sum() > 0.9
                    offered[kind] += (own & either).sum() / own.sum() > 0.9
                silent += not either.any()
                doubtless += not either.any() and not found.is_doubtful
        doodle = ink & ~written
        if doodle.sum() > 200:
            doodles.append((doodle & sure).sum() / doodle.sum())
    for kind, count in sorted(totals.items(), key=lambda each: each[0].lstrip()):
        print(
            f"{kind} ({count}): covered {covered[kind] / count:.2f},"
            f" or offered {offered[kind] / count:.2f}"
        )
    print(f"harmless words covered {np.mean(harmless):.3f}, doodle ink {np.mean(doodles):.3f}")
    print(f"details on sheets without a cover or an offer: {silent}, without a doubt: {doubtless}")
    slowest = max(seconds[1:], default=0.0)  # the first one loads the models
    print(f"processor seconds a sheet: median {statistics.median(seconds):.2f}, most {slowest:.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process: {peak:.0f} MB")


def unturned(boxes: list, shape: tuple[int, ...], turned: int) -> np.ndarray:
    """Return where boxes of a turned picture lie in the upright one."""
    mask = np.zeros(shape[:2][::-1] if turned % 2 else shape[:2], bool)
    for x, y, width, height in boxes:
        mask[y : y + height, x : x + width] = True
    return np.rot90(mask, -turned)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hands", type=Path)
    parser.add_argument("--staff", action="store_true", help="each name is on the staff list")
    parser.add_argument("--turned", type=int, default=0, help="quarter turns")
    parser.add_argument("--part", default="0/1", help="2/5: every fifth sheet from the third on")
    parser.add_argument("--sheets", type=int, default=100)
    parser.add_argument("--slant", type=float, help="degrees; else up to six")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    if arguments.hands:
        how = {"turned": arguments.turned, "part": arguments.part}
        hands(arguments.hands, **how, is_staff=arguments.staff)
        return
    staff = LocalLists(staff=tuple(name for name in NAMES))
    covered, offered, total, by_font = Counter(), Counter(), Counter(), Counter()
    fonts, lost, seconds, listed = Counter(), [], [], 0
    in_sight: list[float] = []
    find_writing(np.full((60, 60, 3), 255, np.uint8))
    find_writing(sheet(random.Random(0)).pixels)  # noqa: S311 - the first one loads the models
    for number in range(arguments.sheets):
        made = sheet(random.Random(arguments.seed * 100_000 + number), arguments.slant)  # noqa: S311
        started = time.perf_counter()
        found = find_writing(made.pixels)
        seconds.append(time.perf_counter() - started)
        total[made.kind] += 1
        fonts[made.font] += 1
        is_covered = share(made.detail_ink, found.covered) > 0.9
        covered[made.kind] += is_covered
        by_font[made.font] += is_covered
        in_sight.append(1 - share(made.detail_ink, [*found.covered, *found.unread]))
        is_safe = is_covered or share(made.detail_ink, [*found.covered, *found.unread]) > 0.9
        offered[made.kind] += is_safe
        lost.append(share(made.other_ink, found.covered))
        if made.kind == "name":
            listed += share(made.detail_ink, find_writing(made.pixels, lists=staff).covered) > 0.9
    for kind, count in total.items():
        print(
            f"{kind}: covered {covered[kind]}/{count}, covered or offered {offered[kind]}/{count}"
        )
    print(f"name, with the staff list: covered {listed}/{total['name']}")
    for font, count in sorted(fonts.items()):
        print(f"  {font}: {by_font[font]}/{count}")
    print(
        f"ink of a detail left in sight: {statistics.mean(in_sight):.1%}, most {max(in_sight):.1%}"
    )
    print(f"ink of other words covered needlessly: {statistics.mean(lost):.1%} on average")
    print(f"seconds a sheet: median {statistics.median(seconds):.2f}, slowest {max(seconds):.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
