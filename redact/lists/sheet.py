"""Local lists from a spreadsheet: a preview of its rows, and what is wrong with some of them.

The first row names the columns: `kind` (person, team, site, room, project, title), `name`, and,
if you like, `nicknames` with semicolons between them. Comma, semicolon and tab are understood as
separators.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from redact.lists.entries import LocalLists

_FIELDS = {
    "person": "staff",
    "staff": "staff",
    "team": "teams",
    "site": "sites",
    "room": "rooms",
    "project": "projects",
    "title": "titles",
}
_LONGEST_NAME = 80  # characters
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """A usable row: its number in the sheet, the list it goes to, and the entry."""

    number: int
    field: str
    entry: str


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that cannot be used, and why, in plain words."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sheet would add; nothing is stored yet."""

    rows: tuple[Row, ...]
    errors: tuple[RowError, ...]

    def lists(self) -> LocalLists:
        """Return the usable rows as lists."""
        entries: dict[str, dict[str, None]] = {}
        for row in self.rows:
            entries.setdefault(row.field, {})[row.entry] = None
        return LocalLists(**{field: tuple(names) for field, names in entries.items()})


def from_csv(text: str) -> Preview:
    """Read a sheet; never raises, since every fault is a row error that a person can mend."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not any(line.strip() for line in lines):
        return Preview((), (RowError(1, "The file is empty."),))
    heading = next(line for line in lines if line.strip())
    separator = max(",;\t", key=heading.count)
    try:
        sheet = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))
    except csv.Error:
        return Preview(
            (), (RowError(1, "This is not a CSV file. Save the sheet as CSV and try again."),)
        )
    filled = [
        (number, [cell.strip() for cell in cells])
        for number, cells in enumerate(sheet, start=1)
        if any(c.strip() for c in cells)
    ]
    if not filled:
        return Preview((), (RowError(1, "The file is empty."),))
    number, columns = filled[0][0], [c.lower() for c in filled[0][1]]
    if "kind" not in columns or "name" not in columns:
        return Preview(
            (),
            (
                RowError(
                    number,
                    "The first row must name the columns: kind, name and, if you like, nicknames.",
                ),
            ),
        )
    results = list(_rows(columns, filled[1 : _MOST_ROWS + 1]))
    if len(filled) > _MOST_ROWS + 1:
        results.append(
            RowError(filled[_MOST_ROWS + 1][0], f"Only the first {_MOST_ROWS} rows are read.")
        )
    return Preview(
        tuple(r for r in results if isinstance(r, Row)),
        tuple(r for r in results if isinstance(r, RowError)),
    )


def _rows(columns: list[str], filled: list[tuple[int, list[str]]]) -> Iterator[Row | RowError]:
    for number, cells in filled:
        row = dict(zip(columns, cells, strict=False))
        field = _FIELDS.get(
            row.get("kind", "").lower().removesuffix("s"), _FIELDS.get(row.get("kind", "").lower())
        )
        name = " ".join(row.get("name", "").split())
        if field is None:
            yield RowError(number, "The kind must be person, team, site, room, project or title.")
        elif not name:
            yield RowError(number, "The name is missing.")
        elif len(name) > _LONGEST_NAME or not any(c.isalnum() for c in name):
            yield RowError(
                number,
                f"The name must have letters or digits and at most {_LONGEST_NAME} characters.",
            )
        else:
            nicknames = ", ".join(
                " ".join(n.split()) for n in row.get("nicknames", "").split(";") if n.strip()
            )
            yield Row(
                number, field, f"{name} ({nicknames})" if nicknames and field == "staff" else name
            )
