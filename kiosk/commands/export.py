"""`kiosk export`: released items as a file."""

from pathlib import Path

import click

import store
from kiosk.commands.parts import (
    data_dir_option,
    need_set_up,
    passphrase_file_option,
    unlock,
    write_private,
)
from kiosk.desk.export import FORMATS, chosen, write_export
from kiosk.meaning import kept
from kiosk.meaning.book import names_by_item


@click.command()
@data_dir_option
@passphrase_file_option
@click.option("--gathering", "gathering_id", required=True, help="Its id; see `gathering list`.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)),
              default="jsonl", show_default=True)  # fmt: skip
@click.option("--status", type=click.Choice(["approved", "all"]), default="approved",
              show_default=True)  # fmt: skip
@click.option("--notes", is_flag=True, help="Facilitators' notes, too.")
@click.option("--worrying", is_flag=True, help="Also what was set apart as worrying.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="File to write; an old one is replaced.")  # fmt: skip
def export(
    data_dir: Path,
    passphrase_file: Path,
    gathering_id: str,
    form: str,
    status: str,
    output: Path,
    *,
    notes: bool,
    worrying: bool,
) -> None:
    """Write the released items of a gathering to a file: approved ones, unless all are wanted.

    Example: kiosk export --gathering 3f2a... --passphrase-file mine.txt --format zip -o may.zip
    """
    need_set_up(data_dir)
    with unlock(passphrase_file) as master:
        items = store.items.released(gathering_id, master)
        found = chosen(items, is_all=status == "all", with_worrying=worrying)
        themes = names_by_item(kept.load(gathering_id, master))
        write_private(output, write_export(found, form=form, with_notes=notes, themes=themes))
    click.echo(f"Written to {output}.")
