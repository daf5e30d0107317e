"""`kiosk worker`: recordings that wait become words, apart from the web process."""

import click

import store
from kiosk.backlog_worker import BacklogWorker
from kiosk.desk.gathering_form import today
from kiosk.serve import ServeError, make_house
from kiosk.settings import Settings


def work_off_all(settings: Settings, passphrase: str, *, model: str = "") -> None:
    """`kiosk worker`: turn all that waits into words, with progress, then stop."""
    house = make_house(settings, model=model)
    if not house.hearing.has_model:
        raise ServeError("There is no speech model yet. See: kiosk models list")
    house.hearing.start()
    backlog = BacklogWorker(house, today=today)
    try:
        with store.keys.unlock(passphrase) as master:
            backlog.unlock(master)
            done = False
            while backlog.work_off():
                done = True
                click.echo("A recording has become words.")
            store.gatherings.tick(today())
        click.echo("Done." if done else "No recording waits.")
    finally:
        house.hearing.stop()
