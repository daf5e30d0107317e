"""`kiosk move`: what is kept goes to a server, or back into the data folder."""

import shlex
from pathlib import Path

import click

from kiosk.commands.parts import data_dir_option, progress, read_settings, with_advice
from kiosk.commands.plain_group import Failure
from store.move import move, remove_left
from store.rows.engine import Place

FILE = "file"  # how the data folder's own file is called here


@click.command("move")
@data_dir_option
@click.option("--to", default="", metavar="PLACE", help="Where to: postgresql://..., or: file")
@click.option(
    "--remove-left",
    "left",
    default="",
    metavar="PLACE",
    help="Remove for good what an earlier move left there.",
)
def move_command(data_dir: Path, to: str, left: str) -> None:
    """Move all that is kept to a PostgreSQL server, or back into a file in the data folder.

    Stop every kiosk first. A move that was cut off goes on when it is started again. What was
    there before stays, and opens for nobody, until you remove it.

    Example: kiosk move --to "postgresql://kiosk@server.site/kiosk?sslmode=verify-full"
    """
    if bool(to) == bool(left):
        raise click.UsageError("Say either --to PLACE or --remove-left PLACE.")
    named = read_settings(data_dir).store
    with with_advice(data_dir):
        if left:
            remove_left(_place(data_dir, left, named.allow))
            click.echo("Removed.")
            return
        source = Place(data_dir, named.url, named.allow)
        with progress("Moving") as show:
            move(source, _place(data_dir, to, named.allow), show)
    click.echo("Everything is there, compared row by row. What was here before opens no more.")
    if to == FILE:
        click.echo("Now take url out of [store] in settings.toml, on every host.")
    else:
        click.echo("Now write into settings.toml, on every host, and copy device.key there, too:")
        click.echo(f'[store]\nurl = "{to}"')
    left = shlex.join(["--remove-left", named.url or FILE, "--data-dir", str(data_dir)])
    click.echo(f"Once all is well: kiosk move {left}")


def _place(data_dir: Path, said: str, allowed: tuple[str, ...]) -> Place:
    if said == FILE:
        return Place(data_dir)
    if not said.startswith(("postgresql://", "postgres://")):
        raise Failure("A place is postgresql://USER@HOST/DATABASE, or the word: file")
    return Place(data_dir, said, allowed)
