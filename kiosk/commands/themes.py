"""`kiosk themes`: suggested groups of short texts, by the desk's own engine."""

import json
from typing import IO

import click

from kiosk.commands.plain_group import Failure
from kiosk.suggested import suggested_groups

Note = tuple[str | int, str]


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8-sig"), default="-")
@click.option("--groups", type=click.IntRange(1, 1000),
              help="How many groups. [about the cube root of the number of texts]")  # fmt: skip
def themes(file: IO[str], groups: int | None) -> None:
    """Suggest groups of short texts: lines {"id","text"} in, {"id","group","name"} out.

    A text that belongs nowhere has the group null. Same texts, same groups, whatever their order.

    Example: kiosk themes --groups 8 notes.jsonl
    """
    notes = _notes(file)
    found = suggested_groups([text for _, text in notes], groups=groups)
    placed: dict[int, tuple[int, str]] = {}
    for number, group in enumerate(found.groups, start=1):
        name = group.name or f"Untitled, {len(group.members)} items"
        placed |= dict.fromkeys(group.members, (number, name))
    for at, (identifier, _) in enumerate(notes):
        place = placed.get(at)
        line = {
            "id": identifier,
            "group": place[0] if place else None,
            "name": place[1] if place else None,
        }
        click.echo(json.dumps(line, ensure_ascii=False))


def _notes(file: IO[str]) -> list[Note]:
    notes = []
    try:
        for number, line in enumerate(file, start=1):
            if line.strip():
                notes.append(_note(line, number))
    except UnicodeDecodeError:
        raise Failure("The input is no text in UTF-8. Save it as UTF-8, then try again.") from None
    return notes


def _note(line: str, number: int) -> Note:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        identifier, text = found.get("id"), found.get("text")
        if isinstance(identifier, str | int) and isinstance(text, str):
            return identifier, text
    raise Failure(f'Line {number} is no {{"id", "text"}} in JSON. Nothing was grouped.')
