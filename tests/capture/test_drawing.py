"""What a drawing is when it has come in, and what is left of the file that it came in."""

import io
import random
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from capture import drawing, photo
from capture.errors import CaptureError, TooLargeError, UnreadableError, WrongTypeError
from tests.support.own_memory import PEAK

MARK = b"PLANTED-7f3a"  # something to find again


def png(image: Image.Image, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", **options)
    return out.getvalue()


def jpeg(image: Image.Image, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def header(width: int, height: int, *, colour: int = 2, depth: int = 8) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def sketch(size=(120, 80)) -> Image.Image:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).line((10, 10, size[0] - 10, size[1] - 10), fill=(200, 30, 60), width=5)
    return image


def with_chunk(plain_png: bytes, extra: bytes) -> bytes:
    """Put a chunk right after the header, where decoders look for most of them."""
    return plain_png[:33] + extra + plain_png[33:]


def everything_in(a_png: bytes) -> bytes:
    """The file and, unpacked, whatever of it is packed: a search in the file would miss it."""
    found, position = a_png, 8
    while position < len(a_png):
        (length,) = struct.unpack_from(">I", a_png, position)
        body = a_png[position + 8 : position + 8 + length]
        for start in range(min(len(body), 100)):
            try:
                found += zlib.decompressobj().decompress(body[start:])
            except zlib.error:
                continue
        position += 12 + length
    return found


def chunk_names(a_png: bytes) -> set[bytes]:
    return {name for name, _ in drawing._chunks(a_png)}


SPACED = b"\0\0\0".join(MARK[i : i + 1] for i in range(7))  # in the red of transparent pixels


def under_alpha() -> bytes:
    row = b"\0" + SPACED + bytes(3)
    return (
        drawing.PNG_SIGNATURE
        + header(7, 2, colour=6)
        + chunk(b"IDAT", zlib.compress(row * 2))
        + chunk(b"IEND", b"")
    )


def is_in(a_png: bytes) -> bool:
    return any(mark in everything_in(a_png) for mark in (MARK[:7], SPACED, SPACED[::4]))


def in_palette() -> bytes:
    image = Image.new("P", (20, 20), 0)
    image.putpalette(b"\xff\xff\xff" + MARK)
    return png(image)


def in_text() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", MARK.decode())
    info.add_text("Packed", MARK.decode() * 20, zip=True)
    info.add_itxt("XML:com.adobe.xmp", MARK.decode())
    return png(sketch(), pnginfo=info)


def in_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = MARK.decode()
    return png(sketch(), exif=exif)


PLANTED = {
    "text": in_text(),
    "EXIF": in_exif(),
    "palette": in_palette(),
    "under transparency": under_alpha(),
    "colour profile": png(sketch(), icc_profile=b"\0" * 128 + MARK),
    "chunk of its own": with_chunk(png(sketch()), chunk(b"prVt", MARK)),
    "time": with_chunk(png(sketch()), chunk(b"tIME", MARK[:7])),
    "after the end": png(sketch()) + MARK,
}


@pytest.mark.parametrize("place", PLANTED)
def test_nothing_beside_the_visible_pixels_comes_along(place):
    """Whoever hides or forgets something in a file finds nothing of it in what we keep."""
    planted = PLANTED[place]
    assert is_in(planted)
    kept = drawing.encode(drawing.rebuild(planted))
    assert not is_in(kept)
    assert chunk_names(kept) <= {b"IHDR", b"IDAT", b"IEND"}


@given(st.integers(1, 40), st.integers(1, 40), st.randoms(use_true_random=False))
def test_what_was_drawn_is_what_is_kept(width, height, chance):
    """Rebuilding and encoding lose no pixel, and doing it again gives the same bytes."""
    pixels = np.frombuffer(chance.randbytes(width * height * 3), np.uint8).reshape(height, width, 3)
    kept = drawing.encode(drawing.rebuild(png(Image.fromarray(pixels))))
    assert np.array_equal(drawing.rebuild(kept), pixels)
    assert drawing.encode(drawing.rebuild(kept)) == kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_sort_of_png_becomes_rgb(mode):
    """Canvas, scanner and paint programs write different PNGs; the dark middle stays dark."""
    image = Image.new("L", (30, 20), 255)
    image.paste(0, (10, 5, 20, 15))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    pixels = drawing.rebuild(png(image if mode == "I;16" else image.convert(mode)))
    assert (pixels.shape, pixels.dtype) == ((20, 30, 3), np.uint8)
    assert pixels[10, 15].max() < 10
    assert pixels[0, 0].min() > 245


def test_a_transparent_canvas_becomes_white_paper():
    """A sketch on a transparent canvas is not black on black."""
    pixels = drawing.rebuild(png(Image.new("RGBA", (10, 10), (0, 0, 0, 0))))
    assert pixels.min() == 255


def test_a_covered_place_holds_one_flat_colour():
    """What was under the cover cannot be read out of the file again."""
    noise = np.random.default_rng(1).integers(0, 255, (60, 80, 3), np.uint8)
    kept = drawing.rebuild(
        drawing.encode(noise, [(10, 20, 30, 15), (70, 50, 100, 100), (0, 0, 0, 9)])
    )
    assert len(np.unique(kept[20:35, 10:40].reshape(-1, 3), axis=0)) == 1
    assert len(np.unique(kept[50:, 70:].reshape(-1, 3), axis=0)) == 1
    untouched = np.ones((60, 80), bool)
    untouched[20:35, 10:40] = untouched[50:, 70:] = False
    assert np.array_equal(kept[untouched], noise[untouched])


@pytest.mark.parametrize(
    "not_png",
    [b"", b"GIF89a", b"<svg onload=alert(1)>", jpeg(sketch()), b"\x89PNG", b"BM" + bytes(60)],
)
def test_only_png_is_taken_from_visitors(not_png):
    """The bytes decide, not the name or the type that came with them."""
    with pytest.raises(WrongTypeError):
        drawing.rebuild(not_png)


def bomb(width: int, height: int) -> bytes:
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return (
        drawing.PNG_SIGNATURE
        + header(width, height, colour=0, depth=1)
        + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )


def animated() -> bytes:
    return png(sketch(), save_all=True, append_images=[Image.new("RGB", (120, 80), "red")])


def test_more_than_one_frame_is_refused():
    """A second frame would be kept unseen, or seen unkept."""
    assert Image.open(io.BytesIO(animated())).n_frames == 2
    with pytest.raises(TooLargeError):
        drawing.rebuild(animated())


def test_more_pixels_or_bytes_than_allowed_are_refused():
    """The limits of the settings are the limits of the decoder."""
    with pytest.raises(drawing.DrawingTooLargeError):
        drawing.rebuild(png(Image.new("RGB", (101, 100))), limit_pixels=10_000)
    with pytest.raises(drawing.DrawingTooLargeError):
        drawing.rebuild(png(sketch()) + bytes(9_000_000))
    assert drawing.rebuild(png(Image.new("RGB", (100, 100))), limit_pixels=10_000).shape[0] == 100


CHILD = (
    PEAK
    + """
import sys, time
from capture import drawing, photo
from capture.errors import CaptureError
untrusted = sys.stdin.buffer.read()
started = time.process_time()
for act in (drawing.rebuild, photo.clean_photo):
    try:
        act(untrusted)
        print("taken")
    except CaptureError as refusal:
        print(type(refusal).__name__)
print(time.process_time() - started, peak_megabytes())
"""
)


def header_only(width: int, height: int) -> bytes:
    return drawing.PNG_SIGNATURE + header(width, height) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def profile_bomb() -> bytes:
    packed = b"p\0\0" + zlib.compress(bytes(200_000_000), 9)
    return with_chunk(png(sketch()), chunk(b"iCCP", packed) + chunk(b"zTXt", packed))


def endless() -> bytes:
    packed = chunk(b"IDAT", zlib.compress(bytes(500_000_000), 9))
    return drawing.PNG_SIGNATURE + header(10, 10) + packed + chunk(b"IEND", b"")


BOMBS = {
    "pixels": (bomb(13_000, 13_000), "DrawingTooLargeError"),
    "one line of pixels": (bomb(1, 3_900_000), "DrawingTooLargeError"),
    "a header that boasts": (header_only(2**31 - 1, 2**31 - 1), "DrawingTooLargeError"),
    "no width": (header_only(0, 5), "UnreadableDrawingError"),
    "frames": (with_chunk(png(sketch()), chunk(b"acTL", bytes(8))), "DrawingTooLargeError"),
    "packed profile and text": (profile_bomb(), "taken"),
    "chunks": (with_chunk(png(sketch()), chunk(b"teXt", b"") * 600_000), "DrawingTooLargeError"),
    "rows without end": (endless(), "taken"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_bombs_cost_neither_time_nor_memory(kind):
    """One upload cannot stop the kiosk: under a second and 150 MB, refused or harmless."""
    untrusted, verdict = BOMBS[kind]
    assert len(untrusted) < 8_000_000
    child = subprocess.run(
        [sys.executable, "-c", CHILD], input=untrusted, capture_output=True, check=True, timeout=60
    )
    *verdicts, figures = child.stdout.decode().splitlines()
    seconds, peak = map(float, figures.split())
    assert verdicts == [verdict, verdict]
    assert seconds < 2  # of the processor; twice: once as an upload, once for `kiosk clean`
    assert peak < 150  # MB, Python and Pillow included


def test_a_drawing_cut_off_anywhere_is_refused():
    """Half an upload is no contribution."""
    whole = png(sketch())
    for length in range(8, len(whole), 7):
        with pytest.raises(UnreadableError):
            drawing.rebuild(whole[:length])


def mutated(chance: random.Random, seed: bytes) -> bytes:
    damaged = bytearray(seed)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(damaged))
        act = chance.random()
        if act < 0.6:
            damaged[at] = chance.randrange(256)
        elif act < 0.8:
            del damaged[at : at + chance.randint(1, 40)]
        else:
            damaged[at:at] = chance.randbytes(chance.randint(1, 40))
    return bytes(damaged)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([png(sketch()), *PLANTED.values()]))
def test_damaged_drawings_are_refused_or_read_but_never_crash(chance, seed):
    """Any fault in a file is one of our refusals; `./dev fuzz drawings` tries 10,000."""
    try:
        pixels = drawing.rebuild(mutated(chance, seed))
    except CaptureError:
        return
    assert pixels.dtype == np.uint8


def test_a_photographed_sheet_is_turned_upright_and_loses_its_data():
    """The camera's note 'held sideways' is obeyed and then dropped with place, time and maker."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    exif[0x010F] = MARK.decode()
    taken = jpeg(sketch((120, 80)), exif=exif, comment=MARK, icc_profile=MARK * 20, quality=95)
    assert MARK in taken
    pixels = photo.clean_photo(taken).pixels
    assert pixels.shape == (120, 80, 3)
    assert MARK not in everything_in(drawing.encode(pixels))
    assert pixels[20, 63, 1] < 120  # the stroke ran from top left; now it runs from top right
    assert pixels[20, 16, 1] > 200


def test_a_large_photo_is_made_smaller():
    """A phone's photo has more pixels than a drawing may have; the sheet stays whole."""
    pixels = photo.clean_photo(jpeg(sketch((4000, 3000)))).pixels
    assert pixels.shape[0] * pixels.shape[1] <= drawing.LIMIT_PIXELS
    assert abs(pixels.shape[1] / pixels.shape[0] - 4 / 3) < 0.01


@pytest.mark.parametrize("not_picture", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 no picture"])
def test_other_files_are_refused_by_clean(not_picture):
    """`kiosk clean` says that it cannot, instead of guessing."""
    with pytest.raises(CaptureError):
        photo.clean_photo(not_picture)
