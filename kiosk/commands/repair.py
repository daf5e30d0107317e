"""`kiosk repair`: a new database of all that is whole, and plain words about what is not."""

from pathlib import Path

import click

import store
from kiosk import advice
from kiosk.commands.parts import data_dir_option, read_settings, with_advice
from kiosk.commands.plain_group import Failure
from store.errors import DamagedError
from store.repair import Repair, repair


@click.command("repair")
@data_dir_option
def repair_command(data_dir: Path) -> None:
    """Make a new database of all that is whole in a damaged one, which is kept beside it.

    Stop the kiosk first. Where nothing is damaged, nothing is changed.

    Example: kiosk repair --data-dir /srv/kiosk
    """
    if not store.exists(data_dir, url=read_settings(data_dir).store.url):
        raise Failure(f"{data_dir} holds no kiosk. Name its folder with --data-dir.")
    repair_folder(data_dir)


def repair_folder(data_dir: Path) -> None:
    """Repair the database of a data folder, and say what came through and what cannot come back."""
    try:
        with with_advice(data_dir, but=DamagedError):
            done = repair(data_dir, url=read_settings(data_dir).store.url)
    except DamagedError as error:
        raise Failure(f"{error} Nothing was changed. {advice.for_backup(data_dir)}") from None
    if done is None:
        click.echo("Nothing is damaged: every row is what was written. Nothing was changed.")
        return
    click.echo(f"{done.rows} rows came through. The new database is checked and in place.")
    for sentence in _losses(done):
        click.echo(sentence)
    click.echo("How many released items are lost, the desk says. Look there for the rest, too.")
    click.echo(
        f"The damaged file is kept as {done.kept}. What is taken back or purged from now on stays "
        "in it: once all is well, destroy it."
    )
    click.echo(f"Start again with: kiosk --data-dir {data_dir}")


def _losses(done: Repair) -> list[str]:
    sentences = [
        f"A key of “{title}” was hit: what it had sealed opens for nobody, and is left out."
        for title in done.without_key
    ]
    if done.gatherings_gone:
        sentences.append(
            f"Of {done.gatherings_gone} gathering(s) the promise itself was hit. "
            "What was kept in them is left out: nobody could purge it."
        )
    if done.are_receipts_lost:
        sentences.append("The secret behind the four words was hit: those given out lead nowhere.")
    if sentences:
        sentences.append("A backup from before may still have it.")
    return sentences
