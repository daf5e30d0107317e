"""What the fuzzer does to files: damage in general, and drawings and photographs in particular."""

import io
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, PngImagePlugin

from capture import drawing, photo
from capture.errors import CaptureError


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


def _sketch() -> Image.Image:
    image = Image.new("RGB", (160, 120), "white")
    ImageDraw.Draw(image).line((10, 10, 150, 110), fill="red", width=6)
    return image


def _pngs() -> list[bytes]:
    """One small PNG of each sort, with packed text and a colour profile."""
    image = _sketch()
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


def _photographs() -> list[bytes]:
    """A sheet on a table, as JPEG and WebP, with the notes that a camera leaves."""
    table = Image.new("RGB", (240, 180), (70, 60, 50))
    table.paste(_sketch(), (40, 30))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a camera"  # turned; its maker
    made = []
    for kind, options in (
        ("JPEG", {"quality": 80}),
        ("JPEG", {"progressive": True, "subsampling": 0}),
        ("WEBP", {"quality": 80}),
        ("WEBP", {"lossless": True}),
    ):
        for mode in ("RGB", "L" if kind == "JPEG" else "RGBA"):
            out = io.BytesIO()
            table.convert(mode).save(out, kind, exif=exif, icc_profile=bytes(200), **options)
            made.append(out.getvalue())
    return made


def damaged_png(chance: random.Random, untouched: bytes) -> bytes:
    """Damage a drawing; in two of three the checksums are right, so that the decoder is reached."""
    if chance.random() < 1 / 3:
        return scratched(chance, untouched)
    chunks = [(name, chunk[8:-4]) for name, chunk in drawing._chunks(untouched)]
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


def drawings(_folder: Path) -> Callable[[random.Random], str]:
    """PNGs of a drawing pad."""
    untouched = _pngs()

    def meet(chance: random.Random) -> str:
        try:
            drawing.rebuild(damaged_png(chance, chance.choice(untouched)))
        except CaptureError as refusal:
            return type(refusal).__name__
        return "read"

    return meet


def photographs(_folder: Path) -> Callable[[random.Random], str]:
    """JPEG and WebP of a sheet."""
    untouched = _photographs()

    def meet(chance: random.Random) -> str:
        try:
            photo.clean_photo(scratched(chance, chance.choice(untouched)))
        except CaptureError as refusal:
            return type(refusal).__name__
        return "read"

    return meet
