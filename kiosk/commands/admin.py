"""Commands in groups: gatherings and facilitators. What the desk does, for scripts."""

import json
from pathlib import Path

import click

from kiosk.commands.parts import (
    data_dir_option,
    need_set_up,
    passphrase_file_option,
    read_passphrase,
)


@click.group()
def gathering() -> None:
    """Open, list, close or purge gatherings."""


@gathering.command("new")
@data_dir_option
@click.option("--title", default="Feedback", show_default=True)
@click.option("--question", "questions", multiple=True, help="Asked of visitors; can be repeated.")
@click.option("--readers", default="The facilitators of this kiosk", show_default=True,
              help="Who will read it: the heart of the promise.")  # fmt: skip
@click.option("--threshold", "-k", type=click.IntRange(3, 1000), default=5, show_default=True)
@click.option("--retention-days", type=click.IntRange(1, 3650), default=90, show_default=True)
def new(
    data_dir: Path,
    title: str,
    questions: tuple[str, ...],
    readers: str,
    threshold: int,
    retention_days: int,
) -> None:
    """Open a gathering; prints its id."""
    import store  # noqa: PLC0415
    from kiosk.desk.gathering_form import today  # noqa: PLC0415
    from store.promise import Promise  # noqa: PLC0415

    need_set_up(data_dir)
    promise = Promise(readers=(readers,), threshold=threshold, retention_days=retention_days)
    made = store.gatherings.new(
        title=title,
        questions=questions or ("What should we know?",),
        promise=promise,
        today=today(),
    )
    click.echo(made.id)


@gathering.command("list")
@data_dir_option
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def list_(data_dir: Path, *, as_json: bool) -> None:
    """List gatherings and their states; never a count."""
    import store  # noqa: PLC0415

    need_set_up(data_dir)
    rows = [
        {"id": each.id, "title": each.title, "state": str(each.state)}
        for each in store.gatherings.everything()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['state']:<9} {row['title']}")
    if not rows:
        click.echo("No gathering yet. Open one with `kiosk gathering new`.")


@gathering.command("close")
@data_dir_option
@click.argument("gathering_id", metavar="ID")
@click.option("--passphrase-file", type=click.Path(path_type=Path), help="Not needed; accepted.")
def close(data_dir: Path, gathering_id: str, passphrase_file: Path | None) -> None:
    """Close a gathering; with enough items it is released to the desk."""
    import store  # noqa: PLC0415
    from kiosk.desk.gathering_form import today  # noqa: PLC0415

    del passphrase_file
    need_set_up(data_dir)
    closed = store.gatherings.close(gathering_id, today=today())
    click.echo(str(closed.state))


@gathering.command("purge")
@data_dir_option
@click.argument("gathering_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--passphrase-file", type=click.Path(path_type=Path), help="Not needed; accepted.")
def purge(data_dir: Path, gathering_id: str, passphrase_file: Path | None, *, yes: bool) -> None:
    """Destroy a gathering's key and everything in it, for good."""
    import store  # noqa: PLC0415

    del passphrase_file
    need_set_up(data_dir)
    found = store.gatherings.get(gathering_id)
    click.echo(f"This destroys “{found.title}”: its key, every item, every label. Also in backups.")
    if not yes:
        click.confirm("Purge it for good?", abort=True)
    store.gatherings.purge(gathering_id)
    click.echo("Purged.")


@click.group()
def facilitator() -> None:
    """Add, remove or recover facilitators."""


@facilitator.command("add")
@data_dir_option
@passphrase_file_option
@click.argument("name")
@click.option("--new-passphrase-file", required=True,
              type=click.Path(path_type=Path, dir_okay=False, exists=True))  # fmt: skip
def add(data_dir: Path, passphrase_file: Path, name: str, new_passphrase_file: Path) -> None:
    """Give NAME a passphrase of their own."""
    import store  # noqa: PLC0415

    need_set_up(data_dir)
    with store.keys.unlock(read_passphrase(passphrase_file)) as master:
        store.keys.add_facilitator(master, name, read_passphrase(new_passphrase_file))
    click.echo(f"{name} can now unlock the desk.")


@facilitator.command("remove")
@data_dir_option
@passphrase_file_option
@click.argument("name")
def remove(data_dir: Path, passphrase_file: Path, name: str) -> None:
    """Take NAME's passphrase away; the last one stays."""
    import store  # noqa: PLC0415

    need_set_up(data_dir)
    with store.keys.unlock(read_passphrase(passphrase_file)) as master:
        store.keys.remove_facilitator(master, name)
    click.echo(f"{name} can no longer unlock the desk.")


@facilitator.command("recover")
@data_dir_option
@click.option("--code-file", required=True, help="File with the printed recovery code.",
              type=click.Path(path_type=Path, dir_okay=False, exists=True))  # fmt: skip
@click.option("--new-passphrase-file", required=True,
              type=click.Path(path_type=Path, dir_okay=False, exists=True))  # fmt: skip
@click.argument("name")
def recover(data_dir: Path, code_file: Path, new_passphrase_file: Path, name: str) -> None:
    """Give NAME a new passphrase with the recovery code."""
    import store  # noqa: PLC0415

    need_set_up(data_dir)
    store.keys.recover(
        read_passphrase(code_file), name=name, passphrase=read_passphrase(new_passphrase_file)
    )
    click.echo(f"{name} can now unlock the desk with the new passphrase.")
