"""Photographed sheets: found, cropped, straightened, lit evenly; hostile ones refused."""

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageDraw

from capture import paper, photo
from capture.drawing import DrawingTooLargeError
from capture.errors import CaptureError, WrongTypeError
from tests.capture.test_drawing import PEAK

SHEET = (1000, 700)
LYING = ((300, 180), (1350, 240), (1280, 1050), (220, 960))
TABLES = {
    "wood": ((120, 84, 60), LYING),
    "dark": ((40, 40, 45), LYING),
    "pale wood": ((170, 150, 130), LYING),
    "turned": ((120, 84, 60), ((600, 80), (1200, 400), (900, 1150), (250, 760))),
}


def lined_sheet() -> Image.Image:
    """Blue lines, an orange sun at the top right and a word in dark ink."""
    sheet = Image.new("RGB", SHEET, (238, 232, 222))
    brush = ImageDraw.Draw(sheet)
    for y in range(60, 700, 50):
        brush.line((0, y, 1000, y), fill=(190, 205, 225), width=2)
    brush.ellipse((700, 80, 860, 240), fill=(250, 160, 40))
    brush.text((80, 480), "canteen", fill=(20, 30, 90), font_size=90)
    return sheet


def photograph(table: tuple[int, int, int], corners: tuple[tuple[int, int], ...]) -> Image.Image:
    """The sheet on a table in light from the right, with a badge beside it."""
    size = (1600, 1200)
    grain = np.random.default_rng(1).normal(0, 14, (size[1], size[0], 1)) + table
    picture = Image.fromarray(grain.clip(0, 255).astype(np.uint8))
    brush = ImageDraw.Draw(picture)
    brush.rectangle((20, 20, 260, 150), fill=(235, 235, 240))
    brush.text((40, 60), "BADGE", fill=(200, 0, 0), font_size=60)
    edges = [(0, 0), (SHEET[0], 0), SHEET, (0, SHEET[1])]
    lies = paper._perspective(corners, [(float(x), float(y)) for x, y in edges])
    bent = lined_sheet().transform(size, Image.Transform.PERSPECTIVE, lies)
    mask = Image.new("L", SHEET, 255).transform(size, Image.Transform.PERSPECTIVE, lies)
    picture.paste(bent, (0, 0), mask)
    light = np.linspace(0.45, 1, size[0])[None, :, None]
    return Image.fromarray((np.asarray(picture) * light).astype(np.uint8))


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("name", TABLES)
def test_the_sheet_is_found_cropped_straightened_and_lit_evenly(name: str) -> None:
    """White paper to its edges, the sun where it was and as orange, and nothing of the table."""
    table, corners = TABLES[name]
    found = paper.find_sheet(np.asarray(photograph(table, corners)))
    assert found is not None
    assert np.abs(np.array(found) - corners).max() < 14
    sheet = photo.clean_photo(encoded(photograph(table, corners), "JPEG", quality=92))
    assert sheet.corners
    across, down = sheet.pixels.shape[1] / 1000, sheet.pixels.shape[0] / 700

    def at(x: int, y: int) -> np.ndarray:
        place = sheet.pixels[int(y * down) - 3 : int(y * down) + 4, int(x * across) - 3 :][:, :7]
        return np.median(place.reshape(-1, 3), axis=0)

    for x, y in ((20, 20), (980, 22), (22, 680), (980, 684), (500, 280)):
        assert at(x, y).min() > 235, (x, y)
    red, green, blue = at(780, 160)
    assert (red > 220, 110 < green < 195, blue < 110) == (True, True, True)
    assert (
        sheet.pixels[int(490 * down) : int(580 * down), int(90 * across) : int(380 * across)].min()
        < 90
    )
    red_ink = (sheet.pixels[..., 0] > 120) & (sheet.pixels[..., 1:].max(axis=2) < 60)
    assert red_ink.sum() < 20  # the badge is not here


def test_a_picture_without_a_sheet_comes_whole_and_says_so() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (300, 400, 3), np.uint8)
    whole = photo.clean_photo(encoded(Image.fromarray(noise), "JPEG"))
    assert not whole.corners
    assert whole.pixels.shape == (300, 400, 3)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_of_file_are_photographs(kind: str) -> None:
    sheet = photo.clean_photo(encoded(photograph(*TABLES["wood"]), kind))
    assert sheet.corners


def test_a_drawing_that_comes_as_a_file_stays_as_it_is() -> None:
    drawn = lined_sheet()
    assert (photo.clean_photo(encoded(drawn, "PNG")).pixels == np.asarray(drawn)).all()


