"""`kiosk init`: what set-up does in the browser."""

from pathlib import Path

import click

import store
from kiosk.commands.parts import (
    data_dir_option,
    facilitator_name,
    new_passphrase,
    open_store,
    passphrase_file_option,
)
from kiosk.commands.plain_group import Failure
from kiosk.desk.gathering_form import DEFAULT_QUESTION, default_wordings, today
from kiosk.i18n import _
from store.promise import Promise


@click.command()
@data_dir_option
@passphrase_file_option
@click.option("--threshold", "-k", type=click.IntRange(3, 1000), default=5, show_default=True,
              help="Items that have to come together before anybody may read them.")  # fmt: skip
@click.option("--name", default="facilitator", show_default=True, help="The first facilitator.")
def init(data_dir: Path, passphrase_file: Path, threshold: int, name: str) -> None:
    """Set up without a browser: keys, a facilitator, an open gathering.

    Prints the recovery code, once. Keep it on paper: it opens everything if the passphrase is lost.

    Example: kiosk init --data-dir /srv/kiosk --passphrase-file pass.txt
    """
    passphrase, name = new_passphrase(passphrase_file), facilitator_name(name)
    open_store(data_dir, create=True)
    if store.keys.is_set_up():
        raise Failure(f"{data_dir} is set up already. Nothing was changed.")
    code = store.keys.set_up(passphrase, name=name)
    readers = _("The facilitators of this kiosk")
    store.gatherings.new(
        title="Feedback",
        questions=(DEFAULT_QUESTION,),
        promise=Promise(readers=(readers,), threshold=threshold, retention_days=90),
        wordings=default_wordings(readers),
        today=today(),
    )
    click.echo(f"Recovery code (write it down, it is shown only now): {code}")
