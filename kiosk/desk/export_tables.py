"""Records as tables: CSV for anything, XLSX for spreadsheets, neither of which computes a visitor.

A spreadsheet takes a cell for a formula by its first sign. Which text begins a cell, the reader of
a CSV decides: one that was told to expect `;` or tabs cuts fields where we cut none, and one that
does not know quotes begins a row at each line break. So every place where some reader could begin
a cell is looked at, not only the start of a field. In XLSX every cell is text by its type.
"""

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

Record = dict[str, Any]  # text, lists of text, or an object with a `name`
FIXED_DAY = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same in every file
XLSX_CELL = 32_767  # characters; Excel's own limit

# Where a cell can begin for somebody: the start, or after a separator, quote or line break; then
# what readers skip; then what they take for a formula (OWASP, CSV injection), with wide forms.
_BEGINNINGS = re.compile(
    r"(^|[;,|\t\r\n\v\f\x85\u2028\u2029])([\s\"'\ufeff\u200b]*)(?=[=+\-@＝＋－＠﹣﹢﹦﹫])"
)


def csv_of(records: Sequence[Record], fields: Sequence[str]) -> bytes:
    """Return a CSV with a row for each record; every cell is harmless."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow(fields)
    for record in records:
        writer.writerow([harmless(as_cell(record[field])) for field in fields])
    return table.getvalue().encode("utf-8-sig")  # without the mark Excel misreads umlauts


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, however it cuts the file."""
    guarded = _BEGINNINGS.sub(r"\1\2'", cell)
    return "'" + cell if guarded == cell and cell[:1] in {"\t", "\r", "\n"} else guarded


def xlsx_of(records: Sequence[Record], fields: Sequence[str]) -> bytes:
    """Return a workbook in which every cell is text; a very long one goes on beside itself."""
    import xlsxwriter  # noqa: PLC0415  # slow to load; seldom needed

    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {
            "in_memory": True,  # or it would write what people said into a temporary folder
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": FIXED_DAY, "author": "", "comments": ""})
    sheet = book.add_worksheet()
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    heading = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(fields):
        sheet.write_string(0, column, field, heading)
        sheet.set_column(column, column, 60 if field == "text" else 16)
    for row, record in enumerate(records, start=1):
        rest = []
        for column, field in enumerate(fields):
            cell = as_cell(record[field])
            sheet.write_string(row, column, cell[:XLSX_CELL], wrapped)
            rest += [cell[at : at + XLSX_CELL] for at in range(XLSX_CELL, len(cell), XLSX_CELL)]
        for column, cell in enumerate(rest, start=len(fields)):
            sheet.write_string(row, column, cell, wrapped)
    book.close()
    return made.getvalue()


def as_cell(value: object) -> str:
    """Return a value of a record as the text of one cell."""
    if isinstance(value, list):
        return "; ".join(value)
    return value if isinstance(value, str) else getattr(value, "name", "")
