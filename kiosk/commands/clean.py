"""`kiosk clean`: a drawing or a photographed sheet, rebuilt."""

from pathlib import Path

import click

from capture.errors import CaptureError, TooLargeError, WrongTypeError
from kiosk import by_hand
from kiosk.commands.plain_group import Failure
from kiosk.drawing_reader import DrawingReader
from kiosk.settings import Limits

LIMIT_BYTES = Limits().drawing_bytes


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def clean(source: Path, target: Path) -> None:
    """Rebuild a drawing or a photographed sheet: no metadata, written details covered.

    Writing that cannot be read is covered too. SOURCE is a PNG or JPEG, TARGET becomes a PNG.

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
    target.write_bytes(png)
    covered = len(writing.covered) + len(writing.unread)
    click.echo(f"Rebuilt without metadata; {covered} written places covered.")
    if not writing.is_readable:
        click.echo("This machine cannot read writing: look at the picture before you share it.")


def _why(error: CaptureError) -> str:
    if isinstance(error, WrongTypeError):
        return "is no picture that the kiosk reads. Save it as PNG or JPEG."
    if isinstance(error, TooLargeError):
        return "is too large: 8 MB and 16 million pixels at most. Make it smaller."
    return "is no whole picture: it is empty or damaged. Save or photograph it again."
