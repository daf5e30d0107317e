"""`kiosk redact`: identifying details out of texts, one or many."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

from kiosk import by_hand
from kiosk.commands.parts import text_of
from kiosk.commands.plain_group import Failure
from redact import EMPTY, LocalLists
from redact.lists import UnreadableListsError, from_csv

MOST_CHARACTERS = 5_000_000  # a long book; nobody waits for more


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8-sig"), default="-")
@click.option("--jsonl", is_flag=True, help='Lines {"id","text"[,"language"]} in; "redacted" out.')
@click.option("--strength", type=click.Choice(["light", "standard", "strict"]),
              default="standard", show_default=True)  # fmt: skip
@click.option("--lists", "lists_file",
              type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="CSV of local names to look for as well: kind, name, nicknames.")  # fmt: skip
@click.option("--language", default=None, help="Such as en or de; else found from the text.")
def redact(
    file: IO[str], strength: str, lists_file: Path | None, language: str | None, *, jsonl: bool
) -> None:
    """Take identifying details out of a text: FILE, or standard input.

    Example: kiosk redact --lists names.csv notes.txt
    """
    lists = _lists(lists_file) if lists_file else EMPTY
    if not jsonl:
        raw_text = "".join(_lines(file, most=MOST_CHARACTERS))
        found = by_hand.redact_text(raw_text, language, lists=lists, strength=strength)
        click.echo(found.text, nl=False)
        return
    bad: list[int] = []

    def report(number: int, reason: str) -> None:
        bad.append(number)
        click.echo(f"Line {number}: {reason}", err=True)

    for line in by_hand.redact_lines(
        _lines(file), language, lists=lists, strength=strength, on_bad_line=report
    ):
        click.echo(line)
    if bad:
        raise click.exceptions.Exit(1)


def _lines(file: IO[str], *, most: int | None = None) -> Iterator[str]:
    try:
        if most is None:
            yield from file
            return
        text = file.read(most + 1)
        if len(text) > most:
            raise Failure(f"More than {most:,} characters at once. Cut it, or use --jsonl.")
        yield text
    except UnicodeDecodeError:
        name = "The input" if file.name in {"-", "<stdin>"} else file.name
        raise Failure(f"{name} is no text in UTF-8. Save it as UTF-8, then try again.") from None


def _lists(path: Path) -> LocalLists:
    text = text_of(path)
    if path.suffix == ".json":
        try:
            return LocalLists.from_json(text)
        except UnreadableListsError:
            raise Failure(f"{path} holds no lists that this kiosk has saved.") from None
    found = from_csv(text)
    if found.errors:
        wrong = found.errors[0]
        raise Failure(f"{path}, row {wrong.number}: {wrong.reason} Nothing was redacted.")
    return found.lists()