def test_heic_is_told_from_other_files() -> None:
    with pytest.raises(photo.UnknownPictureError):
        photo.clean_photo(b"\0\0\0\x18ftypheic" + bytes(40))
    with pytest.raises(WrongTypeError):
        photo.clean_photo(b"GIF89a" + bytes(40))


CHILD = (
    PEAK
    + """
import sys, time
from capture import photo
from capture.errors import CaptureError
untrusted = sys.stdin.buffer.read()
started = time.process_time()
try:
    print(bool(photo.clean_photo(untrusted).corners))
except CaptureError as refusal:
    print(type(refusal).__name__)
print(time.process_time() - started, peak_megabytes())
"""
)


def in_a_child(untrusted: bytes) -> tuple[str, float, float]:
    child = subprocess.run(
        [sys.executable, "-c", CHILD], input=untrusted, capture_output=True, check=True, timeout=90
    )
    verdict, figures = child.stdout.decode().splitlines()
    seconds, peak = map(float, figures.split())
    return verdict, seconds, peak


@pytest.mark.parametrize(
    ("kind", "size"), [(kind, (8000, 6000)) for kind in ("JPEG", "PNG", "WEBP")]
)
def test_a_large_photo_costs_three_seconds_and_400_mb_at_most(
    kind: str, size: tuple[int, int]
) -> None:
    """So many pixels as phones make, unpacked small."""
    large = photograph(*TABLES["wood"]).resize(size, Image.Resampling.NEAREST)
    fast = {"WEBP": {"method": 0}, "PNG": {"compress_level": 1}}.get(kind, {})
    verdict, seconds, peak = in_a_child(encoded(large, kind, **fast))
    assert verdict == "True"
    assert seconds < 3
    assert peak < 400


def test_a_large_webp_looks_like_a_small_one_and_keeps_its_way_up() -> None:
    """It is unpacked by other means than the rest; its camera's note of the way up counts too."""
    table = photograph(*TABLES["wood"])
    exif = Image.Exif()
    exif[photo.ORIENTATION] = 3
    large = table.resize((5000, 3750), Image.Resampling.BICUBIC)
    upside_down = large.rotate(180)
    options = {"quality": 90, "method": 0}
    sheets = [
        photo.clean_photo(encoded(table, "WEBP", **options)),
        photo.clean_photo(encoded(large, "WEBP", **options)),
        photo.clean_photo(encoded(upside_down, "WEBP", exif=exif, **options)),
    ]
    assert all(sheet.corners for sheet in sheets)
    small = [
        np.asarray(Image.fromarray(sheet.pixels).resize((200, 140), Image.Resampling.BOX), int)
        for sheet in sheets
    ]
    assert np.abs(small[1] - small[0]).mean() < 4
    assert np.abs(small[2] - small[0]).mean() < 4
    assert np.abs(small[0] - small[0][::-1, ::-1]).mean() > 7  # what another way up would be


def test_a_large_webp_that_is_cut_off_or_damaged_is_refused_or_read() -> None:
    large = Image.new("RGB", (5000, 3600), "white")
    whole = encoded(large, "WEBP", quality=50, method=0)
    with pytest.raises(CaptureError):
        photo.clean_photo(whole[: len(whole) // 2])
    chance = np.random.default_rng(6)
    for _ in range(4):
        damaged = bytearray(whole)
        for place in chance.integers(40, len(damaged), 6):
            damaged[place] = chance.integers(256)
        try:
            assert photo.clean_photo(bytes(damaged)).pixels.dtype == np.uint8
        except CaptureError:
            continue


def moving() -> bytes:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    return encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])


def boasting_jpeg() -> bytes:
    """A small JPEG whose header says 65,000 by 65,000."""
    whole = bytearray(encoded(lined_sheet(), "JPEG"))
    start = whole.index(b"\xff\xc0")
    whole[start + 5 : start + 9] = b"\xfd\xe8\xfd\xe8"
    return bytes(whole)


@pytest.mark.parametrize("untrusted", [moving(), boasting_jpeg()], ids=["moving", "boasting"])
def test_what_moves_or_boasts_is_too_large(untrusted: bytes) -> None:
    """A refusal, and not a dead child: Pillow's own alarm of bombs is heard too."""
    with pytest.raises(DrawingTooLargeError):
        photo.clean_photo(untrusted)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_damaged_photos_are_refused_or_read_but_never_crash(kind: str) -> None:
    whole = encoded(photograph(*TABLES["wood"]).resize((160, 120)), kind)
    chance = np.random.default_rng(5)
    for _ in range(60):
        damaged = bytearray(whole)
        for place in chance.integers(0, len(damaged), 6):
            damaged[place] = chance.integers(256)
        try:
            assert photo.clean_photo(bytes(damaged)).pixels.dtype == np.uint8
        except CaptureError:
            continue
