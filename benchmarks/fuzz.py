"""Throw mutated recordings and drawings at the decoders: `./dev fuzz [drawings|sound] [--count N]`.

Every result must be a value or one of our own refusals, within ten seconds; anything else is
printed with the seed that makes it again.
"""

import argparse
import io
import random
import struct
import subprocess
import sys
import time
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, PngImagePlugin

from capture import drawing
from capture.errors import CaptureError

LONGEST_SECONDS = 10.0


def seeds() -> list[bytes]:
    """One small PNG of each sort, with packed text and a colour profile."""
    image = Image.new("RGB", (160, 120), "white")
    ImageDraw.Draw(image).line((10, 10, 150, 110), fill="red", width=6)
    info = PngImagePlugin.PngInfo()
    info.add_text("note", "x" * 200, zip=True)
    made = []
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        out = io.BytesIO()
        image.convert(mode).save(out, "PNG", pnginfo=info, icc_profile=bytes(200))
        made.append(out.getvalue())
    deep = io.BytesIO()
    Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257).save(deep, "PNG")
    frames = io.BytesIO()
    image.save(frames, "PNG", save_all=True, append_images=[image.rotate(9)])
    return [*made, deep.getvalue(), frames.getvalue()]


def mutated(chance: random.Random, untouched: bytes) -> bytes:
    """Damage a drawing; in two of three the checksums are right, so that the decoder is reached."""
    if chance.random() < 1 / 3:
        return scratched(chance, untouched)
    chunks = [(name, chunk[8:-4]) for name, chunk in drawing._chunks(untouched)]  # noqa: SLF001
    victim = chance.randrange(len(chunks))
    name, body = chunks[victim]
    if name == b"IDAT" and chance.random() < 0.5:
        body = zlib.compress(scratched(chance, zlib.decompress(body)))
    else:
        body = scratched(chance, body)
    chunks[victim] = name, body
    if chance.random() < 0.2:
        chunks.insert(chance.randrange(len(chunks)), chance.choice(chunks))
    return drawing.PNG_SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def scratched(chance: random.Random, untouched: bytes) -> bytes:
    """Change, cut out or put in a few bytes."""
    damaged = bytearray(untouched)
    for _ in range(chance.randint(1, 12)):
        at, act = chance.randrange(len(damaged) + 1), chance.random()
        if act < 0.6:
            damaged[at : at + 1] = bytes([chance.randrange(256)])
        elif act < 0.8:
            del damaged[at : at + chance.randint(1, 60)]
        else:
            damaged[at:at] = chance.randbytes(chance.randint(1, 60))
    return bytes(damaged)


def fuzz_drawings(count: int, seed: int) -> int:
    """Return how many mutated drawings were answered with anything but a value or a refusal."""
    untouched, answers, worst, wrong = seeds(), Counter[str](), 0.0, 0
    for number in range(count):
        chance = random.Random(seed + number)  # noqa: S311 - repeatable on purpose
        untrusted = mutated(chance, chance.choice(untouched))
        started = time.perf_counter()
        try:
            drawing.rebuild(untrusted)
            answers["read"] += 1
        except CaptureError as refusal:
            answers[type(refusal).__name__] += 1
        except Exception as error:  # noqa: BLE001 - finding these is the purpose
            wrong += 1
            print(f"seed {seed + number}: {type(error).__name__}", file=sys.stderr)
        worst = max(worst, time.perf_counter() - started)
    print(f"{count} drawings, slowest {worst * 1000:.0f} ms, {wrong} not refused properly")
    for name, number in answers.most_common():
        print(f"  {number:6} {name}")
    return wrong + (worst > LONGEST_SECONDS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=("drawings", "sound", "all"), default="all")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wrong = 0
    if arguments.what in {"drawings", "all"}:
        wrong += fuzz_drawings(arguments.count, arguments.seed)
    if arguments.what in {"sound", "all"}:
        sound = Path(__file__).with_name("fuzz_media.py")
        command = [sys.executable, str(sound), str(arguments.count), str(arguments.seed)]
        wrong += subprocess.run(command, check=False).returncode != 0
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
