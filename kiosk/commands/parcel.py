"""`kiosk parcel`: what one box kept, carried to the box of its team without a network."""

from pathlib import Path

import click

import store
from kiosk.commands.parts import data_dir_option, need_set_up, output_option
from kiosk.desk.gathering_form import today


@click.group()
def parcel() -> None:
    """Pack what this box kept for its team, or take in what other boxes packed.

    Example: kiosk parcel add may.parcel
    """


@parcel.command("pack")
@data_dir_option
@click.option("--gathering", "gathering_id", required=True, help="Its id; see `gathering list`.")
@output_option
def pack(data_dir: Path, gathering_id: str, output: Path) -> None:
    """Close a gathering on this box for good, and write what it kept, sealed; never over a file.

    Packing again gives the same contributions, for a stick that was lost.

    Example: kiosk parcel pack --gathering 3f2a... -o /media/stick/may.parcel
    """
    need_set_up(data_dir)
    digest = store.parcels.pack(gathering_id, output, today=today())
    click.echo(f"Packed to {output}. Its digest: {digest}")


@parcel.command("add")
@data_dir_option
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def add(data_dir: Path, path: Path) -> None:
    """Take a parcel in, once, before the release: `gathering close` says that all are there.

    Example: kiosk parcel add /media/stick/may.parcel
    """
    need_set_up(data_dir)
    if store.parcels.add(path):
        click.echo("Added. It is sealed with the others now.")
    else:
        click.echo("This parcel was added before; nothing was added.")


@parcel.command("code")
@data_dir_option
def code(data_dir: Path) -> None:
    """Show the code with which somebody packs in the browser, at the box's address with /team.

    Example: kiosk parcel code
    """
    need_set_up(data_dir)
    click.echo(store.membership.carrier_code())
