"""`kiosk backup` and `kiosk restore`."""

from pathlib import Path

import click

import store
from kiosk.commands.parts import data_dir_option, open_store, read_passphrase, read_settings
from kiosk.commands.plain_group import Failure
from store import backup as copies
from store.errors import WrongPassphraseError

WAYS = {"code": "with the recovery code", "two": "for two facilitators together"}


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@data_dir_option
def backup(path: Path, data_dir: Path) -> None:
    """Write a sealed copy of everything that is kept to PATH; never over a file.

    What is not released yet opens from it with the recovery code, or for two facilitators together.

    Example: kiosk backup /media/stick/kiosk.backup
    """
    open_store(data_dir)
    ways = copies.backup(path)
    click.echo(f"Backed up to {path}, and read back.")
    if store.membership.is_outpost():
        return
    if ways:
        told = " or ".join(words for way, words in WAYS.items() if way in ways)
        click.echo(f"What is released opens from it with any passphrase; what is not, {told}.")
    else:
        click.echo("One passphrase opens all of it.")
    if "code" not in ways:
        click.echo(
            "Its recovery code is of an older version and opens nothing that is held back. Make a"
            " new one at the desk, under People; then back up again."
        )
    elif len(store.keys.facilitators()) == 1:
        click.echo(
            "There is one facilitator: for what is not released the printed code is the only"
            " way. Is it lost? Make a new one at the desk, under People; then back up again."
        )


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@data_dir_option
@click.option(
    "--code-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File with the printed recovery code: opens what was not released.",
)
def restore(path: Path, data_dir: Path, code_file: Path | None) -> None:
    """Put a backup into an empty data folder, on this or another machine.

    What was not released when it was made is read together with k new contributions, or carried
    into a new gathering: by itself it is never shown.

    Example: kiosk restore /media/stick/kiosk.backup --data-dir /srv/kiosk
    """
    code = read_passphrase(code_file) if code_file else ""
    place = read_settings(data_dir).store
    copies.restore(path, data_dir, url=place.url, allowed=place.allow)
    click.echo(f"Restored to {data_dir}. Start it with: kiosk --data-dir {data_dir}")
    open_store(data_dir)
    if not store.held.is_holding():
        return
    locked = (
        "What was not released is still locked: open it at the desk, under People, with the"
        " recovery code or a second facilitator's passphrase."
    )
    if not code:
        click.echo(locked)
        return
    try:
        with store.keys.unlock_with_code(code) as master:
            store.held.let_go(master)
    except WrongPassphraseError as error:
        raise Failure(f"{error} {locked}") from None
