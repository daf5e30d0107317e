"""`kiosk clean` on a photograph whose sheet cannot be found: it says so, and takes corners."""

from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from kiosk.commands.clean import clean


def test_a_sheet_that_is_not_found_is_cut_at_the_corners_that_are_named(tmp_path: Path):
    """An even table has no edges; the sentence that says so names the option that helps."""
    photo, out = str(tmp_path / "photo.jpg"), tmp_path / "out.png"
    Image.new("RGB", (800, 600), "#b9b4aa").save(photo)
    whole = CliRunner().invoke(clean, [photo, str(out)])
    assert whole.exit_code == 0, whole.output
    assert "still to be seen" in whole.output
    option = next(line for line in whole.output.splitlines() if "--corners" in line)
    with Image.open(out) as picture:
        assert picture.size == (800, 600)
    out.unlink()
    cut = CliRunner().invoke(clean, [photo, str(out), *option[option.index("--corners") :].split()])
    assert cut.exit_code == 0, cut.output
    assert "still to be seen" not in cut.output
    with Image.open(out) as picture:
        width, height = picture.size
    assert (600 < width < 700, 450 < height < 560) == (True, True)
