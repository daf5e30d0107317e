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
from kiosk.desk.opened import Reading
from kiosk.meaning import kept
from kiosk.meaning.book import Book, names_by_item
from store.items import Released

FOR_A_SESSION = ("deck", "session")


@click.command()
@data_dir_option
@passphrase_file_option
@click.option("--gathering", "gathering_id", required=True, help="Its id; see `gathering list`.")
@click.option("--format", "form", type=click.Choice([*FORMATS, *FOR_A_SESSION]),
              default="jsonl", show_default=True)  # fmt: skip
@click.option("--status", type=click.Choice(["approved", "all"]), default="approved",
              show_default=True)  # fmt: skip
@click.option("--notes", is_flag=True, help="Facilitators' notes, too.")
@click.option("--worrying", is_flag=True, help="Also what was set apart as worrying.")
@click.option("--drawings", is_flag=True, help="Approved drawings in deck and session, too.")
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
    drawings: bool,
) -> None:
    """Write the released items of a gathering to a file: approved ones, unless all are wanted.

    deck: approved cards by theme, as a PDF, or as a page where -o ends in .html. session: the same
    with themes as tables, in one ZIP.

    Example: kiosk export --gathering 3f2a... --passphrase-file mine.txt --format zip -o may.zip
    """
    need_set_up(data_dir)
    with unlock(passphrase_file) as master:
        items = store.items.released(gathering_id, master)
        book = kept.load(gathering_id, master)
        if form in FOR_A_SESSION:
            content = _for_a_session(items, book, gathering_id, output, form, drawings=drawings)
        else:
            found = chosen(items, is_all=status == "all", with_worrying=worrying)
            content = write_export(found, form=form, with_notes=notes, themes=names_by_item(book))
        write_private(output, content)
    click.echo(f"Written to {output}.")


def _for_a_session(
    items: Released, book: Book, gathering_id: str, output: Path, form: str, *, drawings: bool
) -> bytes:
    """Lay out what goes on paper; only a deck is large to load."""
    from kiosk.meaning import deck_page, pdf, shape_page  # noqa: PLC0415
    from kiosk.meaning.paper import paper  # noqa: PLC0415
    from kiosk.meaning.session_files import Wish, pack  # noqa: PLC0415

    here = Reading(gathering_id, items)
    if drawings:
        here.on_the_wall = {item.id for item in items if item.kind == "drawing"}
    gathering = store.gatherings.get(gathering_id)
    made = paper(here, book, gathering.title)
    if form == "session":
        shape = shape_page.as_file(here, book, gathering)
        return pack(made, gathering, Wish(), shape=shape)
    if output.suffix == ".html":
        return deck_page.as_file(made, size="a4", per_page=4)
    if not pdf.can_print():
        raise click.ClickException("A PDF needs the extra `deck`. A page is there: -o deck.html")
    return pdf.pdf_of(made, size="a4", per_page=4)
