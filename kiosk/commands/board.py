"""`kiosk board`: the answers, carried back to the boxes of the team without a network."""

from pathlib import Path

import click

import store
from kiosk.commands.parts import (
    bytes_of,
    data_dir_option,
    need_set_up,
    output_option,
    passphrase_file_option,
    unlock,
    write_private,
)


@click.group()
def board() -> None:
    """Carry the answers on the board to the boxes that took part.

    Example: kiosk board import may.board
    """


@board.command("export")
@data_dir_option
@passphrase_file_option
@output_option
def export(data_dir: Path, passphrase_file: Path, output: Path) -> None:
    """Write the answers to all gatherings that other boxes were invited to, signed.

    Example: kiosk board export --passphrase-file mine.txt -o may.board
    """
    need_set_up(data_dir)
    with unlock(passphrase_file) as master:
        written = store.board_file.write(master)
    write_private(output, written)
    click.echo(f"Written to {output}. Take it to each box of the team.")


@board.command("import")
@data_dir_option
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def import_(data_dir: Path, path: Path) -> None:
    """Put the team's answers on this box's board, in the place of the old ones.

    Example: kiosk board import may.board
    """
    need_set_up(data_dir)
    store.board_file.take_in(bytes_of(path))
    click.echo("The board shows the team's answers now.")
