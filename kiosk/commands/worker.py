"""`kiosk worker`: recordings that wait become words, apart from the web process."""

from pathlib import Path

import click

import store
from kiosk.commands.parts import (
    data_dir_option,
    model_option,
    need_set_up,
    passphrase_file_option,
    read_passphrase,
    read_settings,
)
from kiosk.desk.gathering_form import today
from kiosk.hearing.backlog_worker import BacklogWorker
from kiosk.serve import ServeError, make_house
from kiosk.settings import Settings
from store.status import State


@click.command()
@data_dir_option
@passphrase_file_option
@model_option
def worker(data_dir: Path, passphrase_file: Path, model: str) -> None:
    """Turn waiting recordings into words, apart from the web process; then stop.

    Recordings that were given up are tried again: a better model may hear them.

    Example: kiosk worker --passphrase-file mine.txt
    """
    need_set_up(data_dir)
    passphrase = read_passphrase(passphrase_file)
    work_off_all(read_settings(data_dir), passphrase, model=model)


def work_off_all(settings: Settings, passphrase: str, *, model: str = "") -> None:
    """`kiosk worker`: turn all that waits into words, with progress, then stop."""
    store.keys.unlock(passphrase).wipe()  # before anything that takes long
    house = make_house(settings, model=model)
    if not house.hearing.has_model:
        raise ServeError("There is no speech model yet. See `kiosk models list`.")
    house.hearing.start()
    backlog = BacklogWorker(house, today=today)
    try:
        with store.keys.unlock(passphrase) as master:
            backlog.unlock(master)
            _try_again()
            done = False
            while backlog.work_off():
                done = True
                click.echo("A recording has become words.")
            store.gatherings.tick(today())
        click.echo("Done." if done else "No recording waits.")
    finally:
        house.hearing.stop()


def _try_again() -> None:
    for gathering in store.gatherings.everything():
        if gathering.state in {State.OPEN, State.CLOSED}:
            store.backlog.retry(gathering.id)
