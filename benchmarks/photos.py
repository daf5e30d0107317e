"""How well sheets are found on made-up photographs: `python benchmarks/photos.py [--sheets N]`.

Each is 1600 x 1200: a sheet with writing on a table, in one of the ways that make it hard. It is
found where less than 4 % of the sheet are lost and less than 4 % of what comes out lie beside it;
cut wrongly where neither; else the photograph comes whole, and the preview says so. `--part 1/2`
takes other tables than `--part 0/2`, so that who chooses does not judge.
"""

import argparse
import random
from collections import Counter

import cv2
import numpy as np

from capture import paper

WIDTH, HEIGHT = 1600, 1200
WAYS = ["plain", "shadow", "two shadows", "curled", "low light", "steep", "two sheets", "badge",
        "crumpled", "filled", "touches the rim", "thumb"]  # fmt: skip
TABLES = ["wood", "dark", "checked cloth", "grey", "pale wood", "planks", "blue cloth", "carpet",
          "green", "speckled stone"]  # fmt: skip


def table(kind: str, noise: np.random.Generator) -> np.ndarray:
    """Return a table of shape (HEIGHT, WIDTH, 3)."""
    across = np.arange(WIDTH)[None, :, None]
    down = np.arange(HEIGHT)[:, None, None]
    grain = noise.normal(0, 1, (HEIGHT, WIDTH, 1)).astype(np.float32)
    flat = {
        "wood": (120, 84, 60),
        "dark": (38, 38, 44),
        "grey": (110, 110, 112),
        "pale wood": (182, 160, 134),
        "blue cloth": (52, 74, 120),
        "green": (60, 95, 70),
    }
    if kind in flat:
        base = np.array(flat[kind], np.float32) + 9 * grain
        if "wood" in kind:
            base = base + 8 * np.sin(down / 23 + 2 * np.sin(across / 300))
    elif kind == "checked cloth":
        square = ((across // 90 + down // 90) % 2).astype(np.float32)
        base = (
            np.array((200, 60, 60)) * square + np.array((215, 205, 200)) * (1 - square) + 6 * grain
        )
    elif kind == "planks":
        plank = (down // 170) % 3
        base = np.array((140, 105, 75)) + 14 * plank - 70 * (down % 170 < 5) + 8 * grain
    elif kind == "carpet":
        base = np.array((95, 80, 100)) + 28 * cv2.GaussianBlur(grain, (0, 0), 2)[..., None] * 3
    else:
        blots = cv2.GaussianBlur(grain, (0, 0), 5)[..., None]
        base = np.array((128, 126, 122)) + 300 * blots + 8 * grain
    return np.broadcast_to(base, (HEIGHT, WIDTH, 3)).clip(0, 255).astype(np.float32)


def sheet(chance: random.Random, *, filled: bool) -> np.ndarray:
    """Return a sheet with words, shapes, and lines or squares on it."""
    size = chance.choice([(1000, 700), (700, 1000), (990, 700)])
    colour = chance.choice([(244, 242, 238), (240, 234, 220), (250, 244, 190), (228, 236, 244)])
    made = np.full((size[1], size[0], 3), colour, np.uint8)
    ruled = chance.choice(["", "", "lines", "squares"])
    for at in range(40, max(size), 40):
        if ruled:
            cv2.line(made, (0, at), (size[0], at), (170, 190, 220), 2)
        if ruled == "squares":
            cv2.line(made, (at, 0), (at, size[1]), (170, 190, 220), 2)
    pens = [(25, 30, 90), (20, 20, 20), (200, 60, 40), (30, 120, 60)]
    for _ in range(chance.randint(2, 6)):
        place = chance.randint(40, size[0] - 350), chance.randint(80, size[1] - 40)
        words, pen = chance.choice(["canteen", "too cold", "more light"]), chance.choice(pens)
        cv2.putText(made, words, place, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2, pen, 4, cv2.LINE_AA)
    for _ in range(chance.randint(0, 3) + 4 * filled):
        place = chance.randint(100, size[0] - 100), chance.randint(100, size[1] - 100)
        cv2.circle(made, place, chance.randint(40, 150 + 90 * filled), chance.choice(pens),
                   -1 if filled else 6, cv2.LINE_AA)  # fmt: skip
    return made


def corners(chance: random.Random, way: str, size: tuple[int, int]) -> np.ndarray:
    """Return where the corners of a sheet lie on the photograph, clockwise."""
    room = (0.62, 0.8) if way != "two sheets" else (0.42, 0.5)
    scale = chance.uniform(*room) * min(WIDTH / size[0], HEIGHT / size[1])
    half = np.array(size) * scale / 2
    flat = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    turn = np.radians(chance.uniform(-18, 18))
    flat = flat @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    lean = chance.uniform(0.35, 0.6) if way == "steep" else chance.uniform(0, 0.15)
    depth = 1 - lean * flat[:, 1:] / HEIGHT
    flat = flat / depth * (0.85 if way == "steep" else 1)
    centre = np.array((WIDTH / 2 + chance.uniform(-60, 60), HEIGHT / 2 + chance.uniform(-40, 40)))
    if way == "two sheets":
        centre[0] = WIDTH * 0.3
    if way == "touches the rim":
        centre[0] += WIDTH * 0.02 - (flat[:, 0] + centre[0]).min()
    return (flat + centre).astype(np.float32)


def photograph(chance: random.Random, way: str, tables: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return a photograph, and which of its pixels are the sheet's."""
    noise = np.random.default_rng(chance.randrange(1 << 30))
    seen = table(chance.choice(tables), noise).copy()
    own = np.zeros((HEIGHT, WIDTH), np.float32)
    made = sheet(chance, filled=way == "filled")
    size = made.shape[1::-1]
    lie = corners(chance, way, size)
    if way == "badge":
        x = chance.choice([20, WIDTH - 320])
        y = chance.choice([20, HEIGHT - 200])
        label = np.full((180, 300, 3), (238, 238, 240), np.uint8)
        cv2.putText(label, "T. OKAFOR", (20, 100), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (160, 0, 0), 4)
        seen[y : y + 180, x : x + 300] = label
    if way == "two sheets":
        other = sheet(chance, filled=False)
        beside = corners(chance, way, other.shape[1::-1])
        beside = (beside - beside.mean(0)) * 0.8
        beside = np.add(beside, (WIDTH - 40 - beside[:, 0].max(), HEIGHT / 2))
        lay(seen, np.zeros_like(own), other, beside.astype(np.float32), 0)
    bend = chance.uniform(0.02, 0.05) * chance.choice([-1, 1]) if way == "curled" else 0.0
    lay(seen, own, made, lie, bend)
    light = light_of(chance, noise, way)
    seen = seen * light[..., None]
    if way == "thumb":
        at = lie[3] * 0.7 + lie[2] * 0.3
        cv2.ellipse(seen, (int(at[0]), int(at[1]) + 60), (55, 120), 10, 0, 360, (205, 150, 125), -1)
    if way == "low light":
        seen = seen * 0.3 + noise.normal(0, 9, seen.shape)
    seen = cv2.GaussianBlur(seen, (0, 0), 1.1) + noise.normal(0, 3, seen.shape)
    packed = cv2.imencode(
        ".jpg", seen.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 80]
    )[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_UNCHANGED)), own > 0.5


def lay(seen: np.ndarray, own: np.ndarray, made: np.ndarray, lie: np.ndarray, bend: float) -> None:
    """Paint a sheet on the photograph, with its shadow; bent, its long edges are bows."""
    high, wide = made.shape[:2]
    rim = round(abs(bend) * high) + 1
    roomy = cv2.copyMakeBorder(made, rim, rim, 0, 0, cv2.BORDER_CONSTANT)
    mask = cv2.copyMakeBorder(
        np.ones((high, wide), np.float32), rim, rim, 0, 0, cv2.BORDER_CONSTANT
    )
    rows, columns = np.mgrid[: high + 2 * rim, :wide].astype(np.float32)
    bow = bend * high * np.sin(np.pi * columns / wide)
    shade = 1 + 3 * bend * np.cos(np.pi * columns / wide)
    roomy = cv2.remap(roomy, columns, rows + bow, cv2.INTER_LINEAR) * shade[..., None]
    mask = cv2.remap(mask, columns, rows + bow, cv2.INTER_LINEAR)
    flat = np.array([(0, rim), (wide, rim), (wide, high + rim), (0, high + rim)], np.float32)
    view = cv2.getPerspectiveTransform(flat, lie)
    roomy = cv2.warpPerspective(roomy, view, (WIDTH, HEIGHT))
    mask = cv2.warpPerspective(mask, view, (WIDTH, HEIGHT))
    dark = cv2.GaussianBlur(np.roll(mask, (6, 8), (0, 1)), (0, 0), 7)
    seen *= 1 - 0.35 * dark[..., None]
    seen[:] = seen * (1 - mask[..., None]) + roomy * mask[..., None]
    own[:] = np.maximum(own, mask)


def light_of(chance: random.Random, noise: np.random.Generator, way: str) -> np.ndarray:
    """Return how much light falls on each pixel."""
    turn = chance.uniform(0, 2 * np.pi)
    across, down = np.linspace(-1, 1, WIDTH)[None, :], np.linspace(-1, 1, HEIGHT)[:, None]
    light = 0.82 + 0.15 * (np.cos(turn) * across + np.sin(turn) * down)
    for _ in range({"shadow": 1, "two shadows": 2}.get(way, 0)):
        turn = chance.uniform(0, 2 * np.pi)
        edge = np.cos(turn) * across + np.sin(turn) * down + chance.uniform(-0.3, 0.3)
        soft = chance.uniform(0.02, 0.12)
        light = light * (1 - chance.uniform(0.35, 0.6) / (1 + np.exp(-edge / soft)))
    if way == "crumpled":
        folds = cv2.resize(noise.normal(0, 0.09, (10, 13)).astype(np.float32), (WIDTH, HEIGHT),
                           interpolation=cv2.INTER_LINEAR)  # fmt: skip
        light = light + folds
    return light.astype(np.float32)


def verdict(seen: np.ndarray, own: np.ndarray) -> str:
    found = paper.find_sheet(seen)
    if found is None:
        return "whole"
    cut = np.zeros(own.shape, np.uint8)
    cv2.fillPoly(cut, [np.round(np.array(found)).astype(np.int32)], 1)
    lost = (own & (cut == 0)).sum() / own.sum()
    beside = ((cut > 0) & ~own).sum() / max(1, cut.sum())
    return "found" if lost < 0.04 and beside < 0.04 else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=10, help="in each way")
    parser.add_argument("--part", default="0/2", help="1/2: every second table from the second on")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    at, parts = (int(each) for each in arguments.part.split("/"))
    every: Counter[str] = Counter()
    for way in WAYS:
        count: Counter[str] = Counter()
        for number in range(arguments.sheets):
            chance = random.Random(f"{arguments.seed} {way} {number}")  # noqa: S311
            count[verdict(*photograph(chance, way, TABLES[at::parts]))] += 1
        print(
            f"{way}: " + ", ".join(f"{name} {count[name]}" for name in ("found", "whole", "wrong"))
        )
        every += count
    print("all: " + ", ".join(f"{name} {every[name]}" for name in ("found", "whole", "wrong")))


if __name__ == "__main__":
    main()
