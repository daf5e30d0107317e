"""Released items as files: JSON Lines, CSV, one HTML page, or a ZIP of all three with the drawings.

A file tells what the desk shows and nothing else: only the fields listed here, in an order drawn
anew for each file, under dates that are the same in every archive.
"""

import base64
import csv
import io
import json
import secrets
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader

from kiosk.i18n import _, gettext_, ngettext_
from store import Drawing
from store.items import Item

FIELDS = ("kind", "text", "status", "labels", "note", "question", "feeling", "drawing")
FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the first that ZIP can express
# What a spreadsheet takes for the start of a formula (OWASP, CSV injection), with wide forms.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of an export: its name in an archive, and its bytes."""

    name: str
    png: bytes

    def as_address(self) -> str:
        """Return the picture as an address that holds it whole."""
        return "data:image/png;base64," + base64.b64encode(self.png).decode()


Record = dict[str, Any]  # by FIELDS; "drawing" holds a Picture or None


def write_export(items: Iterable[Item], *, form: str, title: str = "") -> bytes:
    """Return the items as one file.

    Args:
        items: Released items, of any status.
        form: A key of `FORMATS`.
        title: Of the gathering, for the HTML page.
    """
    chosen = list(items)
    secrets.SystemRandom().shuffle(chosen)
    records = [_record(item, number) for number, item in enumerate(chosen, start=1)]
    return FORMATS[form].write(records, title)


def _record(item: Item, number: int) -> Record:
    payload = item.payload
    picture = None
    if isinstance(payload, Drawing):
        picture = Picture(f"drawings/{number:04}.png", payload.png)
    return {
        "kind": str(item.kind),
        "text": getattr(payload, "text", ""),
        "status": str(item.status),
        "labels": list(item.labels),
        "note": item.note,
        "question": payload.said.question,
        "feeling": payload.said.feeling,
        "drawing": picture,
    }


def _jsonl(
    records: Sequence[Record],
    _title: str,
    *,
    picture: Callable[[Picture], str] = Picture.as_address,
) -> bytes:
    lines = []
    for record in records:
        drawing = record["drawing"]
        values = {**record, "drawing": picture(drawing) if drawing else None}
        lines.append(json.dumps(values, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def _csv(records: Sequence[Record], _title: str) -> bytes:
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow(FIELDS)
    for record in records:
        drawing = record["drawing"]
        values = {
            **record,
            "labels": "; ".join(record["labels"]),
            "drawing": drawing.name if drawing else "",
        }
        writer.writerow([harmless(values[field]) for field in FIELDS])
    return table.getvalue().encode("utf-8-sig")  # without the mark Excel misreads umlauts


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, whatever stands before the sign."""
    if cell.startswith(FORMULA_STARTS) or cell.lstrip().startswith(FORMULA_STARTS):
        return "'" + cell
    return cell


def _html(
    records: Sequence[Record],
    title: str,
    *,
    picture: Callable[[Picture], str] = Picture.as_address,
) -> bytes:
    page = Environment(
        loader=PackageLoader("kiosk"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    page.globals.update(_=gettext_, ngettext=ngettext_)
    template = page.get_template("desk/export.html")
    return template.render(records=records, title=title, picture=picture).encode()


def _zip(records: Sequence[Record], title: str) -> bytes:
    def name(drawing: Picture) -> str:
        return drawing.name

    files = {
        "items.jsonl": _jsonl(records, title, picture=name),
        "items.csv": _csv(records, title),
        "items.html": _html(records, title, picture=name),
    }
    files.update({each["drawing"].name: each["drawing"].png for each in records if each["drawing"]})
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, FIXED_DATE)
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            is_packed = path.endswith(".png")
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return archive.getvalue()


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write items down: its name, and, in the words of the desk, what it is good for."""

    name: str
    hint: Callable[[], str]
    media_type: str
    write: Callable[[Sequence[Record], str], bytes]


# The command, the desk's form and the operator's guide read this: a new format stands here.
FORMATS: dict[str, Format] = {
    "zip": Format(
        "ZIP", lambda: _("everything: table, page and drawings"), "application/zip", _zip
    ),
    "html": Format(
        "HTML", lambda: _("one page to read or print"), "text/html; charset=utf-8", _html
    ),
    "csv": Format(
        "CSV", lambda: _("for a spreadsheet; without drawings"), "text/csv; charset=utf-8", _csv
    ),
    "jsonl": Format("JSON Lines", lambda: _("for programs"), "application/x-ndjson", _jsonl),
}
