"""Released items as files: JSON Lines, CSV, one HTML page, or a ZIP of all three with the drawings.

A file tells what the desk shows and nothing else: only the fields listed here, in an order drawn
anew for each file, under dates that are the same in every archive.
"""

import base64
import io
import json
import secrets
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader

from kiosk.desk.export_tables import Record, csv_of, xlsx_of
from kiosk.feelings import feeling_name
from kiosk.i18n import _, current_language, gettext_, ngettext_
from store import Drawing
from store.items import Item

FIELDS = ("kind", "text", "status", "labels", "themes", "question", "feeling", "drawing")
FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the first that ZIP can express


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of an export: its name in an archive, and its bytes."""

    name: str
    png: bytes

    def as_address(self) -> str:
        """Return the picture as an address that holds it whole."""
        return "data:image/png;base64," + base64.b64encode(self.png).decode()


def chosen(items: Iterable[Item], *, is_all: bool, with_worrying: bool = False) -> list[Item]:
    """Return the items of a file: approved ones or all, and what worries somebody only if asked."""
    return [
        item
        for item in items
        if (is_all or item.status == "approved") and (with_worrying or not item.is_worrying)
    ]


def write_export(
    items: Iterable[Item],
    *,
    form: str,
    title: str = "",
    with_notes: bool = False,
    themes: Mapping[str, list[str]] | None = None,
) -> bytes:
    """Return the items as one file.

    Args:
        items: Released items, of any status.
        form: A key of `FORMATS`.
        title: Of the gathering, for the HTML page.
        with_notes: Whether facilitators' notes, and what worries them, go along.
        themes: For an item's id the names of its themes, in their order.
    """
    mixed = list(items)
    secrets.SystemRandom().shuffle(mixed)
    named = themes or {}
    records = [
        _record(item, number, named.get(item.id, [])) for number, item in enumerate(mixed, start=1)
    ]
    if with_notes:
        for item, record in zip(mixed, records, strict=True):
            record |= {"note": item.note, "worry": "yes" if item.is_worrying else ""}
    return FORMATS[form].write(records, title)


def _record(item: Item, number: int, themes: list[str]) -> Record:
    payload = item.payload
    picture = None
    if isinstance(payload, Drawing):
        picture = Picture(f"drawings/{number:04}.png", payload.png)
    return {
        "kind": str(item.kind),
        "text": getattr(payload, "text", ""),
        "status": str(item.status),
        "labels": list(item.labels),
        "themes": themes,
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
    return csv_of(records, _fields(records))


def _xlsx(records: Sequence[Record], _title: str) -> bytes:
    return xlsx_of(records, _fields(records))


def _fields(records: Sequence[Record]) -> tuple[str, ...]:
    return tuple(records[0]) if records else FIELDS


def _html(
    records: Sequence[Record],
    title: str,
    *,
    picture: Callable[[Picture], str] = Picture.as_address,
) -> bytes:
    page = Environment(
        loader=PackageLoader("kiosk"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    page.globals.update(_=gettext_, ngettext=ngettext_, feeling_name=feeling_name)
    template = page.get_template("desk/export.html")
    language = current_language()
    return template.render(
        records=records, title=title, picture=picture, language=language
    ).encode()


def _zip(records: Sequence[Record], title: str) -> bytes:
    def name(drawing: Picture) -> str:
        return drawing.name

    files = {
        "items.jsonl": _jsonl(records, title, picture=name),
        "items.csv": _csv(records, title),
        "items.xlsx": _xlsx(records, title),
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
    "xlsx": Format(
        "XLSX",
        lambda: _("a table for Excel or LibreOffice; without drawings"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _xlsx,
    ),
    "csv": Format(
        "CSV",
        lambda: _("a table for any program; without drawings"),
        "text/csv; charset=utf-8",
        _csv,
    ),
    "jsonl": Format("JSON Lines", lambda: _("for programs"), "application/x-ndjson", _jsonl),
}
