"""`kiosk facilitator`: who can unlock the desk."""

import sys
from pathlib import Path

import click

import store
from kiosk.commands.parts import (
    data_dir_option,
    facilitator_name,
    file_option,
    need_set_up,
    new_passphrase,
    passphrase_file_option,
    read_passphrase,
    unlock,
)
from kiosk.commands.plain_group import Failure

new_passphrase_option = file_option(
    "--new-passphrase-file", about="File whose first line is the new passphrase."
)


@click.group()
def facilitator() -> None:
    """Add, remove or recover facilitators.

    Example: kiosk facilitator add Bea --passphrase-file mine.txt --new-passphrase-file hers.txt
    """


@facilitator.command("add")
@data_dir_option
@passphrase_file_option
@click.argument("name")
@new_passphrase_option
def add(data_dir: Path, passphrase_file: Path, name: str, new_passphrase_file: Path) -> None:
    """Give NAME a passphrase of their own.

    Example: kiosk facilitator add Bea --passphrase-file mine.txt --new-passphrase-file hers.txt
    """
    name = facilitator_name(name)
    need_set_up(data_dir)
    passphrase = new_passphrase(new_passphrase_file)
    with unlock(passphrase_file) as master:
        store.keys.add_facilitator(master, name, passphrase)
    click.echo(f"{name} can now unlock the desk.")


@facilitator.command("remove")
@data_dir_option
@passphrase_file_option
@click.argument("name")
def remove(data_dir: Path, passphrase_file: Path, name: str) -> None:
    """Take NAME's passphrase away; the last one stays.

    Example: kiosk facilitator remove Bea --passphrase-file mine.txt
    """
    need_set_up(data_dir)
    with unlock(passphrase_file) as master:
        store.keys.remove_facilitator(master, name)
    click.echo(f"{name} can no longer unlock the desk.")


@facilitator.command("recover")
@data_dir_option
@file_option("--code-file", about="File with the printed recovery code.")
@new_passphrase_option
@click.option("--yes", is_flag=True, help="Make a new facilitator, if NAME is none, unasked.")
@click.argument("name")
def recover(
    data_dir: Path, code_file: Path, new_passphrase_file: Path, name: str, *, yes: bool
) -> None:
    """Give NAME a new passphrase with the recovery code; a second step of NAME ends with it.

    Example: kiosk facilitator recover Ada --code-file code.txt --new-passphrase-file new.txt
    """
    name = facilitator_name(name)
    need_set_up(data_dir)
    if not yes and name not in store.keys.facilitators():
        _ask_for_new(name)
    code, passphrase = read_passphrase(code_file), new_passphrase(new_passphrase_file)
    if store.held.is_holding():
        with store.keys.unlock_with_code(code) as master:
            store.held.let_go(master)
    store.keys.recover(code, name=name, passphrase=passphrase)
    click.echo(f"{name} can now unlock the desk with the new passphrase.")


def _ask_for_new(name: str) -> None:
    """Ask whether somebody who is no facilitator shall become one: it may be a slip of the pen.

    Raises:
        Failure: No, or nobody is there to answer.
    """
    known = ", ".join(store.keys.facilitators())
    if not is_somebody_there():
        raise Failure(
            f"There is no facilitator {name} (there are: {known}). Add --yes to make one."
        )
    click.echo(f"There is no facilitator {name}. There are: {known}.", err=True)
    if not click.confirm(f"Make {name} a facilitator?", err=True):
        raise Failure("Nothing was changed.")


def is_somebody_there() -> bool:
    """Say whether a question would be read by a person."""
    return sys.stdin.isatty()
