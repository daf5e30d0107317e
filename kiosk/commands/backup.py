"""`kiosk backup` and `kiosk restore`."""

from pathlib import Path

import click

from kiosk.commands.parts import data_dir_option, open_store
from store.file import backup as copies


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@data_dir_option
def backup(path: Path, data_dir: Path) -> None:
    """Write a sealed copy of everything that is kept to PATH; never over a file.

    Example: kiosk backup /media/stick/kiosk.backup
    """
    open_store(data_dir)
    copies.backup(path)
    click.echo(f"Backed up to {path}, and read back. It opens only with a passphrase or the code.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@data_dir_option
def restore(path: Path, data_dir: Path) -> None:
    """Put a backup into an empty data folder, on this or another machine.

    Example: kiosk restore /media/stick/kiosk.backup --data-dir /srv/kiosk
    """
    copies.restore(path, data_dir)
    click.echo(f"Restored to {data_dir}. Start it with: kiosk --data-dir {data_dir}")
