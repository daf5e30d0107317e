"""`kiosk clean`: a drawing or a photographed sheet, rebuilt."""

from pathlib import Path

import click

from capture.errors import CaptureError, TooLargeError, WrongTypeError
from capture.paper import are_corners
from capture.photo import LIMIT_BYTES, UnknownPictureError
from kiosk import by_hand
from kiosk.commands.parts import write_private
from kiosk.commands.plain_group import Failure
from kiosk.drawing_reader import DrawingReader


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--corners",
    nargs=4,
    metavar="X,Y X,Y X,Y X,Y",
    help="The four corners of the sheet, in percent of the photograph's width and height from its"
    " top left, in any order, where no edges are found or wrong ones.",
)
def clean(source: Path, target: Path, corners: tuple[str, ...] | None) -> None:
    """Rebuild a drawing or a photographed sheet: no metadata, written details covered.

    The sheet is cropped, straightened and lit evenly. Writing that cannot be read is covered too.
    SOURCE is a PNG, JPEG or WebP, TARGET becomes a PNG.

    Example: kiosk clean photo.jpg safe.png
    """
    chosen = [_corner(each) for each in corners or ()]
    if chosen and not are_corners(chosen):
        raise click.BadParameter(
            "no sheet has such corners; they lie apart, within 0 and 100", param_hint="--corners"
        )
    eye = DrawingReader()
    try:
        if source.stat().st_size > LIMIT_BYTES:
            raise TooLargeError("more than a picture may have")
        png, picture = by_hand.clean_sheet(source.read_bytes(), eye, chosen)
    except CaptureError as error:
        raise Failure(f"{source} {_why(error)}") from None
    finally:
        eye.stop()
    writing = picture.writing
    write_private(target, png)
    covered = len(writing.covered) + len(writing.unread)
    click.echo(f"Rebuilt without metadata; {covered} written places covered.")
    if picture.corners == ():
        click.echo(
            "No edges of a sheet were found: what lies around it is still to be seen. Say where its"
            " corners are, in percent across and down: --corners 12,8 90,10 92,95 9,93"
        )
    if not writing.is_readable:
        click.echo("This machine cannot read writing: look at the picture before you share it.")


def _corner(written: str) -> tuple[float, float]:
    try:
        across, down = (float(each) / 100 for each in written.split(","))
    except ValueError:
        raise click.BadParameter(
            f'"{written}" is no corner; one is written 12.5,80', param_hint="--corners"
        ) from None
    return across, down


def _why(error: CaptureError) -> str:
    if isinstance(error, UnknownPictureError):
        return (
            "is HEIC or AVIF, which the kiosk cannot unpack. Save it as JPEG, or set the camera to"
            ' "most compatible".'
        )
    if isinstance(error, WrongTypeError):
        return "is no picture that the kiosk reads. Save it as PNG, JPEG or WebP."
    if isinstance(error, TooLargeError):
        return (
            "is too large, or moves: 25 MB, 50 million pixels, 20,000 along a side of a PNG and"
            " one frame at most. Make it smaller."
        )
    return "is no whole picture: it is empty or damaged. Save or photograph it again."
