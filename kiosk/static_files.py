"""Style sheets, modules, icons from the `static` package, without a file's time in any header."""

import gzip
import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from flask import Response, has_request_context, request, url_for
from werkzeug.exceptions import NotFound

TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


TEXTS = {".js", ".mjs", ".css", ".svg"}  # a font is compressed already
FOR_GOOD = "public, max-age=31536000, immutable"


def static_file(filename: str) -> Response:
    """One file of `static/`; under the name of this version of all files, a browser may keep it.

    Only the desk asks for it so. At the kiosk nothing is kept: a cache's own times would tell when
    somebody was there.
    """
    first, _slash, rest = filename.partition("/")
    is_versioned = first == version()
    name = rest if is_versioned else filename
    if name not in listed():
        raise NotFound
    path = root() / name
    try:
        body = path.read_bytes()
    except OSError:
        raise NotFound from None
    is_text = path.suffix in TEXTS
    response = compressed(body, "", is_lasting=True) if is_text else Response(body)
    response.mimetype = TYPES[path.suffix]
    if is_versioned:
        response.headers["Cache-Control"] = FOR_GOOD
    return response


def compressed(body: bytes, mimetype: str, *, is_lasting: bool) -> Response:
    """A text as small as the browser that asks can read it.

    Args:
        body: The text; never one in which something secret stands beside something asked for.
        mimetype: Of the text.
        is_lasting: The same for as long as the kiosk runs: it is compressed well, and once.
    """
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = _best(body) if is_lasting else gzip.compress(body, compresslevel=9, mtime=0)
    return Response(body, mimetype=mimetype, headers=headers)


@cache
def _best(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=9, mtime=0)


def root() -> Path:
    """The folder of all of them."""
    return Path(str(resources.files("static")))


@cache
def listed() -> frozenset[str]:
    """What may be served: what is there when the kiosk starts and is of a kind that pages use.

    Whatever else comes to lie there, or is a link to somewhere, is no page's business. That nothing
    else lies there in the first place, wheel and repository are held to by tests.
    """
    folder = root().resolve()
    there = (each for each in folder.rglob("*") if each.suffix in TYPES and each.is_file())
    return frozenset(
        each.relative_to(folder).as_posix()
        for each in there
        if each.resolve().is_relative_to(folder)
    )


@cache
def version() -> str:
    """Name all files of `static/` by what is in them, so that a new release is a new name."""
    content = hashlib.blake2b(digest_size=8)
    for name in sorted(listed()):
        content.update(name.encode() + b"\0" + (root() / name).read_bytes())
    return f"v-{content.hexdigest()}"


def name_version(endpoint: str, values: dict[str, Any]) -> None:
    """Let addresses on the desk's pages name the version."""
    if endpoint == "static" and has_request_context() and request.path.startswith("/review"):
        values["filename"] = f"{version()}/{values['filename']}"


def icon_file() -> str:
    """Where a page has its icons; empty: within, so that the visitor's asks for one file less."""
    within = request.blueprint == "visitor"
    return "" if within else url_for("static", filename="icons/sprite.svg")


@cache
def icons_within() -> str:
    """All icons as a part of a page, out of sight."""
    symbols = re.findall(r"<symbol.*?</symbol>", (root() / "icons/sprite.svg").read_text("utf-8"))
    return f"<svg hidden>{''.join(symbols)}</svg>"


@cache
def sheets(room: str = "") -> tuple[str, ...]:
    """Every style sheet of a page, in order, so that a browser can fetch all of them at once.

    Args:
        room: `visit` or `desk`; empty: what all pages share.
    """
    named: list[str] = []
    for entry in ("main", *([room] if room else [])):
        list_of_sheets = resources.files("static").joinpath("css", f"{entry}.css")
        named += re.findall(r'@import url\("([^"]+)"\)', list_of_sheets.read_text("utf-8"))
    return tuple(named)
