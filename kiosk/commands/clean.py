"""`kiosk clean`: a drawing or a photographed sheet, rebuilt."""

from pathlib import Path

import click

from capture.errors import CaptureError, TooLargeError, WrongTypeError
from capture.photo import LIMIT_BYTES, UnknownPictureError
from kiosk import by_hand
from kiosk.commands.parts import write_private
from kiosk.commands.plain_group import Failure
from kiosk.drawing_reader import DrawingReader


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def clean(source: Path, target: Path) -> None:
    """Rebuild a drawing or a photographed sheet: no metadata, written details covered.

    The sheet is cropped, straightened and lit evenly. Writing that cannot be read is covered too.
    SOURCE is a PNG, JPEG or WebP, TARGET becomes a PNG.

    Example: kiosk clean photo.jpg safe.png
    """
    eye = DrawingReader()
    try:
        if source.stat().st_size > LIMIT_BYTES:
            raise TooLargeError("more than a picture may have")
        png, picture = by_hand.clean_sheet(source.read_bytes(), eye)
    except CaptureError as error:
        raise Failure(f"{source} {_why(error)}") from None
    finally:
        eye.stop()
    writing = picture.writing
    write_private(target, png)
    covered = len(writing.covered) + len(writing.unread)
    click.echo(f"Rebuilt without metadata; {covered} written places covered.")
    if picture.corners == ():
        click.echo("No edges of a sheet were found: what lies around it is still to be seen.")
    if not writing.is_readable:
        click.echo("This machine cannot read writing: look at the picture before you share it.")


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
