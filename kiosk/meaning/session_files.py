"""One press for a session: brief and cards, themes as a table, a page of text and data, drawings.

The three forms of the themes are written from the same rows, so they agree. With the same seed two
archives are the same byte for byte; without one only the order of the cards differs.
"""

import hashlib
import io
import json
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec

from kiosk.desk.export import FIXED_DATE
from kiosk.desk.export_tables import csv_of
from kiosk.i18n import _
from kiosk.meaning import deck_page, pdf
from kiosk.meaning.paper import Paper, PaperCard
from store.gatherings import Gathering

COLUMNS = ("theme", "name", "meaning", "dots", "contribution", "kind", "text", "drawing")


@dataclass(frozen=True, slots=True)
class Wish:
    """How a session is packed."""

    size: str = "a4"
    per_page: int = 4
    passphrase: str = ""


def can_seal() -> bool:
    """Tell whether a file can be sealed to a passphrase here."""
    return find_spec("pyrage") is not None


def pack(paper: Paper, gathering: Gathering, wish: Wish, *, shape: bytes) -> bytes:
    """Return everything for a session as one ZIP, sealed to a passphrase where one is wished.

    Args:
        paper: Cards and themes.
        gathering: Whose they are.
        wish: How to pack them.
        shape: Its page, made already.
    """
    archive = _zip(_files(paper, gathering, wish, shape))
    if not wish.passphrase:
        return archive
    from pyrage import passphrase  # noqa: PLC0415  # optional

    return bytes(passphrase.encrypt(archive, wish.passphrase))


def _files(paper: Paper, gathering: Gathering, wish: Wish, shape: bytes) -> dict[str, bytes]:
    pictures = _pictures(paper)
    rows = _rows(paper, pictures)
    layout = {"size": wish.size, "per_page": wish.per_page}
    files = {
        "cards.html": deck_page.as_file(paper, **layout),  # type: ignore[arg-type]
        "shape.html": shape,
        "themes.csv": csv_of(rows, COLUMNS),
        "themes.json": json.dumps(_data(paper, rows), ensure_ascii=False, indent=1).encode(),
        "themes.md": _markdown(paper, rows).encode(),
    }
    if pdf.can_print():
        with suppress(pdf.NoLettersError):  # then cards.html alone has all words
            files["cards.pdf"] = pdf.pdf_of(paper, size=wish.size, per_page=wish.per_page)
    files |= {name: card.png for card, name in pictures.items()}
    files["manifest.json"] = _manifest(files, gathering)
    return files


def _pictures(paper: Paper) -> dict[PaperCard, str]:
    drawn = {card.of: card for card in paper.cards() if card.png}
    names = {of: f"drawings/{number:04}.png" for number, of in enumerate(sorted(drawn), start=1)}
    return {card: names[card.of] for card in paper.cards() if card.png}


def _rows(paper: Paper, pictures: dict[PaperCard, str]) -> list[dict[str, str]]:
    """Return a row a card of a theme, then of what is in none."""
    rows = []
    for theme in paper.themes:
        named = {
            "theme": str(theme.number),
            "name": theme.name,
            "meaning": theme.meaning,
            "dots": str(theme.dots or ""),
        }
        rows += [named | _row(card, pictures) for card in theme.cards]
    nameless = dict.fromkeys(COLUMNS[:4], "")
    return rows + [nameless | _row(card, pictures) for card in paper.few]


def _row(card: PaperCard, pictures: dict[PaperCard, str]) -> dict[str, str]:
    return {
        "contribution": str(card.of),
        "kind": card.kind,
        "text": card.text,
        "drawing": pictures.get(card, ""),
    }


def _data(paper: Paper, rows: list[dict[str, str]]) -> dict[str, object]:
    def cards(number: str) -> list[dict[str, str]]:
        return [
            {name: row[name] for name in ("contribution", "kind", "text", "drawing")}
            for row in rows
            if row["theme"] == number
        ]

    themes = [
        {
            "theme": theme.number,
            "name": theme.name,
            "meaning": theme.meaning,
            "dots": theme.dots,
            "cards": cards(str(theme.number)),
        }
        for theme in paper.themes
    ]
    return {"title": paper.title, "themes": themes, "said_by_few": cards("")}


def _markdown(paper: Paper, rows: list[dict[str, str]]) -> str:
    lines = [f"# {_line(paper.title)}", ""]
    for theme in paper.themes:
        lines += [f"## {theme.number}. {_line(theme.name)}", ""]
        if theme.meaning:
            lines += [_line(theme.meaning), ""]
        if theme.dots:
            lines += [_("Dots:") + f" {theme.dots}", ""]
        lines += _bullets(rows, str(theme.number))
    if paper.few:
        lines += [f"## {_('Said by few')}", "", *_bullets(rows, "")]
    return "\n".join(lines)


def _bullets(rows: list[dict[str, str]], number: str) -> list[str]:
    found = [row for row in rows if row["theme"] == number]
    return [f"- {_line(row['text'] or row['drawing'])}" for row in found] + [""]


def _line(text: str) -> str:
    """Return a text on one line, with nothing in it that Markdown would read as its own."""
    return "".join(
        "\\" + each if each in "\\`*_{}[]<>#+-!|~" else each for each in " ".join(text.split())
    )


def _manifest(files: dict[str, bytes], gathering: Gathering) -> bytes:
    promise = gathering.promise
    ended = gathering.closes or gathering.opens  # never later than the kiosk itself counts from
    values = {
        "promise": {
            "readers": list(promise.readers),
            "threshold": promise.threshold,
            "retention_days": promise.retention_days,
        },
        "keep_until": (ended + timedelta(days=promise.retention_days)).isoformat(),
        "files": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, FIXED_DATE)
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            is_packed = name.endswith((".png", ".pdf"))
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return made.getvalue()
